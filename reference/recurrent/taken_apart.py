"""A step of an LSTM with peepholes taken apart: where its numbers are those of the equations but for one or two parts.

A slip is one mistake. Who makes two of them, or one in a gate alone, has another cell for each pair: the parts of a
step are tried by themselves, under all readings of the weights at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import product
from typing import Self

import numpy as np
from numpy.typing import NDArray

from reference.recurrent.cells import Array, PeepholeWeights, peek
from reference.recurrent.parts_of_a_step import ACCEPTED, GATE, NEW_CANDIDATE, NEW_CELL, NEW_HIDDEN, RIGHT, Forms, Gate
from reference.recurrent.recognise import TOLERANCE
from reference.recurrent.variants import CANDIDATE, FORGET, INPUT, OUTPUT

MOST_WRONG = 2
UNITS_TRIED, MOST_READINGS = 3, 48


@dataclass(frozen=True, slots=True)
class Stepped:
    """One step, under each of several readings (readings, batch, units): what goes into its gates, and the states."""

    gates: tuple[Gate, Gate, Gate, Gate]
    h: Array
    c: Array
    new_h: Array
    new_c: Array

    @classmethod
    def of(cls, readings: Sequence[PeepholeWeights], given: Sequence[Array], after: Sequence[Array], most: int) -> Self:
        """For the first units alone, so many at most. `given` are x, h and c, `after` the new h and c.

        The weights are drawn at random, so blocks of them that begin with the same number are one block.
        """
        units = min(most, readings[0].units)
        x, h, c = given

        def of_blocks(block: Callable[[PeepholeWeights], Array], *parts: Callable[[Array], Array]) -> list[Array]:
            begin = np.array([complex(first.flat[0], first.ndim) for first in map(block, readings)])
            _, places, which = np.unique(begin, return_index=True, return_inverse=True)
            return [np.stack([part(block(readings[at])) for at in places])[which] for part in parts]

        def gate(at: int) -> Gate:
            left = at * readings[0].units
            cut = slice(left, left + units)

            def peephole(w: PeepholeWeights) -> Array:
                return {FORGET: w.forget_peephole, INPUT: w.input_peephole}.get(at, w.output_peephole)

            def peeking(state: Array) -> Callable[[Array], Array]:
                return lambda peephole: peek(state, peephole)[:, :units]

            (from_x,) = of_blocks(lambda w: w.kernel[:, cut], lambda block: x @ block)
            from_h, *turned = of_blocks(
                lambda w: w.recurrent_kernel[:, cut],
                lambda block: h @ block,
                *([lambda block: x @ block] if x.shape == h.shape else []),
            )
            (bias,) = of_blocks(lambda w: w.bias[cut], lambda block: block[np.newaxis])
            seen, before, hidden = of_blocks(peephole, *map(peeking, (after[1] if at == OUTPUT else c, c, h)))
            return Gate(from_x, from_h, bias, seen, before, hidden, turned[0] if turned else None)

        each = (gate(INPUT), gate(FORGET), gate(CANDIDATE), gate(OUTPUT))
        return cls(each, *(array[:, :units] for array in (h, c, *after)))


@dataclass(frozen=True, slots=True)
class Explained:
    """The place of a reading of the weights, and what is wrong in the step by it."""

    reading: int
    named: tuple[str, ...]

    @property
    def accepted(self) -> bool:
        """Whether all of it is a convention of good sources."""
        return ACCEPTED.issuperset(self.named)


def explained(readings: Sequence[PeepholeWeights], given: Sequence[Array], after: Sequence[Array]) -> Explained | None:
    """What is wrong in a step, at most `MOST_WRONG` things; None where it is no step of a peephole LSTM with so few.

    `given` are x (batch, inputs), h and c (batch, units), `after` the new h and c. A mistake that several gates have is
    one.
    """
    if not readings or not all(np.isfinite(array).all() for array in after):
        return None
    found: list[Explained] = []
    for forms, named, near in _explaining_cell(Stepped.of(readings, given, after, UNITS_TRIED)):
        if found and len(named) >= min(len(each.named) for each in found):
            break
        for at in near[:MOST_READINGS]:
            whole = Stepped.of([readings[at]], given, after, readings[at].units)
            if _close(_cell(forms, whole), whole.new_c).any():
                several = _explaining_hidden(whole, named)
                found += [Explained(at, each) for each in several if len(each) <= MOST_WRONG]
    return min(found, key=lambda each: len(each.named), default=None)


def nearest(
    readings: Sequence[PeepholeWeights], given: Sequence[Array], after: Sequence[Array], most: int
) -> list[int]:
    """The places of the readings under which the right step comes nearest to the new h or c, the nearest first.

    So many at most, judged by the first units: where there are tens of thousands, only these need to be looked at.
    """
    step = Stepped.of(readings, given, after, UNITS_TRIED)
    output = NEW_HIDDEN[RIGHT](GATE[RIGHT](step.gates[OUTPUT]), step.new_c, step.c)
    pairs = (_cell((RIGHT, RIGHT, RIGHT, RIGHT), step), step.new_c), (output, step.new_h)
    off = np.minimum(*(np.abs(ours - theirs).max(axis=(-2, -1)) for ours, theirs in pairs))
    places: list[int] = np.argsort(off, kind="stable")[:most].tolist()
    return places


@cache
def _combinations() -> list[tuple[Forms, frozenset[str]]]:
    """Forms of the forget gate, the input gate, the candidate and the cell with few mistakes, the fewest first."""
    each = [(forms, frozenset(forms) - {RIGHT}) for forms in product(GATE, GATE, NEW_CANDIDATE, NEW_CELL)]
    return sorted((one for one in each if len(one[1]) <= MOST_WRONG), key=lambda one: len(one[1]))


def _cell(forms: Forms, step: Stepped) -> Array:
    """The new cell state."""
    i, f, g, _ = step.gates
    return NEW_CELL[forms[3]](GATE[forms[0]](f), GATE[forms[1]](i), NEW_CANDIDATE[forms[2]](g), step.c, step.h)


def _explaining_cell(step: Stepped) -> Iterator[tuple[Forms, frozenset[str], list[int]]]:
    """The ways to come to the new cell state with few mistakes, what these are, and under which readings each does."""
    i, f, g, _ = step.gates
    forget, into = ({name: form(gate) for name, form in GATE.items()} for gate in (f, i))
    candidate = {name: form(g) for name, form in NEW_CANDIDATE.items()}
    for forms, named in _combinations():
        parts = forget[forms[0]], into[forms[1]], candidate[forms[2]]
        form = NEW_CELL[forms[3]]
        # Of one number first: hardly any other reading comes near to it.
        one = form(*(part[:, 0, 0] for part in parts), step.c[0, 0], step.h[0, 0])
        near: NDArray[np.intp] = np.flatnonzero(np.abs(one - step.new_c[0, 0]) <= TOLERANCE)
        if near.size:
            near = near[np.flatnonzero(_close(form(*(part[near] for part in parts), step.c, step.h), step.new_c))]
        if near.size:
            yield forms, named, near.tolist()


def _explaining_hidden(step: Stepped, named: frozenset[str]) -> Iterator[tuple[str, ...]]:
    """All mistakes in the step, where these are the ones in its cell state."""
    gate = step.gates[OUTPUT]
    for seeing in (gate, replace(gate, seen=gate.before)):
        forms = {name: form(seeing) for name, form in GATE.items()}
        for (name, o), (how, form) in product(forms.items(), NEW_HIDDEN.items()):
            if _close(form(o, step.new_c, step.c), step.new_h).any():
                yield tuple(sorted((named | {name, how}) - {RIGHT}))


def _close(one: Array, other: Array) -> Array:
    """Under which readings they are the same: booleans (readings,)."""
    return np.asarray(np.abs(one - other).max(axis=(-2, -1)) <= TOLERANCE)
