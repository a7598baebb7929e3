"""Recurrences are found among arrays, whatever their sizes and orders, and nothing else is taken for one."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference.loops.recurrences import forgets, recurrences
from reference.loops.two_loops import two_loops
from reference.recurrent import cells
from reference.recurrent.cells import Array, Weights
from reference.recurrent.kinds import GRU, KINDS, LSTM, SIMPLE_RNN, Kind
from reference.subjects.loops_both_ways import LoopBothWays
from tests.reference.runs import SIZES, Run, blocks, weights


@settings(max_examples=25)
@given(SIZES, st.sampled_from([SIMPLE_RNN, LSTM]), st.booleans(), st.booleans(), st.data())
def test_a_loop_is_found(
    sizes: tuple[int, int, int, int], kind: Kind, columns: bool, separate: bool, data: st.DataObject
) -> None:
    """Is a loop found with its own weights, in rows or columns, in one kernel or one for each gate in any order?"""
    batch, steps, inputs, units = sizes
    rng, run = np.random.default_rng(data.draw(st.integers(0, 99))), Run()
    w = weights(rng, kind, inputs, units, bias=not separate)
    order = data.draw(st.sampled_from(list(permutations(range(kind.gates)))))
    arrays = blocks(w, order) if separate else [w.kernel, w.recurrent_kernel, w.bias]
    for array in arrays:
        run.see(array.T if columns else array, fresh=True)
    run.see(rng.normal(size=(7, 1)), fresh=True)  # targets, or what else there is
    states = run.loop(kind, w, rng.normal(size=(batch, steps, inputs)), columns=columns)
    found = recurrences(run.answer(), [kind])
    assert found
    assert np.allclose(found[0].states, states[:, : found[0].states.shape[1]], atol=1e-4)


@pytest.mark.slow
@settings(max_examples=10)
@given(SIZES, st.sampled_from(KINDS), st.integers(0, 99))
def test_states_of_other_weights_are_no_loop(sizes: tuple[int, int, int, int], kind: Kind, seed: int) -> None:
    """Is no loop found where the states are those of weights that are not there, of this kind or of another?"""
    batch, steps, inputs, units = sizes
    rng, run = np.random.default_rng(seed), Run()
    there, away = (weights(rng, kind, inputs, units, bias=True) for _ in range(2))
    for array in (there.kernel, there.recurrent_kernel, there.bias):
        run.see(array, fresh=True)
    run.loop(kind, away, rng.normal(size=(batch, steps, inputs)), columns=False)
    assert recurrences(run.answer()) == []


def test_a_loop_that_forgets_is_none():
    """Is a loop whose steps all start from zeros known as such, and not taken for a recurrence?"""
    rng, run = np.random.default_rng(1), Run()
    w, x = weights(rng, SIMPLE_RNN, 3, 4, bias=False), rng.normal(size=(2, 5, 3))
    for array in (w.kernel, w.recurrent_kernel):
        run.see(array, fresh=True)
    for time in range(5):
        run.see(x[:, time], fresh=True, part=True, site=1)
        run.see(cells.simple_rnn(w, x[:, time : time + 1])[:, 0])
    answer = run.answer()
    assert forgets(answer, SIMPLE_RNN, cells.simple_rnn_step)
    assert not any(item.slip is None for item in recurrences(answer, [SIMPLE_RNN]))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.keras)
@pytest.mark.parametrize("joined", ["in step", "out of step", "apart"])
def test_two_loops_are_told_by_how_they_are_joined(kind: Kind, joined: str):
    """Are two opposite loops found, and is it seen whether their states are joined for the same time steps?"""
    rng, run = np.random.default_rng(2), Run()
    x = rng.normal(size=(2, 5, 3))
    ahead, back = (weights(rng, kind, 3, 4, bias=True) for _ in range(2))
    for w in (ahead, back):
        for array in (w.kernel, w.recurrent_kernel, w.bias):
            run.see(array, fresh=True)
    one = run.loop(kind, ahead, x, columns=False, site=1)
    other = run.loop(kind, back, x[:, ::-1], columns=False, site=3)
    if joined != "apart":
        run.see(cells.merge(one, other[:, ::-1] if joined == "in step" else other))
    answer = run.answer()
    found = two_loops(answer, [kind])
    assert found is not None
    assert found.kind is kind
    both = LoopBothWays(answer, found)
    assert (both.computes().share == 1) == (joined == "in step")
    assert (both.depends().share == 1) == (joined != "apart")


def test_one_loop_used_twice_is_not_two():
    """Are two readings of a sequence with the same weights no two directions?"""
    rng, run = np.random.default_rng(3), Run()
    x, w = rng.normal(size=(2, 5, 3)), weights(rng, GRU, 3, 4, bias=True)
    for array in (w.kernel, w.recurrent_kernel, w.bias):
        run.see(array, fresh=True)
    one = run.loop(GRU, w, x, columns=False, site=1)
    other = run.loop(GRU, w, x[:, ::-1], columns=False, site=3)
    run.see(cells.merge(one, other[:, ::-1]))
    assert two_loops(run.answer()) is None


def test_directions_may_be_an_axis_of_the_weights():
    """Are two directions found whose weights lie in one array each, and are they two?"""
    rng, run = np.random.default_rng(4), Run()
    x = rng.normal(size=(2, 6, 3))
    ahead, back = (weights(rng, GRU, 3, 5, bias=True) for _ in range(2))
    for pair in zip(*((w.kernel, w.recurrent_kernel, w.bias) for w in (ahead, back)), strict=True):
        run.see(np.stack(pair), fresh=True)
    run.loop(GRU, ahead, x, columns=False, site=1)
    run.loop(GRU, back, x[:, ::-1], columns=False, site=3)
    found = two_loops(run.answer(), [GRU])
    assert found is not None
    assert np.allclose(found.ahead.weights.bias, ahead.bias)
    assert np.allclose(found.back.weights.kernel, back.kernel)


@pytest.mark.parametrize("kind", [LSTM, GRU], ids=lambda kind: kind.keras)
def test_gates_may_be_an_axis_of_the_weights(kind: Kind):
    """Is a loop found whose kernels have an axis of gates between those of inputs and units?"""
    rng, run = np.random.default_rng(5), Run()
    w = weights(rng, kind, 3, 5, bias=True)
    run.see(w.kernel.reshape(3, kind.gates, 5), fresh=True)
    run.see(w.recurrent_kernel.reshape(5, kind.gates, 5), fresh=True)
    run.see(w.bias.reshape(kind.gates, 5), fresh=True)
    run.loop(kind, w, rng.normal(size=(2, 6, 3)), columns=False)
    assert len(recurrences(run.answer(), [kind])) == 1


@pytest.mark.parametrize("kind", [LSTM, GRU], ids=lambda kind: kind.keras)
def test_directions_and_gates_may_be_axes_of_the_weights(kind: Kind):
    """Are two directions found whose kernels have an axis of directions and one of gates?"""
    rng, run = np.random.default_rng(5), Run()
    ahead, back = (weights(rng, kind, 3, 5, bias=True) for _ in range(2))
    for pair in zip(_by_gate(ahead, kind), _by_gate(back, kind), strict=True):
        run.see(np.stack(pair), fresh=True)
    _both_ways(run, kind, ahead, back)
    found = two_loops(run.answer(), [kind])
    assert found is not None
    assert np.allclose(found.ahead.weights.bias, ahead.bias)
    assert np.allclose(found.back.weights.kernel, back.kernel)


def test_biases_of_both_directions_in_one_array():
    """Are they told apart where two rows of units could be two biases of one direction?"""
    rng, run = np.random.default_rng(10), Run()
    ahead, back = (weights(rng, SIMPLE_RNN, 4, 4, bias=True) for _ in range(2))
    for pair in zip(*((w.kernel, w.recurrent_kernel, w.bias) for w in (ahead, back)), strict=True):
        run.see(np.stack(pair), fresh=True)
    _both_ways(run, SIMPLE_RNN, ahead, back)
    assert two_loops(run.answer(), [SIMPLE_RNN]) is not None


def test_as_many_units_and_inputs_as_gates():
    """Are both directions found where each has an array (gates, inputs, units) with all three sizes the same?"""
    rng, run = np.random.default_rng(6), Run()
    ahead, back = (weights(rng, LSTM, 4, 4, bias=True) for _ in range(2))
    for array in (*_by_gate(ahead, LSTM), *_by_gate(back, LSTM)):
        run.see(array, fresh=True)
    _both_ways(run, LSTM, ahead, back)
    assert two_loops(run.answer(), [LSTM]) is not None


def test_weights_among_many_others():
    """Are the weights of a layer found in a row, where a head stands beside them, and many vectors come after?"""
    rng, run = np.random.default_rng(7), Run()
    w = weights(rng, LSTM, 8, 6, bias=True)
    for array in (w.kernel, w.recurrent_kernel, w.bias, *rng.normal(size=(9, 6))):
        run.see(array, fresh=True)
    run.loop(LSTM, w, rng.normal(size=(1, 5, 8)), columns=False)
    (found,) = recurrences(run.answer(), [LSTM])
    assert np.allclose(found.weights.bias, w.bias)


def test_words_that_are_looked_up():
    """Is a loop found that takes rows out of a kernel, and multiplies no input? And none where they are no parts?"""
    rng = np.random.default_rng(8)
    table, w = rng.normal(size=(9, 4)), weights(rng, SIMPLE_RNN, 4, 4, bias=True)
    looked_up = Weights(np.eye(4), w.recurrent_kernel, w.bias)
    x = table[rng.integers(9, size=6)][None]
    for part in (True, False):
        run = Run()
        for array in (table, w.recurrent_kernel, w.bias):
            run.see(array, fresh=True)
        for time, state in enumerate(cells.simple_rnn(looked_up, x)[0]):
            run.see(x[0, time], fresh=True, part=part, site=1)
            run.see(state, site=2)
        assert bool(recurrences(run.answer(), [SIMPLE_RNN])) is part


def _by_gate(w: Weights, kind: Kind) -> list[Array]:
    """Kernels (gates, inputs, units), and biases (gates, units)."""
    return [np.stack(np.split(array, kind.gates, axis=-1)) for array in (w.kernel, w.recurrent_kernel, w.bias)]


def _both_ways(run: Run, kind: Kind, ahead: Weights, back: Weights) -> None:
    x = np.random.default_rng(9).normal(size=(2, 6, ahead.inputs))
    run.loop(kind, ahead, x, columns=False, site=1)
    run.loop(kind, back, x[:, ::-1], columns=False, site=3)
