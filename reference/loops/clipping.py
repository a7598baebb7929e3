"""Gradients that were clipped before their norms were taken: what is shown of them does not explode any more."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.answer.answer import Answer
from reference.loops.values import Values, values_of
from reference.recurrent.cells import Array

HUGE = 1e3
MOST = 200
SAME = 1e-3


def clipped_before_shown(answer: Answer) -> bool:
    """Whether the code takes norms of clipped gradients alone, where those that it clips are huge."""
    values = values_of(answer)
    pairs = list(_clipped(values))
    return bool(pairs) and not any(_has_norm(values, raw) for raw, _ in pairs) and _some_norm(values, pairs)


def _clipped(values: Values) -> Iterator[tuple[Array, Array]]:
    """Huge arrays that were computed, each with one that is the same but scaled down or cut off."""
    computed = [item.numbers for item in values.seen if not item.fresh and item.numbers.size > 1]
    finite = [array for array in computed if np.isfinite(array).all() and array.any()]
    for raw in [array for array in finite if np.linalg.norm(array) >= HUGE][:MOST]:
        for other in finite:
            if other.shape == raw.shape and np.linalg.norm(other) < np.linalg.norm(raw) / 2 and _is_of(other, raw):
                yield raw, other
                break


def _is_of(small: Array, raw: Array) -> bool:
    limit = np.abs(small).max()
    scaled = raw * (np.linalg.norm(small) / np.linalg.norm(raw))
    return any(np.abs(small - made).max() <= SAME * limit for made in (scaled, np.clip(raw, -limit, limit)))


def _has_norm(values: Values, array: Array) -> bool:
    return bool(values.find(np.asarray(np.linalg.norm(array))))


def _some_norm(values: Values, pairs: list[tuple[Array, Array]]) -> bool:
    return any(_has_norm(values, small) for _, small in pairs)
