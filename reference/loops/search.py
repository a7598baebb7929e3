"""Searching arrays for a recurrence: weights and a sequence from which the reference computes states that are there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product, takewhile

import numpy as np

from grader.answer.evidence import Seen
from reference.loops.sequences import ENOUGH_STEPS, MOST_STEPS, Steps, sequences
from reference.loops.values import Values
from reference.recurrent import cells, layouts
from reference.recurrent.cells import Array, Weights
from reference.recurrent.kinds import GRU, Kind, of_a_layer
from reference.recurrent.recognise import Slip

STILL = 1e-3
"""States that differ less than so from one step to the next are no proof of a recurrence."""
MOST_READINGS = 600
MOST_TRIED = 5_000
"""So many readings are tried of one group of arrays, and of all together."""
MOST_LAYERS = 3
Place = tuple[int, int]
"""Of an array among those that were seen, and of a piece in it."""


@dataclass(frozen=True, slots=True, eq=False)
class Recurrence:
    """A loop of one kind: its weights and the places of the `arrays` that they are, and of which of their pieces; the
    sequence x (batch, timesteps, inputs) in the order in which it is read, the states (batch, timesteps, units), and
    where each of them was seen among the `values`.

    They are what `compute` gives; a `slip` is what that does otherwise than the reference.
    """

    kind: Kind
    weights: Weights
    arrays: frozenset[Place]
    x: Array
    states: Array
    found: tuple[Seen, ...]
    values: Values
    compute: cells.Layer
    slip: Slip | None = None

    @property
    def label(self) -> str:
        """What to call it in a message."""
        return f"loop of {self.kind.name} with {self.weights.units} units"


@dataclass(frozen=True, slots=True, eq=False)
class _Weight:
    """An array that may be a weight, as rows are multiplied with it from the left, its place, and which piece of what
    is there it is."""

    array: Array
    place: int
    piece: int = 0


def rightly(kind: Kind) -> list[cells.Layer]:
    """The functions from weights and a sequence to all states, as they should be."""
    return [family.sequence for family in kind.families]


def search(
    values: Values,
    kind: Kind,
    computations: Sequence[tuple[cells.Layer, Slip | None]],
    *,
    also_whole: bool = True,
) -> list[Recurrence]:
    """Every recurrence of a kind that computes in one of these ways, each set of weights once for each way of reading.

    With `also_whole`, states that were seen in one array alone are enough.
    """
    found: list[Recurrence] = []
    left, most = MOST_TRIED, MOST_READINGS * (1 + kind.peepholes)
    layers, plain = list(_of_layers(values.seen)), _plain(values.seen, kind.gates)
    for sequence in sequences(values.seen):
        for places, readings in _weights(layers, plain, kind, sequence):
            if any(item.arrays & places for item in found):
                continue
            for w, (compute, slip) in islice(product(readings, computations), min(most, left)):
                left -= 1
                made = states_seen(values, compute, w, sequence.x)
                if made is not None and (also_whole or len(made[1]) > 1):
                    x = sequence.x[:, : made[0].shape[1]]
                    found.append(Recurrence(kind, w, places, x, *made, values, compute, slip))
                    break
    return found


def _weights(
    layers: Sequence[list[_Weight]], plain: Sequence[list[_Weight]], kind: Kind, sequence: Steps
) -> Iterator[tuple[frozenset[Place], Iterator[Weights]]]:
    """Arrays that may be the weights of one layer, and the ways to read them."""
    inputs = sequence.x.shape[2]
    for group in layers:
        w = of_a_layer(kind, [weight.array for weight in group], inputs)
        yield _places(group), iter(() if w is None else (w,))
    own = [[weight for weight in each if weight.place not in sequence.places] for each in plain]
    # A cell may be made of several layers, one for each gate.
    parts = [weight for group in layers for weight in group if weight.array.any()]
    columns = [_Weight(weight.array.T, weight.place, weight.piece) for weight in own[0]]
    for several in (parts, *reversed(own), columns):
        for units in _units(several, inputs, kind):
            fitting = [weight for weight in several if _fits(weight.array, units, inputs, kind)]
            for chosen in _choices(fitting, kind.gates):
                yield _places(chosen), _arranged(kind, [weight.array for weight in chosen], units, inputs)


def _units(weights: Sequence[_Weight], inputs: int, kind: Kind) -> list[int]:
    """The sizes that the hidden state can have, by the matrices there are."""
    shapes = [weight.array.shape for weight in weights if weight.array.ndim == 2]
    sizes = {size for rows, columns in shapes for size in (rows, rows - inputs, columns // kind.gates)}
    return sorted(size for size in sizes if size > 0)


def _places(weights: Iterable[_Weight]) -> frozenset[Place]:
    return frozenset((weight.place, weight.piece) for weight in weights)


def _arranged(kind: Kind, arrays: Sequence[Array], units: int, inputs: int) -> Iterator[Weights]:
    return layouts.arrangements(arrays, units, inputs, gates=kind.gates, peepholes=kind.peepholes)


def _fits(array: Array, units: int, inputs: int, kind: Kind) -> bool:
    """Whether it has the shape of a kernel, a recurrent kernel, both joined, or vectors, for some of the gates."""
    columns = array.shape[-1]
    if units < 1 or columns % units or columns // units > max(kind.gates, 2 * (kind is GRU) * kind.gates):
        return False
    rows = 1 if array.ndim == 1 else array.shape[0]
    vectors = columns == units and rows in (kind.gates, 2 * kind.gates, kind.peepholes)  # one for each gate
    return vectors or rows in (1, inputs, units, inputs + units, inputs + units + 1)


def states_seen(values: Values, compute: cells.Layer, w: Weights, x: Array) -> tuple[Array, tuple[Seen, ...]] | None:
    """The reference's states, as many as were seen: one after the other from the first one, or all in one array."""
    batch, steps, _ = x.shape
    if values.has(batch * w.units) and values.find(compute(w, x[:, :1])[:, 0]) and _moves(compute(w, x[:, :2])):
        states = compute(w, x[:, :MOST_STEPS])
        each = takewhile(bool, (values.find(states[:, time]) for time in range(states.shape[1])))
        found = tuple(places[0] for places in each)
        if len(found) >= min(ENOUGH_STEPS, steps):
            return states[:, : len(found)], found
    if steps <= MOST_STEPS and values.has(batch * steps * w.units):
        states = compute(w, x)
        whole = _moves(states) and (values.find(states) or values.find(states[:, ::-1]))
        return (states, (whole[0],)) if whole else None
    return None


