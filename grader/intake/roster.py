"""The roster: who is in the class."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from grader.intake.roster_columns import OURS, Column, columns_of
from grader.intake.table_text import rows_of
from grader.result.names import BadRequest
from grader.roll.roll import Person

OPTION = "--roster"
TEACHERS = frozenset({"instructor", "teacher", "ta", "tas", "teaching assistant", "reader", "observer", "designer"})
NOT_STUDENTS = frozenset({"points possible", "student, test", "test student", "manual posting"})
"""Rows that Canvas puts among the students."""

PARTICIPANT = "participant "
WHO: tuple[Column, ...] = ("name", "last", "id", "login", "email", "lms_id", "github", "identifier")


def read_roster(path: Path) -> list[Person]:
    """The students of a class, in the order of the file, each once.

    Raises `BadRequest` where it cannot be read, no column is known, or two students have one number.
    """
    rows = rows_of(path, OPTION)
    columns = columns_of(rows[0]) if rows else {}
    if not set(columns.values()) & set(WHO):
        raise BadRequest(
            f"{OPTION} {path}: no column of its first row is known; it needs one or more of {', '.join(OURS)}, or is "
            "what Canvas, Moodle, Brightspace, Blackboard, Gradescope or GitHub Classroom export"
        )
    people = list(_people(rows[1:], columns))
    if not people:
        raise BadRequest(f"{OPTION} {path}: there is no student below the header")
    _require_one_each(people, path)
    return people


def _people(rows: list[list[str]], columns: Mapping[int, Column]) -> Iterator[Person]:
    seen = set[Person]()
    for row in rows:
        told = {column: row[place].strip() for place, column in columns.items() if place < len(row) and row[place]}
        person = _person(told)
        if person is not None and person not in seen:
            seen.add(person)
            yield person


def _person(told: Mapping[Column, str]) -> Person | None:
    """The student of a row; none where it is of nobody, or of somebody who teaches."""
    if not any(told.get(column) for column in WHO) or told.get("role", "").casefold() in TEACHERS:
        return None
    name = told.get("name") or " ".join(filter(None, (told.get("first"), told.get("last")))) or None
    if name is not None and name.casefold() in NOT_STUDENTS:
        return None
    known: dict[str, str | None] = {
        column: told.get(column) or None for column in ("login", "email", "lms_id", "github", "section")
    }
    # Brightspace writes a sign before numbers, so that a spreadsheet leaves them as they are.
    known["login"] = (known["login"] or "").removeprefix("#") or None
    known |= {"name": name, "id": told.get("id", "").removeprefix("#") or known["login"]}
    return Person(**_identified(known, told.get("identifier", "")))


def _identified(known: dict[str, str | None], identifier: str) -> dict[str, str | None]:
    """With what Moodle's worksheets, and GitHub Classroom, call an identifier: it may be any of several things."""
    if identifier.casefold().startswith(PARTICIPANT):
        field, value = "lms_id", identifier[len(PARTICIPANT) :].strip()
    elif "@" in identifier:
        field, value = "email", identifier
    elif any(sign.isdecimal() for sign in identifier) or " " not in identifier:
        field, value = "id", identifier
    else:
        field, value = "name", identifier
    return known if known.get(field) or not value else {**known, field: value}


def _require_one_each(people: list[Person], path: Path) -> None:
    """Two students cannot have one number, or one login: it could not be told whose a file is."""
    for field in ("id", "email", "lms_id", "github"):
        owners: dict[str, Person] = {}
        for person in people:
            value = getattr(person, field)
            other = owners.setdefault(value.casefold(), person) if value else person
            if other is not person:
                raise BadRequest(
                    f"{OPTION} {path}: {other.name or 'one student'} and {person.name or 'another'} have the same "
                    f"{field}, {value}; correct one of the two rows"
                )
