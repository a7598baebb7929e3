"""Searching arrays for a recurrence: weights and a sequence from which the reference computes states that are there."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice, takewhile

import numpy as np

from grader.answer.evidence import Seen
from reference.loops.choices import NOWHERE, Place, Weight, choices, in_a_row, of_layers, places, plain
from reference.loops.sequences import ENOUGH_STEPS, MOST_STEPS, Steps
from reference.loops.values import Values
from reference.recurrent import cells, layouts
from reference.recurrent.cells import Array, Weights
from reference.recurrent.cutting import Blocks
from reference.recurrent.kinds import GRU, Kind, of_a_layer
from reference.recurrent.recognise import BACKWARDS, Slip

STILL = 1e-3
"""States that differ less than so from one step to the next are no proof of a recurrence."""
MOST_READINGS = 600
MOST_TRIED = 5_000
"""So many first steps are computed of one group of arrays, and of all together."""
MOST_READ = 4_000
"""So many readings are looked at of one group: those that have the first step of others cost next to nothing."""
MOST_FIRSTS = 64


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


def reads_in_order(slip: Slip | None) -> bool:
    """Whether what has this slip computes its first state from the first step alone."""
    return slip is None or slip.id != BACKWARDS


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

    With `also_whole`, states that were seen in one array alone are enough. Where there is none otherwise, weights are
    looked for among neighbours.
    """
    found = _search(values, kind, computations, also_whole, neighbours=False)
    return found or _search(values, kind, computations, also_whole, neighbours=True)


def _search(
    values: Values,
    kind: Kind,
    computations: Sequence[tuple[cells.Layer, Slip | None]],
    also_whole: bool,
    neighbours: bool,
) -> list[Recurrence]:
    found: list[Recurrence] = []
    left, most = MOST_TRIED, MOST_READINGS * (1 + kind.peepholes)
    layers, own = of_layers(values.seen), plain(values.seen, kind.gates)
    firsts = values.first_steps
    waiting = deque(values.sequences)
    while waiting:
        sequence, before = waiting.popleft(), len(found)
        first = firsts.of(sequence.x)
        allowed = partial(firsts.allow, first=first)
        for where, readings in _weights(layers, own, kind, sequence, neighbours, allowed):
            if any(item.arrays & where for item in found):
                continue
            # (`itertools.product` would go through all readings before the first is tried.)
            tried = ((w, *computation) for w in readings for computation in computations)
            begin = first.looked_at
            for w, compute, slip in islice(tried, MOST_READ):
                if first.looked_at - begin >= min(most, left):
                    break
                # What is read from its end has its first step at the other one.
                in_order = reads_in_order(slip)
                if not first.may_give(compute, w) and in_order:
                    continue
                made = states_seen(values, compute, w, sequence.x, in_order=in_order)
                if made is not None and (also_whole or len(made[1]) > 1):
                    x = sequence.x[:, : made[0].shape[1]]
                    found.append(Recurrence(kind, w, where, x, *made, values, compute, slip))
                    break
            left -= first.looked_at - begin
        if len(found) > before:  # where one reads, another may read backwards
            left = MOST_TRIED
            waiting.appendleft(Steps(found[before].x[:, ::-1], sequence.places, sequence.looked_up))
    return found


def _weights(
    layers: Sequence[list[Weight]],
    others: Sequence[list[Weight]],
    kind: Kind,
    sequence: Steps,
    neighbours: bool,
    allowed: Callable[[Blocks], bool],
) -> Iterator[tuple[frozenset[Place], Iterator[Weights]]]:
    """Arrays that may be the weights of one layer, and the ways to read them."""
    inputs = sequence.x.shape[2]
    for group in layers:
        w = of_a_layer(kind, [weight.array for weight in group], inputs)
        yield places(group), iter(() if w is None else (w,))
    own = [
        [weight for weight in each if weight.place not in sequence.places and not _holds(weight.array, sequence.x)]
        for each in others
    ]
    # A cell may be made of several layers, one for each gate.
    parts = [weight for group in layers for weight in group if weight.array.any()]
    columns = [[Weight(weight.array.T, weight.place, weight.piece) for weight in each] for each in own]
    for several in (parts, *reversed(own), *columns):
        # What a layer multiplies inside is not seen without the bias that it adds.
        fits = _all if several is parts else allowed
        for units in _units(several, inputs, kind):
            fitting = [weight for weight in several if _fits(weight.array, units, inputs, kind)]
            if sequence.looked_up and inputs == kind.gates * units:
                fitting = [Weight(np.eye(inputs), NOWHERE), *fitting]
            sizes = layouts.sizes(units, inputs, kind.gates, kind.peepholes)
            for chosen in in_a_row(fitting, sizes) if neighbours else choices(fitting, kind.gates):
                if sum(weight.array.size for weight in chosen) in sizes:
                    yield places(chosen), _arranged(kind, [weight.array for weight in chosen], units, inputs, fits)


