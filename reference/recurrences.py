"""Finding recurrent networks in what an answer's code computes, where there is no layer that could be asked.

A loop in NumPy or with `tf.Variable`s, or a cell that is called on one time step after the other: among the arrays that
such code sees when it runs once more are its weights, its data, and the hidden states. They are a recurrence where the
reference, with some of the arrays as weights and some as the sequence, computes hidden states that are all there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import islice, product, takewhile

import numpy as np

from grader.assignment import Answer, Seen
from reference import cells, layouts, slips
from reference.cells import Array, Weights
from reference.judging import GRU, KINDS, Kind
from reference.recognise import TOLERANCE, Family, Slip

ENOUGH_STEPS = 3
MOST_STEPS = 200
SMALLEST = 1e-9
STILL = 1e-3
"""States that differ less than so from one step to the next are no proof of a recurrence."""
MOST_READINGS = 600
MOST_SEQUENCES = 40
ORDERS = ((0, 1, 2), (1, 0, 2), (1, 2, 0), (2, 0, 1))
"""Of the axes of data, so that they are batch, time steps, and inputs: some have time first, or samples last."""


class Values:
    """Arrays that were seen, found again by their numbers, whatever their shape."""

    def __init__(self, seen: Iterable[Seen]) -> None:
        self._seen: dict[int, list[Seen]] = {}
        for each in seen:
            self._seen.setdefault(each.numbers.size, []).append(each)
        self._stacked = {
            size: np.stack([np.ravel(item.numbers) for item in same]).astype(np.float64)
            for size, same in self._seen.items()
        }

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
        for turned in _turned(wanted):
            with np.errstate(invalid="ignore"):
                places = np.flatnonzero(np.abs(stacked - np.ravel(turned)).max(axis=1) <= allowed)
            found += [self._seen[wanted.size][place] for place in places]
        return found

    def norms(self) -> Array:
        """The norm of each array of several numbers, once, in ascending order."""
        several = [stacked for size, stacked in self._stacked.items() if size > 1]
        return np.unique(np.concatenate([np.linalg.norm(stacked, axis=1) for stacked in several] or [np.zeros(0)]))

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


@dataclass(frozen=True, slots=True, eq=False)
class Recurrence:
    """A loop of one kind: its weights and the places of the `arrays` that they are, the sequence x (batch, timesteps,
    inputs) in the order in which it is read, the states (batch, timesteps, units), and where each of them was seen.

    A `slip` is what its steps do otherwise than the reference.
    """

    kind: Kind
    weights: Weights
    arrays: frozenset[int]
    x: Array
    states: Array
    found: tuple[Seen, ...]
    slip: Slip | None = None

    @property
    def label(self) -> str:
        """What to call it in a message."""
        return f"loop of {self.kind.name} with {self.weights.units} units"


@dataclass(frozen=True, slots=True, eq=False)
class _Sequence:
    """What may be a sequence (batch, timesteps, inputs), and the places of the arrays that it is made of."""

    x: Array
    places: frozenset[int]


@dataclass(frozen=True, slots=True, eq=False)
class _Weight:
    """An array that may be a weight, as rows are multiplied with it from the left, and its place."""

    array: Array
    place: int


def recurrences(answer: Answer, kinds: Sequence[Kind] = KINDS) -> list[Recurrence]:
    """Every recurrence in what the code of an answer computes, each set of weights once for each way of reading."""
    return [item for kind in kinds for item in answer.once(("recurrences", kind.name), partial(_all, answer, kind))]


def first_recurrence(answer: Answer, kinds: Sequence[Kind] = KINDS) -> Recurrence | None:
    """The first that there is."""
    return next((found[0] for kind in kinds if (found := recurrences(answer, [kind]))), None)


def values_of(answer: Answer) -> Values:
    """The arrays that were seen."""
    return answer.once(("values",), lambda: Values(answer.replay.values))


def _all(answer: Answer, kind: Kind) -> list[Recurrence]:
    right = [(compute, None) for compute in _right(kind)]
    convention, mistake = ([item for item in _slips(kind) if item[1].accepted is wanted] for wanted in (True, False))
    return _search(answer, kind, right) or _search(answer, kind, convention) or _search(answer, kind, mistake)


def _right(kind: Kind) -> list[cells.Layer]:
    """The functions from weights and a sequence to all states."""
    return [family.sequence for family in _families(kind)]


def _slips(kind: Kind) -> list[tuple[cells.Layer, Slip]]:
    """The same with something done differently."""
    return [(partial(_states, slip), slip) for family in _families(kind) for slip in family.over_time()]


def _states(slip: Slip, w: Weights, x: Array) -> Array:
    return np.asarray(slip.compute(w, x))


def _families(kind: Kind) -> tuple[Family, ...]:
    return (slips.GRU, slips.GRU_RESET_BEFORE) if kind is GRU else (kind.family,)


def forgets(answer: Answer, kind: Kind) -> bool:
    """Whether a loop computes a step of this kind for each time step, but gives it zeros for a state of the last one.

    What remembers, in some loop of the answer, does not forget.
    """
    return answer.once(("forgets", kind.name), lambda: _forgets(answer, kind))


def _forgets(answer: Answer, kind: Kind) -> bool:
    kept = [choice for choice in product((False, True), repeat=kind.states) if not all(choice)]
    families = _families(kind)
    steps = [family.step for family in families]
    steps += [slip.compute for family in families for slip in family.slips if slip.accepted]
    computations = [(partial(_forgetting, step, choice), None) for step in steps for choice in kept]
    if not _search(answer, kind, computations, also_whole=False):
        return False
    return all(item.slip is not None for item in recurrences(answer, [kind]))


def _forgetting(step: cells.Step, kept: Sequence[bool], w: Weights, x: Array) -> Array:
    """All hidden states (batch, timesteps, units) of steps that get zeros for the states that are not `kept`."""
    states = [cells.zeros(w, x) for _ in kept]
    found = []
    for time in range(x.shape[1]):
        new = step(w, x[:, time], *states)
        after = new if isinstance(new, tuple) else (new,)
        found.append(after[0])
        states = [state if keep else np.zeros_like(state) for state, keep in zip(after, kept, strict=True)]
    return np.stack(found, axis=1)


def _search(
    answer: Answer,
    kind: Kind,
    computations: Sequence[tuple[cells.Layer, Slip | None]],
    *,
    also_whole: bool = True,
) -> list[Recurrence]:
    """With `also_whole`, states that were seen in one array alone are enough."""
    seen = answer.replay.values
    values = values_of(answer)
    found: list[Recurrence] = []
    for sequence in _sequences(seen):
        for places, readings in _weights(seen, kind, sequence):
            if any(item.arrays & places for item in found):
                continue
            for w, (compute, slip) in islice(product(readings, computations), MOST_READINGS):
                made = _seen_states(values, compute, w, sequence.x)
                if made is not None and (also_whole or len(made[1]) > 1):
                    found.append(Recurrence(kind, w, places, sequence.x[:, : made[0].shape[1]], *made, slip))
                    break
    return found


def _weights(
    seen: Sequence[Seen], kind: Kind, sequence: _Sequence
) -> Iterator[tuple[frozenset[int], Iterator[Weights]]]:
    """Arrays that may be the weights of one layer, and the ways to read them."""
    inputs = sequence.x.shape[2]
    layers = list(_of_layers(seen))
    for group in layers:
        yield _places(group), _as_keras(kind, [weight.array for weight in group], inputs)
    plain = [weight for weight in _plain(seen) if weight.place not in sequence.places]
    # A cell may be made of several layers, one for each gate.
    parts = [weight for group in layers for weight in group if weight.array.any()]
    columns = [_Weight(weight.array.T, weight.place) for weight in plain]
    for several in (parts, plain, columns):
        for units in _units(several, inputs, kind):
            fitting = [weight for weight in several if _fits(weight.array, units, inputs, kind)]
            for chosen in _choices(fitting):
                yield _places(chosen), _arranged(kind, [weight.array for weight in chosen], units, inputs)


def _units(weights: Sequence[_Weight], inputs: int, kind: Kind) -> list[int]:
    """The sizes that the hidden state can have, by the matrices there are."""
    shapes = [weight.array.shape for weight in weights if weight.array.ndim == 2]
    sizes = {size for rows, columns in shapes for size in (rows, rows - inputs, columns // kind.gates)}
    return sorted(size for size in sizes if size > 0)


def _places(weights: Iterable[_Weight]) -> frozenset[int]:
    return frozenset(weight.place for weight in weights)


def _as_keras(kind: Kind, arrays: Sequence[Array], inputs: int) -> Iterator[Weights]:
    """The weights of a layer of Keras, if they are those of this kind."""
    if 2 <= len(arrays) <= 3 and arrays[1].ndim == 2:
        units = arrays[1].shape[0]
        if arrays[0].shape == (inputs, kind.gates * units) and arrays[1].shape == (units, kind.gates * units):
            with suppress(ValueError):  # a bias of another size
                yield Weights.from_keras(arrays)


def _arranged(kind: Kind, arrays: Sequence[Array], units: int, inputs: int) -> Iterator[Weights]:
    return layouts.arrangements(arrays, units, inputs, gates=kind.gates, peepholes=kind.peepholes)


def _fits(array: Array, units: int, inputs: int, kind: Kind) -> bool:
    """Whether it has the shape of a kernel, a recurrent kernel, both joined, or vectors, for some of the gates."""
    columns = array.shape[-1]
    if units < 1 or columns % units or columns // units > max(kind.gates, 2 * (kind is GRU) * kind.gates):
        return False
    rows = 1 if array.ndim == 1 else array.shape[0]
    vectors = columns == units and rows in (kind.gates, 2 * kind.gates, kind.peepholes)  # one for each gate
    return vectors or rows in (1, inputs, units, inputs + units)


def _seen_states(values: Values, compute: cells.Layer, w: Weights, x: Array) -> tuple[Array, tuple[Seen, ...]] | None:
    """The reference's states, as many as were seen: one after the other from the first one, or all in one array."""
    batch, steps, _ = x.shape
    if values.has(batch * w.units):
        first = compute(w, x[:, :2])
        if _moves(first) and values.find(first[:, 0]):
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


