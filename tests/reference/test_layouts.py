"""Whatever way a student lays out the weights of a cell, the reading that makes it the reference is found."""

from itertools import islice, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference.checks.comparing import Trial, recognise
from reference.recurrent import cells
from reference.recurrent.cells import PeepholeWeights, Weights
from reference.recurrent.kinds import GRU, LSTM, PEEPHOLE_LSTM, SIMPLE_RNN, Kind, of_a_layer
from reference.recurrent.layouts import arrangements
from reference.recurrent.measure import of_the_input

KINDS = {"rnn": SIMPLE_RNN, "lstm": LSTM, "gru": GRU, "peephole": PEEPHOLE_LSTM}
LAYOUTS = (
    "fused",
    "fused, gates reordered",
    "one matrix per gate",
    "gate by gate",
    "joint x first",
    "joint h first",
    "packed",
)


def drawn(rng: np.random.Generator, kind: Kind, units: int, inputs: int) -> Weights:
    gates = kind.gates
    w = Weights(
        rng.normal(size=(inputs, gates * units)),
        rng.normal(size=(units, gates * units)),
        rng.normal(size=gates * units),
    )
    if not kind.peepholes:
        return w
    peeps = [rng.normal(size=units) for _ in range(3)]
    return PeepholeWeights(w.kernel, w.recurrent_kernel, w.bias, *peeps)


def laid_out(w: Weights, gates: int, layout: str, order: tuple[int, ...]) -> list[np.ndarray]:
    """The arrays that a student's cell would have: what `cell.weights` lists."""
    if layout == "fused":
        order = tuple(range(gates))
    kernel, recurrent = (np.split(part, gates, axis=1) for part in (w.kernel, w.recurrent_kernel))
    bias = np.split(w.bias, gates)
    kernel, recurrent, bias = ([blocks[gate] for gate in order] for blocks in (kernel, recurrent, bias))
    if layout.startswith("fused"):
        arrays = [np.concatenate(kernel, axis=1), np.concatenate(recurrent, axis=1), np.concatenate(bias)]
    elif layout == "one matrix per gate":
        arrays = [*kernel, *recurrent, *bias]
    elif layout == "gate by gate":
        arrays = [array for gate in zip(kernel, recurrent, bias, strict=True) for array in gate]
    elif layout == "packed":
        arrays = [*kernel, *recurrent, np.stack(bias)]
    else:
        pairs = zip(kernel, recurrent, strict=True)
        joint = [np.concatenate(pair if layout == "joint x first" else pair[::-1]) for pair in pairs]
        arrays = [array for gate in zip(joint, bias, strict=True) for array in gate]
    if isinstance(w, PeepholeWeights):
        peeps = [w.forget_peephole, w.output_peephole, w.input_peephole]
        arrays += [np.stack(peeps)] if layout == "packed" else peeps
    return arrays


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", KINDS)
@settings(max_examples=4, deadline=None)
@given(data=st.data())
def test_every_layout_of_a_right_cell_is_recognised(name: str, layout: str, data: st.DataObject):
    """Is a right cell right in whatever order and shape its weights are kept?"""
    kind = KINDS[name]
    units, inputs = data.draw(st.tuples(st.integers(5, 7), st.integers(5, 7)))
    order = data.draw(st.sampled_from(list(permutations(range(kind.gates)))))
    trial, arrays = tried(kind, units, inputs, layout, order, wrong=False)

    found = recognise(kind, list(readings(kind, arrays, units, inputs)), trial)

    assert found.right


@pytest.mark.parametrize("layout", ["fused", "one matrix per gate", "gate by gate"])
@pytest.mark.parametrize("name", KINDS)
def test_square_kernels_may_stand_behind_the_recurrent_ones(name: str, layout: str):
    """Is a right cell with as many inputs as units right where its recurrent kernels come first?"""
    kind = KINDS[name]
    trial, arrays = tried(kind, 5, 5, layout, tuple(range(kind.gates)), wrong=False)
    squares = [array for array in arrays if array.ndim == 2]
    pairs = [squares[:1], squares[1:]] if layout == "fused" else [squares[0::2], squares[1::2]]
    turned = [array for pair in zip(*reversed(pairs), strict=True) for array in pair]
    if layout == "one matrix per gate":
        turned = [*squares[kind.gates :], *squares[: kind.gates]]

    arrays = [*turned, *(array for array in arrays if array.ndim == 1)]

    assert recognise(kind, list(readings(kind, arrays, 5, 5)), trial).right


