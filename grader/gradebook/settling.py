"""From what the grader found and people decided to the grade of each student: a pure function of rows, attempts,
decisions and settings.

Every number is exact (`Fraction`) until it is rounded, once, at the end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from grader.gradebook.course import Course, Rounding
from grader.gradebook.decided import NONE, Decisions, Override, in_force, overridden, stale
from grader.gradebook.earlier_attempt import previous
from grader.gradebook.earned import Attempt, QuestionPoints
from grader.gradebook.suggest import names
from grader.gradebook.worth import Worth
from grader.roll.roll import Row

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class QuestionMark:
    """What one question gives, in the points of the course."""

    id: str
    number: int
    title: str
    points: Fraction
    out_of: Fraction
    status: str


@dataclass(frozen=True, slots=True)
class Late:
    """How long after the deadline an attempt was, and what that costs: per cent of its points, and points.

    Within the grace nothing is late; after it all of the time since the deadline is.
    """

    by: timedelta
    percent: Fraction
    points: Fraction


@dataclass(frozen=True, slots=True)
class Mark:
    """The grade of one student, and how it came about.

    `total` is None where there is no grade, `points` are those before the penalty. `overrides` are in them: those of
    the attempt that counts. `shown` are those of the latest attempt, whose result lies in the folder, and `stale` those
    that are not, since it has something else there; `previous` is the attempt with a grade before it.
    """

    row: Row
    attempt: Attempt | None
    questions: tuple[QuestionMark, ...]
    points: Fraction
    late: Late | None
    total: Decimal | None
    out_of: Decimal
    decisions: Decisions
    overrides: Mapping[str, Override]
    shown: tuple[Override, ...] = ()
    stale: tuple[Override, ...] = ()
    previous: Attempt | None = None
    left_out: bool = False
    """Whether another would count that was not as the grader wrote it, and has given way to one that is."""

    @property
    def is_altered(self) -> bool:
        """Whether the grade was read from a file that is not as the grader wrote it, as far as that can be told."""
        return self.attempt is not None and not self.attempt.is_proven

    @property
    def status(self) -> str:
        """How it stands: graded, missing, unread (there is a folder, and no result that was read), or why not."""
        if self.attempt is None:
            return "missing" if self.row.folder is None else "unread"
        return self.attempt.status


def settle(
    rows: Sequence[Row],
    attempts: Mapping[str, Sequence[Attempt]],
    decided: Mapping[str, Decisions],
    course: Course,
) -> list[Mark]:
    """The grades of a class, in the order of its rows."""
    shape = _shape(attempts)
    unscaled = Worth(course)
    whole = sum((unscaled.of(question)[1] for question in shape), Fraction(0))
    if not shape:  # nothing was graded, and all that is known is of how much it would have been
        whole = Fraction(max((each.max_score for mine in attempts.values() for each in mine), default=0))
    scale = Fraction(course.total) / whole if course.total and whole else Fraction(1)
    worth, out_of = Worth(course, scale), rounded(whole * scale, course.rounding)
    marks = []
    for row in rows:
        decisions = decided.get(row.key, NONE)
        due = _due(row, decisions, course)
        mine = attempts.get(row.key, ())
        candidates = [_mark(row, each, decisions, course, worth, out_of, due) for each in mine]
        counting = _counting(_trusted(candidates), course)
        mark = counting or _absent(row, decisions, course, out_of)
        mark = replace(mark, left_out=counting is not _counting(candidates, course))
        mark = _with_overrides(mark, mine) if decisions.overrides else mark
        before = previous(mine)
        marks.append(mark if before is None else replace(mark, previous=before))
    return marks


def _trusted(marks: Sequence[Mark]) -> Sequence[Mark]:
    """Those of all attempts, without what was not as the grader wrote it and has given way to something else."""
    return [mark for mark in marks if not mark.is_altered or (mark.attempt and mark.attempt.is_here)] or marks


def _with_overrides(mark: Mark, attempts: Sequence[Attempt]) -> Mark:
    """The mark with what was decided about the attempt that lies in the folder."""
    latest = next((each for each in attempts if each.is_here), None)
    overrides = mark.decisions.overrides
    shown = () if latest is None else tuple(in_force(overrides, latest).values())
    return replace(mark, shown=shown, stale=tuple(stale(overrides, latest)))


def _shape(attempts: Mapping[str, Sequence[Attempt]]) -> Sequence[QuestionPoints]:
    """The questions of the assignment, as the longest of the results has them."""
    return max((each.questions for mine in attempts.values() for each in mine), key=len, default=())


def _counting(marks: Sequence[Mark], course: Course) -> Mark | None:
    """That of the attempt that counts; the best is one that has a grade, if any has."""
    if not marks:
        return None
    match course.attempt:
        case "best":
            return max(reversed(marks), key=lambda mark: Decimal(-1) if mark.total is None else mark.total)
        case "first":
            return marks[0]
        case _:
            return marks[-1]


def _mark(
    row: Row,
    attempt: Attempt,
    decisions: Decisions,
    course: Course,
    worth: Worth,
    out_of: Decimal,
    due: datetime | None,
) -> Mark:
    counts = in_force(decisions.overrides, attempt) if decisions.overrides else {}
    questions = tuple(
        QuestionMark(each.id, each.number, each.title, *worth.of(each), each.status)
        for each in overridden(attempt.questions, counts)
    )
    points = sum((each.points for each in questions), Fraction(0))
    graded = attempt.status == "graded"
    late = _late(attempt, points, course, due) if graded else None
    total = rounded(points - (late.points if late else 0), course.rounding) if graded else None
    return Mark(row, attempt, questions, points, late, total, out_of, decisions, counts)


def _absent(row: Row, decisions: Decisions, course: Course, out_of: Decimal) -> Mark:
    nothing = row.folder is None and course.missing == "zero"
    total = rounded(Fraction(0), course.rounding) if nothing else None
    return Mark(row, None, (), Fraction(0), None, total, out_of, decisions, {})


def _due(row: Row, decisions: Decisions, course: Course) -> datetime | None:
    """Until when a student may hand in: of all that was allowed the latest."""
    called = {name.casefold() for name in names(row)} if course.extensions else set()
    given = [course.moment(time) for name, time in course.extensions.items() if name.casefold() in called]
    given += [each.until for each in decisions.extensions[-1:]]
    times = [*([] if course.deadline is None else [course.moment(course.deadline)]), *given]
    return max(times, default=None)


def _late(attempt: Attempt, points: Fraction, course: Course, due: datetime | None) -> Late | None:
    """How late it was; None in time, and where nobody knows when it was handed in."""
    if due is None or attempt.submitted_at is None or attempt.submitted_at <= due + course.grace:
        return None
    by = attempt.submitted_at - due
    percent = Fraction(0)
    if course.penalty is not None:
        begun = -(-by // (HOUR if course.penalty.per == "hour" else DAY))
        percent = min(Fraction(course.penalty.percent) * begun, Fraction(course.penalty.most))
    return Late(by, percent, points * percent / 100)


def rounded(value: Fraction, rounding: Rounding) -> Decimal:
    """A number of points as it is written, rounded to a step of the course; without zeros at its end."""
    steps = value / Fraction(rounding.step)
    match rounding.way:
        case "up":
            whole = ceil(steps)
        case "down":
            whole = floor(steps)
        case "half-even":
            whole = round(steps)
        case _:
            whole = floor(steps + Fraction(1, 2))
    return plain(whole * rounding.step)


def plain(value: Decimal) -> Decimal:
    """The same number without zeros behind the point, and never as a power of ten."""
    found = value.normalize()
    return found.quantize(Decimal(1)) if found == found.to_integral_value() else found
