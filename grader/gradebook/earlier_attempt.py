"""The attempt before the one that is shown: which it is, and its points as they count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pydantic import BaseModel, ConfigDict, Field

from grader.gradebook.decided import Override, in_force, overridden
from grader.gradebook.earned import Attempt


class Earlier(BaseModel):
    """The points of an earlier attempt, with what the instructor decided about it."""

    model_config = ConfigDict(frozen=True, defer_build=True, extra="forbid")

    digest: str = Field(description="SHA-256 of what was handed in.")
    checks: dict[str, tuple[int, int]] = Field(description="What each check gave, and of how many points.")
    counting: str | None = Field(
        default=None, description="Which attempt counts in the course, where that is not the one that is shown."
    )


def previous(attempts: Sequence[Attempt]) -> Attempt | None:
    """Of attempts in their order, the latest with a grade before the one in the folder of results; None without one."""
    before: Attempt | None = None
    for attempt in attempts:
        if attempt.is_here:
            return before
        if attempt.status == "graded":
            before = attempt
    return None


def earlier(attempt: Attempt, overrides: Iterable[Override], counting: str | None = None) -> Earlier:
    """The points of an attempt, with those decisions that are in force for it."""
    questions = overridden(attempt.questions, in_force(overrides, attempt))
    checks = {check.id: (check.earned, check.points) for question in questions for check in question.checks}
    return Earlier(digest=attempt.digest, checks=checks, counting=counting)
