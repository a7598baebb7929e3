"""A result in GitHub Classroom's autograding format, version 1, as `autograding-grading-reporter` reads it.

The reporter adds a grade up in two ways: its notice sums the scores of the tests, its table (in older releases) takes
the share of passed tests times `max_score`, for each runner. Both are the grade if every test is worth one point, so a
check of three points of which two were earned is three tests, two of them passed. A runner is a question: with ten
points each, the share comes out exactly, in floating point, too.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from typing import Literal

from pydantic import BaseModel, ConfigDict

from grader.export.workflow import no_command
from grader.result.model import CheckResult, QuestionResult, Result
from grader.result.phrases import full_title, out_of

Outcome = Literal["pass", "fail", "error"]
WITHOUT_GRADE = "grader"
"""The name of the only runner of a notebook that has no grade."""
NAME, MESSAGE = 200, 500
"""Characters. All tests of a runner must fit into one environment variable, which holds 128 KiB."""
_NO_RUNNER = re.compile("[^a-z0-9]")
_NO_ID = re.compile("[^A-Za-z0-9._-]")


class Test(BaseModel):
    """One point: earned or not. `test_code` is what a reader sees as the test; here it names the check."""

    model_config = ConfigDict(frozen=True)

    name: str
    status: Outcome
    score: int
    message: str
    test_code: str
    filename: str
    line_no: int = 0
    duration: int = 0


class Runner(BaseModel):
    """What the reporter reads for one runner."""

    model_config = ConfigDict(frozen=True)

    version: Literal[1] = 1
    status: Outcome
    max_score: int
    tests: tuple[Test, ...]

    def encoded(self) -> str:
        """The JSON as base64, without line breaks."""
        return base64.b64encode(json.dumps(self.model_dump(), ensure_ascii=False).encode()).decode()


def runners(result: Result) -> dict[str, Runner]:
    """A runner for each question, under a name without hyphens; for a result without a grade, one that says why."""
    if result.status != "graded":
        return {WITHOUT_GRADE: _without_grade(result)}
    made: dict[str, Runner] = {}
    for question in result.questions:
        name = runner_name(question.id)
        while name in made:
            name += "x"
        made[name] = _runner(question, result.submission.file)
    return made


def runner_name(question: str) -> str:
    """The name of a question's runner: of letters and digits alone, so that it can be a part of a variable's name."""
    return _NO_RUNNER.sub("", question[:NAME].lower()) or "q"


def lines(result: Result) -> str:
    """A line `name=BASE64` for each runner, as the file that `$GITHUB_OUTPUT` names takes them."""
    return "".join(f"{name}={runner.encoded()}\n" for name, runner in runners(result).items())


def _runner(question: QuestionResult, file: str) -> Runner:
    tests = tuple(test for check in question.checks for test in _tests(question, check, file))
    return Runner(status=_together(tests), max_score=question.max_score, tests=tests)


def _tests(question: QuestionResult, check: CheckResult, file: str) -> Iterator[Test]:
    for point in range(1, check.points + 1):
        earned = point <= check.earned
        which = f" ({point} of {check.points})" if check.points > 1 else ""
        yield Test(
            name=no_command(full_title(question, check), NAME) + which,
            status="pass" if earned else "error" if check.status == "error" else "fail",
            score=int(earned),
            message="" if earned else no_command(check.message, MESSAGE),
            test_code=_NO_ID.sub("-", check.id[:NAME]),
            filename=no_command(file, NAME),
        )


def _together(tests: tuple[Test, ...]) -> Outcome:
    statuses = {test.status for test in tests}
    return "fail" if "fail" in statuses else "error" if "error" in statuses or not tests else "pass"


def _without_grade(result: Result) -> Runner:
    test = Test(
        name=f"The notebook can be graded ({out_of(0, result.max_score)})",
        status="error",
        score=0,
        message=no_command(result.reason or "no reason was given", MESSAGE),
        test_code=result.status,
        filename=no_command(result.submission.file, NAME),
    )
    return Runner(status="error", max_score=result.max_score, tests=(test,))
