"""What is said about a student's equations."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Status = Literal["right", "wrong", "missing", "unreadable"]


@dataclass(frozen=True, slots=True)
class StatementVerdict:
    """What became of one role.

    `message` is written to the student; `note` is a remark that costs nothing; `slip` names the mistake, or the accepted
    variant; `student_text` is the equation as it was written, empty if there is none.
    """

    status: Status
    student_text: str
    message: str
    note: str = ""
    slip: str = ""


@dataclass(frozen=True, slots=True)
class SystemVerdict:
    """What became of a system: a verdict for each role, in the order of the system."""

    statements: dict[str, StatementVerdict] = field(default_factory=dict)

    @property
    def right(self) -> int:
        """How many roles have a right statement."""
        return sum(statement.status == "right" for statement in self.statements.values())

    @property
    def share(self) -> float:
        """The part of the roles that have a right statement, from 0.0 to 1.0."""
        return self.right / len(self.statements)
