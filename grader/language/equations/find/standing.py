"""How the words around an equation have it: as a draft, as the version that counts, or as wrong.

Mostly they are silent. What they say holds as far as it reaches: "the following equations are wrong" until a heading or
a longer stretch of prose, "wrong:" on a line of its own for all that stand below it without a word, "it is false that"
for one equation, "Draft" until another word for a version comes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from grader.language.equations.find.asserted import held, holds_what_follows
from grader.language.equations.find.standing_words import (
    ASIDE,
    DRAFT,
    EXPECTED,
    FINAL,
    MANY_WRONG,
    NOT_MINE,
    ONE_CASE,
    ONE_WRONG,
    TAKEN_BACK,
    WRONG_BEFORE,
    WRONG_BEHIND,
)
from grader.language.prose.disowning_labels import is_of_falsehoods
from grader.language.prose.words import tokens

Standing = Literal["", "draft", "aside", "final", "wrong", "unasserted"]
DISOWNED = ("wrong", "unasserted")
"""What nobody stands by: it is called wrong, or only reported, doubted, or asked."""

_LEAD = 600
_TAIL = 90
_LONG = 12
"""So many words between two equations end what was said of the ones before."""

_HEADING = re.compile(r"^[ \t]{0,3}(#{1,6})[ \t]", re.MULTILINE)
_BOLD_LINE = re.compile(r"[ \t]{0,3}(?:\*\*|__)[^*_\n]{1,80}(?:\*\*|__):?[ \t]{0,9}")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_CASE = re.compile(r"\b(?:if|when|whenever|unless|until|suppose|wenn|falls|si)\b[^.!?\n]{0,60}\Z", re.IGNORECASE)
_NO_HEADING = 7


@dataclass(slots=True)
class _Mode:
    """What holds at a place: a standing, how far it reaches, and the level of the heading below which it was said."""

    standing: Standing = ""
    reach: Literal["one", "run", "many", "on"] = "on"
    level: int = _NO_HEADING


def standings(text: str, places: Sequence[tuple[int, int]]) -> list[tuple[Standing, int]]:
    """How each equation stands, and after how many words about versions it does.

    `places` are where the equations begin and end, in their order. Linear.
    """
    found: list[Standing] = []
    versions: list[int] = []
    mode, level, at, version = _Mode(), _NO_HEADING, 0, 0
    reported = held(text, places)
    for number, (start, end) in enumerate(places):
        lead = text[max(at, start - _LEAD) : start] if start > at else ""
        lead = lead if at else f"\n{lead}"
        level, heading = _heading(lead, level)
        before, mode = mode, _said(lead, level) or _lasting(mode, lead, heading)
        version += mode is not before
        versions.append(version)
        if taken_back := _taken_back(lead):
            found = [taken_back] * len(found)
        behind = places[number + 1][0] if number + 1 < len(places) else len(text)
        found.append(_one(lead, text[end : min(behind, end + _TAIL)], mode.standing, reported=number in reported))
        at = max(at, end)
    if taken_back := _taken_back(text[at : at + _LEAD]) if places else "":
        found = [taken_back] * len(found)
    return list(zip(found, versions, strict=True))


def _leaves_what_follows(words: str) -> bool:
    """Whether an author leaves what stands behind a colon: "I do not stand by any of this: ..."."""
    return any(line.endswith(":") and TAKEN_BACK.search(line) for line in map(str.rstrip, words.split("\n")))


def _taken_back(words: str) -> Standing:
    """What words say of all that stands before them."""
    for standing, pattern in _TAKING_BACK:
        for found in pattern.finditer(words):
            if not _CASE.search(words, max(0, found.start() - _TAIL), found.start()):
                return "" if standing == "unasserted" and _leaves_what_follows(words) else standing
    return ""


def _one(lead: str, tail: str, said: Standing, *, reported: bool) -> Standing:
    """How one equation stands between the words before it and those behind; `said` is what holds without them."""
    if WRONG_BEHIND.match(tail) or said == "wrong":
        return "wrong"
    if reported or NOT_MINE.match(tail) or ONE_CASE.match(tail) or EXPECTED.search(lead):
        return "unasserted"
    return "aside" if not said and ASIDE.search(lead) else said


def _is_headed_wrong(lead: str) -> bool:
    """Whether the last heading before an equation says that what stands below it is not so."""
    lines = [line for line in lead.split("\n") if _HEADING.match(line) or _BOLD_LINE.fullmatch(line)]
    return bool(lines) and is_of_falsehoods(tokens(lines[-1].strip(" #*_:")))


def _heading(lead: str, level: int) -> tuple[int, int | None]:
    """The level of the heading below which we are, and the highest of those in this lead."""
    levels = [len(found[1]) for found in _HEADING.finditer(lead)]
    return (levels[-1], min(levels)) if levels else (level, None)


def _said(lead: str, level: int) -> _Mode | None:
    """What the words before an equation say of it; the last word counts."""
    if MANY_WRONG.search(lead):
        return _Mode("wrong", "many", level)
    if _is_headed_wrong(lead):
        return _Mode("wrong", "on", level)
    if found := ONE_WRONG.search(lead):
        return _Mode("wrong", "run" if "\n" in found[0][1:] else "one", level)
    if holds_what_follows(lead) or _leaves_what_follows(lead):
        return _Mode("unasserted", "many", level)
    last = max(
        ((found.end(), standing) for standing, pattern in _VERSIONS for found in pattern.finditer(lead)), default=None
    )
    return _Mode(last[1], "on", level) if last else None


_TAKING_BACK: tuple[tuple[Standing, re.Pattern[str]], ...] = (("wrong", WRONG_BEFORE), ("unasserted", TAKEN_BACK))
_VERSIONS: tuple[tuple[Standing, re.Pattern[str]], ...] = (("draft", DRAFT), ("final", FINAL))


def _lasting(mode: _Mode, lead: str, heading: int | None) -> _Mode:
    """What still holds behind words that say nothing of the kind."""
    words = len(_LETTERS.findall(lead))
    over = (
        (heading is not None and heading <= mode.level)
        or mode.reach == "one"
        or (mode.reach == "run" and words > 0)
        or (mode.reach == "many" and words >= _LONG)
    )
    return _Mode() if over and mode.standing else mode
