"""Grading one notebook in a process of its own, as the command line does it, and reading what it left."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from subprocess import STDOUT

from grader.export.workflow import silence
from grader.files.for_a_while import run
from grader.files.links import is_file, resolved
from grader.result.file import UnreadableResult
from grader.result.file import read as read_result
from grader.result.model import Result
from grader.result.names import REPORT, RESULT


@dataclass(frozen=True, slots=True)
class Graded:
    """How the command ended, the folder with what it wrote, and the result in it, if there is one."""

    status: int
    folder: Path
    result: Result | None

    @property
    def report(self) -> Path | None:
        """The report, if one was written."""
        path = self.folder / REPORT
        return path if is_file(path) else None


def scratch(environment: Mapping[str, str]) -> Path:
    """A new folder that the workflow removes at its end, out of the repository."""
    return resolved(Path(tempfile.mkdtemp(prefix="grades-", dir=environment.get("RUNNER_TEMP") or None)))


def grade(workspace: Path, notebook: Path, out: Path, options: Sequence[str]) -> Graded:
    """As `grade_apart`. The runner of the workflow takes nothing that is printed for a command."""
    stop, resume = silence()
    print(stop, flush=True)
    try:
        return grade_apart(workspace, notebook, out, options)
    finally:
        print(f"\n{resume}", flush=True)  # on a line of its own, however the other process ended


def grade_apart(workspace: Path, notebook: Path, out: Path, options: Sequence[str]) -> Graded:
    """Run `grader grade` on a notebook, in a process of its own.

    What is said of the notebook names it from the top of the `workspace`. `out` must not hold results of before.
    """
    name = f"./{notebook.relative_to(workspace.resolve())}"  # which is no option, whatever it begins with
    # The current folder is the student's: nothing in it may be imported.
    isolated = "-I" if sys.flags.isolated else "-P"
    command = [sys.executable, isolated, "-m", "grader", "grade", name, "--out", str(out), *options]
    # One stream: a line of the other could be read after the end of what is silenced.
    status = run(command, cwd=workspace, stderr=STDOUT)
    found = sorted(out.glob(f"*/{RESULT}"))
    try:
        return Graded(status, found[0].parent, read_result(found[0])) if found else Graded(status, out, None)
    except UnreadableResult as error:
        print(f"grader: {error}", file=sys.stderr)
        return Graded(status, found[0].parent, None)
