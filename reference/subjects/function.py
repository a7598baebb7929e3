"""A function of the student's own that computes one step with arrays."""

from __future__ import annotations

from reference.subjects.cell import Cell


class Function(Cell):
    """Asked as a cell is, in the way in which its arrays were read."""

    def require_steps(self) -> None:
        """It was seen when it was called, with the arrays of one step."""
