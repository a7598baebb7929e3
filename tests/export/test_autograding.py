"""GitHub Classroom's autograding format: what the reporter adds up is the grade."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.export.autograding import lines, runners
from grader.result.model import CheckResult, QuestionResult, Result
from tests.classroom.attacks import EVERYTHING
from tests.classroom.github import Reported, commands, outputs, report
from tests.report import samples
from tests.report.pages import with_every_text

LONGEST_VARIABLE = 128 * 1024
TEST = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name", "status", "score", "message", "test_code", "filename", "line_no", "duration"],
    "properties": {
        "name": {"type": "string", "minLength": 1},
        "status": {"enum": ["pass", "fail", "error"]},
        "score": {"enum": [0, 1]},
        "message": {"type": "string"},
        "test_code": {"type": "string"},
        "filename": {"type": "string"},
        "line_no": {"type": "integer"},
        "duration": {"type": "number"},
    },
}
FORMAT = {
    "type": "object",
    "additionalProperties": False,
    "required": ["version", "status", "max_score", "tests"],
    "properties": {
        "version": {"const": 1},
        "status": {"enum": ["pass", "fail", "error"]},
        "max_score": {"type": "integer"},
        "tests": {"type": "array", "items": TEST, "minItems": 1},
    },
}


def reported(result: Result) -> Reported:
    """What the reporter makes of the lines, handed to it through outputs and variables as in a workflow."""
    found = outputs(lines(result))
    variables = {f"{name.upper()}_RESULTS": value for name, value in found.items()}
    assert all(len(f"{name}={value}") < LONGEST_VARIABLE for name, value in variables.items())
    return report(",".join(found), variables)


def checked(number: int, earned: list[tuple[int, int]]) -> QuestionResult:
    """A question whose checks earned so many of so many points."""
    checks = [
        CheckResult(
            id=f"q{number}.c{place}",
            kind="behaviour",
            title=f"Check {place}",
            points=points,
            earned=got,
            status="pass" if got == points else "partial" if got else "fail",
            message="A message.",
        )
        for place, (got, points) in enumerate(earned)
    ]
    return samples.question(number, "answered", (0,), checks)


TEN_POINTS = st.lists(st.integers(1, 4), min_size=1, max_size=8).map(lambda parts: _up_to(parts, 10))
EARNED = TEN_POINTS.flatmap(
    lambda parts: st.tuples(*(st.tuples(st.integers(0, most), st.just(most)) for most in parts))
)


def _up_to(parts: list[int], total: int) -> list[int]:
    made = []
    for part in parts:
        if sum(made) + part < total:
            made.append(part)
    return [*made, total - sum(made)]


@given(st.lists(EARNED, min_size=10, max_size=10))
def test_both_totals_are_the_grade(earned: list[list[tuple[int, int]]]) -> None:
    """Do the sum of scores and the share of passed tests both come to the points, exactly, with partial credit?"""
    questions = tuple(checked(number, parts) for number, parts in enumerate(earned, start=1))
    score = sum(question.score for question in questions)
    found = reported(samples.graded(questions=questions))
    assert (found.notice, found.table, found.most) == (score, score, 100)
    assert found.status == ("pass" if score == 100 else "fail")


def test_every_runner_has_the_format() -> None:
    """Does the text of each runner follow version 1, under a name without hyphens that is one of a variable?"""
    for result in (samples.graded(), samples.without_grade("unreadable", "It is no notebook.")):
        for name, runner in runners(result).items():
            assert name.isalnum()
            jsonschema.validate(runner.model_dump(mode="json"), FORMAT)


def test_a_message_says_what_to_do_where_a_point_is_lost() -> None:
    """Is it at the tests that failed, and not at those that passed?"""
    (runner,) = runners(samples.graded(questions=(checked(1, [(2, 3), (7, 7)]),))).values()
    assert [(test.name, test.status, test.message) for test in runner.tests[:3]] == [
        ("1 RNN cell: Check 0 (1 of 3)", "pass", ""),
        ("1 RNN cell: Check 0 (2 of 3)", "pass", ""),
        ("1 RNN cell: Check 0 (3 of 3)", "fail", "A message."),
    ]
    assert {test.test_code for test in runner.tests} == {"q1.c0", "q1.c1"}


def test_what_could_not_be_checked_is_an_error() -> None:
    """Is a check that failed for a reason of ours told from one that the student failed?"""
    statuses = {test.test_code: test.status for runner in runners(samples.graded()).values() for test in runner.tests}
    assert statuses["q2.gradient-reaches-the-start"] == "error"
    assert statuses["q6.peephole-weights"] == "fail"


@pytest.mark.parametrize("status", ["unreadable", "failed"])
def test_without_a_grade_the_reporter_says_why(status: str) -> None:
    """Are there no points, and the reason?"""
    found = reported(samples.without_grade(status, "ada.ipynb: this is not JSON"))
    assert (found.notice, found.table, found.most, found.status) == (0, 0, 100, "error")
    assert "ada.ipynb: this is not JSON" in found.printed


@pytest.mark.parametrize("attack", EVERYTHING.values(), ids=EVERYTHING)
@pytest.mark.parametrize("make", [samples.graded, lambda: samples.without_grade("failed", "x")], ids=["graded", "not"])
def test_no_text_is_more_than_text(attack: str, make) -> None:
    """Does an attack in every text neither break the format nor a variable, nor give the runner a command?"""
    result = with_every_text(make(), lambda _: attack)
    text = lines(result)
    assert commands(text) == []
    found = reported(result)
    assert found.notice == result.score
    assert commands(found.printed) == []
    for runner in runners(result).values():
        jsonschema.validate(json.loads(runner.model_dump_json()), FORMAT)


def test_the_command_prints_the_lines(tmp_path: Path) -> None:
    """Does `grader export classroom` print what can be added to the file of outputs?"""
    from tests.classroom.command import run

    path = tmp_path / "result.json"
    path.write_text(samples.graded().to_json())
    ended = run("export", "classroom", path)
    assert (ended.returncode, ended.stdout) == (0, lines(samples.graded()))
    ended = run("export", "classroom", tmp_path / "nowhere.json")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "nowhere.json: there is no such file" in ended.stderr
