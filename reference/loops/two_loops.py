"""Two loops that a student wrote, which read a sequence in opposite directions: see `reference.recurrences`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np

from grader.answer.answer import Answer
from grader.pack.verdict import Outcome, failed, passed
from reference.checks.judging import KINDS, Kind
from reference.loops.recurrences import recurrences
from reference.loops.search import Recurrence
from reference.loops.values import Values
from reference.recurrent import cells
from reference.recurrent.cells import Array
from reference.recurrent.slips import MERGE_MODES

SIDE_BY_SIDE = "both states of each time step, side by side"


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

    def weights_of_both(self) -> Outcome:
        """Each direction has weights of its own: what was found rests on two sets of arrays."""
        shapes = f"{self.ahead.weights.kernel.shape} and {self.ahead.weights.recurrent_kernel.shape}"
        return passed(
            f"Two loops read the sequence in opposite directions, each with weights of its own: the states of "
            f"{self.kind.name} were found for both.",
            expected="two sets of weights",
            observed=f"two kernels and recurrent kernels of shapes {shapes}",
        )

    def sees_the_future(self) -> Outcome:
        """What is given for the first time step comes from both loops."""
        if self._joined(in_step=True) or self._joined(in_step=False) or self._last_joined():
            return passed("The output of the first time step depends on the last input: it sees the future.")
        return self._apart()

    def in_step(self) -> Outcome:
        """The states of both loops for the same time step are joined."""
        # Whether the directions have a bias is free.
        wrong = (one.slip for one in (self.ahead, self.back) if one.slip and one.slip.id != "no_bias")
        slip = next((slip for slip in wrong if not slip.accepted), None)
        if slip is not None:
            return failed(
                f"The steps of your {self.label} are not those of {self.kind.name}. {slip.message}",
                expected="the hidden states of the reference",
                observed="others",
            )
        if self._joined(in_step=True) or (self._last_joined() and not self._joined(in_step=False)):
            return passed("The states of both loops are joined in step.", expected=SIDE_BY_SIDE, observed="joined")
        if not self._joined(in_step=False):
            return self._apart()
        return failed(
            "The states of both loops are joined in the order in which each of them reads: the first state of the one "
            "that reads backwards belongs to the last time step. Turn its states round before you join them.",
            expected=SIDE_BY_SIDE,
            observed="joined out of step",
        )

    def _apart(self) -> Outcome:
        return failed(
            "Two loops read in opposite directions, but their states are never joined.",
            expected=SIDE_BY_SIDE,
            observed="two outputs apart",
        )

    def _joined(self, *, in_step: bool) -> bool:
        """Whether the states of each time step are joined, or those of each step in the order of reading."""
        pairs = permutations((self.ahead, self.back))
        return any(self._is_there(joint) for pair in pairs for joint in _joints(*pair, in_step=in_step))

    def _last_joined(self) -> bool:
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