def stepwise(values: Values, compute: cells.Layer, w: Weights, x: Array) -> bool:
    """Whether the reference's states were seen one after the other, and not in one array alone."""
    found = states_seen(values, compute, w, x)
    return found is not None and len(found[1]) > 1


def _moves(states: Array) -> bool:
    """Whether states are not nearly the same in each step, such as zero."""
    return bool(np.abs(np.diff(states, axis=1, prepend=0)).max(axis=(0, 2), initial=0.0).min() > STILL)


def _of_layers(seen: Sequence[Seen]) -> Iterator[list[_Weight]]:
    """The weights of each layer of Keras."""
    by_layer: dict[int, list[_Weight]] = {}
    for place, item in enumerate(seen):
        if item.layer is not None:
            by_layer.setdefault(item.layer, []).append(_Weight(item.numbers, place))
    return iter(by_layer.values())


def _plain(seen: Sequence[Seen], gates: int) -> list[list[_Weight]]:
    """Arrays of one's own that may be weights. What is zero has no effect, and is left out.

    The first of three axes is one of gates or directions, and then one of two with as many rows holds their biases; or
    the second one is one of gates.
    """
    own = [(place, item.numbers) for place, item in enumerate(seen) if _is_plain(item)]
    several = {len(array) for _, array in own if array.ndim == 3} - {gates}
    first: list[_Weight] = []
    for place, array in own:
        if array.ndim in (1, 2):
            first.append(_Weight(array, place))
        if array.ndim == 3 or (array.ndim == 2 and len(array) in several):
            first += [_Weight(piece, place, at) for at, piece in enumerate(array, start=1)]
    if not any(array.ndim == 3 and array.shape[1] == gates for _, array in own):
        return [first]
    flat = [(place, array.reshape(len(array), -1) if array.ndim == 3 else array) for place, array in own]
    return [first, [_Weight(array, place) for place, array in flat if array.ndim in (1, 2)]]


def _is_plain(item: Seen) -> bool:
    return item.layer is None and item.fresh and not item.part and bool(item.numbers.any())


def _choices(weights: Sequence[_Weight], gates: int) -> Iterator[list[_Weight]]:
    """All together, and the parts of two directions: one after the other, or in turn. With and without vectors."""
    known: list[frozenset[int]] = []
    matrices = [weight for weight in weights if weight.array.ndim == 2 and min(weight.array.shape) > 1]
    vectors = [weight for weight in weights if not any(weight is matrix for matrix in matrices)]
    parts = [one + other for one, other in zip(_halves(matrices), _halves(vectors), strict=True)] if vectors else []
    for several in (list(weights), matrices):
        beside = _beside_others(several, matrices, gates)
        for chosen in (several, *_halves(several), *parts, *beside):
            if len(chosen) >= 1 and frozenset(map(id, chosen)) not in known:
                known.append(frozenset(map(id, chosen)))
                yield list(chosen)


def _halves(several: Sequence[_Weight]) -> list[list[_Weight]]:
    """The first and the second half, and every second one."""
    half = len(several) // 2
    return [list(each) for each in (several[:half], several[half:], several[0::2], several[1::2])]


def _beside_others(several: Sequence[_Weight], matrices: Sequence[_Weight], gates: int) -> Iterator[Sequence[_Weight]]:
    """As many as a layer has, where there are other layers, or data of such a shape: one layer after the other, from
    the first or to the last matrix, with the vectors for its gates."""
    vectors = [weight for weight in several if not any(weight is matrix for matrix in matrices)]
    for size in sorted({2 * gates, gates, 2}):
        if len(matrices) <= size:
            continue
        number = min(len(matrices) // size, MOST_LAYERS)
        for at in dict.fromkeys([*range(0, number * size, size), len(matrices) - size]):
            yield [*matrices[at : at + size], *vectors]
            for few in (gates, 1):
                behind = at // size * few
                yield [*matrices[at : at + size], *vectors[behind : behind + few]]
