"""The files of one submission's results: written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import nbformat

from grader.export.files import write_text
from grader.export.result_json import write as write_result
from grader.find import FEEDBACK, REPORT, RESULT
from grader.report.feedback import annotate
from grader.report.html import render
from grader.submission import Graded


def write(graded: Graded, folder: Path) -> None:
    """Write report.html, feedback.ipynb (where the notebook was run), and at last result.json. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    notebook = None if graded.notebook is None else annotate(graded.notebook, graded.result)
    if notebook is not None:
        write_text(folder / FEEDBACK, nbformat.writes(notebook))
    write_text(folder / REPORT, render(graded.result, graded.notebook))
    write_result(graded.result, folder / RESULT)
