"""Decisions as data, and what they make of a result. Pure: whoever shows a grade asks here, and no database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from grader.gradebook.earned import Attempt, CheckPoints, QuestionPoints
from grader.result.model import CheckResult, QuestionResult, Result


class _Decision(BaseModel):
    model_config = ConfigDict(frozen=True, defer_build=True, extra="forbid")

    by: str = Field(description="Whose decision it is.")
    at: datetime


class Override(_Decision):
    """Points that a person gave a check of one attempt, and why."""

    check: str
    points: int = Field(ge=0)
    why: str
    digest: str = Field(description="The attempt at which the person looked.")
    holds: bool = Field(default=True, description="Whether the latest attempt has the same there.")

    def is_for(self, attempt: Attempt) -> bool:
        """Whether it decides about this attempt, too."""
        return attempt.digest == self.digest or (attempt.is_here and self.holds)


class Comment(_Decision):
    """What a person says to a student."""

    said: str
    question: str | None = None


class Extension(_Decision):
    """A deadline of a student's own."""

    until: datetime
    why: str


class Decisions(BaseModel):
    """All that was decided about one student and stands, the earliest first."""

    model_config = ConfigDict(frozen=True, defer_build=True, extra="forbid")

    overrides: tuple[Override, ...] = ()
    comments: tuple[Comment, ...] = ()
    extensions: tuple[Extension, ...] = ()


NONE = Decisions()


def in_force(overrides: Iterable[Override], attempt: Attempt) -> dict[str, Override]:
    """The override that counts for each check of an attempt: the latest of those that are for it."""
    known = {check.id: check for question in attempt.questions for check in question.checks}
    found = {each.check: each for each in overrides if each.is_for(attempt)}
    return {id_: each for id_, each in found.items() if id_ in known and each.points <= known[id_].points}


def stale(overrides: Iterable[Override], attempt: Attempt | None) -> list[Override]:
    """The latest override of each check that does not count for an attempt: another thing stands there now."""
    latest = {each.check: each for each in overrides}
    counts = {} if attempt is None else in_force(latest.values(), attempt)
    return [each for id_, each in latest.items() if id_ not in counts]


def overridden(questions: Sequence[QuestionPoints], overrides: Mapping[str, Override]) -> tuple[QuestionPoints, ...]:
    """The points with those of the instructor in the place of the grader's."""
    if not overrides:
        return tuple(questions)
    return tuple(
        question._replace(checks=tuple(_given(check, overrides.get(check.id)) for check in question.checks))
        for question in questions
    )


def _given(check: CheckPoints, override: Override | None) -> CheckPoints:
    if override is None:
        return check
    return check._replace(earned=override.points, status=_status(override.points, check.points))


def _status(earned: int, points: int) -> str:
    return "pass" if earned == points else "partial" if earned else "fail"


def applied(result: Result, overrides: Iterable[Override]) -> Result:
    """The result as it is with what the instructor decided: what a report shows.

    A check that was not looked at because of one that has points now stands for itself.
    """
    given = {each.check: each for each in overrides}
    if not given:
        return result
    questions = tuple(_answer(question, given) for question in result.questions)
    return result.model_copy(update={"questions": questions, "score": sum(each.score for each in questions)})


def _answer(question: QuestionResult, given: Mapping[str, Override]) -> QuestionResult:
    if not any(check.id in given for check in question.checks):
        return question
    checks: list[CheckResult] = []
    earning: set[str] = set()
    for check in question.checks:
        made = _decided(check, given[check.id]) if check.id in given else check
        if made.status == "skipped" and made.after in earning:
            made = made.model_copy(update={"status": "fail", "after": None})
        if made.earned:
            earning.add(made.id)
        checks.append(made)
    score = sum(check.earned for check in checks)
    status = "answered" if question.status == "missing" and score else question.status
    return question.model_copy(update={"checks": tuple(checks), "score": score, "status": status})


def _decided(check: CheckResult, override: Override) -> CheckResult:
    points = min(override.points, check.points)
    said = {"earned": points, "status": _status(points, check.points), "message": words(override)}
    return check.model_copy(
        update={**said, **dict.fromkeys(("expected", "observed", "after", "todo", "reason", "about"))}
    )


def words(override: Override) -> str:
    """What is said of a decision to the student."""
    return f"Decided by your instructor: {override.why}"
