"""A table as spreadsheets and LMSs save it: in which encoding, and what parts its columns."""

from __future__ import annotations

import codecs
import csv
import io
from pathlib import Path

from grader.files.opened import read_bytes
from grader.result.names import BadRequest

MOST_BYTES = 32 << 20
SEPARATORS = (",", ";", "\t")
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
NO_MARK = ("utf-8", "cp1252", "latin-1")
"""Encodings without a mark at the beginning, in the order in which they are tried: the last one reads anything."""


def rows_of(path: Path, option: str) -> list[list[str]]:
    """The rows of a CSV file with its header, all cells without the space around them. Raises `BadRequest`.

    Blackboard and Excel write UTF-16 with tabs, Excel of many countries semicolons.
    """
    try:
        content = read_bytes(path, MOST_BYTES)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise BadRequest(f"{option} {path}: cannot be read ({reason}); give a CSV file with a header") from error
    if content.startswith(b"PK\x03\x04"):
        raise BadRequest(f"{option} {path}: is a workbook or an archive; save it as CSV")
    text = _decoded(content)
    separator = max(SEPARATORS, key=text.partition("\n")[0].count)
    try:
        return [
            [cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        ]
    except csv.Error as error:
        raise BadRequest(f"{option} {path}: is no CSV file ({error})") from error


def _decoded(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    for encoding in NO_MARK:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return ""
