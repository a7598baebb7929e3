"""The gradebook of one class as an object: what is read from it. All of its SQL is here and in the files beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, ScalarSelect, and_, insert, select

from grader.gradebook.earned import Attempt, from_stored
from grader.gradebook.relations import AttemptRow, Grade, Student
from grader.roll.roll import Row


@dataclass(slots=True)
class Gradebook:
    """The gradebook of one class, open."""

    connection: Connection
    class_id: int
    folder: Path
    now: datetime
    lms: str | None
    """Whose naming scheme the files followed."""
    refused: list[str]
    """The results that were not taken up, each with its reason."""

    def rows(self) -> list[Row]:
        """The students of the latest roll, in its order."""
        asked = select(Student.row).where(Student.class_id == self.class_id, Student.here).order_by(Student.place)
        return [Row.model_validate_json(row) for row in self.connection.scalars(asked)]

    def student(self, key: str) -> ScalarSelect[int]:
        """The number of a student in the database, as a part of other statements."""
        return select(Student.id).where(Student.class_id == self.class_id, Student.key == key).scalar_subquery()

    def enter(self, table: Any, key: str, **values: Any) -> None:
        """Add a row about a student. Values go by the names of attributes, which are not those of all columns."""
        entered = {getattr(table, name): storable(value) for name, value in values.items()}
        self.connection.execute(insert(table).values({**entered, table.student_id: self.student(key)}))

    def title(self) -> str:
        """What the assignment is called in the latest grade; empty where there is none."""
        asked = select(Grade.title).join(AttemptRow, Grade.attempt_id == AttemptRow.id).join(Student)
        latest = asked.where(Student.class_id == self.class_id).order_by(Grade.graded_at.desc()).limit(1)
        return self.connection.scalar(latest) or ""

    def attempts(self, key: str | None = None) -> dict[str, list[Attempt]]:
        """What each student handed in, the earliest first, with its current grade; of one student, or of all."""
        asked = (
            select(Student.key, AttemptRow.digest, AttemptRow.file, AttemptRow.submitted_at, AttemptRow.seen_at)
            .add_columns(
                Grade.status, Grade.reason, Grade.score, Grade.max_score, Grade.questions, AttemptRow.here, Grade.proven
            )
            .join(AttemptRow, AttemptRow.student_id == Student.id)
            .join(Grade, and_(Grade.attempt_id == AttemptRow.id, Grade.current))
            .where(Student.class_id == self.class_id, Student.here)
        )
        found: dict[str, list[Attempt]] = {}
        for (
            owner,
            digest,
            file,
            submitted,
            seen,
            status,
            reason,
            score,
            most,
            questions,
            here,
            proven,
        ) in self.connection.execute(asked if key is None else asked.where(Student.key == key)):
            fields = (digest, file, submitted, seen, status, reason, score, most)
            found.setdefault(owner, []).append(Attempt(*fields, from_stored(questions), here, proven))
        for attempts in found.values():
            attempts.sort(key=lambda attempt: attempt.order)
        return found


def storable(value: Any) -> Any:
    """A value as every database keeps it: PostgreSQL keeps no text with a null character."""
    return value.replace("\0", "�") if isinstance(value, str) else value
