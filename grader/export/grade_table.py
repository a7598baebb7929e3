"""A class as a table: a line for each student, columns for the grade, each question, and what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from grader.export.inert_cells import Cell
from grader.gradebook.course import Rounding
from grader.gradebook.how_it_stands import duration, remarks
from grader.gradebook.settling import Mark, QuestionMark, rounded
from grader.text import neutral

WHO = ("student", "name", "id", "login", "email", "lms_id", "github", "section")
HOW = ("status", "submitted", "attempt", "grade", "out of", "points", "late by", "penalty")
WHY = ("decided by the instructor", "stale", "remark")
MOST_SAID = 600
"""Characters of a remark; what a grader that failed says may be long, and have many lines."""
_CENTS = Rounding()


def header(marks: Sequence[Mark]) -> list[str]:
    """The names of the columns; each question has two, for its points and for how its answer stands."""
    questions = [name for each in _questions(marks) for name in (f"{each.id} {each.title}", f"{each.id} status")]
    return [*WHO, *HOW, *questions, *WHY]


def lines(marks: Sequence[Mark]) -> list[list[Cell]]:
    """A line for each student, in the order of the class."""
    ids = [each.id for each in _questions(marks)]
    return [[*_who(mark), *_how(mark), *_by_question(mark, ids), *_why(mark)] for mark in marks]


def decisions(marks: Sequence[Mark]) -> list[list[Cell]]:
    """All that was decided and stands, under a header."""
    made: list[list[Cell]] = [["student", "what", "of", "points", "why", "whose", "when"]]
    for mark in marks:
        gone = {id(each) for each in mark.stale}
        for each in mark.decisions.overrides:
            what = "stale override" if id(each) in gone else "override"
            made.append([mark.row.key, what, each.check, each.points, each.why, each.by, each.at.isoformat()])
        for said in mark.decisions.comments:
            made.append([mark.row.key, "comment", said.question, None, said.said, said.by, said.at.isoformat()])
        for more in mark.decisions.extensions:
            until = more.until.isoformat()
            made.append([mark.row.key, "extension", until, None, more.why, more.by, more.at.isoformat()])
    return made


def _questions(marks: Sequence[Mark]) -> Sequence[QuestionMark]:
    return max((mark.questions for mark in marks), key=len, default=())


def _who(mark: Mark) -> list[Cell]:
    who = mark.row.person
    return [mark.row.key, who.name, who.id, who.login, who.email, who.lms_id, who.github, who.section]


def _how(mark: Mark) -> list[Cell]:
    attempt, late = mark.attempt, mark.late
    at = None if attempt is None or attempt.submitted_at is None else attempt.submitted_at.isoformat()
    return [
        mark.status,
        at,
        None if attempt is None else attempt.file,
        mark.total,
        mark.out_of,
        cents(mark.points) if mark.status == "graded" else None,
        None if late is None else duration(late.by),
        None if late is None else cents(late.points),
    ]


def _by_question(mark: Mark, ids: Sequence[str]) -> list[Cell]:
    mine = {each.id: each for each in mark.questions}
    cells: list[Cell] = []
    for id_ in ids:
        each = mine.get(id_)
        cells += [None, None] if each is None else [cents(each.points), each.status]
    return cells


def _why(mark: Mark) -> list[Cell]:
    return [
        " ".join(mark.overrides),
        " ".join(each.check for each in mark.stale),
        neutral("; ".join(remarks(mark)), MOST_SAID),
    ]


def cents(value: Fraction) -> Cell:
    """Points as they are written in a table: to a hundredth."""
    return value.numerator if value.denominator == 1 else Decimal(rounded(value, _CENTS))
