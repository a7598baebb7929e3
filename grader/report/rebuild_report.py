"""Making one report anew from what a grade has left."""

from __future__ import annotations

from pathlib import Path

import nbformat

from grader.files.links import exists
from grader.files.opened import read_bytes
from grader.files.whole import digest, write_text
from grader.report.html import render
from grader.result.file import UnreadableResult, content_of, parsed
from grader.result.names import FEEDBACK, REPORT, RESULT, Reader
from grader.result.proof import is_proven, prove

MOST_BYTES = 512 << 20


def rebuilt(folder: Path, reader: Reader = "student") -> str | None:
    """Write `report.html` anew; where that cannot be done, it is as it was, and the reason is returned."""
    try:
        content = content_of(folder / RESULT)
        result = parsed(folder / RESULT, content)
    except UnreadableResult as error:
        return str(error)
    try:
        executed = _executed(folder / FEEDBACK)
        notebook = None if executed is None else nbformat.reads(executed.decode(), 4)
    except OSError as error:
        return f"{folder / FEEDBACK} cannot be read: {error.strerror}"
    except MemoryError:
        raise
    except Exception as error:  # nbformat raises what it likes
        return f"{folder / FEEDBACK} cannot be read as a notebook ({type(error).__name__}); grade it again"
    digests = {RESULT: digest(content), FEEDBACK: None if executed is None else digest(executed)}
    ours = is_proven(folder, digests, report=False)
    try:
        made = write_text(folder / REPORT, render(result, notebook, reader))
        if ours:
            prove(folder, {**digests, REPORT: made})
    except OSError as error:
        return f"{folder / REPORT} cannot be written: {error.strerror}"
    return None


def _executed(path: Path) -> bytes | None:
    return read_bytes(path, MOST_BYTES) if exists(path, follow=False) else None