@pytest.mark.parametrize("name", KINDS)
def test_what_is_multiplied_with_the_input_is_measured(name: str):
    """Is a right cell right where its square kernels stand in no order at all: is asked which the input goes through?

    Peepholes are matrices here, so that they are as large as the kernels.
    """
    kind, units = KINDS[name], 5
    rng = np.random.default_rng(7)
    w = drawn(rng, kind, units, units)
    if isinstance(w, PeepholeWeights):
        w = PeepholeWeights(w.kernel, w.recurrent_kernel, w.bias, *rng.normal(size=(3, units, units)))
    roles = [*([True] * kind.gates), *([False] * (kind.gates + kind.peepholes))]
    kernels, recurrent = (np.split(part, kind.gates, axis=1) for part in (w.kernel, w.recurrent_kernel))
    squares = [*kernels, *recurrent]
    if isinstance(w, PeepholeWeights):
        squares += [w.input_peephole, w.forget_peephole, w.output_peephole]
    # In their order, but for which is whose: the order of gates is another matter.
    mixed = sorted(range(len(squares)), key=lambda at: (at % kind.gates, at * 5 % 3))
    arrays = [*(squares[at] for at in mixed), w.bias]
    x, states = rng.normal(size=(3, units)), [rng.normal(size=(3, units)) for _ in range(kind.states)]

    def step(given: list[np.ndarray], x: np.ndarray) -> list[np.ndarray]:
        in_order = [array for _, array in sorted(zip(mixed, given[:-1], strict=True), key=lambda pair: pair[0])]
        kernel = np.concatenate(in_order[: kind.gates], axis=1)
        recurrent = np.concatenate(in_order[kind.gates : 2 * kind.gates], axis=1)
        peepholes = in_order[2 * kind.gates :]
        read = (PeepholeWeights if peepholes else Weights)(kernel, recurrent, given[-1], *peepholes)
        after = kind.family.step(read, x, *states)
        return list(after) if isinstance(after, tuple) else [after]

    known = of_the_input(lambda given: step(given, np.zeros_like(x)), arrays, units)

    assert known == {at for at, place in enumerate(mixed) if roles[place]}
    trial = Trial.of_a_step((), x, states, step(arrays, x))
    found = arrangements(arrays, units, units, gates=kind.gates, peepholes=kind.peepholes, of_input=known)
    assert recognise(kind, list(islice(found, 20_000)), trial).right


def test_a_layer_of_keras_has_its_peepholes_behind_its_other_weights():
    """Are weights with peepholes never taken for those without, nor the other way round?"""
    rng = np.random.default_rng(1)
    plain = [rng.normal(size=size) for size in ((3, 16), (4, 16), (16,))]
    peepholes = [rng.normal(size=4) for _ in range(3)]
    assert of_a_layer(PEEPHOLE_LSTM, plain, 3) is None
    assert of_a_layer(LSTM, [*plain, *peepholes], 3) is None
    assert of_a_layer(LSTM, plain, 4) is None
    assert of_a_layer(GRU, plain, 3) is None
    for arrays in ([*plain, *peepholes], [*plain[:2], *peepholes]):
        w = of_a_layer(PEEPHOLE_LSTM, arrays, 3)
        assert isinstance(w, PeepholeWeights)
        assert w.forget_peephole is peepholes[1]
        assert w.bias.any() == (len(arrays) == 6)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", KINDS)
def test_no_layout_makes_a_wrong_cell_right(name: str, layout: str):
    """Is a cell that computes something else refused under every reading of its weights?"""
    kind = KINDS[name]
    for units, inputs in ((5, 6), (5, 5)):
        order = tuple(reversed(range(kind.gates)))
        trial, arrays = tried(kind, units, inputs, layout, order, wrong=True)

        assert not recognise(kind, list(readings(kind, arrays, units, inputs)), trial).accepted


def readings(kind: Kind, arrays: list[np.ndarray], units: int, inputs: int):
    return arrangements(arrays, units, inputs, gates=kind.gates, peepholes=kind.peepholes)


def tried(kind: Kind, units: int, inputs: int, layout: str, order: tuple[int, ...], *, wrong: bool):
    """One step of a student's cell of this layout; a wrong one computes its candidate from the halved input."""
    rng = np.random.default_rng(units * 100 + inputs)
    w = drawn(rng, kind, units, inputs)
    x = rng.normal(size=(3, inputs))
    before = tuple(rng.normal(size=(3, units)) for _ in range(kind.states))
    seen = np.where(np.arange(inputs) == 0, 0.5, 1.0) * x if wrong else x
    step = cells.peephole_lstm_step if kind is PEEPHOLE_LSTM else kind.family.step
    after = step(w, seen, *before)
    after = after if isinstance(after, tuple) else (after,)
    return Trial.of_a_step((), x, before, after), laid_out(w, kind.gates, layout, order)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_slip_is_recognised_in_every_layout(layout: str):
    """Is an output gate that sees the old cell state named, also where the weights are laid out in another way?"""
    rng = np.random.default_rng(5)
    w = drawn(rng, PEEPHOLE_LSTM, 5, 6)
    x, before = rng.normal(size=(3, 6)), tuple(rng.normal(size=(3, 5)) for _ in range(2))
    stale = next(slip for slip in PEEPHOLE_LSTM.family.slips if slip.id == "stale_cell")
    trial = Trial.of_a_step((), x, before, stale.compute(w, x, *before))

    found = recognise(PEEPHOLE_LSTM, list(readings(PEEPHOLE_LSTM, laid_out(w, 4, layout, (3, 1, 0, 2)), 5, 6)), trial)

    assert found.slip is not None
    assert found.slip.id == "stale_cell"
