"""Series of numbers that a student's code collected in the namespace: losses of a hand-written loop, gradient norms."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import numpy as np

MIN_LENGTH = 3
MAX_LENGTH = 10_000
MAX_SERIES = 100


def collected(namespace: dict[str, Any]) -> Iterator[np.ndarray[Any, np.dtype[np.float64]]]:
    """Every list, tuple, one-dimensional array or dict of lists in the namespace that holds three or more numbers."""
    found = 0
    for name, value in list(namespace.items()):
        if name.startswith("_") or name in ("In", "Out"):
            continue
        candidates = list(value.values())[:50] if isinstance(value, dict) else [value]
        for candidate in candidates:
            numbers = _numbers(candidate)
            if numbers is not None and found < MAX_SERIES:
                found += 1
                yield numbers


def digests(namespace: dict[str, Any]) -> frozenset[str]:
    """A fingerprint of each series, by which one tells later which are new."""
    return frozenset(_digest(numbers) for numbers in collected(namespace))


def new(namespace: dict[str, Any], before: frozenset[str]) -> list[np.ndarray[Any, np.dtype[np.float64]]]:
    """The series that were not there, or not with these numbers, when `before` was taken."""
    return [numbers for numbers in collected(namespace) if _digest(numbers) not in before]


def _digest(numbers: np.ndarray[Any, np.dtype[np.float64]]) -> str:
    return hashlib.sha256(numbers.tobytes()).hexdigest()


def _numbers(value: Any) -> np.ndarray[Any, np.dtype[np.float64]] | None:
    if isinstance(value, np.ndarray):
        fits = value.ndim == 1 and value.dtype.kind == "f" and MIN_LENGTH <= value.size <= MAX_LENGTH
        return value.astype(np.float64) if fits else None
    if not isinstance(value, list | tuple) or not MIN_LENGTH <= len(value) <= MAX_LENGTH:
        return None
    try:
        numbers = np.array([float(item) for item in value], dtype=np.float64)
    except (TypeError, ValueError):
        return None
    integers = all(isinstance(item, int) for item in value)
    return None if integers else numbers
