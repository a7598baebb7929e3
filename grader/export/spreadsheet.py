"""The class as an Excel workbook: grades, and what was decided. Texts are written as texts, so none is a formula."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from grader.export.grade_table import decisions, header, lines
from grader.export.inert_cells import Cell, inert
from grader.gradebook.settling import Mark

WIDEST, NARROWEST = 40, 6


def workbook(marks: Sequence[Mark]) -> bytes:
    """The file."""
    import xlsxwriter

    made = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(made, options) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        _write(book.add_worksheet("Grades"), [header(marks), *lines(marks)], bold)
        _write(book.add_worksheet("Decisions"), decisions(marks), bold)
    return made.getvalue()


def _write(sheet: Any, rows: Sequence[Sequence[Cell]], bold: Any) -> None:
    """The first row is the header: it stays in sight, and can be filtered by."""
    string, number = sheet.write_string, sheet.write_number
    for column, cell in enumerate(rows[0]):
        string(0, column, inert(str(cell)), bold)
    for at, row in enumerate(rows[1:], 1):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                if cell:
                    string(at, column, inert(cell))
            elif cell is not None:
                number(at, column, cell)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(1, len(rows) - 1), len(rows[0]) - 1)
    for column in range(len(rows[0])):
        seen = [len(str(row[column])) for row in rows[1:50] if row[column] is not None]
        sheet.set_column(column, column, min(WIDEST, max([NARROWEST, *seen]) + 1))
