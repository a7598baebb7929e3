"""Whether a loop of the student's own adds its biases, where they are zero at first, and nothing shows.

The code runs once more with random numbers in their place: arrays of one number repeated that go into each step of a
loop, or nowhere. An initial state goes into the first step alone, and stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import permutations

import numpy as np

from grader.answer.answer import Answer
from grader.answer.evidence import Seen
from reference.loops.search import Recurrence, reads_in_order, rightly, states_seen
from reference.loops.sequences import ENOUGH_STEPS
from reference.loops.values import Values, values_of
from reference.recurrent.cells import Array, Weights
from reference.recurrent.recognise import Slip

MOST_CHOICES = 6
TAKEN_AWAY = "is subtracted; it should be added"
GATES = {
    1: ("the hidden state",),
    3: ("the update gate", "the reset gate", "the candidate"),
    4: ("the input gate", "the forget gate", "the candidate", "the output gate"),
}
"""In Keras's order, by their number."""


def shown_biases(answer: Answer) -> tuple[Values, ...]:
    """What the code computes with random biases; nothing where it has none that were constant, or goes another way.

    Where a step takes its state several times, an initial state may look like a bias: then there is a second way, with
    those alone that came to be before the last of the weights and data.
    """
    return answer.once(("shown biases",), lambda: tuple(_shown(answer)))


def _shown(answer: Answer) -> Iterator[Values]:
    plain = values_of(answer).seen
    places = [place for place, item in enumerate(plain) if _may_be_bias(item)]
    drawn = [place for place, item in enumerate(plain) if _is_drawn(item)]
    early = [place for place in places if drawn and place < drawn[-1]]
    for chosen in (places, early) if len(early) < len(places) else (places,):
        sites = sorted({plain[place].site for place in chosen})
        values = answer.replayed_with(sites).values if sites else ()
        if values and [_identity(item) for item in plain] == [_identity(item) for item in values]:
            yield Values(values)


def _is_drawn(item: Seen) -> bool:
    return item.fresh and not item.part and item.numbers.size > 1 and not _is_constant(item.numbers)


def _may_be_bias(item: Seen) -> bool:
    numbers = item.numbers
    if not item.fresh or item.part or item.layer is not None or not _is_constant(numbers):
        return False
    small = sum(size > 1 for size in numbers.shape) <= 1 or (np.squeeze(numbers).ndim == 2 and not item.changed)
    return small and (item.uses == 0 or item.uses >= ENOUGH_STEPS)


def _is_constant(numbers: Array) -> bool:
    return numbers.size > 1 and bool((numbers == numbers.flat[0]).all())


def _identity(item: Seen) -> tuple[object, ...]:
    return item.site, item.numbers.shape, item.fresh


def with_biases(loop: Recurrence, plain: Values, shown: Values) -> Recurrence:
    """The loop with the biases that it adds, and with a slip where it leaves one out or takes it away.

    As it is, where its biases were seen from the first, or cannot be made to show.
    """
    if all(each.any() for each in np.split(loop.weights.bias, loop.kind.gates, axis=-1)):
        return loop
    computes, ordered = [*rightly(loop.kind), loop.compute], reads_in_order(loop.slip)
    choices = list(_choices(_blocks(plain, shown, loop.weights.units, loop.kind.gates), loop.kind.gates))
    for biases in choices:
        for compute in computes:
            w = replace(loop.weights, bias=np.concatenate(biases))
            if states_seen(shown, compute, w, loop.x, in_order=ordered):
                return replace(loop, weights=w, slip=loop.slip if compute is loop.compute else None)
    for biases in choices:
        for w, slip in _slips(loop, biases):
            # A bias of ones is taken for a convention of the step as long as it is no weight.
            if any(states_seen(shown, compute, w, loop.x, in_order=ordered) for compute in computes):
                return replace(loop, slip=slip)
    return loop


def _blocks(plain: Values, shown: Values, units: int, gates: int) -> list[Array]:
    """The vectors (units,) in what was drawn, in the order in which they came to be."""
    found: list[Array] = []
    for before, item in zip(plain.seen, shown.seen, strict=True):
        numbers = np.squeeze(item.numbers)
        if not _may_be_bias(before) or np.array_equal(before.numbers, item.numbers):
            continue
        if numbers.shape == (units,):
            found.append(numbers)
        elif numbers.shape == (gates * units,):
            found += np.split(numbers, gates)
        elif numbers.shape in ((gates, units), (units, gates)):
            found += list(numbers if numbers.shape == (gates, units) else numbers.T)
    return found


def _choices(blocks: Sequence[Array], gates: int) -> Iterator[tuple[Array, ...]]:
    """One vector for each gate, in every order: neighbours first, then every second one (of two directions)."""
    starts = range(min(MOST_CHOICES, len(blocks) - gates + 1))
    chosen = [blocks[at : at + gates] for at in starts] + [blocks[0::2], blocks[1::2]]
    for several in chosen:
        if len(several) == gates:
            yield from permutations(several)


def _slips(loop: Recurrence, biases: Sequence[Array]) -> Iterator[tuple[Weights, Slip]]:
    """What the loop computes with one bias left out or taken away, and with none of them."""
    for gate, name in enumerate(GATES[loop.kind.gates]):
        for sign, words in ((0, "is not added"), (-1, TAKEN_AWAY)):
            changed = [sign * bias if at == gate else bias for at, bias in enumerate(biases)]
            w = replace(loop.weights, bias=np.concatenate(changed))
            yield w, Slip("wrong_bias", f"The bias of {name} {words}.", loop.compute)
    negative = replace(loop.weights, bias=-np.concatenate(biases))
    yield negative, Slip("wrong_bias", f"The bias b {TAKEN_AWAY}.", loop.compute)
    yield loop.weights, Slip("no_bias", "The bias b is not added.", loop.compute)


def bias_size(answer: Answer, loop: Recurrence) -> int:
    """How many numbers are in its bias. Where nothing of it is in the weights: those of constant vectors that fit."""
    w, all_gates = loop.weights, loop.kind.gates * loop.weights.units
    if w.bias.any():
        return int(w.bias.size)
    sizes = (w.units, all_gates)
    vectors = [seen.numbers for seen in answer.replay.values if seen.fresh and not seen.part]
    constant = [vector for vector in vectors if _vectors(vector.shape) in sizes and _is_constant(vector)]
    stacked = [vector for vector in vectors if _stacked(vector, loop.kind.gates, w.units) and not vector.any()]
    return min(all_gates, sum(int(vector.size) for vector in (*constant, *stacked)))


def _stacked(vectors: Array, gates: int, units: int) -> bool:
    """Whether it has a vector for each gate, perhaps with an axis of one for the samples between."""
    return tuple(size for size in vectors.shape if size > 1) == (gates, units) and vectors.shape[-1] == units


def _vectors(shape: Sequence[int]) -> int:
    """The size of a vector, or of a matrix of one row or column; else 0."""
    size: int = max([0, *shape])
    return size if sum(each > 1 for each in shape) <= 1 else 0
