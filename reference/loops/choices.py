"""Which of the arrays that code made are the weights of one layer: all of them, or those of one direction or layer."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from grader.answer.evidence import Seen
from reference.recurrent.cells import Array

MOST_LAYERS = 3
MOST_TOGETHER = 30
MOST_IN_A_ROW = 40
DIRECTIONS = 2
Place = tuple[int, int]
"""Of an array among those that were seen, and of a piece in it."""


NOWHERE = -1
"""The place of a kernel that is not multiplied: words are looked up in it."""


@dataclass(frozen=True, slots=True, eq=False)
class Weight:
    """An array that may be a weight, as rows are multiplied with it from the left, its place, and which piece of what
    is there it is."""

    array: Array
    place: int
    piece: int = 0


def places(weights: Iterable[Weight]) -> frozenset[Place]:
    """Where they were seen."""
    return frozenset((weight.place, weight.piece) for weight in weights if weight.place != NOWHERE)


def of_layers(seen: Sequence[Seen]) -> list[list[Weight]]:
    """The weights of each layer of Keras."""
    by_layer: dict[int, list[Weight]] = {}
    for place, item in enumerate(seen):
        if item.layer is not None:
            by_layer.setdefault(item.layer, []).append(Weight(item.numbers, place))
    return list(by_layer.values())


def plain(seen: Sequence[Seen], gates: int) -> list[list[Weight]]:
    """Arrays of one's own that may be weights. What is zero has no effect, and is left out.

    The first of three axes is one of gates or directions, and then one of two with as many rows holds their biases; or
    the second one is one of gates. Where the first is one of directions, each may have its own among them. The last of
    these readings are the likeliest.
    """
    own = [(place, item.numbers) for place, item in enumerate(seen) if _is_plain(item)]
    several = {len(array) for _, array in own if array.ndim == 3} - {gates}
    first: list[Weight] = []
    for place, array in own:
        if array.ndim in (1, 2):
            first.append(Weight(array, place))
        if array.ndim == 3 or (array.ndim == 2 and len(array) in several):
            first += [Weight(piece, place, at) for at, piece in enumerate(array, start=1)]
    found = [first, *_by_direction(own)]
    whole = [Weight(array, place) for place, array in own if array.ndim in (1, 2)]
    if several and len(whole) < len(first):  # the three axes may be those of data alone
        found.append(whole)
    if any(array.ndim == 3 and array.shape[1] == gates for _, array in own):
        flat = [(place, array.reshape(len(array), -1) if array.ndim == 3 else array) for place, array in own]
        by_columns = [Weight(array, place) for place, array in flat if array.ndim in (1, 2)]
        found.insert(0 if any(array.ndim == 3 and len(array) == gates for _, array in own) else len(found), by_columns)
    return found


def _is_plain(item: Seen) -> bool:
    return item.layer is None and item.fresh and not item.part and bool(item.numbers.any())


def _by_direction(own: Sequence[tuple[int, Array]]) -> Iterator[list[Weight]]:
    """Of kernels with an axis of directions, and perhaps one of gates, those of each direction."""
    if not any(array.ndim > 2 and len(array) == DIRECTIONS for _, array in own):
        return
    both = [(place, array) for place, array in own if array.ndim > 1 and len(array) == DIRECTIONS]
    for direction in range(DIRECTIONS):
        yield [weight for place, array in both for weight in _blocks(array[direction], place, direction)]


def _blocks(array: Array, place: int, direction: int) -> list[Weight]:
    """A kernel, gate by gate where it has an axis of gates."""
    blocks = list(array) if array.ndim == 3 else [array]
    return [Weight(block, place, 1 + direction * len(blocks) + at) for at, block in enumerate(blocks)]


def choices(weights: Sequence[Weight], gates: int) -> Iterator[list[Weight]]:
    """All together, and the parts of two directions: one after the other, or in turn. With and without vectors."""
    known: list[frozenset[int]] = []
    matrices = [weight for weight in weights if weight.array.ndim == 2 and min(weight.array.shape) > 1]
    vectors = _without(weights, matrices)
    parts = [one + other for one, other in zip(_halves(matrices), _halves(vectors), strict=True)] if vectors else []
    for several in (list(weights), matrices):
        beside = _beside_others(several, matrices, gates)
        for chosen in (several, *_halves(several), *parts, *beside):
            if len(chosen) >= 1 and frozenset(map(id, chosen)) not in known:
                known.append(frozenset(map(id, chosen)))
                yield list(chosen)


def _without(several: Sequence[Weight], matrices: Sequence[Weight]) -> list[Weight]:
    return [weight for weight in several if not any(weight is matrix for matrix in matrices)]


def _halves(several: Sequence[Weight]) -> list[list[Weight]]:
    """The first and the second half, and every second one."""
    half = len(several) // 2
    return [list(each) for each in (several[:half], several[half:], several[0::2], several[1::2])]


def _beside_others(several: Sequence[Weight], matrices: Sequence[Weight], gates: int) -> Iterator[Sequence[Weight]]:
    """As many as a layer has, where there are other layers, or data of such a shape: one layer after the other, from
    the first or to the last matrix, with the vectors for its gates."""
    vectors = _without(several, matrices)
    for size in sorted({2 * gates, gates, 2}):
        if len(matrices) <= size:
            continue
        number = min(len(matrices) // size, MOST_LAYERS)
        for at in dict.fromkeys([*range(0, number * size, size), len(matrices) - size]):
            yield [*matrices[at : at + size], *vectors]
            for few in (gates, 1):
                behind = at // size * few
                yield [*matrices[at : at + size], *vectors[behind : behind + few]]


def in_a_row(several: Sequence[Weight], sizes: Collection[int]) -> Iterator[list[Weight]]:
    """Neighbours that have as many numbers together as a layer: one of the `sizes`."""
    ends = [0, *accumulate(weight.array.size for weight in several)]
    found = 0
    for first, before in enumerate(ends[:-1]):
        for size in sorted(sizes):
            at = bisect_left(ends, before + size)
            if at < len(ends) and ends[at] == before + size and 1 < at - first <= MOST_TOGETHER:
                found += 1
                if found > MOST_IN_A_ROW:
                    return
                yield list(several[first:at])
