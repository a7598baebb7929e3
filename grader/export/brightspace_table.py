"""Brightspace: the CSV that *Grades, Import* takes.

A user is found by `OrgDefinedId` or `Username`, one of which must be there; the column of a numeric grade is called
after its item, with `Points Grade` behind it (community.d2l.com, "Importing grades"). Exports write `#` before the
number, so that a spreadsheet keeps its zeros, the most points as `<Numeric MaxPoints:100>` behind the title, and end
each line with `#` under `End-of-Line Indicator`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from grader.export.inert_cells import Cell, csv_text
from grader.export.sheets import (
    Export,
    Sheet,
    by_email,
    by_id,
    by_login,
    by_name,
    cells,
    column,
    position,
    require_same_total,
    with_totals,
)
from grader.gradebook.settling import Mark
from grader.result.names import BadRequest

END = "End-of-Line Indicator"
_GRADE = re.compile(r" Points Grade(?: <[^<>]{0,400}>)?$")
_MOST = re.compile(r"MaxPoints:([0-9.]{1,12})")
WHAT = "the table of Brightspace"


def table(marks: Sequence[Mark], title: str) -> Export:
    """A table for import; what is a number stands for the institution's, anything else is a login."""
    rows: list[list[Cell]] = [["OrgDefinedId", "Username", f"{title} Points Grade", END]]
    without = []
    for mark in marks:
        id_, login = mark.row.person.id, mark.row.person.login
        if id_ and not id_.isdecimal():
            id_, login = None, login or id_
        if not (id_ or login):
            without.append(mark.row.key)
            continue
        rows.append([f"#{id_}" if id_ else None, login, mark.total, "#"])
    return Export(csv_text(rows).encode(), without)


def filled(sheet: Sheet, marks: Sequence[Mark], title: str) -> Export:
    """An export of Brightspace with the grades in one of its columns; all else is as it was. Raises `BadRequest`."""
    header = sheet.rows[0]
    if position(header, "OrgDefinedId", "Username") is None:
        raise BadRequest(f"--from: {WHAT} has OrgDefinedId or Username; export it with one of them as its key")
    names = [name if _GRADE.search(name) else "" for name in header]
    at = column(names, title, lambda name: _GRADE.sub("", name), WHAT)
    if most := _MOST.search(header[at]):
        require_same_total(most[1], marks, f"{_GRADE.sub('', header[at])} in Brightspace")
    keys = (
        (cells(position(header, "OrgDefinedId")), by_id),
        (cells(position(header, "Username")), by_login),
        (cells(position(header, "Email")), by_email),
        (cells(position(header, "First Name"), position(header, "Last Name")), by_name),
    )
    return with_totals(sheet, at, marks, keys)
