"""The weights of a student's own cell, in every arrangement in which a reference cell could be meant by them.

Keras lays the gates side by side in one kernel. A student may write one matrix per gate, one matrix for inputs and
hidden state together, gates in another order, peepholes as vectors. Which array is whose is not asked of names: each
arrangement that fits the shapes is tried, and one under which the reference computes the student's numbers is proof.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import chain, combinations, islice, permutations, product

import numpy as np

from reference.recurrent.cells import Array, PeepholeWeights, Weights
from reference.recurrent.cutting import NONE, Blocks, Cutter, flat

GRU_GATES = 3
MOST_IN_TURN = 288
"""So many ways to read the blocks are tried before others to cut the arrays: all orders of gates and of peepholes,
where the peepholes stand last or first."""
SQUARES: tuple[Callable[[int, int], bool], ...] = (
    lambda at, of: at < of // 2,
    lambda at, of: at % 2 == 0,
    lambda at, of: at >= of - of // 2,
    lambda at, of: at % 2 == 1,
)
"""Which of several square arrays are kernels, and not recurrent ones: the first half, or every second one; the
recurrent ones may come first."""


def arrangements(
    arrays: Sequence[Array],
    units: int,
    inputs: int,
    *,
    gates: int,
    peepholes: int = 0,
    of_input: Collection[int] | None = None,
    allowed: Callable[[Blocks], bool] = lambda blocks: True,
) -> Iterator[Weights]:
    """Every way to read the arrays as the weights of a cell with so many gates; Keras's own order comes first.

    `of_input` are the places of those that are known to be multiplied with the input; where nobody knows, or there are
    not as many as gates, square ones are taken to be in an order that is usual. Without any vectors the bias is zero;
    with fewer peepholes than expected the reading is not possible. Only blocks that are `allowed` are read.
    """
    if sum(array.size for array in arrays) not in sizes(units, inputs, gates, peepholes):
        return
    for known in dict.fromkeys((None if of_input is None else frozenset(of_input), None)):
        cut = (
            blocks
            for blocks in _cut(arrays, units, inputs, gates, known)
            if len(blocks.input) == gates and allowed(blocks)
        )
        found = _in_turn(_of_blocks(blocks, gates, peepholes) for blocks in cut)
        first = next(found, None)
        if first is not None:
            yield first
            yield from found
            return


def _in_turn(several: Iterable[Iterator[Weights]]) -> Iterator[Weights]:
    """Some of each, and then more of each: the likely ways to read some blocks come before unlikely ones of others."""
    waiting = several
    while waiting:
        left: list[Iterator[Weights]] = []
        for each in waiting:
            yield from islice(each, MOST_IN_TURN)
            following = next(each, None)
            left += [] if following is None else [chain((following,), each)]
        waiting = left


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
    arrays = [flat(np.asarray(array, dtype=np.float64), gates) for array in arrays]
    plain = Cutter(units, inputs)
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
            cutter = Cutter(units, inputs, *ambiguous)
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
