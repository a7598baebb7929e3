"""Cells of tables for spreadsheets: none of them is a formula, whoever wrote its text.

A spreadsheet takes for a formula what begins with =, +, - or @, in some languages also with their wide forms, and drops
tabs and line ends before it (OWASP, "CSV Injection"). Such a text gets an apostrophe before it, as Excel writes what is
text whatever it looks like. A number is left as it is, and so is a lone dash, which Moodle writes where nothing is.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal

from grader.text import neutral_lines

Cell = str | int | Decimal | None
STARTS = frozenset("=+-@|%\N{MINUS SIGN}")
LONGEST = 8_000
"""Characters of one cell; Excel takes 32,767."""


def inert(text: str) -> str:
    """A text that no spreadsheet takes for a formula, of characters that can be seen, and not too long."""
    if text[:1].isalnum() and text.isascii() and text.isprintable() and len(text) <= LONGEST:
        return text  # as nearly all are
    shown = neutral_lines(text, LONGEST)
    # What a wide or small form stands for decides, and what stands behind blanks and quotes.
    behind = next((sign for sign in shown if not (sign.isspace() or sign in "\"'")), "")
    first = unicodedata.normalize("NFKC", behind)[:1]
    if first not in STARTS or shown.startswith("'") or shown.strip() in ("-", "") or _is_number(shown):
        return shown
    return f"'{shown}"


def written(cell: Cell) -> str:
    """A cell as text."""
    if cell is None:
        return ""
    return inert(cell) if isinstance(cell, str) else str(cell)


def csv_text(
    rows: Iterable[Sequence[Cell]], *, delimiter: str = ",", end: str = "\r\n", quote_all: bool = False
) -> str:
    """Rows as CSV (RFC 4180)."""
    made = io.StringIO(newline="")
    table = csv.writer(
        made, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL
    )
    table.writerows([written(cell) for cell in row] for row in rows)
    return made.getvalue()


def _is_number(text: str) -> bool:
    digits = text.strip().lstrip("+-").replace(".", "", 1)
    return digits.isascii() and digits.isdecimal()
