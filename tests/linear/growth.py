"""How much longer a reader takes on a longer text."""

from __future__ import annotations

from collections.abc import Mapping

from tests.benchmarks.hostile_text import SHAPES, Make, Read, seconds

TIMES = 8
MOST_GROWTH = 30.0
"""Eight times the text takes eight times as long where time is linear, and 64 times where it is quadratic."""

LONG, LEAST = 0.25, 0.01
"""Seconds below which nothing is said of growth, and those for which less counts: milliseconds grow by chance."""


def slow_shapes(read: Read, size: int, most: float, shapes: Mapping[str, Make] = SHAPES) -> list[str]:
    """The shapes on which a reader takes more than linear time between an eighth of the size and all of it."""
    read("warm = up")
    wrong = []
    for name, make in shapes.items():
        whole, part = make(size), make(size // TIMES)
        if (once := seconds(read, whole, most=most)) < LONG:
            continue
        growth = once / max(LEAST, seconds(read, part, 2, most=most))
        if growth > MOST_GROWTH and (growth := growth / once * seconds(read, whole, 2, most=most)) > MOST_GROWTH:
            wrong.append(f"{name}: {growth:.1f} times as long on {TIMES} times the text, {once:.1f} s in all")
    return wrong
