"""What a check judged, as a digest: an override is bound to it, and to nothing else of the notebook.

It is the sentence or equation that the check speaks of, where it names one; else what it looked at: the code of the
answer, and for explanations and equations all of its text. White space counts for nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from grader.files.opened import read_bytes
from grader.files.whole import digest
from grader.result.feedback_cells import is_feedback
from grader.result.model import CheckResult, QuestionResult, Result
from grader.result.names import FEEDBACK

MOST_BYTES = 512 << 20
WRITTEN = ("explanation", "equations")
"""Kinds of checks that read what a student wrote."""
MARK = 20
"""Hexadecimal digits."""


def submitted(folder: Path, sha256: str | None) -> list[Mapping[str, Any]] | None:
    """The cells of the notebook that was graded into a folder, as they were handed in; None without them."""
    try:
        found = json.loads(read_bytes(folder / FEEDBACK, MOST_BYTES))
        cells = found["cells"]
        return [cell for cell in cells if not is_feedback(cell, sha256)]
    except (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return None


def judged(result: Result, check: str, cells: Sequence[Mapping[str, Any]] | None) -> str | None:
    """The digest of what a check judged; None where the result has no such check."""
    for question in result.questions:
        for each in question.checks:
            if each.id == check:
                return _digest(_what(result, each, _looked_at(question, cells)))
    return None


def marks(result: Result, cells: Sequence[Mapping[str, Any]] | None) -> dict[str, str]:
    """A mark of what each check judged: see `mark`."""
    found: dict[str, str] = {}
    for question in result.questions:
        looked_at = _looked_at(question, cells)
        found |= {each.id: mark(_digest(_what(result, each, looked_at))) for each in question.checks}
    return found


def mark(digest: str) -> str:
    """So much of a digest as tells what one student wrote from what the same student wrote later."""
    return digest[:MARK]


def _digest(what: Sequence[str | None]) -> str:
    return digest(json.dumps(what).encode())


def _looked_at(question: QuestionResult, cells: Sequence[Mapping[str, Any]] | None) -> list[tuple[bool, str]] | None:
    """The cells of an answer: whether each is code, and its text."""
    if cells is None:
        return None
    mine = [cells[at] for at in question.cells if at < len(cells)]
    return [(cell.get("cell_type") == "code", _plain(_source(cell))) for cell in mine]


def _what(result: Result, check: CheckResult, looked_at: Sequence[tuple[bool, str]] | None) -> list[str | None]:
    if check.kind in WRITTEN and check.observed:
        return ["said", _plain(check.observed)]
    if looked_at is None:
        return ["file", result.submission.sha256]
    return ["cells", *(text for is_code, text in looked_at if is_code or check.kind in WRITTEN)]


def _source(cell: Mapping[str, Any]) -> str:
    found = cell.get("source", "")
    if isinstance(found, list):
        return "".join(map(str, found))
    return found if isinstance(found, str) else ""  # the file may have become anything since


def _plain(text: str) -> str:
    return " ".join(text.split())
