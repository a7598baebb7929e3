"""How a result tells of a wrong statement that an answer makes, and how that is read out of it again.

A misconception costs the point of an explanation, or stands as a remark where no point was left. That somebody may have
meant one is asked, and is no statement.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from grader.result.model import QuestionResult

_COSTS = ", which is wrong, and costs this point. "
_OPEN, _CLOSE = "“", "”"


@dataclass(frozen=True, slots=True)
class WrongStatement:
    """A sentence of a student's, what is said against it, and the check whose point it costs, if it costs one."""

    sentence: str
    correction: str
    check: str | None = None


def costing(sentence: str, correction: str, *, said_right_as_well: bool) -> str:
    """The message of a check whose point a wrong statement costs."""
    so = "You say so, but you also write" if said_right_as_well else "You write"
    return f"{so} {_OPEN}{sentence}{_CLOSE}{_COSTS}{correction}"


def free(sentence: str, correction: str) -> str:
    """The remark on a wrong statement that costs nothing."""
    return f"{_OPEN}{sentence}{_CLOSE} {correction}"


def wrong_statements(question: QuestionResult) -> Iterator[WrongStatement]:
    """The wrong statements of an answer, those that cost points first."""
    for check in question.checks:
        quoted = f"{_OPEN}{check.observed}{_CLOSE}{_COSTS}"
        if check.kind == "explanation" and check.status == "fail" and check.observed and quoted in check.message:
            yield WrongStatement(check.observed, check.message.partition(quoted)[2], check.id)
    for remark in question.advisories:
        if remark.message.startswith(_OPEN):
            end = _end_of_quote(remark.message)
            if end is not None:
                yield WrongStatement(remark.message[1:end], remark.message[end + 2 :])


def _end_of_quote(message: str) -> int | None:
    """Where the quote ends with which a message begins: what is quoted may quote, too."""
    depth = 0
    for at, sign in enumerate(message):
        depth += (sign == _OPEN) - (sign == _CLOSE)
        if depth == 0:
            return at if message[at + 1 : at + 2] == " " else None
    return None
