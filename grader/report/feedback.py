"""feedback.ipynb: the executed notebook with a cell of feedback behind each answer, and a summary on top."""

from __future__ import annotations

import copy
import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

from nbformat import NotebookNode, from_dict

from grader.report.markdown import feedback, summary
from grader.result.feedback_cells import is_feedback, is_stale, mark, submitted_cells
from grader.result.model import QuestionResult, Result

_GOOD_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")


def annotate(notebook: NotebookNode, result: Result) -> NotebookNode:
    """A copy of the executed notebook (nbformat 4.5) with feedback; annotating it again replaces the feedback.

    Feedback on an earlier submission, handed in again together with the notebook, is left out.
    """
    sha256 = result.submission.sha256
    submitted = submitted_cells(notebook, sha256)
    behind, at_end = _places(result.questions, len(submitted))
    cells = [_cell(None, "summary", summary(result), sha256)]
    for index, cell in enumerate(submitted):
        if not is_stale(cell, sha256):
            cells.append(copy.deepcopy(cell))
        cells += [_cell(question.id, question.id, feedback(question), sha256) for question in behind[index]]
    cells += [_cell(question.id, question.id, feedback(question), sha256) for question in at_end]
    _identify(cells, sha256)
    metadata = {key: value for key, value in notebook.get("metadata", {}).items() if key != "widgets"}
    return _strict({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


def _strict(notebook: dict[str, Any]) -> NotebookNode:
    """The notebook without numbers that are none (NaN, infinities), which JSON has no word for."""
    made: NotebookNode = _node(_without_nonsense(notebook))
    return made


def _without_nonsense(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nonsense(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_without_nonsense(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _places(
    questions: Sequence[QuestionResult], cells: int
) -> tuple[dict[int, list[QuestionResult]], list[QuestionResult]]:
    """The questions whose answer ends with each cell, and those that have no cell in the notebook."""
    behind: dict[int, list[QuestionResult]] = defaultdict(list)
    at_end = []
    for question in questions:
        last = max(question.cells, default=cells)
        if last < cells:
            behind[last].append(question)
        else:
            at_end.append(question)
    return behind, at_end


def _cell(question: str | None, name: str, source: str, sha256: str | None) -> NotebookNode:
    ident = f"grader-{re.sub('[^a-zA-Z0-9_-]+', '-', name)}"[:64]
    return _node({"cell_type": "markdown", "id": ident, "metadata": mark(question, sha256), "source": source})


def _node(fields: dict[str, Any]) -> NotebookNode:
    node: NotebookNode = from_dict(fields)
    return node


def _identify(cells: Sequence[NotebookNode], sha256: str | None) -> None:
    """Give every cell an id of its own. Cells keep theirs if it is good; the feedback goes first."""
    taken: set[str] = set()
    names = _names()
    for cell in sorted(cells, key=lambda cell: not is_feedback(cell, sha256)):
        wanted = str(cell.get("id", ""))
        if wanted in taken or not _GOOD_ID.fullmatch(wanted):
            wanted = next(name for name in names if name not in taken)
        cell["id"] = wanted
        taken.add(wanted)


def _names() -> Iterator[str]:
    return (f"cell-{number}" for number in count(1))
