"""A CSV of overrides: a line for each, with the columns student, check, points, why, and by for another's."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.gradebook.book import Gradebook
from grader.gradebook.deciding import override
from grader.gradebook.suggest import student, unknown
from grader.result.names import BadRequest
from grader.roll.roll import Row

NEEDED, KNOWN = ("student", "check", "points", "why"), ("student", "check", "points", "why", "by")


@dataclass(frozen=True, slots=True)
class Given:
    """One line, and where it stands."""

    place: str
    student: str
    check: str
    points: int
    why: str
    by: str | None


def read(path: Path) -> list[Given]:
    """The lines of a file. Raises `BadRequest` that names the line, and says what is not right."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = list(csv.reader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadRequest(f"--from {path}: cannot be read ({_why(error)}); give a CSV file with a header") from error
    header = [name.strip().casefold() for name in (lines[0] if lines else [])]
    for name in header:
        if name not in KNOWN:
            raise BadRequest(f"--from {path}: {unknown('column', name, KNOWN)}")
    for name in NEEDED:
        if name not in header:
            raise BadRequest(f"--from {path}: the column {name} is missing; the first line names the columns")
    rows = [(number, line) for number, line in enumerate(lines[1:], 2) if any(cell.strip() for cell in line)]
    return [_line(f"{path}, line {number}", dict(zip(header, line, strict=False))) for number, line in rows]


def _line(place: str, cells: dict[str, str]) -> Given:
    values = {name: cells.get(name, "").strip() for name in KNOWN}
    for name in NEEDED:
        if not values[name]:
            raise BadRequest(f"{place}: {name} is empty")
    if not (values["points"].isascii() and values["points"].isdecimal() and len(values["points"]) < 7):
        raise BadRequest(f"{place}: {values['points']} is no number of points; they are whole")
    points = int(values["points"])
    return Given(place, values["student"], values["check"], points, values["why"], values["by"] or None)


def enter(book: Gradebook, lines: Sequence[Given], by: str) -> list[Row]:
    """Enter the lines; the students they are about. Raises `BadRequest` that names a line which cannot be entered."""
    rows, found = book.rows(), []
    for given in lines:
        try:
            row = student(rows, given.student)
            override(book, row, given.check, given.points, why=given.why, by=given.by or by)
        except BadRequest as error:
            raise BadRequest(f"{given.place}: {error}") from error
        found.append(row)
    return found


def _why(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
