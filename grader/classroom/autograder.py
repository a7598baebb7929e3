"""What autograder.py does in Classroom 50, once the grader is installed: grade the checkout, leave the files."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from grader.classroom import repository
from grader.classroom.grade_command import Graded, grade, scratch
from grader.export import classroom50
from grader.export.workflow import no_command
from grader.files.opened import read_bytes
from grader.files.whole import write_text
from grader.grading.submission import unreadable
from grader.pack.loading import load
from grader.report import markdown
from grader.report.html import render
from grader.result.model import Result
from grader.result.names import REPORT, RESULT, BadRequest

RELEASE_BODY = "release-body.md"
WHERE = "The report, `report.html`, shows the same beside your answers, with drawings of what was measured."
RAN, BROKEN = 0, 1
MOST_BYTES = 512 << 20


def run(notebook: str | None, pack: str | None, timeout: float, environment: Mapping[str, str]) -> int:
    """Write result.json, release-body.md and report.html into the working folder, which is the checkout.

    Classroom 50 ends a job after 15 minutes, without a grade. Installing takes two or three of them, and the notebook
    has `timeout` seconds; where it runs twice, on either Keras, for both.
    Returns 0 if grading ran, also where it found nothing to grade, and 1 where the grader could not do its work:
    Classroom 50 then records an error in place of a grade. Raises `NoSubmission` and `PackError`.
    """
    checkout = Path.cwd()
    submission = classroom50.submission(environment)
    repository.require_registered(pack)
    repository.require_foreign(checkout, pack)
    own = scratch(environment)
    try:
        path = repository.notebook(checkout, notebook)
    except BadRequest as error:
        graded = _nothing(str(error), pack, own)
    else:
        options = [*(["--pack", pack] if pack else []), "--timeout", str(timeout)]
        graded = grade(checkout, path, own, options)
    result = graded.result
    if result is None or result.status == "failed":
        reason = (result and result.reason) or "nothing was graded; see above"
        print(f"grader: {no_command(reason, 1_000)}", file=sys.stderr)
        return BROKEN
    write_text(checkout / RESULT, classroom50.text(result, submission))
    write_text(checkout / RELEASE_BODY, f"{markdown.whole(result)}\n{WHERE}\n")
    _report(graded, checkout / REPORT)
    return RAN


def _nothing(reason: str, pack: str | None, folder: Path) -> Graded:
    """A checkout without a notebook that could be graded has a result, too."""
    result: Result = unreadable(Path("notebook.ipynb"), Path.cwd().name or "submission", load(pack), reason)
    write_text(folder / REPORT, render(result, None))
    return Graded(0, folder, result)


def _report(graded: Graded, path: Path) -> None:
    """The report is an extra: without it there is a grade all the same."""
    try:
        if graded.report is not None:
            write_text(path, read_bytes(graded.report, MOST_BYTES).decode())
    except OSError as error:
        print(f"grader: {path.name} cannot be written: {error.strerror}", file=sys.stderr)
