"""Cells of tables for spreadsheets: none of them is a formula, whoever wrote its text.

A spreadsheet takes for a formula what begins with =, +, - or @, in some languages also with their wide forms, and drops
tabs and line ends before it (OWASP, "CSV Injection"). Such a text gets an apostrophe before it, as Excel writes what is
text whatever it looks like. A number is left as it is, and so is a lone dash, which Moodle writes where nothing is.
The same is done within a text, behind every sign that may part cells: in some countries a file with commas is opened as
if it had semicolons.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal

from grader.text import neutral_lines

_BEGINNING = re.compile(r"([\s\"',;]++)(?:([^\s\"',;])([^,;\t\r\n]*+))?")
"""Where a program may begin a new cell that takes another sign, or a line's end, for what parts cells: that depends on
the language of the system and not on the file. What is before the cell, which sign it begins with, and its rest."""

Cell = str | int | Decimal | None
STARTS = frozenset("=+-@|%\N{MINUS SIGN}")
LONGEST = 8_000
"""Characters of one cell; Excel takes 32,767."""


def inert(text: str) -> str:
    """A text that no spreadsheet takes for a formula, of characters that can be seen, and not too long."""
    plain = text[:1].isalnum() and text.isascii() and text.isprintable() and len(text) <= LONGEST
    if plain and "," not in text and ";" not in text:
        return text  # as nearly all are
    shown = neutral_lines(text, LONGEST)
    # What a wide or small form stands for decides, and what stands behind blanks and quotes.
    behind = next((sign for sign in shown if not (sign.isspace() or sign in "\"'")), "")
    first = unicodedata.normalize("NFKC", behind)[:1]
    shown = _BEGINNING.sub(_marked, shown)
    if first not in STARTS or shown.startswith("'") or shown.strip() in ("-", "") or _is_number(shown):
        return shown
    return f"'{shown}"


def _marked(found: re.Match[str]) -> str:
    """A cell within a text, with the apostrophe where it would be a formula."""
    before, sign, rest = found.groups(default="")
    last = max(before.rfind(","), before.rfind(";"), 0)
    parting = next((at for at in range(last, len(before)) if before[at] in ",;\t\r\n"), None)
    cell = "" if parting is None else before[parting:]
    if (
        not cell
        or unicodedata.normalize("NFKC", sign)[:1] not in STARTS
        or "'" in cell
        or (sign + rest).strip() == "-"
        or _is_number(sign + rest)
    ):
        return found[0]
    return f"{before}'{sign}{rest}"


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
