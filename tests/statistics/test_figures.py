"""Figures of a class: against numpy, known values, and what holds of any points."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.statistics.figures import (
    FEWEST_FOR_DISCRIMINATION,
    FEWEST_FOR_FIGURES,
    Item,
    bins,
    correlation,
    discrimination,
    item,
    meaning,
    summary,
)

POINTS = st.lists(st.integers(0, 10), min_size=FEWEST_FOR_DISCRIMINATION, max_size=80)
CLASSES = st.integers(FEWEST_FOR_DISCRIMINATION, 60).flatmap(
    lambda count: st.lists(st.lists(st.integers(0, 10), min_size=count, max_size=count), min_size=2, max_size=6)
)


@given(POINTS)
def test_location_and_spread_are_those_of_numpy(points: list[int]) -> None:
    """Are mean, sample standard deviation and quartiles what another library says?"""
    found = summary(points)
    assert found is not None
    assert found.mean == pytest.approx(np.mean(points))
    assert found.spread == pytest.approx(np.std(points, ddof=1))
    assert found.quartiles == pytest.approx(np.percentile(points, [25, 50, 75]))
    assert (found.lowest, found.highest, found.count) == (min(points), max(points), len(points))


@given(CLASSES)
def test_discrimination_leaves_the_question_out_of_the_total(questions: list[list[int]]) -> None:
    """Is it numpy's correlation of a question with the sum of the others, and None where one of them is constant?"""
    totals = [sum(each) for each in zip(*questions, strict=True)]
    own = questions[0]
    rest = np.sum(questions[1:], axis=0)
    found = discrimination(own, totals)
    if len(set(own)) < 2 or len(set(rest.tolist())) < 2:
        assert found is None
    else:
        assert found == pytest.approx(np.corrcoef(own, rest)[0, 1], abs=1e-9)


def test_discrimination_of_known_points() -> None:
    """Is a question that goes with the others at 1, one against them at -1, and one beside them near 0?"""
    own = list(range(20))
    assert discrimination(own, [2 * each for each in own]) == pytest.approx(1)
    assert discrimination(own, [30] * 20) == pytest.approx(-1)
    assert discrimination([3] * 20, own) is None
    around = [0, 1] * 10
    beside = [value // 2 for value in own]
    assert correlation(around, beside) == pytest.approx(0)


@given(POINTS, st.integers(1, 5), st.integers(0, 5))
def test_discrimination_does_not_depend_on_the_scale(points: list[int], factor: int, shift: int) -> None:
    """Is a correlation the same where points count more, or start elsewhere?"""
    other = points[::-1]
    found = correlation(points, other)
    moved = correlation([factor * each + shift for each in points], other)
    assert (found is None) == (moved is None)
    if found is not None:
        assert moved == pytest.approx(found, abs=1e-9)
        assert -1 <= found <= 1


@given(st.lists(st.integers(0, 100), max_size=200), st.integers(1, 100))
def test_everybody_is_in_one_bin(points: list[int], most: int) -> None:
    """Do the bins cover all points once, in order, with everybody in them?"""
    capped = [min(each, most) for each in points]
    found = bins(capped, most)
    assert sum(count for _, _, count in found) == len(points)
    assert found[0][0] == 0
    assert found[-1][1] == most
    assert all(after[0] == before[1] + 1 for before, after in pairwise(found))
    assert [count for first, last, count in found] == [
        sum(first <= each <= last for each in capped) for first, last, _ in found
    ]


def test_nothing_is_said_of_few() -> None:
    """Are there no figures of four submissions, and no discrimination of nineteen?"""
    assert summary([1] * (FEWEST_FOR_FIGURES - 1)) is None
    assert item([1] * 4, [2] * 4, 10) is None
    few = list(range(FEWEST_FOR_DISCRIMINATION - 1))
    found = item(few, [2 * each for each in few], 20)
    assert found is not None
    assert found.discrimination is None
    assert "apart" not in meaning(found, len(few))


@pytest.mark.parametrize(
    ("difficulty", "r", "said"),
    [
        (0.9, 0.6, "Easy"),
        (0.3, 0.6, "Hard"),
        (0.6, 0.6, "tells apart who knows"),
        (0.6, 0.3, "somewhat"),
        (0.6, 0.1, "hardly"),
        (0.6, -0.2, "does worse here"),
        (0.6, None, "nobody apart"),
    ],
)
def test_what_figures_mean(difficulty: float, r: float | None, said: str) -> None:
    """Is it said in words what difficulty and discrimination tell the teacher?"""
    assert said in meaning(Item(6, 2, difficulty, r), 40)
