"""Whether a series of numbers falls, rises or stays: by a test that one outlier does not decide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

Array = np.ndarray[Any, np.dtype[Any]]
FLAT = 0.1


@dataclass(frozen=True, slots=True)
class Trend:
    """A series in a few numbers: first and last value, the mean of each third, and the median of all slopes."""

    length: int
    first: float
    last: float
    early: float
    late: float
    slope: float
    finite: bool

    @property
    def falls(self) -> bool:
        """The last third lies below the first, and most pairs of values agree (Theil and Sen's slope is negative)."""
        return self.finite and self.late < self.early and self.slope < 0

    @property
    def change(self) -> float:
        """The change from the first third to the last, relative to the first."""
        return abs(self.late - self.early) / max(abs(self.early), 1e-12)

    @property
    def nearly_flat(self) -> bool:
        """It changes by less than a tenth."""
        return self.finite and self.change < FLAT


def trend(values: Array) -> Trend:
    """The trend of a series (n,), n at least 2. A series with NaN or infinity in it is not finite."""
    series = np.asarray(values, dtype=np.float64).ravel()
    finite = bool(np.isfinite(series).all())
    third = max(1, len(series) // 3)
    if not finite:
        return Trend(len(series), float(series[0]), float(series[-1]), np.nan, np.nan, np.nan, False)
    if len(series) > 1_000:  # all pairs of a long series are too many; every k-th value tells as much
        series = series[:: len(series) // 500]
        third = len(series) // 3
    rows, columns = np.triu_indices(len(series), k=1)
    slopes = (series[columns] - series[rows]) / (columns - rows)
    slope = float(np.median(slopes)) if len(slopes) else 0.0
    early, late = float(series[:third].mean()), float(series[-third:].mean())
    return Trend(len(values), float(series[0]), float(series[-1]), early, late, slope, True)
