"""What may be a sequence among arrays that were seen: data in any order of axes, and steps that are taken in turn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from grader.answer.evidence import Seen
from reference.recurrent.cells import Array

ENOUGH_STEPS = 3
MOST_STEPS = 200
MOST_SEQUENCES = 60
ORDERS = ((0, 1, 2), (1, 0, 2), (1, 2, 0), (2, 0, 1))
"""Of the axes of data, so that they are batch, time steps, and inputs: some have time first, or samples last."""


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """What may be a sequence (batch, timesteps, inputs), and the places of the arrays that it is made of.

    It may be `looked_up`: parts that were taken out of a kernel, one for each word, and not of data.
    """

    x: Array
    places: frozenset[int]
    looked_up: bool = False


def sequences(seen: Sequence[Seen]) -> list[Steps]:
    """What may be a sequence: data in any order of axes, and steps that are taken or drawn in turn.

    Each in both directions. What was computed may be one as well, where its steps are taken in turn.
    """
    found: list[Steps] = []
    in_turn, computed = _in_turn(seen, fresh=True), _in_turn(seen, fresh=False)
    # A matrix may be one sequence, but most are weights.
    for one in (*in_turn, *_whole(seen, axes=3), *_whole(seen, axes=2), *computed):
        for x in (one.x, one.x[:, ::-1]):
            if x.shape[1] >= 2 and len(found) < MOST_SEQUENCES and not any(_same(x, other.x) for other in found):
                found.append(Steps(x, one.places, one.looked_up))
    return found


def _whole(seen: Sequence[Seen], *, axes: int) -> Iterator[Steps]:
    for place, item in enumerate(seen):
        if not item.fresh or item.layer is not None or item.numbers.ndim != axes or not item.numbers.any():
            continue
        here = frozenset({place})
        if item.numbers.ndim == 3:
            yield from (Steps(item.numbers.transpose(order), here) for order in ORDERS)
        elif item.numbers.ndim == 2 and not item.part:
            yield from (Steps(turned[np.newaxis], here) for turned in (item.numbers, item.numbers.T))


def _in_turn(seen: Sequence[Seen], *, fresh: bool) -> Iterator[Steps]:
    by_site: dict[tuple[int, tuple[int, ...]], list[int]] = {}
    for place, item in enumerate(seen):
        if item.layer is None and item.fresh is fresh and (fresh or item.part):
            shape = _of_one_step(item.numbers.shape)
            if len(shape) in (1, 2):
                by_site.setdefault((item.site, shape), []).append(place)
    for (_, shape), places in by_site.items():
        if len(places) < ENOUGH_STEPS:
            continue
        steps = np.stack([seen[place].numbers.reshape(shape) for place in places[:MOST_STEPS]])
        if not steps.any():  # with no input at all, what is done with it shows nothing
            continue
        here = frozenset(places)
        if len(shape) == 1:
            yield Steps(steps[np.newaxis], here, looked_up=fresh and all(seen[place].part for place in places))
        else:
            yield Steps(steps.transpose(1, 0, 2), here)
            yield Steps(steps.transpose(2, 0, 1), here)  # samples in columns


def _of_one_step(shape: tuple[int, ...]) -> tuple[int, ...]:
    """The shape of a part of a sequence, without an axis of the single time step that it is."""
    return (shape[0], shape[2]) if len(shape) == 3 and shape[1] == 1 else shape


def _same(one: Array, other: Array) -> bool:
    return one.shape == other.shape and bool(np.array_equal(one, other))
