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

Standing = Literal["", "draft", "aside", "final", "wrong"]

_LEAD = 600
_TAIL = 90
_LONG = 12
"""So many words between two equations end what was said of the ones before."""

_BAD = (
    r"(?:wrong|incorrect|false|invalid|untrue|erroneous|mistaken|not (?:correct|right|true|valid)|falsch\w{0,2}|faux"
    r"|fausses?|incorrect[ao]s|errad[ao]s?)\b"
)
_THING = r"(?:equations?|versions?|formula[es]?|forms?|systems?|answers?|ways?|ones?|definitions?)"
_MANY_WRONG = re.compile(
    rf"\b(?:following|these|below|next|folgende\w?|suivantes|siguientes"
    rf"|seguintes)\b[^.\n:]{{0,40}} (?:\w+ ){{0,2}}{_BAD}"
    rf"|\b{_BAD} {_THING}(?<=s)\b[^.\n=]{{0,30}}$|\bdo(?: not|n't) use (?:them|these)\b",
    re.IGNORECASE,
)
_ONE_WRONG = re.compile(
    rf"\b(?:false|wrong|incorrect|not true|untrue|not the case) that\W{{0,12}}$"
    rf"|\b(?:wrong|incorrect|false|invalid|erroneous|mistaken)(?: {_THING})?\W{{0,3}}[:\-–—]\W{{0,12}}$"
    rf"|[❌✗✘]\W{{0,12}}$"
    rf"|\b(?:is|are|and|but) not\W{{0,12}}$|\bNOT\W{{0,12}}$|\bnever\W{{0,12}}$"
    rf"|\b(?:common|typical|frequent) (?:mistake|error)s?\b[^.\n]{{0,60}}$",
    re.IGNORECASE,
)
_WRONG_BEFORE = re.compile(
    rf"\b(?:above|previous|preceding|earlier|all (?:of )?(?:the|these|those))\b[^.\n=]{{0,40}}"
    rf"\b(?:are|is|were|was)\b[^.\n=]{{0,15}} {_BAD}",
    re.IGNORECASE,
)
_WRONG_BEHIND = re.compile(
    rf"\W{{0,6}}(?:(?:no|nope|oops)\W{{1,3}})?(?:(?:this|it|which|that)\W{{1,2}})?(?:(?:is"
    rf"|was)\W{{1,2}})?(?:all )?{_BAD}(?!\W{{0,3}}:|\W{{1,2}}{_THING})",
    re.IGNORECASE,
)
_DRAFT = re.compile(
    r"\bdrafts?\b|\bfirst (?:try|attempt|version|guess|idea)\b|\bold(?:er)? versions?\b"
    r"|\b(?:earlier|previous|initial) (?:version|attempt|try|guess|answer)\b|\b(?:at first|initially"
    r"|originally),? I\b"
    r"|\bI (?:first|initially|originally) (?:wrote|thought|had)\b|\bsuperseded\b|\bbrouillon\b|\bEntwurf\b"
    r"|\bborrador\b",
    re.IGNORECASE,
)
_FINAL = re.compile(
    r"\bfinal(?:ly)?(?: (?:version|answer|equations?|form|system))?\W{0,4}:|\bfinal (?:version|answer)\b"
    r"|\bcorrect(?:ed)? (?:version|equations?|forms?|formula[es]?|ones?|definition|system)\b|\bcorrections?\b"
    r"|\bright (?:version|equations?|one)\b|\b(?:right|correct|corrected|true)\W{0,3}:|[✅✓✔]|\bversion [2-9]\b"
    r"|\bthis one counts\b|\b(?:second|last|new) (?:try|attempt|version)\b"
    r"|\bafter (?:reading|checking|thinking)\b[^.\n]{0,40}\b(?:again|over)\b|\bshould (?:be|read|have been)\b"
    r"|\brevised\b"
    r"|\binstead\b|\bactually\b|\bin fact\b|\berrat(?:a|um)\b|\bbetter\W{0,3}:|\bEdit:|\brather:|\bI mean\b"
    r"|\bversion finale\b"
    r"|\bendgültig|\bversión final\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"\b(?:if|when|whenever|suppose|assum\w{1,4}|e\.g|for (?:example|instance)|special case|extreme|would|were"
    r"|without"
    r"|derivative|gradient|wenn|falls|si|quand|cuando|se|если)\b[^.!?\n]{0,80}$",
    re.IGNORECASE,
)
_HEADING = re.compile(r"^[ \t]{0,3}(#{1,6})[ \t]", re.MULTILINE)
_LETTERS = re.compile(r"[^\W\d_]{2,}")
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
    for number, (start, end) in enumerate(places):
        lead = text[max(at, start - _LEAD) : start] if start > at else ""
        level, heading = _heading(lead, level)
        before, mode = mode, _said(lead, level) or _lasting(mode, lead, heading)
        version += mode is not before
        versions.append(version)
        if _WRONG_BEFORE.search(lead):
            found = ["wrong"] * len(found)
        behind = places[number + 1][0] if number + 1 < len(places) else len(text)
        is_wrong = _WRONG_BEHIND.match(text[end : min(behind, end + _TAIL)]) is not None
        aside: Standing = "aside" if not mode.standing and _ASIDE.search(lead) else mode.standing
        found.append("wrong" if is_wrong else aside)
        at = max(at, end)
    if places and _WRONG_BEFORE.search(text[at : at + _LEAD]):
        found = ["wrong"] * len(found)
    return list(zip(found, versions, strict=True))


def _heading(lead: str, level: int) -> tuple[int, int | None]:
    """The level of the heading below which we are, and the highest of those in this lead."""
    levels = [len(found[1]) for found in _HEADING.finditer(lead)]
    return (levels[-1], min(levels)) if levels else (level, None)


def _said(lead: str, level: int) -> _Mode | None:
    """What the words before an equation say of it; the last word counts."""
    if _MANY_WRONG.search(lead):
        return _Mode("wrong", "many", level)
    if found := _ONE_WRONG.search(lead):
        return _Mode("wrong", "run" if "\n" in found[0] else "one", level)
    last = max(
        ((found.end(), standing) for standing, pattern in _VERSIONS for found in pattern.finditer(lead)), default=None
    )
    return _Mode(last[1], "on", level) if last else None


_VERSIONS: tuple[tuple[Standing, re.Pattern[str]], ...] = (("draft", _DRAFT), ("final", _FINAL))


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
