"""Finding feed-forward networks that a student wrote without layers, by the errors that go back through them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

import numpy as np

from grader.answer.answer import Answer
from grader.answer.evidence import Seen
from reference.loops.values import Values, values_of
from reference.recurrent.cells import Array

FEWEST_LAYERS = 3
MOST_LAYERS = 60
LOOK_AHEAD = 600
"""So many of the arrays behind a weight are looked at: its first error is among them."""


def errors_through_layers(answer: Answer) -> Iterator[Array]:
    """For each network, the norm of the error δ Wᵀ that goes back through each of its weights, first layer first."""
    values, seen = values_of(answer), answer.replay.values
    for chain in _chains(seen):
        errors = [_error(values, seen, place) for place in chain]
        passed = [error for error in errors if error is not None]
        if (
            len(passed) >= FEWEST_LAYERS and len(passed) >= len(errors) - 2
        ):  # data may stand before them, and through the first it need not go
            yield np.array(passed)


def _chains(seen: Sequence[Seen]) -> Iterator[list[int]]:
    """The places of weights that were made one after the other, each as wide as the next one is high."""
    chain: list[int] = []
    for place in islice((place for place, item in enumerate(seen) if _is_weight(item)), MOST_LAYERS):
        if chain and seen[chain[-1]].numbers.shape[1] != seen[place].numbers.shape[0]:
            yield chain
            chain = []
        chain.append(place)
    yield chain


def _is_weight(item: Seen) -> bool:
    return item.fresh and not item.part and item.numbers.ndim == 2 and bool(item.numbers.any())


def _error(values: Values, seen: Sequence[Seen], place: int) -> float | None:
    """The norm of the first error behind a weight (inputs, units), which was seen before it and behind it."""
    weight = seen[place].numbers
    for item in seen[place + 1 : place + LOOK_AHEAD]:
        delta = item.numbers
        if item.fresh or delta.ndim != 2 or delta.shape[1] != weight.shape[1] or not delta.any():
            continue
        with np.errstate(all="ignore"):
            behind = delta @ weight.T
        if np.isfinite(behind).all() and values.find(behind):
            return float(np.linalg.norm(behind))
    return None
