"""How a student stands, ready to be shown: the decisions, and the lines that lead from the points to the grade."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

from pydantic import BaseModel, ConfigDict

from grader.gradebook.course import Course, Rounding
from grader.gradebook.decided import Comment, Override, overridden
from grader.gradebook.earlier_attempt import Earlier, earlier
from grader.gradebook.settling import Mark, rounded
from grader.result.phrases import points
from grader.result.proof import ALTERED

_CENTS = Rounding()


class Line(BaseModel):
    """One line of the reckoning: what it is, and the points, with a sign where they are taken off."""

    model_config = ConfigDict(frozen=True, defer_build=True, extra="forbid")

    label: str
    points: str


class Standing(BaseModel):
    """What people decided about a student, and what the settings of the course make of it."""

    model_config = ConfigDict(frozen=True, defer_build=True, extra="forbid")

    overrides: tuple[Override, ...] = ()
    stale: tuple[Override, ...] = ()
    comments: tuple[Comment, ...] = ()
    lines: tuple[Line, ...] = ()
    total: str | None = None
    out_of: str = ""
    earlier: Earlier | None = None

    @property
    def says_something(self) -> bool:
        """Whether there is anything to be shown to the student of decisions and of the grade in the course."""
        return bool(self.overrides or self.comments or self.lines)


def standing(mark: Mark, course: Course) -> Standing:
    """How a student stands who has this grade.

    Overrides are those for the result that is shown, which is the latest; another attempt may be the one that counts.
    """
    lines = tuple(_lines(mark, course))
    return Standing(
        overrides=mark.shown,
        stale=mark.stale,
        comments=mark.decisions.comments,
        lines=lines,
        total=None if mark.total is None else str(mark.total),
        out_of=str(mark.out_of),
        earlier=_earlier(mark, course),
    )


def _earlier(mark: Mark, course: Course) -> Earlier | None:
    if mark.previous is None:
        return None
    return earlier(mark.previous, mark.decisions.overrides, _counting(mark, course))


def _counting(mark: Mark, course: Course) -> str | None:
    """Which attempt counts, in a sentence, where that is not the one in the folder of results."""
    attempt = mark.attempt
    if attempt is None or attempt.is_here:
        return None
    checks = [check for each in overridden(attempt.questions, mark.overrides) for check in each.checks]
    graded = f"the one with {points(sum(check.earned for check in checks))}"
    about = graded if attempt.status == "graded" else "which has no grade"
    return f"The attempt that counts is {_which(course)}, {about}."


def _which(course: Course) -> str:
    return {"best": "your best", "first": "your first"}.get(course.attempt, "your latest")


def _lines(mark: Mark, course: Course) -> list[Line]:
    attempt = mark.attempt
    if attempt is None or attempt.status != "graded" or (course.is_plain and attempt.is_here):
        return []
    lines = []
    if not attempt.is_here:
        lines.append(Line(label=f"The attempt that counts is {_which(course)}, {attempt.file}", points=""))
    given = sum((question.out_of for question in mark.questions), Fraction(0))
    lines.append(Line(label=f"Points, of {rounded(given, _CENTS)}", points=str(rounded(mark.points, _CENTS))))
    if mark.late is not None and mark.late.percent:
        lost = rounded(mark.late.points, _CENTS)
        percent = rounded(mark.late.percent, _CENTS)
        lines.append(Line(label=f"Handed in {duration(mark.late.by)} late: {percent} % off", points=f"−{lost}"))
    lines.append(Line(label=f"Grade, of {mark.out_of}", points=str(mark.total)))
    return lines


def remarks(mark: Mark) -> list[str]:
    """What the instructor is to know of a student beside the grade: why there is none, and what is not certain."""
    attempt, said = mark.attempt, []
    if attempt is None:
        said.append(mark.row.absent or "no result of it could be read; grade it again")
    elif attempt.status != "graded":
        said.append(f"{attempt.status}: {attempt.reason}")
    if mark.is_altered:
        said.append(ALTERED)
    if mark.left_out:
        said.append("a result that was here before was not as it was graded, and does not count")
    if mark.row.late and attempt is not None and attempt.submitted_at is None:
        said.append("late, nobody knows by how much: nothing is taken off")
    if mark.row.doubtful:
        said.append(mark.row.doubtful)
    if mark.row.others:
        said.append(f"not graded: {', '.join(mark.row.others)}")
    return said


def duration(time: timedelta) -> str:
    """A time in words: 2 days 3 hours, 5 minutes."""
    minutes = max(1, int(time.total_seconds() // 60))
    parts = [(minutes // 1440, "day"), (minutes // 60 % 24, "hour"), (minutes % 60, "minute")]
    said = [f"{count} {unit}{'s' * (count != 1)}" for count, unit in parts if count]
    return " ".join(said[:2])
