"""What is to be said of an answer: one note for each cause for which its checks lost points."""

from __future__ import annotations

from dataclasses import dataclass

from grader.result.actions import resting_on
from grader.result.model import CheckResult, QuestionResult
from grader.result.phrases import said

SAME = ("no-code", "stopped")
"""Reasons that are one cause for all checks of an answer, whatever each of them expected."""


@dataclass(frozen=True, slots=True)
class Note:
    """Checks of a question that lost points for one cause, and those that were not looked at because of it."""

    checks: tuple[CheckResult, ...]
    waiting: tuple[CheckResult, ...] = ()

    @property
    def first(self) -> CheckResult:
        """The check whose words are those of the note."""
        return self.checks[0]

    @property
    def is_unsaid(self) -> bool:
        """Whether it tells what an explanation does not say yet: there is no place in the answer for it."""
        return all(_is_unsaid(check) for check in self.checks)

    @property
    def messages(self) -> tuple[str, ...]:
        """What its checks say, each thing once."""
        return tuple(dict.fromkeys(said(check) for check in self.checks))

    @property
    def all(self) -> tuple[CheckResult, ...]:
        """All checks that it is about."""
        return (*self.checks, *self.waiting)

    @property
    def earned(self) -> int:
        """What its checks earned all the same."""
        return sum(check.earned for check in self.all)

    @property
    def points(self) -> int:
        """What they could have earned."""
        return sum(check.points for check in self.all)


def notes(question: QuestionResult) -> list[Note]:
    """A note for each cause, in the order of the checks; none for an answer that is missing, of which all is said."""
    if question.status == "missing":
        return []
    causes: dict[tuple[object, ...], list[CheckResult]] = {}
    waiting: dict[tuple[object, ...], list[CheckResult]] = {}
    for check in question.checks:
        if check.status in ("pass", "skipped"):
            continue
        cause = _cause(check)
        causes.setdefault(cause, []).append(check)
        waiting.setdefault(cause, []).extend(resting_on(question, check))
    return [Note(tuple(checks), tuple(waiting[cause])) for cause, checks in causes.items()]


def _cause(check: CheckResult) -> tuple[object, ...]:
    if _is_unsaid(check):
        return ("unsaid",)
    return (check.reason, check.todo) if check.reason in SAME else (check.status, check.message)


def _is_unsaid(check: CheckResult) -> bool:
    """Whether an explanation lacks what this check looks for, and no sentence of it is held against its author."""
    quoted = check.observed is not None and check.observed in check.message
    return check.kind == "explanation" and check.status == "fail" and not quoted
