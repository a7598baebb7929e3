"""Q2 · Backpropagation through time (BPTT): how a recurrent network learns (Werbos, 1990).

Unfolded over its T time steps, a recurrent network is a feed-forward network of T layers that share their weights.
Ordinary backpropagation runs through it from the last step to the first:

    h_t = tanh(a_t),   a_t = W x_t + U h_{t-1} + b
    d_t = dL/dh_t      = dL_t/dh_t + U^T (d_{t+1} * (1 - h_{t+1}^2))       error, backwards in time
    dL/dU              = sum over t of (d_t * (1 - h_t^2)) h_{t-1}^T       the same U at each step: a sum
    dL/dW              = sum over t of (d_t * (1 - h_t^2)) x_t^T
    U <- U - rate * dL/dU,   W <- W - rate * dL/dW                         gradient descent

So the error at the last step reaches the input of the first one: its gradient there is not zero. In the notebook, a
SimpleRNN with Dense(10) gives (None, 10), and the loss falls over ten epochs (in the sample from 0.869 to 0.135).
Truncated BPTT cuts the sum after a fixed number of steps.

P. J. Werbos, Backpropagation through time: what it does and how to do it, Proceedings of the IEEE 78 (1990).
"""

from collections.abc import Iterator

from grader.answer.answer import Answer
from grader.pack.pictures import Picture
from grader.pack.questions import Question, Topic
from grader.pack.verdict import Outcome
from reference.recurrent import answer_sheets
from reference.subjects.finding_subjects import over_time
from reference.wording import q02 as said
from reference.wording.ideas import SUBJECT

question = Question(
    2,
    "Backpropagation through time",
    prompt="Explain Backpropagation through time (BPTT)",
    concepts=said.CONCEPTS,
    subject=SUBJECT,
    sheet=answer_sheets.BPTT,
    misconceptions=said.MISCONCEPTIONS,
    topic=Topic(
        phrases=(
            r"back[- ]?propag\w{1,12} (through|over|in|across) time( \(bptt\))?",
            r"\bbptt\b",
        ),
        code=(
            ("SimpleRNN", "fit"),
            ("SimpleRNN", "GradientTape"),
        ),
    ),
)


@question.check("structure", points=2)
def recurrent_model(answer: Answer) -> Outcome:
    """A recurrent layer stands inside a model.

    It is in a recurrent layer that backpropagation goes through time. Without one there is no time to go back through.
    """
    return over_time(answer).in_a_model()


@question.check("training", points=2, after=recurrent_model)
def training(answer: Answer) -> Outcome:
    """The model is trained, the loss falls, and the recurrent weights change.

    A loss that falls and recurrent weights that move are the visible proof that gradients came through.
    """
    return over_time(answer).trains()


@question.check("behaviour", points=2, after=recurrent_model)
def gradient_through_time(answer: Answer) -> Outcome:
    """The gradient of the last output reaches the first time step.

    If nothing of the gradient reaches the first step, nothing can be learned from how a sequence begins.
    """
    return over_time(answer).error_goes_back()


@question.picture
def pictures(answer: Answer) -> Iterator[Picture]:
    """The loss of its training."""
    yield from over_time(answer).losses()
