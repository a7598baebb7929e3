"""States are found among the arrays that were seen, in whatever order of axes or of time they are kept."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from grader.answer.evidence import Seen
from reference.loops.values import Values

SHAPE = (3, 5, 4)
RNG = np.random.default_rng(2)
STATES = RNG.uniform(-1, 1, SHAPE)
OTHERS = [RNG.uniform(-1, 1, SHAPE) for _ in range(20)]


def values(*arrays: NDArray[np.float64]) -> Values:
    """What was seen."""
    return Values(
        [
            Seen(numbers=each, site=0, fresh=False, part=False, layer=None, gradient=None, changed=False, uses=0)
            for each in arrays
        ]
    )


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 0, 2), (2, 0, 1), (1, 2, 0)])
@pytest.mark.parametrize("turn", [1, -1])
@pytest.mark.parametrize("size", [1e-6, 1.0, 1e6])
def test_nothing_is_passed_over_that_would_be_found(order: tuple[int, ...], turn: int, size: float) -> None:
    """Is what is found by all of its numbers never ruled out by the first of them, though both are rounded?"""
    kept = (size * STATES[:, ::turn]).transpose(order) * (1 + 9e-5 * RNG.uniform(-1, 1))
    seen = values(*OTHERS, kept)
    assert seen.find(size * STATES[:, ::turn])
    assert seen.may_hold(SHAPE, size * float(STATES[0, 0, 0]))


def test_most_others_are_passed_over() -> None:
    """Is a first number ruled out that no array has in any of the places where it could be?"""
    seen = values(*OTHERS)
    assert not seen.find(STATES)
    assert not seen.may_hold(SHAPE, 1.5)
    assert not seen.may_hold((3, 5, 2), float(STATES[0, 0, 0]))


def test_what_is_no_number_is_nowhere() -> None:
    """Is an array of NaN no states, and are states that are NaN in no array?"""
    assert not values(np.full(SHAPE, np.nan)).may_hold(SHAPE, 0.0)
    assert not values(*OTHERS).may_hold(SHAPE, np.nan)
    assert values(*OTHERS).find(np.full(SHAPE, np.nan)) == []
    assert values(*OTHERS).find(np.zeros((0, 5, 4))) == []
