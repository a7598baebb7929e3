"""A function of the student's own that computes one step with arrays."""

from __future__ import annotations

from grader.pack.verdict import Missed
from reference.recurrent.own_cells import memory
from reference.subjects.cell import Cell


class Function(Cell):
    """Asked as a cell is, in the way in which its arrays were read."""

    def require_steps(self) -> None:
        """It was seen when it was called, with the arrays of one step."""

    @property
    def remembers(self) -> bool:
        """Whether one of its states is a cell state, where its kind has one."""
        if self.kind.states == 1:
            return True
        try:
            return memory(self.layer, self.answer.rng) is not None
        except Missed:
            return False

    @property
    def is_right(self) -> bool:
        """Whether it computes what the reference does, under some reading of its weights."""
        try:
            trial = self.attempt(self.layer)
        except Missed:
            return False
        weights = trial.readings(self.kind, self.layer)
        return any(trial.is_of(family, w) for w in weights for family in self.kind.families)

    @property
    def is_accepted(self) -> bool:
        """The same, or by a convention that is as good."""
        return self.is_proved(self.layer)
