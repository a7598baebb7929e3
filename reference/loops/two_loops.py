"""Two loops that a student wrote, which read a sequence in opposite directions: see `reference.loops`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np

from grader.answer.answer import Answer
from reference.loops.recurrences import recurrences
from reference.loops.search import Recurrence
from reference.loops.values import Values
from reference.recurrent import cells
from reference.recurrent.cells import Array
from reference.recurrent.kinds import KINDS, Kind
from reference.recurrent.slips import MERGE_MODES


@dataclass(frozen=True, slots=True, eq=False)
class TwoLoops:
    """Two recurrences of one kind that read the same sequence in opposite directions, each with weights of its own."""

    ahead: Recurrence
    back: Recurrence
    values: Values

    @property
    def kind(self) -> Kind:
        """The kind of both."""
        return self.ahead.kind

    @property
    def label(self) -> str:
        """What to call them in a message."""
        return f"two loops of {self.kind.name} with {self.ahead.weights.units} units"

    def joined(self, *, in_step: bool) -> bool:
        """Whether the states of each time step are joined, or those of each step in the order of reading."""
        pairs = permutations((self.ahead, self.back))
        return any(self._is_there(joint) for pair in pairs for joint in _joints(*pair, in_step=in_step))

    def last_joined(self) -> bool:
        """Whether the last states of both are joined: each has read the whole sequence."""
        one, other = self.ahead.states[:, -1], self.back.states[:, -1]
        pairs = ((one, other), (other, one))
        return any(self.values.find(cells.merge(a, b, mode)) for a, b in pairs for mode in MERGE_MODES)

    def _is_there(self, joint: Array) -> bool:
        """Whether a sequence (batch, timesteps, features) was seen, in one array or step by step."""
        return bool(self.values.find(joint)) or all(self.values.find(joint[:, time]) for time in range(joint.shape[1]))


def _joints(one: Recurrence, other: Recurrence, *, in_step: bool) -> Iterator[Array]:
    states = other.states[:, ::-1] if in_step else other.states
    return (cells.merge(one.states, states, mode) for mode in MERGE_MODES)


def two_loops(answer: Answer, kinds: Sequence[Kind] = KINDS) -> TwoLoops | None:
    """Those in an answer's code; None where there are none."""
    for kind in kinds:
        found = recurrences(answer, [kind])
        for one, other in permutations(found, 2):
            if not one.arrays & other.arrays and np.array_equal(one.x, other.x[:, ::-1]):
                return TwoLoops(one, other, one.values)
    return None
