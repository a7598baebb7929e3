"""By what the grader knows its own cells in a notebook again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nbformat import NotebookNode

KIND, TAG = "feedback", "grader-feedback"


def mark(question: str | None, sha256: str | None) -> dict[str, Any]:
    """The metadata of a feedback cell.

    The hash of the submission tells feedback on this submission from cells that were in it when it was handed in: no
    file can hold its own hash, so nobody can make a cell of theirs pass for ours.
    """
    return {"grader": {"kind": KIND, "question": question, "submission": sha256}, "tags": [TAG]}


def is_feedback(cell: Mapping[str, Any], sha256: str | None) -> bool:
    """Whether the grader put this cell into the notebook after it had read the submission."""
    own = cell.get("metadata", {}).get("grader")
    return isinstance(own, dict) and own.get("kind") == KIND and own.get("submission") == sha256


def is_stale(cell: Mapping[str, Any], sha256: str | None) -> bool:
    """Whether this is feedback on an earlier submission, handed in again together with the notebook."""
    own = cell.get("metadata", {}).get("grader")
    marked = isinstance(own, dict) and own.get("kind") == KIND
    return marked and not is_feedback(cell, sha256) and cell.get("cell_type") == "markdown"


def submitted_cells(notebook: NotebookNode, sha256: str | None) -> list[NotebookNode]:
    """The cells as they were handed in, in order: to these the indices in a result refer."""
    return [cell for cell in notebook.cells if not is_feedback(cell, sha256)]
