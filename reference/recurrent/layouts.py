"""The weights of a student's own cell, in every arrangement in which a reference cell could be meant by them.

Keras lays the gates side by side in one kernel. A student may write one matrix per gate, one matrix for inputs and
hidden state together, gates in another order, peepholes as vectors. Which array is whose is not asked of names: each
arrangement that fits the shapes is tried, and one under which the reference computes the student's numbers is proof.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, islice, permutations, product

import numpy as np

from reference.recurrent.cells import Array, PeepholeWeights, Weights

MOST_GATES = 4
GRU_GATES = 3
MOST_IN_TURN = 288
"""So many ways to read the blocks are tried before others to cut the arrays: all orders of gates and of peepholes,
where the peepholes stand last or first."""
NONE: frozenset[int] = frozenset()
SQUARES: tuple[Callable[[int, int], bool], ...] = (
    lambda at, of: at < of // 2,
    lambda at, of: at % 2 == 0,
    lambda at, of: at >= of - of // 2,
    lambda at, of: at % 2 == 1,
)
"""Which of several square arrays are kernels, and not recurrent ones: the first half, or every second one; the
recurrent ones may come first."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """The arrays of a cell cut into blocks of one gate each, by what they are multiplied with.

    `input` (inputs, units), `recurrent` (units, units), `vectors` (units,): biases, and peepholes.
    """

    input: tuple[Array, ...]
    recurrent: tuple[Array, ...]
    vectors: tuple[Array, ...]


def arrangements(
    arrays: Sequence[Array],
    units: int,
    inputs: int,
    *,
    gates: int,
    peepholes: int = 0,
    of_input: Collection[int] | None = None,
) -> Iterator[Weights]:
    """Every way to read the arrays as the weights of a cell with so many gates; Keras's own order comes first.

    `of_input` are the places of those that are known to be multiplied with the input; where nobody knows, or there are
    not as many as gates, square ones are taken to be in an order that is usual. Without any vectors the bias is zero;
    with fewer peepholes than expected the reading is not possible.
    """
    if sum(array.size for array in arrays) not in sizes(units, inputs, gates, peepholes):
        return
    for known in dict.fromkeys((None if of_input is None else frozenset(of_input), None)):
        cut = (blocks for blocks in _cut(arrays, units, inputs, gates, known) if len(blocks.input) == gates)
        found = _in_turn(_of_blocks(blocks, gates, peepholes) for blocks in cut)
        first = next(found, None)
        if first is not None:
            yield first
            yield from found
            return


def _in_turn(several: Iterable[Iterator[Weights]]) -> Iterator[Weights]:
    """Some of each, and then more of each: the likely ways to read some blocks come before unlikely ones of others."""
    left: list[Iterator[Weights]] = []
    for each in several:
        yield from islice(each, MOST_IN_TURN)
        following = next(each, None)
        left += [] if following is None else [chain((following,), each)]
    if left:
        yield from _in_turn(left)


def _of_blocks(blocks: Blocks, gates: int, peepholes: int) -> Iterator[Weights]:
    for biases, peeps, recurrent in _roles(blocks, gates, peepholes):
        for order in permutations(range(gates)):
            yield _assemble(blocks.input, recurrent, biases, peeps, order)


def sizes(units: int, inputs: int, gates: int, peepholes: int) -> set[int]:
    """How many numbers the arrays of a cell can have: without a bias, with one, of a GRU also with two."""
    kernels = gates * units * (inputs + units)
    biases = (0, 1, 2) if gates == GRU_GATES and not peepholes else (0, 1)
    peeps = {peepholes * units, peepholes * units**2}  # vectors, or matrices
    return {kernels + count * gates * units + size for count in biases for size in peeps}


def _assemble(
    kernel: Sequence[Array],
    recurrent: Sequence[Array],
    biases: Sequence[Array],
    peeps: Sequence[Array],
    order: Sequence[int],
) -> Weights:
    units, gates = recurrent[0].shape[0], len(order)
    w = np.concatenate([kernel[gate] for gate in order], axis=1)
    u = np.concatenate([recurrent[gate] for gate in order], axis=1)
    bias = np.concatenate([biases[gate] for gate in order]) if biases else np.zeros(gates * units)
    if len(biases) == 2 * gates:  # one for what comes from x, one for what comes from h
        bias = np.stack([bias, np.concatenate([biases[gates + gate] for gate in order])])
    return PeepholeWeights(w, u, bias, *peeps) if peeps else Weights(w, u, bias)


def _roles(
    blocks: Blocks, gates: int, peepholes: int
) -> Iterator[tuple[tuple[Array, ...], tuple[Array, ...], tuple[Array, ...]]]:
    """Which vectors are biases and which are peepholes, and in which order; peepholes may be matrices as well."""
    vectors, recurrent = blocks.vectors, blocks.recurrent
    if gates == GRU_GATES and not peepholes and len(recurrent) == gates and len(vectors) == 2 * gates:
        yield vectors, (), recurrent
        yield (*vectors[gates:], *vectors[:gates]), (), recurrent
    if len(recurrent) == gates and len(vectors) in (peepholes, gates + peepholes):
        for chosen in _ends_first(len(vectors), peepholes):
            biases = tuple(vector for index, vector in enumerate(vectors) if index not in chosen)
            for order in permutations(chosen):
                yield biases, tuple(vectors[index] for index in order), recurrent
    elif peepholes and len(recurrent) == gates + peepholes and len(vectors) in (0, gates):
        for chosen in _ends_first(len(recurrent), peepholes):
            others = tuple(block for index, block in enumerate(recurrent) if index not in chosen)
            for order in permutations(chosen):
                yield vectors, tuple(recurrent[index] for index in order), others


def _ends_first(number: int, chosen: int) -> Iterator[tuple[int, ...]]:
    """Every way to choose so many of a row: the last ones, then the first ones, then all others."""
    ends = [tuple(range(number - chosen, number)), tuple(range(chosen))]
    return iter(dict.fromkeys([*ends, *combinations(range(number), chosen)]))


def _cut(
    arrays: Sequence[Array], units: int, inputs: int, gates: int, of_input: Collection[int] | None
) -> Iterator[Blocks]:
    """The arrays as blocks.

    Ambiguous are joint matrices (x first or h first, a row of biases above or below), square ones if units = inputs,
    and small ones, which may be a vector for each gate, side by side or one under the other.
    """
    arrays = [_flat(np.asarray(array, dtype=np.float64), gates) for array in arrays]
    plain = _Cutter(units, inputs)
    cutters = {(False, NONE, False): (plain, plain.take(arrays))}
    known: list[tuple[bool, tuple[bool, ...], frozenset[int], bool]] = []
    for hidden_first, usual, stacked, bias_first in product(
        (False, True) if plain.joint else (False,),
        SQUARES if of_input is None and plain.squares else SQUARES[:1],
        _stacked(plain.small),
        (False, True) if plain.with_bias else (False,),
    ):
        ambiguous = (hidden_first, stacked, bias_first)
        if ambiguous not in cutters:
            cutter = _Cutter(units, inputs, *ambiguous)
            cutters[ambiguous] = (cutter, cutter.take(arrays))
        cutter, fits = cutters[ambiguous]
        places = cutter.squares
        likely = (usual(at, len(places)) for at in range(len(places)))
        kernels = tuple(likely if of_input is None else (place in of_input for place in places))
        # What is not ambiguous here is read one way only.
        reading = (hidden_first and cutter.joint, kernels, stacked, bias_first and cutter.with_bias)
        if fits and reading not in known:
            known.append(reading)
            yield cutter.blocks(kernels)


def _stacked(small: Sequence[int]) -> list[frozenset[int]]:
    """Which of the small arrays, by their places, are vectors under one another: none, all, one of them, or two."""
    one = [frozenset({at}) for at in reversed(small)]
    two = [frozenset(small[-2:]), frozenset(small[:2])]
    return list(dict.fromkeys([NONE, frozenset(small), *one, *two]))


def _flat(array: Array, gates: int) -> Array:
    """A kernel with an axis of gates, its first or its second one, as one with the gates side by side."""
    if array.ndim != 3:
        return array
    first = len(array) == gates or (array.shape[1] != gates and len(array) <= MOST_GATES)
    return np.concatenate(list(array if first else array.transpose(1, 0, 2)), axis=-1)


class _Cutter:
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
        parts = np.split(array, columns // self.units, axis=-1)
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
