"""Loops whose inputs are as many as their units: products that were seen tell kernels and recurrent kernels apart."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from reference.loops.recurrences import recurrences
from reference.loops.two_loops import two_loops
from reference.recurrent.cells import Array, Weights, merge
from reference.recurrent.kinds import GRU, KINDS, SIMPLE_RNN, Kind
from tests.reference.runs import Run, blocks, weights

SIZE, STEPS, BATCH = 4, 5, 2


def gates_in_turn(run: Run, w: Weights, gates: int) -> None:
    """Note a kernel and a recurrent kernel of each gate, one beside the other."""
    several = blocks(w, range(gates))
    for kernel, recurrent in zip(several[:gates], several[gates : 2 * gates], strict=True):
        run.see(kernel, fresh=True)
        run.see(recurrent, fresh=True)


def reading(run: Run, kind: Kind, w: Weights, x: Array, site: int) -> Array:
    """Note a loop, and the product of each input with each kernel."""
    for time in range(x.shape[1]):
        for kernel in np.split(w.kernel, kind.gates, axis=1):
            run.see(x[:, time] @ kernel)
    return run.loop(kind, w, x, columns=False, site=site)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.keras)
def test_two_directions_with_gates_in_turn(kind: Kind) -> None:
    """Are both directions found where all matrices are square, those of one gate side by side?"""
    rng, run = np.random.default_rng(5), Run()
    x = rng.normal(size=(BATCH, STEPS, SIZE))
    ahead, back = (weights(rng, kind, SIZE, SIZE, bias=False) for _ in range(2))
    for w in (ahead, back):
        gates_in_turn(run, w, kind.gates)
    one, other = reading(run, kind, ahead, x, 1), reading(run, kind, back, x[:, ::-1], 3)
    run.see(merge(one, other[:, ::-1]))
    found = two_loops(run.answer(), [kind])
    assert found is not None
    assert not found.ahead.arrays & found.back.arrays


def one_hot(words: Sequence[int]) -> Array:
    """A sequence of one sample (1, timesteps, words)."""
    return np.eye(SIZE)[list(words)][np.newaxis]


def test_words_whose_product_is_a_row() -> None:
    """Is a loop over words found where the product of a word with any matrix is one of its rows, and so is seen?"""
    rng, run = np.random.default_rng(6), Run()
    w = weights(rng, SIMPLE_RNN, SIZE, SIZE, bias=False)
    for matrix in (w.kernel, w.recurrent_kernel):
        run.see(matrix, fresh=True)
    reading(run, SIMPLE_RNN, w, one_hot([2, 0, 3, 3, 1]), 1)
    assert [item.slip for item in recurrences(run.answer(), [SIMPLE_RNN])] == [None]


@pytest.mark.parametrize("kind", [SIMPLE_RNN, GRU], ids=lambda kind: kind.keras)
def test_data_whose_first_axis_has_the_size_of_a_kernel(kind: Kind) -> None:
    """Are weights read whole where the data have three axes, and the first one is as long as they are?"""
    rng, run = np.random.default_rng(7), Run()
    w, x = weights(rng, kind, SIZE, SIZE, bias=True), rng.normal(size=(BATCH, STEPS, SIZE))
    run.see(x.transpose(2, 0, 1), fresh=True)
    for array in (w.kernel.T, w.recurrent_kernel.T, w.bias[:, np.newaxis]):
        run.see(array, fresh=True)
    run.loop(kind, w, x, columns=True)
    assert [item.slip for item in recurrences(run.answer(), [kind])] == [None]


def test_a_state_that_is_subtracted() -> None:
    """Is a loop none that subtracts what comes from its state, where all products of its inputs are seen?"""
    rng, run = np.random.default_rng(8), Run()
    w, x = weights(rng, SIMPLE_RNN, SIZE, SIZE, bias=True), rng.normal(size=(BATCH, STEPS, SIZE))
    for array in (w.kernel, w.recurrent_kernel, w.bias):
        run.see(array, fresh=True)
    state = np.zeros((BATCH, SIZE))
    for time in range(STEPS):
        run.see(x[:, time], fresh=True, part=True, site=1)
        run.see(x[:, time] @ w.kernel)
        state = run.see(np.tanh(x[:, time] @ w.kernel - state @ w.recurrent_kernel + w.bias), site=2)
    assert not any(item.slip is None for item in recurrences(run.answer(), [SIMPLE_RNN]))
