"""Classroom 50's result: the schema, the points, the submission from the environment."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import jsonschema
import pytest

from grader.export.classroom50 import NoSubmission, payload, submission
from tests.classroom.attacks import EVERYTHING
from tests.classroom.command import run
from tests.report import samples
from tests.report.pages import with_every_text

ENVIRONMENT = {
    "CLASSROOM": "nlp-fall",
    "ASSIGNMENT": "assignment-3",
    "SUBMISSION_TAG": "submit/2026-11-01T10-00-00Z-abcdef0",
    "COMMIT_URL": "https://git.example/org/repo/commit/abcdef0",
    "RELEASE_URL": "https://git.example/org/repo/releases/tag/submit%2Fx",
    "REVIEW_URL": "https://git.example/org/repo/compare/a...b",
    "OWNER": "ada",
    "ASSIGNMENT_TYPE": "individual",
}
WHOLE = {"type": "integer", "minimum": 0}
WORD = {"type": "string", "minLength": 1}
SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": [
        *("schema", "classroom", "assignment", "assignment_type", "owner", "submission", "commit", "release"),
        *("review", "datetime", "score", "max-score", "tests"),
    ],
    "properties": {
        "schema": {"const": "classroom50/result/v1"},
        **dict.fromkeys(("classroom", "assignment", "owner", "commit", "release", "review"), WORD),
        "assignment_type": {"enum": ["individual", "group"]},
        "submission": {"type": "string", "pattern": "^submit/"},
        "datetime": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$"},
        "score": WHOLE,
        "max-score": WHOLE,
        "tests": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["test-name", "passed", "score", "max-score"],
                "properties": {"test-name": WORD, "passed": {"type": "boolean"}, "score": WHOLE, "max-score": WHOLE},
            },
        },
    },
}
"""As its maintainers publish it (`schemas/result-v1.schema.json`), and what they check besides is checked below."""


def assert_valid(found: dict) -> None:
    """By the schema, and by the rules that it cannot say."""
    jsonschema.validate(found, SCHEMA)
    assert found["score"] == sum(test["score"] for test in found["tests"]) <= found["max-score"]
    assert found["max-score"] == sum(test["max-score"] for test in found["tests"])
    assert all(test["score"] <= test["max-score"] for test in found["tests"])
    assert not any(isinstance(value, bool) for value in (found["score"], found["max-score"]))


def test_a_grade_is_its_tests() -> None:
    """Is there a test for each check, with its points, and the sums those of the grade?"""
    result = samples.graded()
    found = payload(result, submission(ENVIRONMENT), datetime(2026, 11, 1, 10, 0, 5, tzinfo=UTC))
    assert_valid(found)
    assert found["score"] == sum(question.score for question in result.questions)
    assert len(found["tests"]) == sum(len(question.checks) for question in result.questions)
    assert found["datetime"] == "2026-11-01T10:00:05Z"
    assert (found["classroom"], found["submission"], found["review"]) == (
        "nlp-fall",
        "submit/2026-11-01T10-00-00Z-abcdef0",
        "https://git.example/org/repo/compare/a...b",
    )
    (test,) = (test for test in found["tests"] if "extra weight" in test["test-name"])
    assert (test["passed"], test["score"], test["max-score"]) == (False, 0, 2)
    assert "plain LSTM" in test["message"]


@pytest.mark.parametrize("review", [None, "", " "])
def test_without_a_review_the_commit_is_shown(review: str | None) -> None:
    """Is the address of the commit taken where an older runner gives no other?"""
    environment = {name: value for name, value in ENVIRONMENT.items() if name != "REVIEW_URL"}
    environment |= {} if review is None else {"REVIEW_URL": review}
    assert submission(environment).review == ENVIRONMENT["COMMIT_URL"]


@pytest.mark.parametrize("status", ["unreadable", "failed"])
def test_without_a_grade_one_test_says_why(status: str) -> None:
    """Are there no points of as many as there were, and the reason?"""
    found = payload(samples.without_grade(status, "It is not JSON."), submission(ENVIRONMENT))
    assert_valid(found)
    assert (found["score"], found["max-score"]) == (0, 100)
    assert found["tests"][0]["message"] == "It is not JSON."


@pytest.mark.parametrize("attack", EVERYTHING.values(), ids=EVERYTHING)
def test_no_text_breaks_the_schema(attack: str) -> None:
    """Is the file valid, and small, with an attack in every text?"""
    result = with_every_text(samples.graded(), lambda _: attack)
    found = payload(result, submission(ENVIRONMENT))
    assert_valid(json.loads(json.dumps(found)))
    assert len(json.dumps(found, ensure_ascii=False)) < 100_000
    assert not any(set("\n\r\u202e\x1b") & set(test["test-name"]) for test in found["tests"])


def test_what_is_missing_is_named() -> None:
    """Does the message say which variables are not there?"""
    with pytest.raises(NoSubmission, match="ASSIGNMENT, COMMIT_URL missing"):
        submission({**ENVIRONMENT, "ASSIGNMENT": "", "COMMIT_URL": " "})


def test_the_command_writes_the_file(tmp_path: Path) -> None:
    """Does `grader export classroom50` write it, and refuse what it cannot do?"""
    path, out = tmp_path / "result.json", tmp_path / "other.json"
    path.write_text(samples.graded().to_json())
    ended = run("export", "classroom50", path, "--out", out, environment=ENVIRONMENT)
    assert ended.returncode == 0, ended.stderr
    assert_valid(json.loads(out.read_text()))
    refused = run("export", "classroom50", path, "--out", path, environment=ENVIRONMENT)
    assert (refused.returncode, path.read_text()) == (2, samples.graded().to_json())
    assert "overwrite" in refused.stderr
    refused = run("export", "classroom50", path, "--out", tmp_path / "no" / "file.json", environment=ENVIRONMENT)
    assert (refused.returncode, "cannot be written" in refused.stderr) == (2, True)
    refused = run("export", "classroom50", path, "--out", out)
    assert (refused.returncode, "CLASSROOM" in refused.stderr) == (2, True)
