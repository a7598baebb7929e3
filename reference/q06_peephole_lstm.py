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
from grader.answer.layer import Layer
from grader.pack.pictures import Picture
from grader.pack.questions import Concept, Misconception, Question, Topic
from grader.pack.verdict import Outcome, Remark, failed, miss, passed
from reference.checks import drawing
from reference.checks.comparing import computes, recognised
from reference.checks.judging import LSTM, PEEPHOLE_LSTM, Kind, cell_of, find, function_of, has_states, may_be
from reference.checks.running import hidden_states
from reference.checks.written import remarks, right
from reference.loops.loops import computes_its_kind, gives_its_states, has_its_weights, loop_instead, require_memory
from reference.recurrent import expected
from reference.recurrent.equations import PEEPHOLE_LSTM as EQUATIONS
from reference.recurrent.layers import reads_sequences
from reference.recurrent.measure import curvature_in_state, is_bounded, unused_weights
from reference.recurrent.own_cells import own_cells, own_layers
from reference.wording import q06 as said
from reference.wording.ideas import SUBJECT

question = Question(
    6,
    "Peephole LSTM",
    prompt="Explain Peephole LSTM",
    concepts=(
        Concept(
            "q6.connections",
            "Peephole connections let the gates see the cell state.",
            said.CONNECTIONS,
            "Say what a peephole is: a connection from the cell state to a gate.",
            "In a plain LSTM a closed output gate hides the memory from the gates as well. A peephole lets them look "
            "inside.",
        ),
        Concept(
            "q6.variant",
            "It extends the standard LSTM, whose gates see only the input and the previous hidden state.",
            said.VARIANT,
            "Compare it with the standard LSTM, whose gates see only x_t and h_{t-1}.",
            "What is new is best seen beside what was there: one more term in each gate, and all the rest as before.",
        ),
        Concept(
            "q6.benefit",
            "The gates can decide with knowledge of the memory, which helps for instance with precise timing.",
            said.BENEFIT,
            "Say what it is good for: gates that know the memory decide better, for example when to release it "
            "(timing).",
            "This is what they were introduced for: to measure an interval, a gate has to see how the count in the "
            "cell stands.",
        ),
        Concept(
            "q6.each-gate",
            "Each gate has its own peephole weights: forget and input gates see c_{t-1}, the output gate sees the "
            "new c_t.",
            said.EACH_GATE,
            "Say which cell state each gate sees (c_{t-1} for the forget and input gates, c_t for the output "
            "gate), or that "
            "each gate gets its own peephole weights.",
            "The order matters: the forget and input gates act before the cell state is updated, the output gate "
            "after it.",
        ),
    ),
    subject=SUBJECT,
    misconceptions=(
        Misconception(
            "q6.implementation-2",
            said.IMPLEMENTATION_2,
            "In Keras `implementation=2` only changes how the matrix products of an ordinary LSTM are batched; the "
            "layer has no "
            "peephole weights. A peephole LSTM needs its own cell with three more weight vectors, such as "
            "tfa.rnn.PeepholeLSTMCell or one that you write.",
            against="q6.variant",
        ),
        Misconception(
            "q6.hidden-state",
            said.HIDDEN_STATE,
            "Every LSTM gate sees the hidden state. A peephole shows it the cell state.",
            against="q6.connections",
        ),
        Misconception(
            "q6.future",
            said.FUTURE,
            "A peephole does not look ahead in the sequence. It looks into the cell: at its cell state.",
            against="q6.benefit",
        ),
    ),
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


AFFINE = 1e-5
NEEDED = "a peephole LSTM cell, which Keras does not have and you write"


@question.check("structure", points=2)
def peephole_weights(answer: Answer) -> Outcome:
    """The cell has more weights than a plain LSTM: one more per unit and gate, 4u·(u+m+1) + 3u in all.

    Peepholes are weights. With as many as a plain LSTM has, no gate can have one, whatever the code is called.
    """
    loop = loop_instead(answer, PEEPHOLE_LSTM, _peephole_layer)
    if loop is not None:
        return has_its_weights(answer, loop)
    layer = _peephole_layer(answer)
    cell = cell_of(answer, layer)
    u, m, found = cell.units or 0, cell.inputs or 0, cell.parameters
    wanted = expected.peephole_lstm(u, m)
    variants = [expected.peephole_lstm(u, m, use_bias=False), expected.peephole_lstm(u, m, diagonal=False)]
    if found in {count.value for count in (wanted, *variants)}:
        idle = unused_weights(cell, answer.rng)
        if idle:
            return failed(
                f"Your cell has {found:,} parameters, but {', '.join(idle)} can be changed without any effect on a "
                "step: weights that nothing uses are no peepholes.",
                expected="weights that are used",
                observed=", ".join(idle),
            )
        if not layer.loops and not is_bounded(cell, answer.rng, which=1, weights=cell.random_weights(answer.rng)):
            return failed(
                f"Your cell has {found:,} parameters, but its cell state is not that of an LSTM: from one step to the "
                "next it grows without bound. A forget gate keeps at most all of c_{t-1}, and an input gate lets in at "
                "most all of the candidate: a peephole belongs inside of the sigmoid.",
                expected="at most |c_{t-1}| + 1",
                observed="more",
            )
        return passed(f"Your cell has {found:,} parameters.", expected=str(wanted), observed=found)
    return failed(
        f"Your layer has {found:,} parameters; a peephole LSTM of this size has {wanted.value:,}."
        + (_plain(layer) if found == expected.lstm(u, m).value else ""),
        expected=str(wanted),
        observed=found,
    )


def _plain(layer: Layer) -> str:
    """What a student who has a plain LSTM is told."""
    fake = (
        " implementation=2 does not make peepholes: it only chooses how Keras multiplies the matrices (one product for "
        "all gates in place of four), and the result is the same."
    )
    return (
        " That is a plain LSTM: no weight is left through which a gate could see the cell state."
        + (fake if layer.setting("implementation") == 2 else "")
        + " Keras has no peephole layer; write a cell of your own with three more weight vectors."
    )


@question.check("behaviour", points=2, after=peephole_weights)
def gates_see_the_cell_state(answer: Answer) -> Outcome:
    """With x and h held still, the next cell state is not affine in the last one: the gates look at it.

    This is the difference between the two cells, measured: a plain LSTM only scales the old cell state and adds to it.
    """
    loop = loop_instead(answer, PEEPHOLE_LSTM, _peephole_layer)
    if loop is not None:
        return computes_its_kind(loop)
    layer = _peephole_layer(answer)
    if layer.loops:
        return _loop_sees_the_cell_state(answer, layer)
    cell = cell_of(answer, layer)
    if not has_states(cell, 2):
        miss("An LSTM cell carries a hidden state and a cell state.", expected=2, observed=len(cell.facts.state_sizes))
    weights = cell.random_weights(answer.rng)
    curvature = curvature_in_state(cell, answer.rng, which=1, weights=weights)
    shown = f"second difference {curvature:.1g}"
    if curvature > AFFINE:
        return passed("The next cell state bends with the last one, as it does when gates see it.", observed=shown)
    return failed(
        "The next cell state is an affine function of the last one, as in a plain LSTM: f_t and i_t do not depend on "
        "c_{t-1}. The peepholes belong inside the sigmoids: σ(W x_t + U h_{t-1} + p * c_{t-1} + b).",
        expected="above 1e-05",
        observed=shown,
    )


def _loop_sees_the_cell_state(answer: Answer, layer: Layer) -> Outcome:
    """Of a layer that loops by itself no state can be chosen: its numbers over a sequence tell whose they are."""
    if recognised(answer, layer, PEEPHOLE_LSTM).accepted:
        return passed("Over a sequence it gives the numbers of an LSTM whose gates see the cell state.")
    return failed(
        "Over a sequence your layer does not give the numbers of an LSTM whose gates see the cell state. The peepholes "
        "belong inside the sigmoids: σ(W x_t + U h_{t-1} + p * c_{t-1} + b).",
        expected="the numbers of a peephole LSTM",
        observed="other numbers",
    )


@question.check("behaviour", points=1, after=peephole_weights)
def one_step(answer: Answer) -> Outcome:
    """One step of the cell computes the peephole equations.

    A slip, such as an output gate that sees the old cell state, trains almost as well. Only the numbers show it.
    """
    loop = loop_instead(answer, PEEPHOLE_LSTM, _peephole_layer)
    return computes_its_kind(loop) if loop else computes(answer, _peephole_layer(answer), PEEPHOLE_LSTM)


@question.check("structure", points=1, after=gates_see_the_cell_state)
def output(answer: Answer) -> Outcome:
    """Over a sequence it gives its hidden state, of one or of all time steps.

    A cell of your own is of use once it runs over a whole sequence, as the layers of Keras do.
    """
    loop = loop_instead(answer, PEEPHOLE_LSTM, _peephole_layer)
    if loop is not None:
        return gives_its_states(loop)
    layer = _peephole_layer(answer)
    if layer.is_cell:
        require_memory(answer, layer, PEEPHOLE_LSTM)
    return hidden_states(answer, layer)


def _peephole_layer(answer: Answer, kind: Kind = PEEPHOLE_LSTM) -> Layer:
    """The layer of the answer that may be one: a cell of the student's own before a class of Keras."""
    chosen = answer.among(cell for cell in own_cells(answer) if has_states(cell, 2))
    if chosen is None:
        own = answer.among(layer for layer in own_layers(answer) if may_be(layer, kind))
        return own or function_of(answer, kind) or (find(answer, LSTM) if answer.code else answer.nothing(NEEDED))
    around = [layer for layer in answer.layers if reads_sequences(layer) and layer.facts.cell == chosen.facts.ref]
    return answer.among(around) or chosen


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
    layer = loop_instead(answer, PEEPHOLE_LSTM, _peephole_layer) or _peephole_layer(answer)
    yield from drawing.peepholes(answer, layer)
    yield from drawing.parameters(answer, layer, PEEPHOLE_LSTM)
