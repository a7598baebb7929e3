"""Q6 · Peephole LSTM: the gates also see the cell state (Gers and Schmidhuber, 2000).

The gates of a standard LSTM see the input x_t and the hidden state h_{t-1} only. When the output gate is closed, h is
near zero, and the gates cannot know what the cell remembers. Peephole connections let them look at it:

    f_t = sigmoid(W_f x_t + U_f h_{t-1} + p_f * c_{t-1} + b_f)
    i_t = sigmoid(W_i x_t + U_i h_{t-1} + p_i * c_{t-1} + b_i)
    c_t = f_t * c_{t-1} + i_t * tanh(W_c x_t + U_c h_{t-1} + b_c)
    o_t = sigmoid(W_o x_t + U_o h_{t-1} + p_o * c_t + b_o)
    h_t = o_t * tanh(c_t)

p_f, p_i and p_o are vectors: one extra weight per unit and gate. The forget and the input gate see the old cell state,
the output gate the new one. This helps where exact timing matters.

4u(m + u + 1) + 3u parameters: for m = 32 and u = 24 these are 5,544, where a plain LSTM has 5,472. One sequence of ten
steps gives (1, 10, 24). A test that needs no names: with x and h held still, the next cell state of a plain LSTM is
affine in c_{t-1}; with peepholes it is not. Keras' LSTM has no peepholes; `implementation=2` only changes how the
matrix products are batched.

F. Gers and J. Schmidhuber, Recurrent nets that time and count, IJCNN 2000.
"""

from collections.abc import Iterator

from grader.answer.answer import Answer
from grader.pack.pictures import Picture
from grader.pack.questions import Question, Topic
from grader.pack.verdict import Outcome, Remark
from reference.checks.written import remarks, right
from reference.recurrent import answer_sheets
from reference.recurrent.equations import PEEPHOLE_LSTM as EQUATIONS
from reference.recurrent.kinds import PEEPHOLE_LSTM
from reference.subjects.finding_subjects import subject
from reference.wording import q06 as said
from reference.wording.ideas import SUBJECT

question = Question(
    6,
    "Peephole LSTM",
    prompt="Explain Peephole LSTM",
    concepts=said.CONCEPTS,
    subject=SUBJECT,
    sheet=answer_sheets.PEEPHOLES,
    misconceptions=said.MISCONCEPTIONS,
    topic=Topic(
        phrases=(
            r"peep[- ]?holes?( lstms?| long[- ]short[- ]?term[- ]memory( \(lstms?\))?| connections?| cells?)*",
            r"(lstms?|long[- ]short[- ]?term[- ]memory)( networks?| cells?| models?)? with peep[- ]?holes?"
            r"( connections?)?",
            r"gates?( to| can| also| directly)* (see|look at|peek( at| into)?|access|inspect) (at |into )?(the )?"
            r"(internal )?(previous )?(cell state|memory)",
        ),
        code=(("PeepholeLSTMCell",),),
    ),
)


@question.check("structure", points=2)
def peephole_weights(answer: Answer) -> Outcome:
    """The cell has more weights than a plain LSTM: one more per unit and gate, 4u·(u+m+1) + 3u in all.

    Peepholes are weights. With as many as a plain LSTM has, no gate can have one, whatever the code is called.
    """
    return subject(answer, PEEPHOLE_LSTM).peephole_weights()


@question.check("behaviour", points=2, after=peephole_weights)
def gates_see_the_cell_state(answer: Answer) -> Outcome:
    """With x and h held still, the next cell state is not affine in the last one: the gates look at it.

    This is the difference between the two cells, measured: a plain LSTM only scales the old cell state and adds to it.
    """
    return subject(answer, PEEPHOLE_LSTM).sees_its_cell_state()


@question.check("behaviour", points=1, after=peephole_weights)
def one_step(answer: Answer) -> Outcome:
    """One step of the cell computes the peephole equations.

    A slip, such as an output gate that sees the old cell state, trains almost as well. Only the numbers show it.
    """
    return subject(answer, PEEPHOLE_LSTM).computes()


@question.check("structure", points=1, after=gates_see_the_cell_state)
def output(answer: Answer) -> Outcome:
    """Over a sequence it gives its hidden state, of one or of all time steps.

    A cell of your own is of use once it runs over a whole sequence, as the layers of Keras do.
    """
    return subject(answer, PEEPHOLE_LSTM).states()


@question.remark
def equations(answer: Answer) -> Iterator[Remark]:
    """What its equations evaluate to, where there are some."""
    return remarks(answer, EQUATIONS)


@question.shows("q6.connections", "q6.each-gate")
def peephole_equations(answer: Answer) -> str | None:
    """The equations of the three gates, with a peephole in each."""
    return right(answer, EQUATIONS, "forget", "input", "output")


@question.picture
def pictures(answer: Answer) -> Iterator[Picture]:
    """Which gates look at the cell state, and where the parameters are."""
    cell = subject(answer, PEEPHOLE_LSTM)
    yield from cell.gates()
    yield from cell.blocks()
