"""A result as Classroom 50 collects it: schema `classroom50/result/v1` (wiki page "Advanced Autograding").

Points are whole numbers there as here. What names the submission comes from environment variables that its runner
sets; `owner`, `assignment_type` and `datetime` are set again by the runner, whatever is written here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from grader.result.model import CheckResult, QuestionResult, Result
from grader.result.phrases import WITHOUT_GRADE, full_title
from grader.text import neutral

SCHEMA = "classroom50/result/v1"
NEEDED = ("CLASSROOM", "ASSIGNMENT", "SUBMISSION_TAG", "COMMIT_URL", "RELEASE_URL")
NAME, MESSAGE = 200, 1_000


class NoSubmission(Exception):
    """The environment does not say which submission this is; the message names what is missing."""


@dataclass(frozen=True, slots=True)
class Submission:
    """Which submission a result is for. `review` is the address of the whole change."""

    classroom: str
    assignment: str
    tag: str
    commit: str
    release: str
    review: str
    owner: str | None = None
    assignment_type: str | None = None


def submission(environment: Mapping[str, str]) -> Submission:
    """The submission that environment variables name. Raises `NoSubmission` where one is missing or empty."""
    missing = [name for name in NEEDED if not environment.get(name, "").strip()]
    if missing:
        raise NoSubmission(
            f"the environment does not say which submission this is: {', '.join(missing)} missing. Classroom 50 sets "
            "them where it runs autograder.py; elsewhere, set them yourself"
        )
    classroom, assignment, tag, commit, release = (environment[name] for name in NEEDED)
    return Submission(
        classroom,
        assignment,
        tag,
        commit,
        release,
        review=environment.get("REVIEW_URL", "").strip() or commit,
        owner=environment.get("OWNER") or environment.get("USERNAME") or None,
        assignment_type=environment.get("ASSIGNMENT_TYPE") or None,
    )


def payload(result: Result, of: Submission, now: datetime | None = None) -> dict[str, Any]:
    """The content of the file. A result without a grade is one failed test, worth all the points, that says why."""
    tests = [_test(question, check) for question in result.questions for check in question.checks]
    if result.status != "graded":
        tests = [_without_grade(result)]
    known = {"assignment_type": of.assignment_type, "owner": of.owner}
    return {
        "schema": SCHEMA,
        "classroom": of.classroom,
        "assignment": of.assignment,
        **{name: value for name, value in known.items() if value},
        "submission": of.tag,
        "commit": of.commit,
        "release": of.release,
        "review": of.review,
        "datetime": (now or datetime.now(UTC)).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "score": sum(test["score"] for test in tests),
        "max-score": sum(test["max-score"] for test in tests),
        "tests": tests,
    }


def text(result: Result, of: Submission) -> str:
    """The file: JSON, ending in a line break."""
    return json.dumps(payload(result, of), indent=2, ensure_ascii=False) + "\n"


def _test(question: QuestionResult, check: CheckResult) -> dict[str, Any]:
    return {
        "test-name": neutral(full_title(question, check), NAME),
        "passed": check.status == "pass",
        "score": check.earned,
        "max-score": check.points,
        "message": neutral(check.message, MESSAGE),
    }


def _without_grade(result: Result) -> dict[str, Any]:
    return {
        "test-name": WITHOUT_GRADE[result.status],
        "passed": False,
        "score": 0,
        "max-score": result.max_score,
        "message": neutral(result.reason or "no reason was given", MESSAGE),
    }
