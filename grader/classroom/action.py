"""What the GitHub action does: grade a repository's notebook, and say so in every way that a workflow has."""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from grader.assignment import PackError
from grader.classroom import repository
from grader.classroom.run import Graded, grade
from grader.export import autograding
from grader.export.workflow import Level, annotation, output
from grader.find import REPORT, BadRequest
from grader.report import markdown
from grader.report.words import NOTE, WITHOUT_GRADE, out_of
from grader.result import QuestionResult, Result

GRADED, BAD_REQUEST = (0, 1), 2
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


@dataclass(frozen=True, slots=True)
class Inputs:
    """The inputs of the action; those that were not given are None."""

    notebook: str | None = None
    assignment: str | None = None
    keras: str | None = None
    fail_under: int | None = None
    timeout: float | None = None
    report_name: str = "report"

    def options(self) -> list[str]:
        """Those that `grader grade` takes, as it takes them."""
        given = {
            "--pack": self.assignment,
            "--keras": self.keras,
            "--fail-under": self.fail_under,
            "--timeout": self.timeout,
        }
        return [text for name, value in given.items() if value is not None for text in (name, str(value))]


def run(inputs: Inputs, environment: Mapping[str, str] = os.environ) -> int:
    """Grade, print annotations, write outputs and the summary of the step. Returns the status to exit with."""
    workspace = Path(environment.get("GITHUB_WORKSPACE") or Path.cwd())
    try:
        repository.require_registered(inputs.assignment)
        if not _NAME.fullmatch(inputs.report_name):
            raise BadRequest("report-name: give a name of letters, digits, points, dashes and underscores")
        repository.require_foreign(workspace, inputs.assignment)
        notebook = repository.notebook(workspace, inputs.notebook)
    except (BadRequest, PackError) as error:
        print(annotation("error", "", "Nothing was graded", str(error)), flush=True)
        return BAD_REQUEST
    scratch = Path(tempfile.mkdtemp(prefix="grades-", dir=environment.get("RUNNER_TEMP") or None))
    graded = grade(notebook, scratch / "graded", inputs.options())
    if graded.result is None:
        print(annotation("error", "", "Nothing was graded", "The log of this step says why."), flush=True)
        return graded.status or BAD_REQUEST
    report = _report(graded, scratch / "feedback", inputs.report_name)
    _append(environment.get("GITHUB_OUTPUT"), "".join(_outputs(graded.result, report)))
    _append(environment.get("GITHUB_STEP_SUMMARY"), markdown.whole(graded.result))
    for line in notes(graded.result, str(notebook.relative_to(workspace.resolve()))):
        print(line, flush=True)
    return graded.status


def notes(result: Result, file: str) -> Iterator[str]:
    """A line for each question that has lost points: an error where nothing was earned, else a warning.

    GitHub shows ten of each kind for a step.
    """
    if result.status != "graded":
        yield annotation("error", file, WITHOUT_GRADE[result.status], result.reason or "")
    for question in result.questions:
        if question.score < question.max_score:
            level: Level = "warning" if question.score else "error"
            score = out_of(question.score, question.max_score)
            title = f"Question {question.number}, {question.title}: {score}"
            yield annotation(level, file, title, "\n".join(_lost(question)))


def _lost(question: QuestionResult) -> Iterator[str]:
    if question.status == "missing":
        yield NOTE["missing"]
        return
    said = ""
    for check in question.checks:
        if check.earned < check.points and check.status != "skipped":
            # One cause often costs several checks their points; it is explained once.
            again = check.message == said
            yield f"{check.title} ({out_of(check.earned, check.points)}){'' if again else ' ' + check.message}"
            said = check.message


def _outputs(result: Result, report: Path | None) -> Iterator[str]:
    runners = autograding.runners(result)
    yield output("score", str(result.score))
    yield output("max-score", str(result.max_score))
    yield output("runners", ",".join(runners))
    yield output(
        "result", json.dumps({name: runner.encoded() for name, runner in runners.items()}, separators=(",", ":"))
    )
    yield output("report-path", "" if report is None else str(report))


def _report(graded: Graded, folder: Path, name: str) -> Path | None:
    """The report under the name that was asked for, beside result.json and feedback.ipynb.

    The folder of a grade has the name of the notebook, which is the student's to choose: what uploads an artifact would
    take an asterisk in it for more files, and a line break for more paths.
    """
    if graded.report is None:
        return None
    graded.folder.rename(folder)
    return (folder / REPORT).rename(folder / f"{name}.html")


def _append(path: str | None, text: str) -> None:
    """Write to the end of one of the files that the runner of a workflow names; elsewhere there is none."""
    if path:
        with Path(path).open("a", encoding="utf-8", errors="replace") as file:
            file.write(text)
