"""Biases of zeros have no effect on what a loop computes, and are judged all the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.answer.answer import Answer
from reference.loops.recurrences import recurrences
from reference.recurrent.cells import Array, Weights
from reference.recurrent.kinds import GRU, KINDS, LSTM, SIMPLE_RNN, Kind
from tests.reference.runs import Run, blocks, weights

CHANGES = {"added": 1, "left out": 0, "subtracted": -1}


def answer(kind: Kind, signs: Sequence[int], constants: Sequence[float], *, seed: int = 0) -> Answer:
    """A loop with a bias for each gate that is constant at first, and with a sign when it is added."""
    rng = np.random.default_rng(seed)
    w, x = weights(rng, kind, 3, 4, bias=False), rng.normal(size=(2, 5, 3))
    constant = np.repeat(np.array(constants, float), 4)
    return _run(kind, w, constant, signs, x).answer(_run(kind, w, rng.normal(size=len(constant)), signs, x))


def _run(kind: Kind, w: Weights, bias: Array, signs: Sequence[int], x: Array) -> Run:
    run = Run()
    for array in (w.kernel, w.recurrent_kernel):
        run.see(array, fresh=True)
    for part in blocks(replace(w, bias=bias), range(kind.gates))[-kind.gates :]:
        run.see(part, fresh=True, uses=5)
    run.see(np.zeros(4), fresh=True, uses=1)  # the initial state
    run.loop(kind, replace(w, bias=np.repeat(signs, 4) * bias), x, columns=False)
    return run


@settings(max_examples=40)
@given(st.sampled_from(KINDS), st.data())
def test_each_bias(kind: Kind, data: st.DataObject) -> None:
    """Is a bias that is left out, or subtracted, told from one that is added?"""
    gate = data.draw(st.integers(0, kind.gates - 1))
    change = data.draw(st.sampled_from(list(CHANGES)))
    signs = [CHANGES[change] if at == gate else 1 for at in range(kind.gates)]
    (loop,) = recurrences(answer(kind, signs, [0.0] * kind.gates, seed=data.draw(st.integers(0, 99))), [kind])
    if change == "added":
        assert loop.slip is None
        assert loop.weights.bias.any()
    else:
        assert loop.slip is not None
        assert not loop.slip.accepted


@pytest.mark.parametrize("gate", [0, 2, 3])
def test_a_bias_beside_one_of_ones(gate: int) -> None:
    """Where the bias of the forget gate is one from the beginning, is one that is subtracted told all the same?"""
    signs = [-1 if at == gate else 1 for at in range(LSTM.gates)]
    (loop,) = recurrences(answer(LSTM, signs, [0.0, 1.0, 0.0, 0.0]), [LSTM])
    assert loop.slip is not None
    assert "subtracted" in loop.slip.message


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.keras)
@pytest.mark.parametrize(("sign", "words"), [(0, "The bias b is not added"), (-1, "The bias b is subtracted")])
def test_all_biases(kind: Kind, sign: int, words: str) -> None:
    """Is it said where none of the biases is added?"""
    (loop,) = recurrences(answer(kind, [sign] * kind.gates, [0.0] * kind.gates), [kind])
    assert loop.slip is not None
    if kind.gates > 1:
        assert loop.slip.message.startswith(words)


@pytest.mark.parametrize(
    ("kind", "constants"),
    [(LSTM, (0, 1, 0, 0)), (LSTM, (0.1, 2, 0.1, 0.1)), (GRU, (1, 0, 0)), (GRU, (0.5, 0.5, 0.5)), (SIMPLE_RNN, (0.1,))],
)
def test_biases_that_start_at_other_numbers(kind: Kind, constants: tuple[float, ...]) -> None:
    """Is a loop known whose biases are constant, but not zero, such as a forget gate that starts open?"""
    (loop,) = recurrences(answer(kind, [1] * kind.gates, constants), [kind])
    assert loop.slip is None
    assert loop.weights.bias.size == kind.gates * 4


def test_a_loop_that_goes_another_way() -> None:
    """Is a loop left as it is where the code does something else when its biases are drawn?"""
    rng, short = np.random.default_rng(0), Run()
    run = _run(SIMPLE_RNN, weights(rng, SIMPLE_RNN, 3, 4, bias=False), np.zeros(4), [-1], rng.normal(size=(2, 5, 3)))
    short.see(np.ones(3), fresh=True)
    (loop,) = recurrences(run.answer(short), [SIMPLE_RNN])
    assert loop.slip is None
