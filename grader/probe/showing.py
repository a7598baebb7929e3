"""Numbers that code shows while it runs once more: in a print, or in a text."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.probe.framework import Array

FEWEST = 3
MOST_SERIES = 50
MOST_NUMBERS = 20_000
MOST_IN_ONE = 16


class Showing:
    """Which numbers came to be at each place in the code, and which of them were shown at which."""

    def __init__(self) -> None:
        self._by_site: dict[int, list[float]] = {}
        self._from: dict[float, int] = {}
        self._shown: dict[int, list[float]] = {}
        self._origins: dict[int, None] = {}
        self._count = 0

    def came_to_be(self, site: int, value: Any) -> None:
        """A number that was computed; all else is passed over."""
        number = _number(value)
        if number is not None and self._count < MOST_NUMBERS:
            self._count += 1
            self._by_site.setdefault(site, []).append(number)
            self._from[number] = site

    def show(self, site: int, value: Any) -> None:
        """The numbers in what is shown at a place, if it is one, or a few together."""
        several = value if isinstance(value, list | tuple) else (value,)
        for at, item in enumerate(several[:MOST_IN_ONE]):
            number = _number(item)
            if number is not None and self._count < MOST_NUMBERS:
                self._count += 1
                self._shown.setdefault(MOST_IN_ONE * site + at, []).append(number)
                if number in self._from:
                    self._origins[self._from[number]] = None

    def series(self) -> list[Array]:
        """What was shown at each place, in order; then all that came to be where what was shown did."""
        found = [*self._shown.values(), *(self._by_site[site] for site in self._origins)]
        return [np.array(each) for each in found if len(each) >= FEWEST][:MOST_SERIES]


def _number(value: Any) -> float | None:
    """A floating-point number, or an array or tensor that holds one; None for all else."""
    if isinstance(value, float):  # as NumPy's own are, too
        return float(value)
    if isinstance(value, np.floating) or (isinstance(value, np.ndarray) and value.dtype.kind == "f"):
        return float(value) if value.size == 1 and value.ndim == 0 else None
    try:
        return float(value.numpy()) if value.shape == () and value.dtype.is_floating else None
    except Exception:  # what only looks like a tensor, or has no numbers yet
        return None