def _holds(array: Array, x: Array) -> bool:
    """Whether an array is (a part of) the data: a first step of the sequence is one of its rows."""
    if array.ndim != 2 or array.shape[1] != x.shape[2]:
        return False
    firsts = x[:MOST_FIRSTS, 0][x[:MOST_FIRSTS, 0].any(axis=1)]
    return any(bool((array == first).all(axis=1).any()) for first in firsts)


def _units(weights: Sequence[Weight], inputs: int, kind: Kind) -> list[int]:
    """The sizes that the hidden state can have, by the matrices there are."""
    shapes = [weight.array.shape for weight in weights if weight.array.ndim == 2]
    sizes = {size for rows, columns in shapes for size in (rows, rows - inputs, columns // kind.gates)}
    return sorted(size for size in sizes if size > 0)


def _arranged(
    kind: Kind, arrays: Sequence[Array], units: int, inputs: int, allowed: Callable[[Blocks], bool]
) -> Iterator[Weights]:
    return layouts.arrangements(arrays, units, inputs, gates=kind.gates, peepholes=kind.peepholes, allowed=allowed)


def _all(blocks: Blocks) -> bool:
    return True


def _fits(array: Array, units: int, inputs: int, kind: Kind) -> bool:
    """Whether it has the shape of a kernel, a recurrent kernel, both joined, or vectors, for some of the gates."""
    columns = array.shape[-1]
    if units < 1 or columns % units or columns // units > max(kind.gates, 2 * (kind is GRU) * kind.gates):
        return False
    rows = 1 if array.ndim == 1 else array.shape[0]
    vectors = columns == units and rows in (kind.gates, 2 * kind.gates, kind.peepholes)  # one for each gate
    return vectors or rows in (1, inputs, units, inputs + units, inputs + units + 1)


def states_seen(
    values: Values, compute: cells.Layer, w: Weights, x: Array, *, in_order: bool = True
) -> tuple[Array, tuple[Seen, ...]] | None:
    """The reference's states, as many as were seen: one after the other from the first one, or all in one array.

    `in_order`: the first state is computed from the first step of x alone.
    """
    batch, steps, _ = x.shape
    one_by_one, whole = values.has(batch * w.units), steps <= MOST_STEPS and values.has(batch * steps * w.units)
    if not (one_by_one or whole):
        return None
    first = compute(w, x[:, :1])[:, 0]
    if one_by_one and values.find(first) and _moves(compute(w, x[:, :2])):
        states = compute(w, x[:, :MOST_STEPS])
        each = takewhile(bool, (values.find(states[:, time]) for time in range(states.shape[1])))
        found = tuple(places[0] for places in each)
        if len(found) >= min(ENOUGH_STEPS, steps):
            return states[:, : len(found)], found
    if whole and first.size and (not in_order or values.may_hold((batch, steps, w.units), first.item(0))):
        states = compute(w, x)
        places = _moves(states) and (values.find(states) or values.find(states[:, ::-1]))
        return (states, (places[0],)) if places else None
    return None


def stepwise(values: Values, compute: cells.Layer, w: Weights, x: Array) -> bool:
    """Whether the reference's states were seen one after the other, and not in one array alone."""
    found = states_seen(values, compute, w, x)
    return found is not None and len(found[1]) > 1


def _moves(states: Array) -> bool:
    """Whether states are not nearly the same in each step, such as zero."""
    return bool(np.abs(np.diff(states, axis=1, prepend=0)).max(axis=(0, 2), initial=0.0).min() > STILL)
