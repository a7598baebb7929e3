"""What the GitHub action does: grade a repository's notebook, and say so in every way that a workflow has."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from grader.classroom import repository as checkout
from grader.classroom.grade_command import Graded, grade, scratch
from grader.export import autograding
from grader.export.workflow import Level, annotation, output
from grader.files.links import is_file
from grader.gradebook.course import REPOSITORY
from grader.pack.questions import PackError
from grader.report import markdown
from grader.report.literal import literal
from grader.result.model import QuestionResult, Result
from grader.result.names import REPORT, BadRequest
from grader.result.phrases import WITHOUT_GRADE, note_on, out_of
from grader.text import neutral

BAD_REQUEST = 2
NOTHING, MOST = "Nothing was graded", 2_000
WHERE = "The report shows the same beside your answers, with drawings of what was measured. It is kept with this run."
_NUMBER = re.compile(r"\d{1,6}")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


@dataclass(frozen=True, slots=True)
class Inputs:
    """The inputs of the action, as they were written; those that were not given are None."""

    notebook: str | None = None
    assignment: str | None = None
    keras: str | None = None
    fail_under: str | None = None
    timeout: str | None = None
    report_name: str = "report"
    contact: str | None = None
    repository: str | None = None
    wordings: str | None = None
    """The name of a file that lies beside the action."""
    home: Path | None = None
    """Where the action lies."""

    def check(self) -> None:
        """Raise `BadRequest` where one of them cannot be what it should be."""
        for name, value in (("fail-under", self.fail_under), ("timeout", self.timeout)):
            if value is not None and not _NUMBER.fullmatch(value):
                raise BadRequest(f"{name}: {neutral(value, 100)} is no whole number")
        if self.keras not in (None, "auto", "2", "3"):
            raise BadRequest(f"keras: {neutral(str(self.keras), 100)} is none of auto, 2 and 3")
        if not _NAME.fullmatch(self.report_name):
            raise BadRequest("report-name: give a name of letters, digits, points, dashes and underscores")
        if self.repository is not None and not REPOSITORY.fullmatch(self.repository):
            raise BadRequest(f"repository: {neutral(self.repository, 100)} is no OWNER/NAME")
        if self.wordings is not None and not (_NAME.fullmatch(self.wordings) and is_file(self._beside(self.wordings))):
            raise BadRequest(f"wordings: there is no file {neutral(self.wordings, 100)} beside action.yml")
        checkout.require_registered(self.assignment)

    def _beside(self, name: str) -> Path:
        return (self.home or Path.cwd()).resolve() / name

    def options(self) -> list[str]:
        """Those that `grader grade` takes, as it takes them."""
        given = {
            "--pack": self.assignment,
            "--keras": self.keras,
            "--fail-under": self.fail_under,
            "--timeout": self.timeout,
            "--contact": self.contact,
            "--repository": self.repository,
            "--wordings": None if self.wordings is None else str(self._beside(self.wordings)),
        }
        return [text for name, value in given.items() if value is not None for text in (name, value)]


def run(inputs: Inputs, environment: Mapping[str, str] = os.environ) -> int:
    """Grade, print annotations, write outputs and the summary of the step. Returns the status to exit with."""
    workspace = Path(environment.get("GITHUB_WORKSPACE") or Path.cwd())
    try:
        inputs.check()
        checkout.require_foreign(workspace, inputs.assignment)
        notebook = checkout.notebook(workspace, inputs.notebook)
    except (BadRequest, PackError) as error:
        return _refuse(str(error), environment, BAD_REQUEST)
    own = scratch(environment)
    graded = grade(workspace, notebook, own / "graded", inputs.options())
    if graded.result is None:
        return _refuse("The log of this step says why.", environment, graded.status or BAD_REQUEST)
    report = _report(graded, own / "feedback", inputs.report_name)
    _append(environment.get("GITHUB_OUTPUT"), "".join(_outputs(graded.result, report)))
    _append(environment.get("GITHUB_STEP_SUMMARY"), f"{markdown.whole(graded.result)}\n{WHERE if report else ''}\n")
    for line in notes(graded.result, str(notebook.relative_to(workspace.resolve()))):
        print(line, flush=True)
    return graded.status


def _refuse(why: str, environment: Mapping[str, str], status: int) -> int:
    """Say that nothing was graded, and why, where the student looks."""
    print(annotation("error", "", NOTHING, why), flush=True)
    _append(environment.get("GITHUB_STEP_SUMMARY"), f"# {NOTHING}\n\n{literal(why, MOST)}\n")
    return status


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
        yield note_on(question) or ""
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
