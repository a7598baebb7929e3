"""Making one report anew from what a grade has left."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbformat import NotebookNode

from grader.files.links import exists
from grader.files.opened import read_bytes
from grader.files.whole import write_text
from grader.report.html import render
from grader.result.file import UnreadableResult
from grader.result.file import read as read_result
from grader.result.names import FEEDBACK, REPORT, RESULT, Reader
from grader.result.proof import is_proven, prove

MOST_BYTES = 512 << 20


def rebuilt(folder: Path, reader: Reader = "student") -> str | None:
    """Write `report.html` anew; where that cannot be done, it is as it was, and the reason is returned."""
    try:
        result = read_result(folder / RESULT)
    except UnreadableResult as error:
        return str(error)
    try:
        notebook = _notebook(folder / FEEDBACK)
    except OSError as error:
        return f"{folder / FEEDBACK} cannot be read: {error.strerror}"
    except MemoryError:
        raise
    except Exception as error:  # nbformat raises what it likes
        return f"{folder / FEEDBACK} cannot be read as a notebook ({type(error).__name__}); grade it again"
    ours = is_proven(folder, report=False)
    try:
        write_text(folder / REPORT, render(result, notebook, reader))
        if ours:
            prove(folder)
    except OSError as error:
        return f"{folder / REPORT} cannot be written: {error.strerror}"
    return None


def _notebook(path: Path) -> NotebookNode | None:
    if not exists(path, follow=False):
        return None
    node: NotebookNode = nbformat.reads(read_bytes(path, MOST_BYTES).decode(), 4)
    return node
