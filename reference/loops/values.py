"""The arrays that an answer's code computes with, and looking one up by its numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np

from grader.answer.answer import Answer
from grader.answer.evidence import Seen
from reference.loops.sequences import Steps, sequences
from reference.loops.vectors import FirstSteps
from reference.recurrent.cells import Array
from reference.recurrent.recognise import TOLERANCE

SMALLEST = 1e-9


class Values:
    """Arrays that were seen, in their order; found again by their numbers, whatever their shape."""

    def __init__(self, seen: Sequence[Seen], more_norms: Array | None = None) -> None:
        self.seen = seen
        self._more_norms = np.zeros(0) if more_norms is None else np.ravel(more_norms)
        self._seen: dict[int, list[Seen]] = {}
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
        if stacked is None:
            return []
        found: list[Seen] = []
        allowed = TOLERANCE * float(np.abs(wanted).max(initial=0.0)) + SMALLEST
        for numbers in map(np.ravel, _turned(wanted)):
            with np.errstate(invalid="ignore"):
                near = np.flatnonzero(np.abs(stacked[:, :1] - numbers[:1]) <= allowed)  # most differ in the first
                places = [at for at in near if np.abs(stacked[at] - numbers).max() <= allowed]
            found += [self._seen[wanted.size][place] for place in places]
        return found

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
        yield values.transpose(1, 0, 2)
        yield values.transpose(2, 0, 1)
        yield values.transpose(1, 2, 0)


def values_of(answer: Answer) -> Values:
    """The arrays that were seen when the code of an answer ran once more."""
    return answer.once(("values",), lambda: Values(answer.replay.values, answer.replay.norms))
