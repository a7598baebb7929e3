"""What the action says of a repository: outputs, summary, annotations, status."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.classroom.action import notes
from grader.language.prose.wordings import Sentences, Wordings
from grader.report import markdown
from grader.result.model import Result
from tests.classroom.attacks import EVERYTHING
from tests.classroom.command import run
from tests.classroom.github import Command, commands, outputs, report
from tests.grades import ROOT
from tests.report import samples
from tests.report.markup import rendered
from tests.report.pages import with_every_text

SAMPLE = ROOT / "submissions" / "text_only" / "theory.ipynb"


class Step:
    """A repository, and a run of the step on it."""

    def __init__(self, folder: Path) -> None:
        self.workspace = folder / "repository"
        self.workspace.mkdir()
        self._out, self._summary = folder / "output", folder / "summary"
        self._temporary = folder / "temporary"
        self._temporary.mkdir()
        self.action = folder / "action"
        self.action.mkdir()

    def run(self, **inputs: str) -> None:
        environment = {
            "GITHUB_WORKSPACE": str(self.workspace),
            "GITHUB_OUTPUT": str(self._out),
            "GITHUB_STEP_SUMMARY": str(self._summary),
            "GITHUB_ACTION_PATH": str(self.action),
            "RUNNER_TEMP": str(self._temporary),
            **{f"GRADER_{name.upper()}": value for name, value in inputs.items()},
        }
        ended = run("classroom", "grade", cwd=self.workspace, environment=environment)
        self.status, self.printed, self.errors = ended.returncode, ended.stdout, ended.stderr
        self.outputs = outputs(self._out.read_text()) if self._out.exists() else {}
        self.summary = self._summary.read_text() if self._summary.exists() else ""

    @property
    def commands(self) -> list[Command]:
        return commands(self.printed)


@pytest.fixture
def step(tmp_path: Path) -> Step:
    return Step(tmp_path)


def test_a_grade_is_said_in_every_way(step: Step) -> None:
    """Do outputs, reporter, summary, annotations and report say the same grade?"""
    (step.workspace / "week 3").mkdir()
    shutil.copy(SAMPLE, step.workspace / "week 3" / "theory.ipynb")
    step.run(notebook="", assignment="", keras="auto", fail_under="", timeout="600", report_name="feedback")
    assert step.status == 0, step.errors
    path = Path(step.outputs["report-path"])
    result = json.loads((path.parent / "result.json").read_text())
    score = result["score"]
    assert 0 < score < 100
    assert (step.outputs["score"], step.outputs["max-score"]) == (str(score), "100")
    runners = json.loads(step.outputs["result"])
    found = report(step.outputs["runners"], {f"{name.upper()}_RESULTS": text for name, text in runners.items()})
    assert (found.notice, found.table, found.most) == (score, score, 100)
    assert f"{score} of 100 points" in rendered(step.summary).text
    assert (path.name, path.read_text()[:15]) == ("feedback.html", "<!doctype html>")
    assert not path.is_relative_to(step.workspace)
    lost = [question for question in result["questions"] if question["score"] < 10]
    assert [command.properties["title"] for command in step.commands] == [
        f"Question {item['number']}, {item['title']}: {item['score']} of 10 points" for item in lost
    ]
    assert {command.properties["file"] for command in step.commands} == {"week 3/theory.ipynb"}


def test_whom_to_ask_and_what_was_decided(step: Step) -> None:
    """Does the report name whom and where to ask, and do sentences that lie beside the action count?"""
    shutil.copy(SAMPLE, step.workspace)
    sentences = {"q1.shared-weights": Sentences(said=("Every step of it has one and the same matrix.",))}
    decided = Wordings(assignment="nlp-assignment-3", statements=sentences)
    (step.action / "decided.json").write_text(decided.to_json())
    step.run(contact="Dr. Noether, noether@uni.example", repository="uni/ada-a3", wordings="decided.json")
    assert step.status == 0, step.errors
    path = Path(step.outputs["report-path"])
    result = json.loads((path.parent / "result.json").read_text())
    assert (result["contact"], result["repository"]) == ("Dr. Noether, noether@uni.example", "uni/ada-a3")
    assert result["environment"]["wordings"] == decided.digest()
    assert "noether@uni.example" in path.read_text()


@pytest.mark.slow
def test_below_what_is_asked_for_the_step_fails(step: Step) -> None:
    """Does `fail-under` fail the step, with all outputs there?"""
    shutil.copy(SAMPLE, step.workspace)
    step.run(fail_under="99")
    assert step.status == 1
    assert int(step.outputs["score"]) < 99
    assert step.summary


def test_a_notebook_that_cannot_be_read_has_no_points_and_a_reason(step: Step) -> None:
    """Can the reporter report it, and does the student find the reason at the file?"""
    (step.workspace / "torn.ipynb").write_text("{")
    step.run()
    assert step.status == 3
    assert (step.outputs["score"], step.outputs["runners"]) == ("0", "grader")
    (command,) = step.commands
    assert (command.name, command.properties["file"]) == ("error", "torn.ipynb")
    assert "torn.ipynb" in command.data
    assert str(step.workspace) not in command.data
    found = report("grader", {"GRADER_RESULTS": json.loads(step.outputs["result"])["grader"]})
    assert (found.notice, found.status) == (0, "error")
    assert Path(step.outputs["report-path"]).is_file()


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        ({}, "there are 2 notebooks"),
        ({"notebook": "c.ipynb"}, "no file c.ipynb"),
        ({"notebook": "a.ipynb", "report_name": "../x"}, "report-name"),
        ({"notebook": "a.ipynb", "fail_under": "much"}, "fail-under: much"),
        ({"notebook": "a.ipynb", "timeout": "inf"}, "timeout: inf"),
        ({"notebook": "a.ipynb", "keras": "4"}, "keras: 4"),
        ({"notebook": "a.ipynb", "repository": "https://github.com/a/b"}, "is no OWNER/NAME"),
        ({"notebook": "a.ipynb", "wordings": "w.json"}, "no file w.json beside action.yml"),
        ({"notebook": "a.ipynb", "wordings": "../repository/a.ipynb"}, "beside action.yml"),
        ({"notebook": "a.ipynb", "assignment": "nothing"}, "no pack 'nothing'"),
        ({"notebook": "a.ipynb", "assignment": "reference.pack:assignment"}, "registered"),
    ],
)
def test_what_cannot_be_carried_out_is_an_error(step: Step, inputs: dict[str, str], said: str) -> None:
    """Is it annotated and in the summary, without outputs, with the status for it?"""
    for name in ("a.ipynb", "b.ipynb"):
        shutil.copy(SAMPLE, step.workspace / name)
    step.run(**inputs)
    assert (step.status, step.outputs) == (2, {})
    (command,) = step.commands
    assert said in command.data
    assert set(command.properties) == {"title"}
    assert said in rendered(step.summary).text


@pytest.mark.slow
@pytest.mark.parametrize("name", ["a\n**\n~\n[b].ipynb", "hw [final]*?.ipynb", b"caf\xe9.ipynb"])
def test_the_report_lies_where_no_name_leads(step: Step, name: str | bytes) -> None:
    """Is the path of the report one plain path, whatever the notebook is called, and the grade there?"""
    path = step.workspace / os.fsdecode(name)
    shutil.copy(SAMPLE, path)
    step.run()
    assert step.status == 0, step.printed + step.errors
    report_path = step.outputs["report-path"]
    assert re.fullmatch(r"[\w/.-]+/feedback/report\.html", report_path)
    assert sorted(item.name for item in Path(report_path).parent.iterdir()) == [
        ".origin",
        ".proof",
        *("feedback.ipynb", "report.html", "result.json"),
    ]


@pytest.mark.slow
def test_the_name_of_a_notebook_gives_no_command(step: Step) -> None:
    """Is a hostile name printed, and not obeyed?"""
    (step.workspace / "##[error]x ::error::y.ipynb").write_text("{")
    step.run()
    (command,) = step.commands
    assert command.properties["file"] == "##[error]x ::error::y.ipynb"


@pytest.mark.parametrize("attack", EVERYTHING.values(), ids=EVERYTHING)
@pytest.mark.parametrize("make", [samples.graded, lambda: samples.without_grade("failed", "x")], ids=["graded", "not"])
def test_no_text_is_more_than_an_annotation(attack: str, make: Callable[[], Result]) -> None:
    """Are there as many commands as questions that lost points, all of them annotations?"""
    result = make()
    found = commands("\n".join(notes(with_every_text(result, lambda _: attack), attack)))
    lost = [item for item in result.questions if item.score < item.max_score]
    assert len(found) == (len(lost) if result.status == "graded" else 1)
    assert {command.name for command in found} <= {"error", "warning"}
    assert all(set(command.properties) <= {"file", "title"} for command in found)


OURS = {"h1", "h3", "p", "table", "thead", "tbody", "tr", "th", "td", "ol", "ul", "li", "strong", "code", "br", "span"}


@pytest.mark.parametrize("attack", EVERYTHING.values(), ids=EVERYTHING)
@pytest.mark.parametrize("make", [samples.graded, lambda: samples.without_grade("failed", "x")], ids=["graded", "not"])
def test_no_text_is_more_than_text_in_a_summary(attack: str, make: Callable[[], Result]) -> None:
    """Has the summary no element, link or mention that is not ours, and does it fit?"""
    text = markdown.whole(with_every_text(make(), lambda _: attack))
    assert len(text.encode()) <= markdown.MOST_BYTES
    page = rendered(text)
    assert {element.tag for element in page.elements} <= OURS | {"details", "summary"}
    assert len(page.all("details")) == len(page.all("summary"))
    for element in [page, *page.elements]:
        for said in (child for child in element.children if isinstance(child, str)):
            assert said in ("@", "#") or not re.search("[@#]", said)


def test_a_summary_that_would_be_too_long_is_short() -> None:
    """Is what fits kept: the table and what to do next?"""
    result = samples.graded()
    short = markdown.whole(result, most=1)
    assert short == markdown.summary(result) + "\n"
    assert markdown.whole(result).startswith(short)
