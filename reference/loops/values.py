"""The arrays that an answer's code computes with, and looking one up by its numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np

from grader.answer.answer import Answer
from grader.answer.evidence import Seen
from reference.loops.sequences import Steps, sequences
from reference.loops.vectors import SMALLEST, FirstSteps
from reference.recurrent.cells import Array
from reference.recurrent.recognise import TOLERANCE

KEPT_ORDERS = ((0, 1, 2), (1, 0, 2), (2, 0, 1), (1, 2, 0))
"""Of the axes of (batch, timesteps, units), in which students keep states."""


class Values:
    """Arrays that were seen, in their order; found again by their numbers, whatever their shape."""

    def __init__(self, seen: Sequence[Seen], more_norms: Array | None = None) -> None:
        self.seen = seen
        self._more_norms = np.zeros(0) if more_norms is None else np.ravel(more_norms)
        self._seen: dict[int, list[Seen]] = {}
        self._firsts: dict[tuple[int, int, int], tuple[Array, Array]] = {}
        for each in seen:
            self._seen.setdefault(each.numbers.size, []).append(each)
        self._stacked = {
            size: np.stack([np.ravel(item.numbers) for item in same]).astype(np.float64)
            for size, same in self._seen.items()
        }

    @cached_property
    def sequences(self) -> list[Steps]:
        """What may be a sequence among them."""
        return sequences(self.seen)

    @cached_property
    def first_steps(self) -> FirstSteps:
        """Of all of these, what the first step alone tells of weights."""
        return FirstSteps(self.seen, self.sequences)

    def has(self, size: int) -> bool:
        """Whether there is any array with so many numbers."""
        return size in self._seen

    def find(self, wanted: Array) -> list[Seen]:
        """Those with the numbers of `wanted`, in this order of axes or in another."""
        stacked = self._stacked.get(wanted.size)
        if stacked is None or not wanted.size:
            return []
        allowed = TOLERANCE * float(np.abs(wanted).max()) + SMALLEST
        found: list[Seen] = []
        with np.errstate(invalid="ignore"):
            # Most differ in the first number already, which is the first in every order of axes.
            near = np.flatnonzero(np.abs(stacked[:, 0] - wanted.item(0)) <= allowed)
            for numbers in map(np.ravel, _turned(wanted) if near.size else ()):
                places = [at for at in near if np.abs(stacked[at] - numbers).max() <= allowed]
                found += [self._seen[wanted.size][place] for place in places]
        return found

    def may_hold(self, shape: tuple[int, int, int], first: float) -> bool:
        """Whether all states (batch, timesteps, units) may be in one array, if this is the first number of them.

        Where this says no, `find` finds them neither as they are nor in reverse, whatever the other numbers are.
        """
        if shape not in self._firsts:
            self._firsts[shape] = self._first_numbers(shape)
        numbers, allowed = self._firsts[shape]
        with np.errstate(invalid="ignore"):
            return bool((np.abs(numbers - first) <= allowed).any())

    def _first_numbers(self, shape: tuple[int, int, int]) -> tuple[Array, Array]:
        """What each array of so many numbers has where the first state may be, and how far from it that can be."""
        batch, steps, units = shape
        stacked = self._stacked.get(batch * steps * units)
        if stacked is None:
            return np.zeros((0, 1)), np.zeros((0, 1))
        places = np.arange(stacked.shape[1]).reshape(shape)
        last_first = [int(np.flatnonzero(places.transpose(order) == places[0, -1, 0])[0]) for order in KEPT_ORDERS]
        # What is found differs by less than the tolerance in its largest number, too.
        largest = np.abs(stacked).max(axis=1, keepdims=True) / (1 - 2 * TOLERANCE)
        return stacked[:, [0, *last_first]], TOLERANCE * largest + 2 * SMALLEST

    def norms(self) -> Array:
        """The norm of each array of several numbers that was computed from others, once, in ascending order."""
        made = [
            stacked[[not item.fresh for item in self._seen[size]]]
            for size, stacked in self._stacked.items()
            if size > 1
        ]
        return np.unique(np.concatenate([*(np.linalg.norm(stacked, axis=1) for stacked in made), self._more_norms]))

    def like(self, shape: tuple[int, int]) -> Iterator[Array]:
        """Those with rows of samples (batch, units), or columns, which are turned."""
        for item in self._seen.get(shape[0] * shape[1], []):
            if item.numbers.ndim == 2 and item.numbers.shape == shape[::-1]:
                yield item.numbers.T
            elif item.numbers.ndim <= 2:
                yield item.numbers.reshape(shape)


def _turned(values: Array) -> Iterator[Array]:
    """In the orders of axes in which students keep them: of (batch, timesteps, units) also time first and last."""
    yield values
    if values.ndim == 2 and min(values.shape) > 1:
        yield values.T
    if values.ndim == 3:
        yield from (values.transpose(order) for order in KEPT_ORDERS[1:])


def values_of(answer: Answer) -> Values:
    """The arrays that were seen when the code of an answer ran once more."""
    return answer.once(("values",), lambda: Values(answer.replay.values, answer.replay.norms))
