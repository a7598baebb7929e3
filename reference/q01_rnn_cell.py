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
from grader.pack.questions import Concept, Misconception, Question, Topic
from grader.pack.verdict import Outcome, Remark
from reference.checks.written import remarks
from reference.recurrent.equations import SIMPLE_RNN as EQUATIONS
from reference.recurrent.kinds import SIMPLE_RNN
from reference.subjects.finding import subject
from reference.wording import q01 as said
from reference.wording.ideas import SUBJECT

question = Question(
    1,
    "RNN cell",
    prompt="Explain the basic architecture of RNN cell.",
    concepts=(
        Concept(
            "q1.previous-hidden-state",
            "At each time step the cell combines the current input with the previous hidden state.",
            said.PREVIOUS_HIDDEN_STATE,
            "Say what goes into one step: the current input x_t and the hidden state h_{t-1} of the step before.",
            "This is what makes a network recurrent: without h_{t-1} each step would see its own input alone, and "
            "the order of the inputs would not matter.",
        ),
        Concept(
            "q1.memory",
            "The hidden state is updated at every step and carried to the next one, as the memory of what came before.",
            said.MEMORY,
            "Say what the hidden state is for: it is handed on to the next step, so that the network remembers.",
            "All that a step knows of earlier inputs has to fit into this one vector. How well it keeps them decides "
            "what the network can learn.",
        ),
        Concept(
            "q1.activation",
            "The new hidden state is an activation, usually tanh, of a weighted sum of input, previous state and bias.",
            said.ACTIVATION,
            "Give the formula: h_t = tanh(W x_t + U h_{t-1} + b), or say it in words.",
            "Without an activation the whole sequence would be one linear function of its inputs; tanh also keeps "
            "the state between -1 and 1.",
        ),
        Concept(
            "q1.same-at-each-step",
            "The cell works through the sequence one time step at a time, with the same weights at every step.",
            said.SAME_AT_EACH_STEP,
            "Say that one cell, with one set of weights, is applied at every time step in turn.",
            "Because the weights are shared, their number does not grow with the sequence, and sequences of any "
            "length can be read.",
        ),
    ),
    subject=SUBJECT,
    misconceptions=(
        Misconception(
            "q1.gates",
            said.GATES,
            "A plain RNN cell has no gates: it is tanh of a weighted sum of the input and the previous hidden "
            "state. Input, "
            "forget and output gates belong to the LSTM, update and reset gates to the GRU.",
            against="q1.activation",
        ),
        Misconception(
            "q1.cell-state",
            said.CELL_STATE,
            "A plain RNN cell keeps one state, the hidden state. A second one, the cell state, is what the LSTM added.",
            against="q1.memory",
        ),
        Misconception(
            "q1.different-weights",
            said.DIFFERENT_WEIGHTS,
            "The weights W, U and b are the same at every time step; only the hidden state changes. That is why an "
            "RNN can "
            "read sequences of any length.",
            against="q1.same-at-each-step",
        ),
        Misconception(
            "q1.no-memory",
            said.NO_MEMORY,
            "Memory is what makes the cell recurrent: each step uses the hidden state that the step before left "
            "behind.",
            against="q1.memory",
        ),
    ),
    topic=Topic(
        phrases=(
            r"(simple |basic |vanilla |plain )?(recurrent neural networks?|recurrent|\brnn)( \(rnns?\))? "
            r"(cells?|units?)\b",
            r"\bsimple ?rnn( ?cells?)?\b",
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
