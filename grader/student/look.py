"""What a student sees of a result before it is graded: no hidden check, and no more than the pack lets show."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from grader.pack.questions import Assignment, Shows
from grader.result.actions import imperative
from grader.result.model import CheckResult, QuestionResult, Result

LEVELS: tuple[Shows, ...] = get_args(Shows)
"""From the least that may be shown to the most."""


def look(result: Result, pack: Assignment, wanted: Shows = "hints") -> dict[str, Any]:
    """The verdicts as data; what is `wanted` may be less than the pack shows, and never is more."""
    shows = min(pack.shows, wanted, key=LEVELS.index)
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
        "checks": [_check(check, hidden, shows) for check in seen],
        "remarks": [each.message for each in question.advisories] if shows == "all" else [],
    }


def _check(check: CheckResult, hidden: set[str], shows: Shows) -> dict[str, Any]:
    about = {"id": check.id, "title": check.title, "status": check.status}
    return {**about, "earned": check.earned, "points": check.points, "said": list(_said(check, hidden, shows))}


def _said(check: CheckResult, hidden: set[str], shows: Shows) -> Iterator[str]:
    if check.status == "skipped":
        yield "It was not looked at" + ("." if check.after in hidden else f": first {check.after} has to earn points.")
    elif shows == "all":
        yield check.message
    elif shows == "hints" and check.status != "pass":
        hint = check.todo or imperative(check.message)
        yield from [hint] if hint else []
