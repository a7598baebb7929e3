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
                return digest(json.dumps(_what(result, question, each, cells)).encode())
    return None


def _what(
    result: Result, question: QuestionResult, check: CheckResult, cells: Sequence[Mapping[str, Any]] | None
) -> list[str | None]:
    if check.kind in WRITTEN and check.observed:
        return ["said", _plain(check.observed)]
    if cells is None:
        return ["file", result.submission.sha256]
    mine = [cells[at] for at in question.cells if at < len(cells)]
    if check.kind not in WRITTEN:
        mine = [cell for cell in mine if cell.get("cell_type") == "code"]
    return ["cells", *(_plain(_source(cell)) for cell in mine)]


def _source(cell: Mapping[str, Any]) -> str:
    found = cell.get("source", "")
    return found if isinstance(found, str) else "".join(map(str, found))


def _plain(text: str) -> str:
    return " ".join(text.split())
