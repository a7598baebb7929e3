"""Canvas: the CSV of its gradebook.

Canvas imports a table whose first columns are Student, ID, SIS User ID, SIS Login ID and Section, in this order, and
then assignments as `Title (id)`; a student is found by ID, then by the SIS columns, then by name
(`lib/gradebook_importer.rb` in instructure/canvas-lms). A row whose first cell is `    Points Possible` says of how
many points an assignment is; one before it may say `Manual Posting` (`lib/gradebook_exporter.rb`). A title without an
id is that of an assignment of this name, or makes a new one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from grader.export.inert_cells import Cell, csv_text
from grader.export.sheets import (
    Export,
    Sheet,
    by_id,
    by_lms,
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

STUDENT = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
OWN = {*STUDENT, "LastName", "FirstName", "Integration ID", "Root Account"}
POINTS = "    Points Possible"
READ_ONLY = re.compile(r"(?:Current|Final|Override) (?:Score|Points|Grade|Status)")
_ID = re.compile(r" \(\d{1,20}\)$")
WHAT = "the table of Canvas"


def table(marks: Sequence[Mark], title: str) -> Export:
    """A gradebook of this assignment alone."""
    rows: list[list[Cell]] = [[*STUDENT, title], [POINTS, None, None, None, None, marks[0].out_of if marks else None]]
    for mark in marks:
        who = mark.row.person
        rows.append([who.name or mark.row.key, who.lms_id, who.id, who.login or who.email, who.section, mark.total])
    return Export(csv_text(rows).encode())


def filled(sheet: Sheet, marks: Sequence[Mark], title: str) -> Export:
    """An export of Canvas with the grades in one of its columns; all else is as it was.

    Raises `BadRequest` where it is none, has no such assignment, or one of another number of points.
    """
    header, *rest = sheet.rows
    if not any(name.strip() in ("Student", "LastName") for name in header[:1]) or "ID" not in header[1:3]:
        raise BadRequest(f"--from: {WHAT} begins with Student and ID; export it from the gradebook once more")
    names = ["" if name in OWN or READ_ONLY.search(name) else name for name in header]
    at = column(names, title, lambda name: _ID.sub("", name), WHAT)
    for row in rest:
        if row[0].strip() == "Points Possible" and at < len(row):
            require_same_total(row[at], marks, f"{header[at]} in Canvas")
    is_student = [row[0].strip() not in ("", "Points Possible") for row in rest]
    people = [row if mine else [] for row, mine in zip(rest, is_student, strict=True)]
    given = (position(header, "FirstName"), position(header, "LastName"), position(header, "Student"))
    keys = (
        (cells(position(header, "ID")), by_lms),
        (cells(position(header, "SIS User ID")), by_id),
        (cells(position(header, "SIS Login ID")), by_login),
        (cells(*given), by_name),
    )
    return with_totals(sheet, at, marks, keys, people)
