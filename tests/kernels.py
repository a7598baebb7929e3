"""Notebooks for tests, and the text of what their cells printed."""

from __future__ import annotations

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from grader.kernel.session import Session
from grader.protocol.operations import Request


def asked(operation: str) -> Request:
    """A request without parameters, whether or not there is such an operation."""
    return type("Asked", (Request,), {"name": operation})()  # type: ignore[no-any-return]


def notebook(*sources: str) -> NotebookNode:
    """A notebook of code cells."""
    return new_notebook(cells=[new_code_cell(source) for source in sources])


def text(session: Session, index: int) -> str:
    """What a cell wrote and returned, in order."""
    outputs = session.notebook.cells[index].outputs
    return "".join(output.get("text") or output.get("data", {}).get("text/plain", "") for output in outputs)
