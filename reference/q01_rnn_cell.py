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

from collections.abc import Iterable, Iterator

from grader.answer.answer import Answer
from grader.answer.layer import Layer
from grader.pack.pictures import Picture
from grader.pack.questions import Question, Topic
from grader.pack.verdict import Outcome, Remark, failed, miss, passed
from reference.checks import drawing
from reference.checks.comparing import computes
from reference.checks.counting import parameters_match
from reference.checks.judging import SIMPLE_RNN, find
from reference.checks.written import remarks
from reference.loops.loops import computes_its_kind, gives_its_states, has_its_weights, loop_instead, require_memory
from reference.recurrent.equations import SIMPLE_RNN as EQUATIONS
from reference.recurrent.measure import dependence, step_depends_on_state
from reference.wording import q01 as said
from reference.wording.ideas import SUBJECT

question = Question(
    1,
    "RNN cell",
    prompt="Explain the basic architecture of RNN cell.",
    concepts=said.CONCEPTS,
    subject=SUBJECT,
    misconceptions=said.MISCONCEPTIONS,
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


MORE_TRIES = 4


@question.check("structure", points=2)
def recurrent_cell(answer: Answer) -> Outcome:
    """The code builds a simple recurrent cell, or a layer made of one.

    All that follows is asked of this cell: what it holds, and what it computes.
    """
    loop = loop_instead(answer, SIMPLE_RNN)
    if loop is not None:
        return passed(f"Found: a {loop.label}, written by yourself.", observed=loop.label)
    layer = find(answer, SIMPLE_RNN)
    return passed(f"Found: {layer.label}.", observed=layer.label)


@question.check("structure", points=1, after=recurrent_cell)
def parameters(answer: Answer) -> Outcome:
    """It has u·(u+m+1) parameters: a kernel, a recurrent kernel and a bias.

    The count shows which weights are really there. Without a recurrent kernel there is no memory, whatever the layer
    is called.
    """
    loop = loop_instead(answer, SIMPLE_RNN)
    return has_its_weights(answer, loop) if loop else parameters_match(answer, find(answer, SIMPLE_RNN), SIMPLE_RNN)


@question.check("behaviour", points=2, after=recurrent_cell)
def one_step(answer: Answer) -> Outcome:
    """One step computes h_t = tanh(W x_t + U h_{t-1} + b).

    A cell is what it computes. Its numbers for random weights and inputs show it, in whatever style it is written.
    """
    loop = loop_instead(answer, SIMPLE_RNN)
    return computes_its_kind(loop) if loop else computes(answer, find(answer, SIMPLE_RNN), SIMPLE_RNN)


@question.check("behaviour", points=1, after=recurrent_cell)
def recurrence(answer: Answer) -> Outcome:
    """The hidden state of one time step enters the next, for a batch of any size.

    A cell that does not pass on its state reads a heap of inputs, and not a sequence.
    """
    loop = loop_instead(answer, SIMPLE_RNN)
    if loop is not None:
        return gives_its_states(loop)
    layer = find(answer, SIMPLE_RNN)
    if layer.is_cell:
        return _cell_in_use(answer, layer)
    built = layer.built()
    sees = dependence(built, answer.rng, built.inputs or 1)
    for _ in range(MORE_TRIES):
        # A unit of ReLU that is at zero passes nothing on; for another input it may.
        sees = sees if sees[-1].all() else sees | dependence(built, answer.rng, built.inputs or 1)
    if sees[-1].all():
        return passed("The last output depends on every time step of the input.")
    return failed("The last output does not depend on every earlier input.", expected="all", observed="not all")


def _cell_in_use(answer: Answer, cell: Layer) -> Outcome:
    whole = [shape for shape in cell.input_shapes if len(shape) == 3]
    if whole:
        _refuse_whole_sequence(answer, cell, whole[0])
    if not cell.facts.calls:
        miss(
            f"Your {cell.label} is never run. Put it into keras.layers.RNN(cell, return_sequences=True), or call it "
            "step by step with the state that it gave back.",
            expected="a cell that is run",
            observed="a cell that is only created",
        )
    require_memory(answer, cell, SIMPLE_RNN)
    if step_depends_on_state(cell, answer.rng):
        return passed("The output of a step depends on the hidden state that it is given.")
    return failed("The output of a step does not depend on the hidden state that it is given: nothing recurs.")


def _refuse_whole_sequence(answer: Answer, cell: Layer, shape: tuple[int | None, ...]) -> None:
    steps = shape[1]
    model = next((model for model in answer.models if model.input_shape == (None, *shape[1:])), None)
    sizes = sorted({1, 2, 3, steps or 3, (steps or 3) + 1})
    fits = [] if model is None else [size for size in sizes if _runs(answer, model, (size, *shape[1:]))]
    measured = f" Measured: it runs on batches of {_list(fits)}, and fails on {_list(set(sizes) - set(fits))}."
    fate = f" The model fails on a real batch of any size but 1 and {steps}." if fits == [1, steps] else ""
    miss(
        f"Your cell is applied to a whole (batch, time, features) tensor of shape {shape}. A cell computes one time "
        "step: given all of them at once it has no recurrence, no time step sees the one before."
        f"{fate}{measured if model is not None else ''} "
        "Put the cell into keras.layers.RNN(cell, return_sequences=True), or loop over the time steps.",
        expected=f"inputs of shape (batch, {shape[-1]}), one time step at a time",
        observed=f"inputs of shape {shape}",
    )


def _runs(answer: Answer, model: Layer, shape: tuple[int | None, ...]) -> bool:
    inputs = answer.rng.normal(size=[size or 1 for size in shape])
    return isinstance(model.try_forward(inputs), list)


def _list(sizes: Iterable[int]) -> str:
    return ", ".join(map(str, sorted(sizes))) or "no size"


@question.remark
def equations(answer: Answer) -> Iterator[Remark]:
    """What its equations evaluate to, where there are some."""
    return remarks(answer, EQUATIONS)


@question.picture
def pictures(answer: Answer) -> Iterator[Picture]:
    """Where its parameters are."""
    yield from drawing.parameters(answer, loop_instead(answer, SIMPLE_RNN) or find(answer, SIMPLE_RNN), SIMPLE_RNN)
