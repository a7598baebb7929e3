"""Decisions in the database: entered, taken back, read. None is ever changed or deleted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select, update

from grader.gradebook.book import Gradebook
from grader.gradebook.decided import Comment, Decisions, Extension, Override
from grader.gradebook.judged import judged, mark, marks, submitted
from grader.gradebook.relations import AttemptRow, CommentRow, ExtensionRow, Grade, OverrideRow, Student
from grader.result.file import UnreadableResult, read
from grader.result.model import Result
from grader.result.names import RESULT, BadRequest
from grader.roll.roll import Row

Table = type[OverrideRow] | type[CommentRow] | type[ExtensionRow]


def override(book: Gradebook, row: Row, check: str, points: int, *, why: str, by: str) -> None:
    """Give a check of a student's so many points. Raises `BadRequest` where there is none, or it has not so many."""
    from grader.gradebook.suggest import unknown

    result = _result(book, row)
    known = {each.id: each for question in result.questions for each in question.checks}
    if not known:
        raise BadRequest(f"{row.key} has no grade ({result.reason}), so there is no check to override")
    if check not in known:
        raise BadRequest(unknown("check", check, known))
    if not 0 <= points <= known[check].points:
        raise BadRequest(f"{check} of {row.key}: {points} points; it has 0 to {known[check].points}")
    digest = result.submission.sha256 or ""
    found = judged(result, check, submitted(book.folder / str(row.folder), result.submission.sha256))
    book.enter(
        OverrideRow,
        row.key,
        by=by,
        at=book.now,
        check=check,
        points=points,
        why=why,
        judged=found,
        digest=digest,
    )


def comment(book: Gradebook, row: Row, said: str, *, by: str, question: str | None = None) -> None:
    """Say something to a student. Raises `BadRequest` where the question is none of the result."""
    from grader.gradebook.suggest import unknown

    if question is not None:
        known = [each.id for each in _result(book, row).questions]
        if question not in known:
            raise BadRequest(unknown("question", question, known))
    book.enter(CommentRow, row.key, by=by, at=book.now, question=question, said=said)


def extend(book: Gradebook, row: Row, until: Any, *, why: str, by: str) -> None:
    """Give a student a deadline of their own."""
    book.enter(ExtensionRow, row.key, by=by, at=book.now, until=until, why=why)


def withdraw(book: Gradebook, table: Table, row: Row, *, by: str, check: str | None = None) -> int:
    """Take back what was decided about a student, of one check or in all; how many decisions that were."""
    which = update(table).where(table.student_id == book.student(row.key), table.withdrawn_at.is_(None))
    if check is not None and table is OverrideRow:
        which = which.where(OverrideRow.check == check)
    return book.connection.execute(which.values(withdrawn_at=book.now, withdrawn_by=by)).rowcount


def decisions(book: Gradebook) -> dict[str, Decisions]:
    """What was decided and stands, by the keys of the students about whom something was."""
    overrides = _all(book, OverrideRow, "check", "points", "why", "digest", "judged")
    kept = _judged(book) if overrides else {}
    comments = _all(book, CommentRow, "said", "question")
    extensions = _all(book, ExtensionRow, "until", "why")
    return {
        key: Decisions(
            overrides=tuple(_override(each, kept.get(key, {})) for each in overrides.get(key, ())),
            comments=tuple(Comment(**each) for each in comments.get(key, ())),
            extensions=tuple(Extension(**each) for each in extensions.get(key, ())),
        )
        for key in {**overrides, **comments, **extensions}
    }


def complete(book: Gradebook) -> None:
    """Keep what was judged in the results that lie in the folder, where it matters and a gradebook has it not yet."""
    asked = _graded(select(Grade.id, AttemptRow.digest, Student.row), book)
    for id_, digest, row in book.connection.execute(asked.where(AttemptRow.here, Grade.judged.is_(None))).all():
        student = Row.model_validate_json(row)
        try:
            result = _result(book, student)
        except BadRequest:
            continue
        if (result.submission.sha256 or "") == digest:
            found = marks(result, submitted(book.folder / str(student.folder), digest))
            book.connection.execute(update(Grade).where(Grade.id == id_).values(judged=found))


def _judged(book: Gradebook) -> dict[str, dict[str, dict[str, str]]]:
    """Marks of what was judged in each attempt, by the students about whom something was decided."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    for key, digest, judged_ in book.connection.execute(
        _graded(select(Student.key, AttemptRow.digest, Grade.judged), book)
    ):
        found.setdefault(key, {})[digest] = judged_ or {}
    return found


def _graded(asked: Any, book: Gradebook) -> Any:
    """The same of the current grades of students who have overrides that stand."""
    decided = select(OverrideRow.student_id).where(OverrideRow.withdrawn_at.is_(None))
    joined = asked.join(AttemptRow, AttemptRow.student_id == Student.id).join(Grade, Grade.attempt_id == AttemptRow.id)
    return joined.where(Student.class_id == book.class_id, Student.here, Grade.current, Student.id.in_(decided))


def _override(entered: dict[str, Any], attempts: Mapping[str, Mapping[str, str]]) -> Override:
    """An override as it was entered, with the attempts that have the same there."""
    known = mark(entered.pop("judged"))
    same = frozenset(digest for digest, judged_ in attempts.items() if judged_.get(entered["check"]) == known)
    return Override(**entered, same=same)


def _result(book: Gradebook, row: Row) -> Result:
    if row.folder is None:
        raise BadRequest(f"{row.key} handed in nothing that was graded: {row.absent}")
    try:
        return read(book.folder / row.folder / RESULT)
    except UnreadableResult as error:
        raise BadRequest(str(error)) from error


def _all(book: Gradebook, table: Table, *names: str) -> dict[str, list[dict[str, Any]]]:
    fields: Sequence[str] = (*names, "by", "at")
    asked = (
        select(Student.key, *(getattr(table, name) for name in fields))
        .join(Student, table.student_id == Student.id)
        .where(Student.class_id == book.class_id, table.withdrawn_at.is_(None))
        .order_by(table.id)
    )
    found: dict[str, list[dict[str, Any]]] = {}
    for key, *values in book.connection.execute(asked):
        found.setdefault(key, []).append(dict(zip(fields, values, strict=True)))
    return found
