"""Finding recurrent networks in what an answer's code computes, where there is no layer that could be asked.

A loop in NumPy or with `tf.Variable`s, or a cell that is called on one time step after the other: among the arrays that
such code sees when it runs once more are its weights, its data, and the hidden states. They are a recurrence where the
reference, with some of the arrays as weights and some as the sequence, computes hidden states that are all there.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import product

import numpy as np

from grader.answer.answer import Answer
from reference.loops.biases import shown_biases, with_biases
from reference.loops.search import Recurrence, rightly, search
from reference.loops.values import Values, values_of
from reference.recurrent import cells
from reference.recurrent.cells import Array, Weights
from reference.recurrent.kinds import KINDS, Kind
from reference.recurrent.recognise import Slip


def recurrences(answer: Answer, kinds: Sequence[Kind] = KINDS) -> list[Recurrence]:
    """Every recurrence in what the code of an answer computes, each set of weights once for each way of reading."""
    return [item for kind in kinds for item in answer.once(("recurrences", kind.name), partial(_all, answer, kind))]


def first_recurrence(answer: Answer, kinds: Sequence[Kind] = KINDS) -> Recurrence | None:
    """The first that there is."""
    return next((found[0] for kind in kinds if (found := recurrences(answer, [kind]))), None)


def _all(answer: Answer, kind: Kind) -> list[Recurrence]:
    return _acceptable(answer, kind) or search(values_of(answer), kind, _slips(kind, accepted=False))


def _acceptable(answer: Answer, kind: Kind) -> list[Recurrence]:
    """Those that compute what they should, by some convention, but for their biases."""
    return answer.once(("acceptable recurrences", kind.name), lambda: _search_acceptable(answer, kind))


def _search_acceptable(answer: Answer, kind: Kind) -> list[Recurrence]:
    values, ways = values_of(answer), shown_biases(answer)
    right: Sequence[tuple[cells.Layer, Slip | None]] = [(compute, None) for compute in rightly(kind)]
    acceptable: list[Sequence[tuple[cells.Layer, Slip | None]]] = [right, _slips(kind, accepted=True)]
    for computations in acceptable:
        if found := search(values, kind, computations):
            return [_with_biases(item, values, ways) for item in found]
    for shown, computations in product(ways, acceptable):
        if found := search(shown, kind, computations):
            return found
    return []


def _with_biases(loop: Recurrence, plain: Values, ways: Sequence[Values]) -> Recurrence:
    for shown in ways:
        made = with_biases(loop, plain, shown)
        if made is not loop:
            return made
    return loop


def _slips(kind: Kind, *, accepted: bool) -> list[tuple[cells.Layer, Slip]]:
    """The functions from weights and a sequence to all states, with something done otherwise than it should be."""
    found = [slip for family in kind.families for slip in family.over_time() if slip.accepted is accepted]
    return [(partial(_states, slip), slip) for slip in found]


def _states(slip: Slip, w: Weights, x: Array) -> Array:
    return np.asarray(slip.compute(w, x))


def acceptably(kind: Kind) -> list[cells.Layer]:
    """The functions from weights and a sequence to all states, as they should be, by some convention."""
    return [*rightly(kind), *(compute for compute, _ in _slips(kind, accepted=True))]


def forgets(answer: Answer, kind: Kind, step: cells.Step) -> bool:
    """Whether a loop computes this step of a kind for each time step, but gives it zeros for a state of the last one.

    What remembers, in some loop of the answer, does not forget.
    """
    kept = [choice for choice in product((False, True), repeat=kind.states) if not all(choice)]
    computations = [(partial(_forgetting, step, choice), None) for choice in kept]
    found = search(values_of(answer), kind, computations, also_whole=False)
    return bool(found) and not _acceptable(answer, kind)


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
