"""Blackboard Learn: the table that *Work Offline* gives and takes.

A student is found by `Username`, a column by the number at the end of its name, `Title [Total Pts: 100 Score] |123`;
one without a number becomes a new column of text. Data of a comma-delimited file is between quotation marks, a file
delimited by tabs is in UTF-16 (Blackboard Help, "Upload or Download Grade Center Items for Working Offline"). So a
downloaded table that is filled is the better way.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from grader.export.inert_cells import Cell, csv_text
from grader.export.sheets import (
    Export,
    Sheet,
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

_TITLE = re.compile(r" \[Total Pts: (?:up to )?([0-9.,]{1,20})(?: [^\[\]]{0,80})?\](?: ?\|\d{1,20})?$")
WHAT = "the table of Blackboard"


def table(marks: Sequence[Mark], title: str) -> Export:
    """A table for upload."""
    most = marks[0].out_of if marks else 0
    rows: list[list[Cell]] = [["Username", "Student ID", "Name", f"{title} [Total Pts: {most} Score]"]]
    without = []
    for mark in marks:
        who = mark.row.person
        if not (who.login or who.id):
            without.append(mark.row.key)
            continue
        number = who.id if who.id and (who.login or who.id.isdecimal()) else None
        rows.append([who.login or who.id, number, who.name, mark.total])
    return Export(csv_text(rows, quote_all=True).encode(), without)


def filled(sheet: Sheet, marks: Sequence[Mark], title: str) -> Export:
    """A downloaded table with the grades in one of its columns; all else is as it was. Raises `BadRequest`."""
    header = sheet.rows[0]
    if position(header, "Username") is None:
        raise BadRequest(f"--from: {WHAT} has the column Username; download it once more with Work Offline")
    names = [name if _TITLE.search(name) else "" for name in header]
    at = column(names, title, lambda name: _TITLE.sub("", name), WHAT)
    if most := _TITLE.search(header[at]):
        require_same_total(most[1], marks, f"{_TITLE.sub('', header[at])} in Blackboard")
    keys = (
        (cells(position(header, "Username")), by_login),
        (cells(position(header, "Student ID")), by_id),
        (cells(position(header, "First Name"), position(header, "Last Name")), by_name),
    )
    return with_totals(sheet, at, marks, keys)
