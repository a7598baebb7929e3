"""Decisions of a review in the database: for many students at once, taken back as they were made, and read."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select, update

from grader.gradebook.book import Gradebook
from grader.gradebook.deciding import comment, override
from grader.gradebook.relations import CommentRow, OverrideRow, RequestRow, ReviewRow, Student
from grader.roll.roll import Row


@dataclass(frozen=True, slots=True)
class Subject:
    """What is decided about one student: a statement on which a check rests, or the check itself.

    `judged` is the digest of what was judged, so that the same words in a new submission need not be looked at again.
    """

    student: str
    check: str
    subject: str
    verdict: str
    sentence: str | None
    judged: str
    earned: int

    @property
    def key(self) -> tuple[str, str, str, str, str]:
        """By what a decision about it is known again: of another verdict it says nothing."""
        return self.student, self.check, self.subject, self.judged, self.verdict


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a person decided: points where they disagree, and what the student reads."""

    by: str
    points: int | None = None
    said: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """A decision that stands; `number` grows with time."""

    number: int
    about: Subject
    act: str
    agreed: bool
    points: int
    by: str
    at: datetime
    said: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """What a student says against a verdict."""

    number: int
    student: str
    check: str
    said: str
    sender: str | None
    at: datetime


def review(book: Gradebook, rows: Sequence[tuple[Row, Subject]], ruling: Ruling) -> str:
    """Enter one decision for all of these; its name. Raises `BadRequest` where points do not fit."""
    act = secrets.token_hex(16)
    for row, about in rows:
        agreed = ruling.points is None or ruling.points == about.earned
        given = said = None
        if ruling.points is not None and not agreed:
            override(book, row, about.check, ruling.points, why=ruling.why, by=ruling.by)
            given = _latest(book, OverrideRow)
        elif ruling.said:
            comment(book, row, ruling.said, by=ruling.by, question=about.check.partition(".")[0])
            said = _latest(book, CommentRow)
        book.enter(
            ReviewRow,
            row.key,
            act=act,
            check=about.check,
            subject=about.subject,
            verdict=about.verdict,
            agreed=agreed,
            points=about.earned if ruling.points is None else ruling.points,
            sentence=about.sentence,
            judged=about.judged,
            override_id=given,
            comment_id=said,
            by=ruling.by,
            at=book.now,
        )
    return act


def undo(book: Gradebook, act: str, *, by: str) -> list[str]:
    """Take back one decision with all that came of it; the students it was about. What stood before stands again."""
    asked = (
        select(ReviewRow.id, ReviewRow.override_id, ReviewRow.comment_id, Student.key)
        .join(Student, ReviewRow.student_id == Student.id)
        .where(Student.class_id == book.class_id, ReviewRow.act == act, ReviewRow.withdrawn_at.is_(None))
    )
    found = book.connection.execute(asked).all()
    back = {"withdrawn_at": book.now, "withdrawn_by": by}
    for number, given, said, _ in found:
        book.connection.execute(update(ReviewRow).where(ReviewRow.id == number).values(**back))
        book.connection.execute(update(OverrideRow).where(OverrideRow.id == given).values(**back))
        book.connection.execute(update(CommentRow).where(CommentRow.id == said).values(**back))
    return [key for *_, key in found]


def reviews(book: Gradebook) -> list[Review]:
    """What was decided and stands, the earliest first."""
    columns = ("id", "act", "check", "subject", "verdict", "agreed", "points", "sentence", "judged", "by", "at")
    asked = (
        select(Student.key, OverrideRow.why, CommentRow.said, *(getattr(ReviewRow, name) for name in columns))
        .join(Student, ReviewRow.student_id == Student.id)
        .outerjoin(OverrideRow, OverrideRow.id == ReviewRow.override_id)
        .outerjoin(CommentRow, CommentRow.id == ReviewRow.comment_id)
        .where(Student.class_id == book.class_id, ReviewRow.withdrawn_at.is_(None))
        .order_by(ReviewRow.id)
    )
    made = []
    for key, why, said, number, act, check, subject, verdict, agreed, points, sentence, judged, by, at in (
        book.connection.execute(asked)
    ):  # fmt: skip
        about = Subject(key, check, subject, verdict, sentence, judged, points)
        made.append(Review(number, about, act, agreed, points, by, at, why or said or ""))
    return made


def latest(book: Gradebook) -> tuple[int, int]:
    """By which reviews and overrides are told from later ones: the numbers of the last of each."""
    return _latest(book, ReviewRow), _latest(book, OverrideRow)


def overridden_since(book: Gradebook, number: int) -> list[tuple[str, str, int, str]]:
    """Overrides that stand and were entered after one: whose, of which check, how many points, and by whom."""
    asked = (
        select(Student.key, OverrideRow.check, OverrideRow.points, OverrideRow.by)
        .join(Student, OverrideRow.student_id == Student.id)
        .where(Student.class_id == book.class_id, OverrideRow.id > number, OverrideRow.withdrawn_at.is_(None))
    )
    return [(key, check, points, by) for key, check, points, by in book.connection.execute(asked)]


def request(book: Gradebook, row: Row, check: str, said: str, *, sender: str | None, digest: str, by: str) -> bool:
    """Enter what a student says against a verdict; whether it is new."""
    mine = and_(Student.class_id == book.class_id, Student.key == row.key)
    asked = select(RequestRow.id).join(Student, RequestRow.student_id == Student.id).where(mine)
    if book.connection.scalar(asked.where(RequestRow.digest == digest)) is not None:
        return False
    book.enter(RequestRow, row.key, check=check, said=said, sender=sender, digest=digest, by=by, at=book.now)
    return True


def requests(book: Gradebook, students: Collection[str] | None = None) -> list[Request]:
    """What students say against verdicts, the earliest first; those that were decided are among them."""
    columns = ("id", "check", "said", "sender", "at")
    asked = (
        select(Student.key, *(getattr(RequestRow, name) for name in columns))
        .join(Student, RequestRow.student_id == Student.id)
        .where(Student.class_id == book.class_id, Student.here)
        .order_by(RequestRow.id)
    )
    made = [
        Request(number, key, check, said, sender, at)
        for key, number, check, said, sender, at in book.connection.execute(asked)
    ]
    return [each for each in made if students is None or each.student in students]


def _latest(book: Gradebook, table: type[ReviewRow] | type[OverrideRow] | type[CommentRow]) -> int:
    return book.connection.scalar(select(func.max(table.id))) or 0
