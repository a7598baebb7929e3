"""The arrays of a cell cut into blocks, one for each gate, under one reading of what is ambiguous about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reference.recurrent.cells import Array, gates_of

MOST_GATES = 4
NONE: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Blocks:
    """The arrays of a cell cut into blocks of one gate each, by what they are multiplied with.

    `input` (inputs, units), `recurrent` (units, units), `vectors` (units,): biases, and peepholes.
    """

    input: tuple[Array, ...]
    recurrent: tuple[Array, ...]
    vectors: tuple[Array, ...]


def flat(array: Array, gates: int) -> Array:
    """A kernel with an axis of gates, its first or its second one, as one with the gates side by side."""
    if array.ndim != 3:
        return array
    first = len(array) == gates or (array.shape[1] != gates and len(array) <= MOST_GATES)
    return np.concatenate(list(array if first else array.transpose(1, 0, 2)), axis=-1)


class Cutter:
    """Cuts arrays under one reading of what is ambiguous."""

    def __init__(
        self,
        units: int,
        inputs: int,
        hidden_first: bool = False,
        stacked: frozenset[int] = NONE,
        bias_first: bool = False,
    ) -> None:
        self.units, self.inputs = units, inputs
        self.hidden_first, self.stacked, self.bias_first = hidden_first, stacked, bias_first
        self.joint = self.with_bias = False
        self.small: list[int] = []
        self._input: list[Array] = []
        self._recurrent: list[Array] = []
        self._vectors: list[Array] = []
        self._square: dict[int, list[Array]] = {}

    @property
    def squares(self) -> list[int]:
        """The places of arrays that may be kernels as well as recurrent kernels, for one gate or several."""
        return list(self._square)

    def take(self, arrays: Sequence[Array]) -> bool:
        """Cut all arrays; False where one fits nowhere."""
        fits = [self._put(at, array) for at, array in enumerate(arrays)]
        return all(fits)

    def blocks(self, kernels: Sequence[bool]) -> Blocks:
        """What was cut; `kernels` tells which of the square arrays belong to the input."""
        of_input, recurrent = list(self._input), list(self._recurrent)
        for parts, is_kernel in zip(self._square.values(), kernels, strict=True):
            (of_input if is_kernel else recurrent).extend(parts)
        return Blocks(tuple(of_input), tuple(recurrent), tuple(self._vectors))

    def _put(self, at: int, array: Array) -> bool:
        rows, columns = (1, array.size) if array.ndim == 1 else array.shape if array.ndim == 2 else (0, 0)
        if array.ndim == 2 and self._is_small(rows, columns):
            self.small.append(at)
            if at in self.stacked:
                self._vectors += list(array if columns == self.units else array.T)
                return True
        if rows == 0 or columns % self.units:
            return False
        parts = gates_of(array, columns // self.units)
        packed = columns == self.units and self._is_for_each_gate(rows)
        if rows == 1 and (array.ndim == 1 or self.inputs != 1):
            self._vectors += [part.reshape(self.units) for part in parts]
        elif packed:  # one vector per gate, stacked into an array (gates, units)
            self._vectors += list(array)
        elif rows == self.units == self.inputs:
            self._square[at] = parts
        elif rows == self.inputs:
            self._input += parts
        elif rows == self.units:
            self._recurrent += parts
        elif rows == self.inputs + self.units:
            self._take_joint(parts)
        elif rows == self.inputs + self.units + 1:  # what is joined has a one beside x and h
            self.with_bias = True
            self._vectors += [part[0 if self.bias_first else -1] for part in parts]
            self._take_joint([part[1:] if self.bias_first else part[:-1] for part in parts])
        else:
            return False
        return True

    def _is_for_each_gate(self, rows: int) -> bool:
        joint = self.inputs + self.units
        return rows not in (self.inputs, self.units, joint, joint + 1)

    def _is_small(self, rows: int, columns: int) -> bool:
        """Whether it has a row or a column of units for each of a few gates."""
        gates = range(2, MOST_GATES + 1)
        return (columns == self.units and rows in gates) or (rows == self.units and columns in gates)

    def _take_joint(self, parts: list[Array]) -> None:
        self.joint = True
        cut = self.units if self.hidden_first else self.inputs
        for part in parts:
            first, second = part[:cut], part[cut:]
            self._input.append(second if self.hidden_first else first)
            self._recurrent.append(first if self.hidden_first else second)
