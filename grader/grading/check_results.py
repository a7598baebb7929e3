"""From the outcome of a check to its result: whole points, a status, and what is to be done."""

from __future__ import annotations

from grader.pack.questions import Check, Concept
from grader.pack.verdict import Outcome, Status
from grader.result.model import CheckResult


def check_result(judged: Check | Concept, outcome: Outcome, status: Status | None = None) -> CheckResult:
    """The result of a check or a concept with this outcome; without a `status` it follows from the points."""
    kind, title, points = (
        ("explanation", judged.statement, 1)
        if isinstance(judged, Concept)
        else (judged.kind, judged.title, judged.points)
    )
    # Half a point is no point; the small number keeps 2/3 of 3 points at 2.
    earned = int(outcome.share * points + 1e-9)
    if status is None:
        # All of the points are a pass, also where rounding gave the last of them.
        status = "pass" if outcome.share >= 1 or 0 < earned == points else "partial" if earned else "fail"
    return CheckResult.model_validate(
        {
            "id": judged.id,
            "kind": kind,
            "title": title,
            "points": points,
            "earned": earned,
            "status": status,
            "message": outcome.message,
            "expected": outcome.expected,
            "observed": outcome.observed,
            "why": judged.why,
            **_to_do(outcome, status),
        }
    )


def _to_do(outcome: Outcome, status: Status) -> dict[str, str | None]:
    todo = outcome.todo if status in ("fail", "partial") else None
    return {} if todo is None else {"todo": todo.sentence, "reason": todo.reason, "about": todo.about}
