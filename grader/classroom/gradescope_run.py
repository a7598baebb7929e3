"""What run_autograder does in Gradescope's container: grade what a student handed in, and write results.json."""

from __future__ import annotations

import sys
from pathlib import Path

from grader.classroom import repository
from grader.classroom.grade_command import grade_apart
from grader.export import gradescope
from grader.files.for_a_while import folder_for_a_while
from grader.files.links import resolved
from grader.files.whole import write_text
from grader.grading.submission import unreadable
from grader.pack.loading import load
from grader.result.model import Result
from grader.result.names import BadRequest
from grader.text import neutral

RAN, BROKEN = 0, 1


def run(
    submission: Path,
    results: Path,
    notebook: str | None = None,
    pack: str | None = None,
    timeout: float = 300,
    visibility: gradescope.Visibility = "visible",
) -> int:
    """Grade the folder `submission`, and write the file `results`; its folder is Gradescope's.

    Returns 0 if there is something to tell the student, also where nothing could be graded, and 1 where the grader
    could not do its work: without a results.json, Gradescope tells the student so, and gives no points for it.
    Raises `BadRequest`, `PackError` and `OSError`.
    """
    repository.require_registered(pack)
    repository.require_foreign(submission, pack)
    try:
        path = repository.notebook(submission, notebook)
    except BadRequest as error:
        result: Result | None = unreadable(Path("notebook.ipynb"), "submission", load(pack), str(error))
    else:
        result = _graded(submission, path, pack, timeout)
    if result is None or result.status == "failed":
        reason = (result and result.reason) or "nothing was graded; see above"
        print(f"grader: {neutral(reason, 1_000)}", file=sys.stderr)
        return BROKEN
    write_text(results, gradescope.text(result, visibility))
    held = [f"Held in by: {', '.join(result.environment.sandbox)}"] if result.environment.sandbox else []
    for line in (*held, *result.flags):
        print(neutral(line, 1_000))
    return RAN


def _graded(submission: Path, path: Path, pack: str | None, timeout: float) -> Result | None:
    """In a folder of its own, which goes with the container, or before."""
    options = [*(["--pack", pack] if pack else []), "--timeout", str(timeout)]
    with folder_for_a_while("grades-") as folder:
        return grade_apart(submission, path, resolved(folder), options).result
