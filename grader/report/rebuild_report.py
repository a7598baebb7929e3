"""Making one report anew from what a grade has left."""

from __future__ import annotations

from pathlib import Path

import nbformat

from grader.files.links import exists
from grader.files.opened import opened, read_bytes
from grader.files.whole import digest, write_text
from grader.gradebook.how_it_stands import Standing
from grader.report.html import render
from grader.report.page import NOTHING
from grader.result.file import UnreadableResult, content_of, parsed
from grader.result.names import FEEDBACK, REPORT, RESULT, Reader
from grader.result.proof import is_proven, prove

MOST_BYTES = 512 << 20
HEAD_BYTES = 2_000


def rebuilt(folder: Path, reader: Reader | None = "student", standing: Standing = NOTHING) -> str | None:
    """Write `report.html` anew; where that cannot be done, it is as it was, and the reason is returned.

    Without a `reader` it is for whom it was before.
    """
    reader = reader or reader_of(folder / REPORT) or "student"
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
        made = write_text(folder / REPORT, render(result, notebook, reader, standing))
        if ours:
            prove(folder, {**digests, REPORT: made})
    except OSError as error:
        return f"{folder / REPORT} cannot be written: {error.strerror}"
    return None


def reader_of(path: Path) -> Reader | None:
    """For whom a report was made; None where there is none of ours."""
    try:
        with opened(path) as file:
            return audience(file.read(HEAD_BYTES))
    except OSError:
        return None


def audience(content: bytes) -> Reader | None:
    """For whom a page is, by what it says at its beginning; None where it is none of ours."""
    head = content[:HEAD_BYTES].decode(errors="replace")
    readers: tuple[Reader, ...] = ("student", "instructor")
    return next((each for each in readers if f'<meta name="audience" content="{each}">' in head), None)


def _executed(path: Path) -> bytes | None:
    return read_bytes(path, MOST_BYTES) if exists(path, follow=False) else None
