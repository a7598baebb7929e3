"""Figures of classical test theory: location and spread of points, difficulty and discrimination of a question.

Difficulty is the mean share of the points (the higher, the easier). Discrimination is the corrected item-total
correlation: Pearson's r between the points of a question and those of all others, the question itself left out of the
total, with which it would correlate in any case (S. Henrysson, "Correction of item-total correlations in item
analysis", Psychometrika 28, 1963). R. L. Ebel and D. A. Frisbie (Essentials of Educational Measurement, 5th edition,
1991, chapter 13) call 0.40 and more very good, and less than 0.20 poor.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

FEWEST_FOR_FIGURES, FEWEST_FOR_DISCRIMINATION = 5, 20
"""Of fewer submissions nothing is said: one more would change it. (With 20, r may be 0.4 off.)"""
GOOD, POOR = 0.4, 0.2
EASY, HARD = 0.85, 0.5


@dataclass(frozen=True, slots=True)
class Summary:
    """Points of a class: how many, where they lie, and how far apart (sample standard deviation)."""

    count: int
    mean: float
    spread: float
    lowest: int
    quartiles: tuple[float, float, float]
    highest: int


@dataclass(frozen=True, slots=True)
class Item:
    """A question in figures. `discrimination` is None where there are too few, or all have the same points."""

    mean: float
    spread: float
    difficulty: float
    discrimination: float | None


def summary(points: Sequence[int]) -> Summary | None:
    """The points of a class; None where they are too few."""
    if len(points) < FEWEST_FOR_FIGURES:
        return None
    first, median, third = statistics.quantiles(points, n=4, method="inclusive")
    return Summary(
        len(points),
        statistics.fmean(points),
        statistics.stdev(points),
        min(points),
        (first, median, third),
        max(points),
    )


def item(points: Sequence[int], totals: Sequence[int], most: int) -> Item | None:
    """A question of `most` points, with the totals of the same students; None where they are too few."""
    if len(points) < FEWEST_FOR_FIGURES:
        return None
    mean = statistics.fmean(points)
    return Item(mean, statistics.stdev(points), mean / most if most else 0.0, discrimination(points, totals))


def discrimination(points: Sequence[int], totals: Sequence[int]) -> float | None:
    """The correlation of the points of a question with the rest of the total; None where there is none to be told."""
    if len(points) < FEWEST_FOR_DISCRIMINATION:
        return None
    return correlation(points, [total - own for total, own in zip(totals, points, strict=True)])


def correlation(one: Sequence[int], other: Sequence[int]) -> float | None:
    """Pearson's r; None where one of the two does not vary."""
    if len(set(one)) < 2 or len(set(other)) < 2:
        return None
    return max(-1.0, min(1.0, statistics.correlation(one, other)))


def bins(points: Sequence[int], most: int, count: int = 10) -> list[tuple[int, int, int]]:
    """How many students have so many points: the first and the last number of points of each bin, and the count.

    The bins are of one width, but for the last, which may be narrower, and has those with full points.
    """
    width = max(1, -(-most // count))
    starts = range(0, max(most, 1), width)
    found = [0] * len(starts)
    for each in points:
        found[min(each // width, len(starts) - 1)] += 1
    return [(start, most if at == len(starts) - 1 else start + width - 1, found[at]) for at, start in enumerate(starts)]


def meaning(found: Item, count: int) -> str:
    """What the figures of a question tell its teacher, in a sentence or two."""
    return " ".join(filter(None, (_of_difficulty(found.difficulty), _of_discrimination(found, count))))


def _of_difficulty(difficulty: float) -> str:
    if difficulty >= EASY:
        return "Easy: nearly all points were earned, so the class knows this, or is asked too little."
    if difficulty < HARD:
        return "Hard: less than half of the points were earned; worth going through once more."
    return ""


def _of_discrimination(found: Item, count: int) -> str:
    if count < FEWEST_FOR_DISCRIMINATION:
        return ""
    if found.discrimination is None:
        return "Its points do not vary, here or elsewhere, so it tells nobody apart."
    if found.discrimination < 0:
        return "Who does well elsewhere does worse here: look whether it asks what was taught, and is judged as meant."
    if found.discrimination < POOR:
        return "Its points hardly go with those of the others: it asks something else than they do, or hangs on chance."
    if found.discrimination < GOOD:
        return "Its points go somewhat with those of the others."
    return "It tells apart who knows the subject: who does well elsewhere does well here."
