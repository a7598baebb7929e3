"""Vectors in arrays that were seen: what is not there in any array rules out a reading of the weights at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from grader.answer.evidence import Seen
from reference.loops.sequences import Steps
from reference.recurrent.cells import Array, Layer, PeepholeWeights, Weights
from reference.recurrent.cutting import Blocks
from reference.recurrent.recognise import TOLERANCE

SMALLEST = 1e-9
"""Numbers that differ by no more are the same, however small they are."""


class Vectors:
    """All vectors of one size that lie along an axis of some array, whole or side by side with others."""

    def __init__(self, seen: Sequence[Seen]) -> None:
        self._arrays = [each.numbers for each in seen if each.numbers.ndim]
        self._of_size: dict[int, Array] = {}

    def has(self, wanted: Array) -> bool:
        """Whether this vector is among them, but for rounding."""
        rows = self._rows(wanted.size)
        allowed = TOLERANCE * float(np.abs(wanted).max(initial=0.0)) + SMALLEST
        first, last = np.searchsorted(rows[:, 0], (wanted[0] - allowed, wanted[0] + allowed), side="left")
        near = rows[first : last + 1]
        return bool((np.abs(near - wanted).max(axis=1, initial=0.0) <= allowed).any())

    def _rows(self, size: int) -> Array:
        """Those of one size (number, size), in the order of their first numbers."""
        if size not in self._of_size:
            turned = (
                np.moveaxis(a, axis, -1) for a in self._arrays for axis in range(a.ndim) if not a.shape[axis] % size
            )
            rows = np.concatenate([np.zeros((0, size)), *(array.reshape(-1, size) for array in turned)])
            rows = rows[np.isfinite(rows).all(axis=1)]
            self._of_size[size] = rows[np.argsort(rows[:, 0], kind="stable")]
        return self._of_size[size]


class FirstStep:
    """What can be told of weights by the first step of a sequence alone, when the state is still zero."""

    def __init__(self, vectors: Vectors, x: Array) -> None:
        largest = int(np.abs(x[:, 0]).max(axis=1).argmax())
        self._x = x[largest : largest + 1, :1]
        self.is_mixed = np.count_nonzero(self._x) > 1
        self._vectors = vectors
        self._products: dict[bytes, bool] = {}
        self._states: dict[tuple[object, ...], bool] = {}
        self.looked_at = 0

    def multiplies(self, block: Array) -> bool:
        """Whether the product of its input and this block (inputs, units) was seen."""
        key = block.tobytes()
        if key not in self._products:
            self._products[key] = self._vectors.has(self._x[0, 0] @ block)
        return self._products[key]

    def may_give(self, compute: Layer, w: Weights) -> bool:
        """Whether the state that these weights give was seen; the recurrent kernel has no part in it."""
        peephole = w.output_peephole.tobytes() if isinstance(w, PeepholeWeights) else b""
        key = (id(compute), w.kernel.tobytes(), w.bias.tobytes(), peephole)
        if key not in self._states:
            self.looked_at += 1
            with np.errstate(all="ignore"):
                self._states[key] = self._vectors.has(np.asarray(compute(w, self._x))[0, 0])
        return self._states[key]


class FirstSteps:
    """The first steps of all that may be a sequence in the same code."""

    def __init__(self, seen: Sequence[Seen], sequences: Sequence[Steps]) -> None:
        self._vectors = Vectors(seen)
        self._all = [FirstStep(self._vectors, each.x) for each in sequences]
        self._sizes = [each.x.shape[2] for each in sequences]

    def of(self, x: Array) -> FirstStep:
        """That of one sequence."""
        return FirstStep(self._vectors, x)

    def allow(self, blocks: Blocks, first: FirstStep) -> bool:
        """Whether blocks may be those of a cell that reads this sequence.

        A kernel whose product with the first input of any sequence was seen, is a kernel of such a sequence alone. What
        is multiplied with the input is no recurrent kernel; but a single one among zeros shows nothing, as its product
        is a row of the kernel, which is seen in any case.
        """
        if not all(first.multiplies(block) or not self._shows(block) for block in blocks.input):
            return False
        inputs = blocks.input[0].shape[0]
        squares = [block for block in blocks.recurrent if block.shape[0] == inputs] if first.is_mixed else []
        return not any(map(first.multiplies, squares))

    def _shows(self, block: Array) -> bool:
        """Whether its product with the first input of some sequence was seen."""
        pairs = zip(self._all, self._sizes, strict=True)
        return any(size == block.shape[0] and each.multiplies(block) for each, size in pairs)
