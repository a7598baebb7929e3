"""Q4 · LSTM: long short-term memory (Hochreiter and Schmidhuber, 1997).

An LSTM is a recurrent cell with two states. The hidden state h_t is its output; the cell state c_t is its long-term
memory, which runs along the sequence and is changed by little more than a product and a sum:

    f_t = sigmoid(W_f x_t + U_f h_{t-1} + b_f)       forget gate: what of c_{t-1} is kept
    i_t = sigmoid(W_i x_t + U_i h_{t-1} + b_i)       input gate: what of the candidate is written
    g_t = tanh(W_c x_t + U_c h_{t-1} + b_c)          candidate
    c_t = f_t * c_{t-1} + i_t * g_t                  cell state
    o_t = sigmoid(W_o x_t + U_o h_{t-1} + b_o)       output gate: what of the cell state is shown
    h_t = o_t * tanh(c_t)                            hidden state

Because dc_t/dc_{t-1} contains f_t itself, an open forget gate lets the gradient pass undiminished: the LSTM mitigates
vanishing gradients and learns long-term dependencies.

Four times the weights of a simple RNN: 4u(m + u + 1) parameters, for m = 32 and u = 64 these are 24,832. With
TimeDistributed(Dense(2, softmax)) the output is (None, 10, 2), and every row of it sums to one. The loss falls.

S. Hochreiter and J. Schmidhuber, Long short-term memory, Neural Computation 9 (1997); the forget gate is by F. Gers,
J. Schmidhuber and F. Cummins, Learning to forget, Neural Computation 12 (2000).
"""

from collections.abc import Iterator

from grader.answer.answer import Answer
from grader.pack.pictures import Picture
from grader.pack.questions import Question, Topic
from grader.pack.verdict import Outcome
from reference.recurrent import answer_sheets
from reference.recurrent.kinds import LSTM
from reference.subjects.finding_subjects import subject
from reference.wording import q04 as said
from reference.wording.ideas import SUBJECT

question = Question(
    4,
    "LSTM",
    prompt="Explain Long short-term memory (LSTM)",
    concepts=said.CONCEPTS,
    subject=SUBJECT,
    sheet=answer_sheets.LSTM_LAYER,
    misconceptions=said.MISCONCEPTIONS,
    topic=Topic(
        phrases=(
            r"long[- ]short[- ]?term[- ]memory( networks?| cells?)?( \(lstms?\))?",
            r"\blstms?\b",
        ),
        code=(
            ("LSTM",),
            ("LSTMCell",),
        ),
    ),
)


@question.check("structure", points=2)
def parameters(answer: Answer) -> Outcome:
    """The LSTM layer has 4u·(u+m+1) parameters: three gates and the candidate, each with its own weights.

    Three gates and a candidate are four small networks. The count shows that all four are there.
    """
    return subject(answer, LSTM).parameters()


@question.check("behaviour", points=2)
def one_step(answer: Answer) -> Outcome:
    """One step of the layer computes the LSTM equations.

    A layer is an LSTM if it computes one. Its numbers for random weights and inputs show it, whatever its name.
    """
    return subject(answer, LSTM).computes()


@question.check("structure", points=1)
def output(answer: Answer) -> Outcome:
    """The model answers a batch of any size with finite numbers; a softmax has rows that sum to 1.

    A model that answers batches of one size only, or with what is no number, cannot be used on new data.
    """
    return subject(answer, LSTM).answers()


@question.check("training", points=1)
def training(answer: Answer) -> Outcome:
    """The model is trained, and the loss falls.

    A loss that falls shows that layers, loss and target fit together, and that the network learns.
    """
    return subject(answer, LSTM).trains()


@question.picture
def pictures(answer: Answer) -> Iterator[Picture]:
    """Where its parameters are, and the loss of its training."""
    yield from subject(answer, LSTM).blocks()
    yield from subject(answer, LSTM).losses()
