"""Q1 · RNN cell: one step of a recurrent network (Elman, 1990).

A recurrent network reads a sequence x_1 ... x_T one time step at a time. Its cell has one memory, the hidden state.
At each step it combines the current input with the hidden state of the step before:

    h_t = tanh(W x_t + U h_{t-1} + b),    h_0 = 0

The new hidden state is the output of the step, and goes on to the next step. W, U and b are the same at every step,
whatever the length of the sequence. A plain cell has no gates and no cell state.

With m input features and u units, W holds u·m numbers, U u·u and b u: u(m + u + 1) parameters. For m = 32 and u = 128
these are 20,608. One step gives (None, 128); ten steps with all outputs returned give (None, 10, 128).

J. L. Elman, Finding structure in time, Cognitive Science 14 (1990).
"""

from collections.abc import Iterator

from grader.answer.answer import Answer
from grader.pack.pictures import Picture
from grader.pack.questions import Question, Topic
from grader.pack.verdict import Outcome, Remark
from reference.checks.written import remarks
from reference.recurrent import answer_sheets
from reference.recurrent.equations import SIMPLE_RNN as EQUATIONS
from reference.recurrent.kinds import SIMPLE_RNN
from reference.subjects.finding_subjects import subject
from reference.wording import q01 as said
from reference.wording.ideas import SUBJECT

question = Question(
    1,
    "RNN cell",
    prompt="Explain the basic architecture of RNN cell.",
    concepts=said.CONCEPTS,
    subject=SUBJECT,
    sheet=answer_sheets.RNN_CELL,
    misconceptions=said.MISCONCEPTIONS,
    topic=Topic(
        phrases=(
            r"(simple |basic |vanilla |plain )?(recurrent neural networks?|recurrent|\brnn)( \(rnns?\))? "
            r"(cells?|units?)\b",
            r"\b(simple|vanilla|basic) ?rnn( ?cells?)?\b",
            r"(architecture|structure|working) of (an? |the )?(basic |simple )?(recurrent neural networks?|rnns?)\b",
            r"(?<![-\w])(?<!bi )(recurrent neural networks?|rnns?)( \(rnns?\))? "
            r"(is|are|consists?|has|have|works?|process(es)?|takes?|maintains?|contains?)\b",
        ),
        code=(
            ("SimpleRNNCell",),
            ("SimpleRNN",),
        ),
    ),
)


@question.check("structure", points=2)
def recurrent_cell(answer: Answer) -> Outcome:
    """The code builds a simple recurrent cell, or a layer made of one.

    All that follows is asked of this cell: what it holds, and what it computes.
    """
    return subject(answer, SIMPLE_RNN).found()


@question.check("structure", points=1, after=recurrent_cell)
def parameters(answer: Answer) -> Outcome:
    """It has u·(u+m+1) parameters: a kernel, a recurrent kernel and a bias.

    The count shows which weights are really there. Without a recurrent kernel there is no memory, whatever the layer
    is called.
    """
    return subject(answer, SIMPLE_RNN).parameters()


@question.check("behaviour", points=2, after=recurrent_cell)
def one_step(answer: Answer) -> Outcome:
    """One step computes h_t = tanh(W x_t + U h_{t-1} + b).

    A cell is what it computes. Its numbers for random weights and inputs show it, in whatever style it is written.
    """
    return subject(answer, SIMPLE_RNN).computes()


@question.check("behaviour", points=1, after=recurrent_cell)
def recurrence(answer: Answer) -> Outcome:
    """The hidden state of one time step enters the next, for a batch of any size.

    A cell that does not pass on its state reads a heap of inputs, and not a sequence.
    """
    return subject(answer, SIMPLE_RNN).depends()


@question.remark
def equations(answer: Answer) -> Iterator[Remark]:
    """What its equations evaluate to, where there are some."""
    return remarks(answer, EQUATIONS)


@question.picture
def pictures(answer: Answer) -> Iterator[Picture]:
    """Where its parameters are."""
    yield from subject(answer, SIMPLE_RNN).blocks()