def _moves(states: Array) -> bool:
    """Whether states are not nearly the same in each step, such as zero."""
    return bool(np.abs(np.diff(states, axis=1, prepend=0)).max(axis=(0, 2), initial=0.0).min() > STILL)


def _sequences(seen: Sequence[Seen]) -> list[_Sequence]:
    """What may be a sequence: data in any order of axes, and steps that are taken or drawn in turn.

    Each in both directions.
    """
    found: list[_Sequence] = []
    for one in (*_whole(seen), *_in_turn(seen)):
        for x in (one.x, one.x[:, ::-1]):
            if x.shape[1] >= 2 and len(found) < MOST_SEQUENCES and not any(_same(x, other.x) for other in found):
                found.append(_Sequence(x, one.places))
    return found


def _whole(seen: Sequence[Seen]) -> Iterator[_Sequence]:
    for place, item in enumerate(seen):
        if not item.fresh or item.layer is not None or not item.numbers.any():
            continue
        here = frozenset({place})
        if item.numbers.ndim == 3:
            yield from (_Sequence(item.numbers.transpose(axes), here) for axes in ORDERS)
        elif item.numbers.ndim == 2 and not item.part:
            yield from (_Sequence(turned[np.newaxis], here) for turned in (item.numbers, item.numbers.T))


