"""Q7 · Bidirectional RNN: one network reads forwards, one backwards (Schuster and Paliwal, 1997).

Two recurrent layers with their own weights read the same sequence, in opposite directions:

    forward:    a_t = tanh(W_a x_t + U_a a_{t-1} + b_a),   t = 1 ... T
    backward:   z_t = tanh(W_z x_t + U_z z_{t+1} + b_z),   t = T ... 1
    output:     y_t = [a_t, z_t]                           concatenated, or summed, averaged, multiplied

So y_t depends on the whole sequence: on what comes before t and on what comes after it. Already the output of the first
step depends on the last input. The price: the whole sequence must be known, which rules out prediction in real time.

Twice the parameters of one direction: a bidirectional LSTM with m = 32 and u = 64 has 2·24,832 = 49,664 and gives
(None, 10, 128); Dense(1) on top adds 129, together 49,793, and gives (None, 10, 1).

M. Schuster and K. K. Paliwal, Bidirectional recurrent neural networks, IEEE Transactions on Signal Processing 45
(1997).
"""

from collections.abc import Iterator

from grader.answer.answer import Answer
from grader.pack.pictures import Picture
from grader.pack.questions import Question, Topic
from grader.pack.verdict import Outcome
from reference.recurrent import answer_sheets
from reference.subjects.directions import directions, sight
from reference.wording import q07 as said
from reference.wording.ideas import SUBJECT

question = Question(
    7,
    "Bidirectional RNN",
    prompt="Bidirectional RNNs",
    concepts=said.CONCEPTS,
    subject=SUBJECT,
    sheet=answer_sheets.BIDIRECTIONAL,
    misconceptions=said.MISCONCEPTIONS,
    topic=Topic(
        phrases=(
            r"bi[- ]?directional (rnn|recurrent neural network|recurrent network)s?( \([\w-]+\))?",
            r"\bbi[- ]?rnns?\b",
            r"\bbrnns?\b",
        ),
        code=(
            ("Bidirectional",),
            ("Bidirectional", "SimpleRNN"),
        ),
    ),
)


@question.check("structure", points=2)
def two_directions(answer: Answer) -> Outcome:
    """Two layers with weights of their own: twice the parameters of one direction.

    Twice the parameters are the sign of two networks. A layer that merely reads backwards has those of one.
    """
    return directions(answer).parameters()


@question.check("behaviour", points=2, after=two_directions)
def sees_the_future(answer: Answer) -> Outcome:
    """The output of the first time step depends on the last input.

    Nothing shows the second direction more plainly: no forward network knows the last input at its first step.
    """
    return directions(answer).depends()


@question.check("behaviour", points=1, after=two_directions)
def in_step(answer: Answer) -> Outcome:
    """Both directions are in step: each output joins what came before its time step with what comes after it.

    The backward layer gives its states in the order in which it read. Unless they are turned round, each position is
    joined with another one's.
    """
    return directions(answer).computes()


@question.check("structure", points=1, after=two_directions)
def output(answer: Answer) -> Outcome:
    """It gives the states of both directions: of each time step, or of the sequence.

    What follows relies on it: the states of each step are needed to label every word, those of the sequence to label
    the whole.
    """
    return directions(answer).states()


@question.picture
def pictures(answer: Answer) -> Iterator[Picture]:
    """Which output depends on which input."""
    yield from sight(answer)
