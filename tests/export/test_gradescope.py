"""Gradescope's results.json: the documented form, the points, and text that stays text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from grader.export.gradescope import payload
from tests.classroom.attacks import EVERYTHING
from tests.classroom.command import run
from tests.grades import ROOT
from tests.report import samples
from tests.report.markup import rendered
from tests.report.pages import with_every_text

SAMPLE = ROOT / "submissions" / "text_only" / "theory.ipynb"
WHEN = {"enum": ["hidden", "after_due_date", "after_published", "visible"]}
HOW = {"enum": ["text", "html", "simple_format", "md", "ansi"]}
SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["tests"],
    "properties": {
        **{key: {"type": "number", "minimum": 0} for key in ("score", "execution_time")},
        **dict.fromkeys(("output_format", "test_output_format", "test_name_format"), HOW),
        **dict.fromkeys(("visibility", "stdout_visibility"), WHEN),
        "output": {"type": "string"},
        "extra_data": {"type": "object"},
        "tests": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["score", "max_score", "name", "output"],
                "properties": {
                    **{key: {"type": "number", "minimum": 0} for key in ("score", "max_score")},
                    **dict.fromkeys(("name_format", "output_format"), HOW),
                    **{key: {"type": "string", "minLength": 1} for key in ("name", "number", "output")},
                    "status": {"enum": ["passed", "failed"]},
                    "tags": {"type": "array", "items": {"type": "string"}},
                    "visibility": WHEN,
                    "extra_data": {"type": "object"},
                },
            },
        },
    },
}
"""As Gradescope documents it ("Autograder Specifications", output format)."""


def assert_valid(found: dict[str, Any]) -> None:
    """By the schema, and by the sum, which is the score."""
    jsonschema.validate(found, SCHEMA)
    assert "score" not in found
    assert sum(test["max_score"] for test in found["tests"]) == 100


def test_each_check_is_a_test_with_its_points() -> None:
    """Do the points of the tests add up to the grade, are they numbered by question, and is nothing hidden?"""
    result = samples.graded()
    found = payload(result, "after_published")
    jsonschema.validate(found, SCHEMA)
    checks = [(question.number, check) for question in result.questions for check in question.checks]
    assert [(test["score"], test["max_score"]) for test in found["tests"]] == [
        (check.earned, check.points) for _, check in checks
    ]
    assert sum(test["score"] for test in found["tests"]) == result.score
    assert [test["number"].split(".")[0] for test in found["tests"]] == [str(number) for number, _ in checks]
    assert {test["visibility"] for test in found["tests"]} == {"after_published"} == {found["visibility"]}
    assert len({test["number"] for test in found["tests"]}) == len(found["tests"])


def test_a_result_without_a_grade_says_why() -> None:
    """Is it one failed test, worth all the points?"""
    found = payload(samples.without_grade("unreadable", "the file is torn"))
    assert_valid(found)
    (test,) = found["tests"]
    assert (test["score"], test["status"], "the file is torn" in test["output"]) == (0, "failed", True)


def test_students_do_not_see_flags() -> None:
    """Do flags stand where Gradescope shows them to the instructor alone?"""
    result = samples.graded().model_copy(update={"flags": ("integrity: something was done",)})
    found = payload(result)
    assert found["extra_data"]["flags"] == ["integrity: something was done"]
    assert "integrity" not in json.dumps({**found, "extra_data": {}})


@pytest.mark.parametrize("attack", EVERYTHING.values(), ids=EVERYTHING)
def test_no_text_is_more_than_text(attack: str) -> None:
    """Has no feedback an element, a link or maths that is not ours?"""
    found = payload(with_every_text(samples.graded(), lambda _: attack))
    jsonschema.validate(found, SCHEMA)
    for test in found["tests"]:
        page = rendered(test["output"])
        assert {element.tag for element in page.elements} <= {"p", "strong", "span"}


def test_a_folder_is_graded(tmp_path: Path) -> None:
    """Does the command leave a valid file, also where there is nothing to grade?"""
    (tmp_path / "submission").mkdir()
    results = tmp_path / "results.json"
    ended = run("gradescope", "grade", tmp_path / "submission", results)
    assert ended.returncode == 0, ended.stderr
    found = json.loads(results.read_text())
    assert_valid(found)
    assert "there is no notebook" in found["tests"][0]["output"]
    (tmp_path / "submission" / SAMPLE.name).write_bytes(SAMPLE.read_bytes())
    ended = run("gradescope", "grade", tmp_path / "submission", results, "--visibility", "hidden")
    assert ended.returncode == 0, ended.stderr
    found = json.loads(results.read_text())
    assert_valid(found)
    assert 0 < sum(test["score"] for test in found["tests"]) < 100
    assert found["visibility"] == "hidden"


def test_what_is_the_instructors_mistake_is_no_grade(tmp_path: Path) -> None:
    """Is there no results.json where the autograder is set up wrongly?"""
    ended = run("gradescope", "grade", tmp_path, tmp_path / "results.json", "--pack", "nothing")
    assert (ended.returncode, "no pack 'nothing'" in ended.stderr) == (1, True)
    assert not (tmp_path / "results.json").exists()
