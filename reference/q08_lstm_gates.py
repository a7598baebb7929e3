"""Q8 · Gates of the LSTM, with equations (Hochreiter and Schmidhuber, 1997; Gers, Schmidhuber and Cummins, 2000).

Six equations make one step; [h_{t-1}, x_t] is the previous hidden state and the current input side by side:

    f_t = sigmoid(W_f [h_{t-1}, x_t] + b_f)          forget gate: what is discarded from the cell state
    i_t = sigmoid(W_i [h_{t-1}, x_t] + b_i)          input gate: what is added to it
    g_t = tanh(W_c [h_{t-1}, x_t] + b_c)             candidate (also written C~_t)
    C_t = f_t * C_{t-1} + i_t * g_t                  cell state
    o_t = sigmoid(W_o [h_{t-1}, x_t] + b_o)          output gate: what of it becomes the hidden state
    h_t = o_t * tanh(C_t)                            hidden state

The sigmoid lies between 0 and 1, so a gate is a share: at 0 nothing passes, at 1 all does. tanh lies between -1 and 1,
so a candidate can raise or lower the memory. `*` goes element by element.

Keras keeps the weights of all four in one kernel of shape (m, 4u), one recurrent kernel (u, 4u) and one bias (4u,),
gates in the order i, f, c, o: for m = 32 and u = 64 (32, 256), (64, 256) and (256,). With return_sequences=True the
output is (None, 10, 64).

S. Hochreiter and J. Schmidhuber, Long short-term memory, Neural Computation 9 (1997). F. Gers, J. Schmidhuber and
F. Cummins, Learning to forget: continual prediction with LSTM, Neural Computation 12 (2000).
"""

from collections.abc import Iterator

from grader.answer.answer import Answer
from grader.language import equations
from grader.language.equations import StatementVerdict
from grader.pack.pictures import Picture
from grader.pack.questions import Question, Topic
from grader.pack.verdict import Outcome, Todo, failed, passed
from reference.checks.written import judged
from reference.recurrent import answer_sheets
from reference.recurrent.equations import LSTM as LSTM_EQUATIONS
from reference.recurrent.kinds import LSTM
from reference.subjects.finding_subjects import live
from reference.wording import q08 as said
from reference.wording.ideas import SUBJECT

question = Question(
    8,
    "Gates of the LSTM",
    prompt="Explain the gates of LSTM with equations.",
    concepts=said.CONCEPTS,
    subject=SUBJECT,
    sheet=answer_sheets.LSTM_LAYER,
    misconceptions=said.MISCONCEPTIONS,
    topic=Topic(
        phrases=(
            r"gates? (of|in|used in|inside) (an? |the )?(lstms?|long[- ]short[- ]?term[- ]memory)"
            r"( \(lstms?\))?( networks?| cells?)?",
            r"\blstms?('s?)?( cell)? gates?( equations?)?\b",
            r"(long[- ]short[- ]?term[- ]memory )?\(?\blstms?\)?( networks?| cells?| units?| models?)? "
            r"(employs?|uses?|has|have|contains?|consists? of|includes?|rely on|relies on|with)( [\w-]+){0,4} gates?\b",
            r"\b(forget|input|output) gates?( layer)?( \(?[fio]_?\{?t\}?\)?)?( equations?)? ?[:=-]",
            r"\b[fio]_?\{?t\}? ?= ?\\?(σ|sigma|sigmoid)",
        ),
        code=(("LSTM", "get_weights"),),
    ),
)


@question.check("equations", points=1)
def forget_gate(answer: Answer) -> Outcome:
    """The equation of the forget gate evaluates to σ(W_f [h_{t-1}, x_t] + b_f).

    f_t multiplies the old memory: 1 keeps it, 0 drops it. A sigmoid holds it between the two.
    """
    return statement(answer, "forget")


@question.check("equations", points=1)
def input_gate(answer: Answer) -> Outcome:
    """The equation of the input gate evaluates to σ(W_i [h_{t-1}, x_t] + b_i).

    i_t is the share of the candidate that is stored. A sigmoid holds it between 0 and 1.
    """
    return statement(answer, "input")


@question.check("equations", points=1)
def candidate(answer: Answer) -> Outcome:
    """The equation of the candidate evaluates to tanh(W_c [h_{t-1}, x_t] + b_c).

    The candidate is what may be stored, and no gate: with tanh it can be negative, so that the memory can go down
    again.
    """
    return statement(answer, "candidate")


@question.check("equations", points=1)
def cell_state(answer: Answer) -> Outcome:
    """The equation of the cell state evaluates to f_t * C_{t-1} + i_t * C̃_t.

    The sum is the heart of the LSTM: along it gradients pass without one more weight matrix.
    """
    return statement(answer, "cell")


@question.check("equations", points=1)
def output_gate(answer: Answer) -> Outcome:
    """The equation of the output gate evaluates to σ(W_o [h_{t-1}, x_t] + b_o).

    o_t is the share of the memory that the rest of the network gets to see at this step.
    """
    return statement(answer, "output")


@question.check("equations", points=1)
def hidden_state(answer: Answer) -> Outcome:
    """The equation of the hidden state evaluates to o_t * tanh(C_t).

    The memory can grow; tanh brings it back to between -1 and 1 before the gate lets it out.
    """
    return statement(answer, "hidden")


def statement(answer: Answer, gate: str) -> Outcome:
    """One of the six equations, as it was evaluated."""
    found = judged(answer, LSTM_EQUATIONS).statements[gate]
    if found.status == "unreadable":
        written = " ".join((found.student_text or "").split())[:80]
        answer.doubt(f"an equation could not be read to its end: {written}")
    wanted = LSTM_EQUATIONS.statement(gate)
    message = found.message if found.note is None else f"{found.message} {found.note}"
    if found.status == "right":
        return passed(message, expected=wanted.reference, observed=found.student_text)
    return failed(message, expected=wanted.reference, observed=found.student_text, todo=_to_do(found, wanted.title))


def _to_do(found: StatementVerdict, title: str) -> Todo:
    about = title[:1].lower() + title[1:]
    if found.status == "missing":
        return Todo(f"Write the equation of {about}.", "no-equation", about)
    return Todo(f"Correct the equation of {about}.", "wrong-equation", about)


def prepare() -> None:
    """Build the parser and the tables of the reference, by judging its own equations."""
    equations.judge([statement.reference for statement in LSTM_EQUATIONS.statements], LSTM_EQUATIONS)


@question.check("structure", points=2)
def weights(answer: Answer) -> Outcome:
    """The weights of an LSTM layer are looked at: (m, 4u), (u, 4u) and (4u,), one block of u columns for each gate.

    The weights tie the equations to the code: each equation of a gate is one block of columns.
    """
    return live(answer, LSTM).weights()


@question.picture
def pictures(answer: Answer) -> Iterator[Picture]:
    """Where the parameters of its layer are."""
    yield from live(answer, LSTM).blocks()
