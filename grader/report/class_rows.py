"""The rows of the page of a class: one for each submission, with what it takes to show, sort and filter it."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from grader.gradebook.how_it_stands import Standing
from grader.report.page import LONGEST
from grader.result.doubts import doubt_of
from grader.result.model import QuestionResult, Result
from grader.result.names import INTEGRITY, REPORT
from grader.result.phrases import question_status
from grader.roll.roll import Row as RollRow
from grader.text import neutral, neutral_lines

STATUS = {"unreadable": "could not be read", "failed": "could not be graded"}
TROUBLE = {"error": "stopped with an error", "timeout": "took too long", "missing": "no answer"}
MARK = {"missing": "–", "error": "!", "timeout": "…"}
MOST_REASONS, MOST_SAID = 3, 400
"""So many reasons to look at a submission are said, and so many characters of each."""


@dataclass(frozen=True, slots=True)
class Points:
    """What a submission has for one question; `mark` and `status` say where something was the matter with it."""

    number: int
    score: int
    is_full: bool
    status: str
    mark: str
    words: str
    decided: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One submission: the address of its report, its points, what is the matter with it, and how much that is.

    `kinds` are the filters that leave it, `person` is the student's name where that is another than the folder's.
    """

    name: str
    address: str
    person: str
    status: str
    score: int
    points: tuple[Points, ...]
    flags: int
    reasons: tuple[str, ...]
    trouble: str
    reason: str
    rank: tuple[float, ...]
    kinds: tuple[str, ...]
    total: str | None
    reckoned: bool
    stale: int
    not_reproduced: tuple[str, ...]
    """What was saved with it and a fresh run does not give."""


def report_address(name: str) -> str:
    """The address of a report, from the page of its class."""
    return f"{quote(os.fsencode(name), safe='')}/{REPORT}" if name else ""


def row_of(name: str, result: Result, standing: Standing, known: RollRow | None) -> Row:
    """The row of a result, with what people decided, and what the roll tells of who handed it in."""
    decided = frozenset(each.check.split(".")[0] for each in standing.overrides)
    broken = sum(check.status == "error" for question in result.questions for check in question.checks)
    troubles = {kind: sum(question.status == kind for question in result.questions) for kind in TROUBLE}
    said = [f"{count} × {TROUBLE[kind]}" for kind, count in troubles.items() if count]
    said += [f"{broken} × for a person to check"] if broken else []
    odd = any(flag.startswith(INTEGRITY) for flag in result.flags)
    concern = broken + sum(map(doubt_of, result.flags))
    shown, person = neutral(result.submission.name, LONGEST), _person(name, known)
    doubtful = known.doubtful if known is not None else None
    reasons = _reasons(result, doubtful)
    kinds = {
        "look": bool(reasons) or broken > 0,
        "odd": odd,
        "ungraded": result.status != "graded",
        **{kind: count > 0 for kind, count in troubles.items()},
        "decided": bool(decided),
        "stale": bool(standing.stale),
    }
    return Row(
        name=shown,
        address=report_address(name),
        person="" if person == shown else person,
        status=result.status,
        score=result.score,
        points=tuple(_points(question, decided) for question in result.questions),
        flags=len(result.flags),
        reasons=reasons or ((f"{broken} × for a person to check",) if broken else ()),
        trouble=STATUS.get(result.status) or ", ".join(said),
        reason=neutral_lines(result.reason or "", LONGEST),
        rank=(not odd, result.status == "graded", -concern, -sum(troubles.values()), result.score),
        kinds=tuple(kind for kind, holds in kinds.items() if holds),
        total=standing.total,
        reckoned=bool(standing.lines),
        stale=len(standing.stale),
        not_reproduced=tuple(neutral(each, MOST_SAID) for each in result.not_reproduced),
    )


def _person(name: str, known: RollRow | None) -> str:
    return "" if known is None or not known.person.name else neutral(known.person.name, 200)


def _points(question: QuestionResult, decided: frozenset[str]) -> Points:
    return Points(
        question.number,
        question.score,
        question.score == question.max_score,
        question.status,
        MARK.get(question.status, ""),
        question_status(question) if question.status in MARK else "",
        question.id in decided,
    )


def _reasons(result: Result, doubtful: str | None) -> tuple[str, ...]:
    """Why a person is to look at it: what was done unseen first, then what is most doubtful."""
    flags = sorted(result.flags, key=lambda flag: (not flag.startswith(INTEGRITY), -doubt_of(flag)))
    said = [result.reason or STATUS[result.status]] if result.status != "graded" else []
    said += [f"it may be another student's: {doubtful}"] if doubtful else []
    told = [neutral(each, MOST_SAID) for each in [*said, *flags]]
    more = len(told) - MOST_REASONS
    return tuple([*told[:MOST_REASONS], f"and {more} more"] if more > 0 else told)


def by_folder(rows: Sequence[RollRow]) -> Mapping[str, RollRow]:
    """The rows of a roll by the folders of their results."""
    return {row.folder: row for row in rows if row.folder is not None}