def _in_turn(seen: Sequence[Seen]) -> Iterator[_Sequence]:
    by_site: dict[tuple[int, tuple[int, ...]], list[int]] = {}
    for place, item in enumerate(seen):
        if item.fresh and item.layer is None and item.numbers.ndim in (1, 2):
            by_site.setdefault((item.site, item.numbers.shape), []).append(place)
    for (_, shape), places in by_site.items():
        if len(places) < ENOUGH_STEPS:
            continue
        steps, here = np.stack([seen[place].numbers for place in places[:MOST_STEPS]]), frozenset(places)
        if len(shape) == 1:
            yield _Sequence(steps[np.newaxis], here)
        else:
            yield _Sequence(steps.transpose(1, 0, 2), here)
            yield _Sequence(steps.transpose(2, 0, 1), here)  # samples in columns


def _of_layers(seen: Sequence[Seen]) -> Iterator[list[_Weight]]:
    """The weights of each layer of Keras."""
    by_layer: dict[int, list[_Weight]] = {}
    for place, item in enumerate(seen):
        if item.layer is not None:
            by_layer.setdefault(item.layer, []).append(_Weight(item.numbers, place))
    return iter(by_layer.values())


def _plain(seen: Sequence[Seen]) -> list[_Weight]:
    """Arrays of one's own that may be weights. What is zero has no effect, and is left out."""
    return [
        _Weight(array, place)
        for place, item in enumerate(seen)
        if item.layer is None and item.fresh and not item.part and item.numbers.any()
        for array in (list(item.numbers) if item.numbers.ndim == 3 else [item.numbers])
        if array.ndim in (1, 2)
    ]


def _choices(weights: Sequence[_Weight]) -> Iterator[list[_Weight]]:
    """All together, and the parts of two directions: one after the other, or in turn. With and without vectors."""
    known: list[frozenset[int]] = []
    matrices = [weight for weight in weights if weight.array.ndim == 2 and min(weight.array.shape) > 1]
    for several in (list(weights), matrices):
        half = len(several) // 2
        for chosen in (several, several[:half], several[half:], several[0::2], several[1::2]):
            if len(chosen) >= 1 and frozenset(map(id, chosen)) not in known:
                known.append(frozenset(map(id, chosen)))
                yield chosen


def _same(one: Array, other: Array) -> bool:
    return one.shape == other.shape and bool(np.array_equal(one, other))
