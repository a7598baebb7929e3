"""Q5 · GRU: gated recurrent unit (Cho et al., 2014).

A GRU has two gates and one state. The reset gate decides how much of the old hidden state enters the candidate, the
update gate how the new hidden state is mixed from the old one and the candidate:

    z_t = sigmoid(W_z x_t + U_z h_{t-1} + b_z)               update gate
    r_t = sigmoid(W_r x_t + U_r h_{t-1} + b_r)               reset gate
    g_t = tanh(W_h x_t + U_h (r_t * h_{t-1}) + b_h)          candidate
    h_t = z_t * h_{t-1} + (1 - z_t) * g_t                    hidden state

Some papers exchange z_t and 1 - z_t; Keras and Cho et al. have it as here. There is no separate cell state and no
output gate: the update gate does the work of both the forget and the input gate of an LSTM. So a GRU is simpler and
cheaper than an LSTM, and still keeps information, and the gradient, over many steps.

3u(m + u + 2) parameters with Keras' default reset_after=True, which has two biases and resets after the matrix
product; 3u(m + u + 1) with reset_after=False. For m = 32 and u = 64: 18,816. With Dense(10) the output is (None, 10).

K. Cho et al., Learning phrase representations using RNN encoder-decoder for statistical machine translation, EMNLP
2014.
"""

from collections.abc import Iterator

from grader.answer.answer import Answer
from grader.pack.pictures import Picture
from grader.pack.questions import Question, Topic
from grader.pack.verdict import Outcome, Remark
from reference.checks.written import remarks
from reference.recurrent import answer_sheets
from reference.recurrent.equations import GRU as EQUATIONS
from reference.recurrent.kinds import GRU
from reference.subjects.finding_subjects import subject
from reference.wording import q05 as said
from reference.wording.ideas import SUBJECT

question = Question(
    5,
    "GRU",
    prompt="Explain Gated recurrent unit (GRU)",
    concepts=said.CONCEPTS,
    subject=SUBJECT,
    sheet=answer_sheets.GRU_LAYER,
    misconceptions=said.MISCONCEPTIONS,
    topic=Topic(
        phrases=(
            r"gated recurrent (neural networks?|units?)( \(grus?\))?",
            r"\bgrus?\b",
        ),
        code=(
            ("GRU",),
            ("GRUCell",),
        ),
    ),
)


@question.check("structure", points=2)
def parameters(answer: Answer) -> Outcome:
    """The GRU layer has 3u·(u+m+2) parameters (3u·(u+m+1) with reset_after=False): two gates and the candidate.

    Two gates and a candidate are three small networks. The count shows that all three are there, and in which form.
    """
    return subject(answer, GRU).parameters()


@question.check("behaviour", points=3)
def one_step(answer: Answer) -> Outcome:
    """One step of the layer computes the GRU equations.

    A layer is a GRU if it computes one. Its numbers for random weights and inputs show it, whatever its name.
    """
    return subject(answer, GRU).computes()


@question.check("structure", points=1)
def output(answer: Answer) -> Outcome:
    """Over a sequence it gives its hidden state, of one or of all time steps.

    A GRU has one state, which is its output as well. Whatever follows has to get that, and in the right shape.
    """
    return subject(answer, GRU).states()


@question.remark
def equations(answer: Answer) -> Iterator[Remark]:
    """What its equations evaluate to, where there are some."""
    return remarks(answer, EQUATIONS)


@question.picture
def pictures(answer: Answer) -> Iterator[Picture]:
    """Where its parameters are."""
    yield from subject(answer, GRU).blocks()
