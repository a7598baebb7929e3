"""Students as a review shows them: without names until these are asked for, and all verdicts of one."""

from __future__ import annotations

from dataclasses import dataclass

from grader.result.model import QuestionResult
from grader.review.items import Item, short_id
from grader.review.screen import harmless
from grader.review.state import Standing
from grader.roll.roll import Row


@dataclass(frozen=True, slots=True)
class Line:
    """One student in the list."""

    id: str
    label: str
    open: int
    decided: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """One check, how it stands, and who decided that, if anybody did."""

    id: str
    title: str
    earned: int
    points: int
    status: str
    decided: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Page:
    """All verdicts of one student, by question."""

    label: str
    questions: tuple[tuple[QuestionResult, tuple[Verdict, ...]], ...]


def name_of(row: Row, with_names: bool) -> str:
    """What a student is called: by a number that tells nothing, unless names are to be shown."""
    if with_names:
        return harmless(row.person.name or row.key)
    return f"Student {short_id('student', row.key)[:6]}"


def label(item: Item, with_names: bool) -> str:
    """What the student of an item is called."""
    return name_of(item.row, with_names)


def student_id(row: Row) -> str:
    """What a student is called in addresses."""
    return short_id("student", row.key)


def rows_of(now: Standing, with_names: bool) -> list[Line]:
    """All students, those with most that is open first."""
    open_ = [item.row.key for group in now.open for item in group.members]
    decided = [key for key, _ in now.overrides] + [each.about.student for each in now.reviews.values() if each.agreed]
    rows = {item.row.key: item.row for item in now.items.values()}
    lines = [
        Line(student_id(row), name_of(row, with_names), open_.count(key), decided.count(key))
        for key, row in rows.items()
    ]
    return sorted(lines, key=lambda line: (-line.open, line.label))


def page_of(now: Standing, name: str, with_names: bool) -> Page | None:
    """The page of a student; None where there is none of that name."""
    mine = [item for item in now.items.values() if student_id(item.row) == name]
    if not mine:
        return None
    open_ = {item.id for group in now.open for item in group.members}
    questions = {item.question.id: item.question for item in mine}
    by_check: dict[str, list[Item]] = {}
    for item in mine:
        by_check.setdefault(item.check.id, []).append(item)
    shown = tuple(
        (question, tuple(_verdict(now, by_check[check.id], open_) for check in question.checks))
        for question in questions.values()
    )
    return Page(name_of(mine[0].row, with_names), shown)


def _verdict(now: Standing, items: list[Item], open_: set[str]) -> Verdict:
    first = items[0]
    given = now.overrides.get((first.row.key, first.check.id))
    agreed = now.reviews.get(first.id)
    by = f"{given.points} by {given.by}" if given else f"confirmed by {agreed.by}" if agreed else ""
    earned = given.points if given else first.check.earned
    is_open = any(item.id in open_ for item in items)
    title = harmless(first.check.title)
    return Verdict(first.id, title, earned, first.check.points, first.check.status, harmless(by), is_open)
