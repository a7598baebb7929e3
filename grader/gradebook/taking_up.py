"""Taking up into the gradebook what lies in a folder of results; what was taken up before costs a look at its file."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import and_, insert, select, update

from grader.files.links import is_link
from grader.files.whole import digest as digest_of
from grader.gradebook.book import Gradebook, storable
from grader.gradebook.earned import points_of
from grader.gradebook.judged import marks, submitted
from grader.gradebook.relations import AttemptRow, Grade, Student
from grader.result.file import UnreadableResult, content_of, parsed
from grader.result.model import Result
from grader.result.names import RESULT
from grader.result.proof import is_altered
from grader.roll.roll import Roll, Row

MOST_AT_ONCE = 500


def take_up(book: Gradebook, roll: Roll) -> None:
    """Have the gradebook hold the students of a roll, and what the grader found in their folders."""
    ids = _students(book, roll)
    known = _known(book)
    for row in roll.rows:
        mine = known.get(ids[row.key], [])
        if row.folder is None:
            _leave_here(book, mine, None)
        elif not is_link(book.folder / row.folder):
            _take_up_result(book, ids[row.key], row, mine)


def _students(book: Gradebook, roll: Roll) -> dict[str, int]:
    """The students of a roll, made or changed where they are not as it has them; those whom it lacks are kept apart."""
    asked = select(Student.key, Student.id, Student.row, Student.place, Student.here)
    before = {key: rest for key, *rest in book.connection.execute(asked.where(Student.class_id == book.class_id))}
    new: list[dict[str, Any]] = []
    for place, row in enumerate(roll.rows):
        now: dict[str, Any] = {"row": row.model_dump_json(exclude_defaults=True), "place": place, "here": True}
        if row.key not in before:
            new.append({"class_id": book.class_id, "key": row.key, **now})
        elif before[row.key][1:] != list(now.values()):
            book.connection.execute(update(Student).where(Student.id == before[row.key][0]).values(**now))
    for start in range(0, len(new), MOST_AT_ONCE):
        book.connection.execute(insert(Student), new[start : start + MOST_AT_ONCE])
    there = {row.key for row in roll.rows}
    for student in [rest[0] for key, rest in before.items() if rest[3] and key not in there]:
        book.connection.execute(update(Student).where(Student.id == student).values(here=False))
    ids = select(Student.key, Student.id).where(Student.class_id == book.class_id)
    return {key: id_ for key, id_ in book.connection.execute(ids)}  # noqa: C416 -- a row is no pair to mypy


@dataclass(frozen=True, slots=True)
class _Known:
    """An attempt that is there already, with its current grade."""

    id: int
    digest: str
    here: bool
    submitted_at: datetime | None
    size: int
    modified_ns: int
    grade: str


def _known(book: Gradebook) -> dict[int, list[_Known]]:
    asked = (
        select(AttemptRow.student_id, AttemptRow.id, AttemptRow.digest, AttemptRow.here, AttemptRow.submitted_at)
        .add_columns(Grade.size, Grade.modified_ns, Grade.digest)
        .join(Student, AttemptRow.student_id == Student.id)
        .join(Grade, and_(Grade.attempt_id == AttemptRow.id, Grade.current))
        .where(Student.class_id == book.class_id)
    )
    found: dict[int, list[_Known]] = {}
    for student, *rest in book.connection.execute(asked):
        found.setdefault(student, []).append(_Known(*rest))
    return found


def _take_up_result(book: Gradebook, student: int, row: Row, known: list[_Known]) -> None:
    path = book.folder / str(row.folder) / RESULT
    try:
        status = path.lstat()
    except OSError:
        return
    current = next((item for item in known if item.here), None)
    if current is not None and (current.size, current.modified_ns) == (status.st_size, status.st_mtime_ns):
        _tell_time(book, current, row)
        return
    try:
        content = content_of(path)
        result = parsed(path, content)
    except UnreadableResult as error:
        book.refused.append(str(error))
        return
    digest = result.submission.sha256 or ""
    _leave_here(book, known, digest)
    same = next((item for item in known if item.digest == digest), None)
    attempt = _attempt(book, student, row, result) if same is None else same.id
    if same is not None:
        book.connection.execute(update(AttemptRow).where(AttemptRow.id == same.id).values(here=True))
        _tell_time(book, same, row)
    proven = not is_altered(path.parent, {RESULT: digest_of(content)})
    judged = marks(result, submitted(path.parent, digest))
    _grade(book, attempt, result, status, {"proven": proven, "judged": judged})


def _leave_here(book: Gradebook, known: list[_Known], digest: str | None) -> None:
    """Have no attempt be in the folder of results but the one with this digest."""
    for item in known:
        if item.here and item.digest != digest:
            book.connection.execute(update(AttemptRow).where(AttemptRow.id == item.id).values(here=False))


def _tell_time(book: Gradebook, attempt: _Known, row: Row) -> None:
    """When the content was handed in, if that is known now: of several times the first."""
    told = row.submitted_at
    if told is not None and (attempt.submitted_at is None or told < attempt.submitted_at):
        book.connection.execute(update(AttemptRow).where(AttemptRow.id == attempt.id).values(submitted_at=told))


def _attempt(book: Gradebook, student: int, row: Row, result: Result) -> int:
    values = {
        "student_id": student,
        "digest": result.submission.sha256 or "",
        "file": storable(row.file or result.submission.file),
        "submitted_at": row.submitted_at,
        "seen_at": book.now,
        "here": True,
    }
    return int(book.connection.execute(insert(AttemptRow).values(values).returning(AttemptRow.id)).scalar_one())


def _grade(book: Gradebook, attempt: int, result: Result, status: os.stat_result, told: dict[str, Any]) -> None:
    """Keep a grade, and have it be the current one; one that was there before is that again. `told` is of its files."""
    same = result.model_dump_json(by_alias=True, exclude={"duration_s"})
    digest = hashlib.sha256(same.encode()).hexdigest()
    seen = {"size": status.st_size, "modified_ns": status.st_mtime_ns, "current": True, **told}
    book.connection.execute(update(Grade).where(Grade.attempt_id == attempt, Grade.current).values(current=False))
    mine = and_(Grade.attempt_id == attempt, Grade.digest == digest)
    if book.connection.execute(update(Grade).where(mine).values(seen)).rowcount:
        return
    found = {
        "attempt_id": attempt,
        "digest": digest,
        "graded_at": datetime.fromtimestamp(status.st_mtime, UTC),
        "pack": storable(result.assignment.id),
        "version": storable(result.assignment.version),
        "title": storable(result.assignment.title),
        "status": result.status,
        "reason": None if result.reason is None else storable(result.reason),
        "score": result.score,
        "max_score": result.max_score,
        "questions": json.loads(json.dumps(points_of(result))),
    }
    book.connection.execute(insert(Grade).values(found | seen))
