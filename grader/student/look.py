"""What a student sees of a result before it is graded: no hidden check, and no more than the pack lets show."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from grader.pack.questions import Assignment, Shows
from grader.result.actions import imperative
from grader.result.model import CheckResult, QuestionResult, Result

LEVELS: tuple[Shows, ...] = get_args(Shows)
"""From the least that may be shown to the most."""


def least(one: Shows, other: Shows | None) -> Shows:
    """The one that shows less."""
    return one if other is None else min(one, other, key=LEVELS.index)


def look(result: Result, pack: Assignment, wanted: Shows | None = None) -> dict[str, Any]:
    """The verdicts as data; `wanted` may ask for less than the pack shows, and never gets more."""
    shows = least(pack.shows, wanted)
    hidden = {check.id for question in pack.questions for check in question.checks if check.hidden}
    return {
        "notebook": result.submission.file,
        "reason": result.reason,
        "shows": shows,
        "questions": [_question(each, hidden, shows) for each in result.questions],
    }


def _question(question: QuestionResult, hidden: set[str], shows: Shows) -> dict[str, Any]:
    seen = [check for check in question.checks if check.id not in hidden]
    return {
        "id": question.id,
        "number": question.number,
        "title": question.title,
        "status": question.status,
        "cells": [cell + 1 for cell in question.cells],
        "earned": sum(check.earned for check in seen),
        "points": sum(check.points for check in seen),
        "checks": [_check(check, shows) for check in seen],
        "remarks": [each.message for each in question.advisories] if shows == "all" else [],
    }


def _check(check: CheckResult, shows: Shows) -> dict[str, Any]:
    about = {"id": check.id, "title": check.title, "status": check.status}
    return {**about, "earned": check.earned, "points": check.points, "said": list(_said(check, shows))}


def _said(check: CheckResult, shows: Shows) -> Iterator[str]:
    if check.status == "skipped":
        yield f"It is looked at once {check.after} earns points."
    elif shows == "all":
        yield check.message
    elif shows == "hints" and check.status != "pass":
        hint = check.todo or imperative(check.message)
        yield from [hint] if hint else []
