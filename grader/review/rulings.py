"""What a form says, read with care, and what it means as a decision with words for the student."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.datastructures import FormData

from grader.gradebook.reviewing import Ruling
from grader.result.model import CheckResult

LONGEST = 4_000


class Misread(Exception):
    """The form says nothing that could be entered; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Given:
    """A form: which group, which of its members, what was seen when it was shown, and what was decided."""

    group: str
    members: tuple[str, ...]
    seen: tuple[int, int]
    verdict: str
    points: str
    said: str

    @classmethod
    def of(cls, form: FormData) -> Given:
        """The fields of a form; what is missing is empty."""
        one, _, other = str(form.get("seen", "")).partition("-")
        seen = (int(one), int(other)) if one.isdecimal() and other.isdecimal() else (0, 0)
        members = tuple(str(each) for each in form.getlist("member"))
        texts = [str(form.get(name, "")) for name in ("group", "verdict", "points", "said")]
        return cls(texts[0], members, seen, texts[1], texts[2], texts[3].strip()[:LONGEST])


def ruling_of(given: Given, check: CheckResult, by: str) -> Ruling:
    """The decision about a check. Raises `Misread`."""
    if given.verdict == "agree":
        return Ruling(by, None, given.said)
    if given.verdict != "disagree":
        raise Misread("Agree, or disagree.")
    points = _points(given.points, check)
    if points == check.earned:
        raise Misread(f"It has {points} already; choose other points, or agree.")
    found = "it earns" if points > check.earned else "it has only"
    told = f"looked at again, {found} {points} of {check.points}."
    return Ruling(by, points, given.said, f"{told} {given.said}".strip())


def _points(text: str, check: CheckResult) -> int:
    """The points that were chosen; where none were, what the verdict turned round gives."""
    if not text:
        return 0 if check.earned == check.points else check.points
    if not (text.isascii() and text.isdecimal() and int(text[:4]) <= check.points):
        raise Misread(f"Choose 0 to {check.points} points.")
    return int(text[:4])
