"""The files of one submission's results: written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import nbformat

from grader.files.links import exists, is_folder, is_link
from grader.files.whole import remove, write_text
from grader.grading.submission import Graded
from grader.report.feedback import annotate
from grader.report.html import render
from grader.result.file import write as write_result
from grader.result.names import FEEDBACK, REPORT, RESULT, Reader
from grader.result.proof import prove


class Misplaced(Exception):
    """The place for a submission's results is no folder of its own, and nothing was written; the message says why."""


def write(
    graded: Graded, folder: Path, environment: Mapping[str, str] = os.environ, *, reader: Reader = "student"
) -> None:
    """Write report.html, feedback.ipynb (where the notebook was run), result.json, and at last the proof of them.

    The key of the proof is found by the `environment`. Raises `Misplaced` and `OSError`.
    """
    _make(folder)
    digests: dict[str, str | None] = {FEEDBACK: None}
    notebook = None if graded.notebook is None else annotate(graded.notebook, graded.result)
    if notebook is not None:
        digests[FEEDBACK] = write_text(folder / FEEDBACK, nbformat.writes(notebook))
    else:  # there may be one that belongs to another result
        remove(folder / FEEDBACK)
    digests[REPORT] = write_text(folder / REPORT, render(graded.result, graded.notebook, reader))
    digests[RESULT] = write_result(graded.result, folder / RESULT)
    prove(folder, digests, environment)


def _make(folder: Path) -> None:
    what = "a link" if is_link(folder) else "a file" if exists(folder) and not is_folder(folder) else None
    if what is not None:
        raise Misplaced(f"there is {what} in the place of the folder for its results, {folder}; choose another --out")
    folder.mkdir(parents=True, exist_ok=True)
