"""The points of a submission as the gradebook keeps them: a question and its checks, without their words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from grader.result.model import Result


class CheckPoints(NamedTuple):
    """What one check gave."""

    id: str
    kind: str
    points: int
    earned: int
    status: str


class QuestionPoints(NamedTuple):
    """One question, and what its checks gave."""

    id: str
    number: int
    title: str
    status: str
    checks: tuple[CheckPoints, ...]


@dataclass(frozen=True, slots=True)
class Attempt:
    """One content that a student handed in, and its latest grade.

    `digest` is the SHA-256 of the file, or empty where it could not be read. `submitted_at` is known where the LMS or
    the archive told; `seen_at` is when a gradebook first saw it. `is_here` says that the folder of results holds it,
    and `is_proven` that nothing speaks against its grade being as the grader wrote it.
    """

    digest: str
    file: str
    submitted_at: datetime | None
    seen_at: datetime
    status: str
    reason: str | None
    score: int
    max_score: int
    questions: tuple[QuestionPoints, ...]
    is_here: bool
    is_proven: bool = True

    @property
    def order(self) -> datetime:
        """By which attempts are earlier or later."""
        return self.submitted_at or self.seen_at


def points_of(result: Result) -> tuple[QuestionPoints, ...]:
    """The points in a result."""
    return tuple(
        QuestionPoints(
            question.id,
            question.number,
            question.title,
            question.status,
            tuple(
                CheckPoints(check.id, check.kind, check.points, check.earned, check.status) for check in question.checks
            ),
        )
        for question in result.questions
    )


def from_stored(stored: list[Any]) -> tuple[QuestionPoints, ...]:
    """The points as they come back from the database, where JSON made lists of them."""
    return tuple(
        QuestionPoints(id_, number, title, status, tuple(map(CheckPoints._make, checks)))
        for id_, number, title, status, checks in stored
    )
