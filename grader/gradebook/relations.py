"""The tables of the gradebook, as SQLAlchemy maps them; how they came to be is in `migrations/versions/`.

Nothing that a person entered is ever deleted or overwritten: a decision that is taken back keeps its row.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, BigInteger, DateTime, ForeignKey, Index, MetaData, String, Text, UniqueConstraint
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

HEAD = "0005"
"""The newest of the migrations."""


class Moment(TypeDecorator[datetime]):
    """A moment, kept in UTC: SQLite has no time zones, and would give back what nobody knows the zone of."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Into the database. Raises `ValueError` for a time without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """Out of the database."""
        if not isinstance(value, datetime):
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """All tables, with names for their constraints, so that a migration can speak of them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: Moment, str: Text, list[Any]: JSON}


class Class(Base):
    """A class at one assignment: what lies in one folder of results. A server may hold many, a file has one."""

    __tablename__ = "classes"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


class Student(Base):
    """A student, as the roll has them (`grader.roll.roll.Row`); `here` says whether the latest roll still does."""

    __tablename__ = "students"
    __table_args__ = (UniqueConstraint("class_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("classes.id"))
    key: Mapped[str]
    row: Mapped[str]
    place: Mapped[int]
    here: Mapped[bool]


class AttemptRow(Base):
    """A content that a student handed in, by its digest; `here` says whether the folder of results holds it."""

    __tablename__ = "attempts"
    __table_args__ = (UniqueConstraint("student_id", "digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    student_id: Mapped[int] = mapped_column(ForeignKey("students.id"))
    digest: Mapped[str] = mapped_column(String(64))
    file: Mapped[str]
    submitted_at: Mapped[datetime | None]
    seen_at: Mapped[datetime]
    here: Mapped[bool]


class Grade(Base):
    """What the grader found in an attempt: each grade that differs, the current one marked.

    `size` and `modified_ns` are those of the `result.json` it was read from; `questions` are the points of each
    question and check, as `grader.gradebook.earned` reads them. `proven` says whether that file was the grader's own
    when it was read (`grader.result.proof`), or there is no key by which it could be told. `judged` are marks of what
    each check judged (`grader.gradebook.judged`); null where a gradebook did not keep them yet.
    """

    __tablename__ = "grades"
    __table_args__ = (
        UniqueConstraint("attempt_id", "digest"),
        Index("ix_grades_attempt_current", "attempt_id", "current"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"))
    digest: Mapped[str] = mapped_column(String(64))
    current: Mapped[bool]
    graded_at: Mapped[datetime]
    pack: Mapped[str]
    version: Mapped[str]
    title: Mapped[str]
    status: Mapped[str]
    reason: Mapped[str | None]
    score: Mapped[int]
    max_score: Mapped[int]
    questions: Mapped[list[Any]]
    size: Mapped[int] = mapped_column(BigInteger)
    modified_ns: Mapped[int] = mapped_column(BigInteger)
    proven: Mapped[bool]
    judged: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))


class OverrideRow(Base):
    """Points that a person gave a check, bound to what was judged.

    `digest` is that of the attempt at which they looked, `judged` that of what was judged in it.
    """

    __tablename__ = "overrides"

    id: Mapped[int] = mapped_column(primary_key=True)
    student_id: Mapped[int] = mapped_column(ForeignKey("students.id"), index=True)
    check: Mapped[str] = mapped_column("check_id")
    points: Mapped[int]
    why: Mapped[str]
    by: Mapped[str] = mapped_column("decided_by")
    at: Mapped[datetime] = mapped_column("decided_at")
    judged: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[str | None]


class CommentRow(Base):
    """What a person says to a student, of a question or of the whole."""

    __tablename__ = "comments"

    id: Mapped[int] = mapped_column(primary_key=True)
    student_id: Mapped[int] = mapped_column(ForeignKey("students.id"), index=True)
    question: Mapped[str | None]
    said: Mapped[str]
    by: Mapped[str] = mapped_column("decided_by")
    at: Mapped[datetime] = mapped_column("decided_at")
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[str | None]


class ExtensionRow(Base):
    """A deadline of a student's own; the latest one counts."""

    __tablename__ = "extensions"

    id: Mapped[int] = mapped_column(primary_key=True)
    student_id: Mapped[int] = mapped_column(ForeignKey("students.id"), index=True)
    until: Mapped[datetime]
    why: Mapped[str]
    by: Mapped[str] = mapped_column("decided_by")
    at: Mapped[datetime] = mapped_column("decided_at")
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[str | None]


class ReviewRow(Base):
    """That a person looked at a verdict, and agreed or not; decisions that were made at once have the same `act`.

    `subject` is the statement that was decided about, a concept or a misconception, or the check itself; `verdict` and
    `sentence` are what stood there. A disagreement has an override, and what was said to the student a comment.
    """

    __tablename__ = "reviews"

    id: Mapped[int] = mapped_column(primary_key=True)
    student_id: Mapped[int] = mapped_column(ForeignKey("students.id"), index=True)
    act: Mapped[str] = mapped_column(String(32))
    check: Mapped[str] = mapped_column("check_id")
    subject: Mapped[str]
    verdict: Mapped[str]
    agreed: Mapped[bool]
    points: Mapped[int]
    sentence: Mapped[str | None]
    judged: Mapped[str] = mapped_column(String(64))
    override_id: Mapped[int | None]
    comment_id: Mapped[int | None]
    by: Mapped[str] = mapped_column("decided_by")
    at: Mapped[datetime] = mapped_column("decided_at")
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[str | None]


class RequestRow(Base):
    """What a student says against a verdict; `digest` is that of the text, so that it is entered once."""

    __tablename__ = "requests"
    __table_args__ = (UniqueConstraint("student_id", "digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    student_id: Mapped[int] = mapped_column(ForeignKey("students.id"), index=True)
    check: Mapped[str] = mapped_column("check_id")
    said: Mapped[str]
    sender: Mapped[str | None]
    digest: Mapped[str] = mapped_column(String(64))
    by: Mapped[str] = mapped_column("decided_by")
    at: Mapped[datetime] = mapped_column("decided_at")
