"""A result as Gradescope reads it from `results.json` ("Autograder Specifications", output format).

Each check is a test. The score is the sum of the tests and is not given besides. What is meant for the instructor is no
hidden test: where a test is hidden, Gradescope shows the student no total. It goes where students do not look, into
`extra_data`, and to the output of the run.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Literal

from grader.report import markdown
from grader.report.literal import literal
from grader.result.model import CheckResult, QuestionResult, Result
from grader.result.phrases import WITHOUT_GRADE, full_title
from grader.text import neutral

Visibility = Literal["visible", "after_due_date", "after_published", "hidden"]
NAME, MESSAGE = 200, 2_000


def payload(result: Result, visibility: Visibility = "visible") -> dict[str, Any]:
    """The content of the file. A result without a grade is one failed test, worth all the points, that says why."""
    graded = result.status == "graded"
    tests = [test for question in result.questions for test in _tests(question)] if graded else [_without(result)]
    return {
        "execution_time": round(result.duration_s),
        "output": markdown.summary(result),
        "output_format": "md",
        "visibility": visibility,
        "stdout_visibility": "hidden",
        "extra_data": {"flags": list(result.flags), "sandbox": list(result.environment.sandbox)},
        "tests": [{**test, "output_format": "md", "visibility": visibility} for test in tests],
    }


def text(result: Result, visibility: Visibility = "visible") -> str:
    """The file: JSON, ending in a line break."""
    return json.dumps(payload(result, visibility), indent=2, ensure_ascii=False) + "\n"


def _tests(question: QuestionResult) -> Iterator[dict[str, Any]]:
    for place, check in enumerate(question.checks, 1):
        yield {
            "name": neutral(full_title(question, check), NAME),
            "number": f"{question.number}.{place}",
            "score": check.earned,
            "max_score": check.points,
            "status": "passed" if check.status == "pass" else "failed",
            "output": "\n\n".join(_said(check)),
        }


def _said(check: CheckResult) -> Iterator[str]:
    """What was found, and what to do, which the message does not always say."""
    yield literal(check.message, MESSAGE)
    if check.todo and check.todo not in check.message:
        yield f"**{literal(check.todo, MESSAGE)}**"


def _without(result: Result) -> dict[str, Any]:
    return {
        "name": WITHOUT_GRADE[result.status],
        "score": 0,
        "max_score": result.max_score,
        "status": "failed",
        "output": literal(result.reason or "no reason was given", MESSAGE),
    }
