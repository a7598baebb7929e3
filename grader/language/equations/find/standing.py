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

Standing = Literal["", "draft", "aside", "final", "wrong", "unasserted"]
DISOWNED = ("wrong", "unasserted")
"""What nobody stands by: it is called wrong, or only reported, doubted, or asked."""

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
    rf"|\b{_BAD} {_THING}(?<=s)\b[^.\n=]{{0,30}}$|\bdo(?: not|n't) use (?:them|these)\b"
    r"|\b(?:ignore|disregard|discard|skip)\b[^.\n:]{0,30}\b(?:following|below|these|next)\b",
    re.IGNORECASE,
)
_ONE_WRONG = re.compile(
    rf"\b(?:false|wrong|incorrect|not true|untrue|not the case) that\W{{0,12}}$"
    rf"|\b(?:wrong|incorrect|false|invalid|erroneous|mistaken)(?: {_THING})?\W{{0,3}}[:\-–—]\W{{0,12}}$"
    rf"|[❌✗✘][^\w\n]{{0,12}}$|(?:\n|\A)[ \t]{{0,9}}[❌✗✘]\W{{0,12}}$"
    rf"|\bnever (?:write|use|put|say|compute)\b[^.\n;:]{{0,24}}$"
    rf"|\b(?:mistake|error|wrong|incorrect|false) to (?:write|use|put|say|claim|set|have)\b[^.\n;:]{{0,24}}$"
    rf"|\b(?:is|are|and|but) not\W{{0,12}}$|\bNOT\W{{0,12}}$|\bnever\W{{0,12}}$"
    rf"|\b(?:(?:is|are|was) (?:not|never)|isn['’]t|aren['’]t) (?:given|computed|calculated|defined|written|described"
    rf"|expressed|obtained|equal|the same|updated)\b[^.\n;:]{{0,24}}$"
    rf"|\b(?:(?:do|does|did|must|should|may) not|(?:do|does|did)n['’]t|cannot|can['’]t) (?:use|have|compute|apply|equal"
    rf"|read|look like|hold|write|follow|obey|be)\b[^.\n;:]{{0,24}}$"
    rf"|\b(?:common|typical|frequent|popular|widespread|usual) (?:mistake|error|misconception|misunderstanding"
    rf"|myth|fallac(?:y|ie)|pitfall|confusion)s?\b[^.\n]{{0,60}}$",
    re.IGNORECASE,
)
_WRONG_BEFORE = re.compile(
    rf"\b(?:above|previous|preceding|earlier|all (?:of )?(?:the|these|those))\b[^.\n=]{{0,40}}"
    rf"\b(?:are|is|were|was)\b[^.\n=]{{0,15}} {_BAD}",
    re.IGNORECASE,
)
_WRONG_BEHIND = re.compile(
    rf"[^\w\n]{{0,6}}[❌✗✘]|\W{{0,6}}(?:(?:no|nope|oops)\W{{1,3}})?(?:(?:this|it|which|that)\W{{1,2}})?(?:(?:is"
    rf"|was)\W{{1,2}})?(?:all )?{_BAD}(?!\W{{0,3}}:|\W{{1,2}}{_THING})",
    re.IGNORECASE,
)
_TAKEN_BACK = re.compile(
    r"\bnone of (?:the|these|those|them|this)\b[^.\n=]{0,40}\b(?:true|right|correct|valid|holds?)\b"
    r"|\b(?:I|we) (?:do not|don['’]t|never|cannot|can['’]t) (?:believe|trust|stand by|agree with|vouch for|claim)"
    r"(?: in| a word of)? (?:any|all|these|this|them|it|those|the above)\b(?: of (?:this|it|these|them|those))?"
    r"(?: equations?| formulas?)?[ ]?(?:[.!]|$)"
    r"|\b(?:ignore|disregard|discard|forget about)\b[^.\n=]{0,30}\b(?:above|previous|these|those|them|everything)\b"
    r"|\b(?:above|previous|preceding|these|those|all of (?:this|it|them)|everything|all this|it all)\b[^.\n=]{0,40}"
    r"\b(?:nonsense|rubbish|made[ -]up|invented|a lie|lies|a joke|guesse[sd]|guesswork|fake"
    r"|not (?:true|right|correct))\b"
    r"|\b(?:I|we) (?:just |only )?(?:made (?:this|it|them|these|all)|invented|guessed)\b",
    re.IGNORECASE,
)
_ONLY_IF = re.compile(
    r"\W{0,12}(?:(?:holds?|is (?:true|valid|used|right)|applies),? )?(?:only (?:if|when|for|in|on|at)|unless"
    r"|except (?:if|when|that|for)|as long as|provided)\b",
    re.IGNORECASE,
)
_EXPECTED = re.compile(
    r"\b(?:expected|reference|model answer|sample solution|solution sheet)\W{0,3}:\W{0,12}$", re.IGNORECASE
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
    reported = held(text, places)
    for number, (start, end) in enumerate(places):
        lead = text[max(at, start - _LEAD) : start] if start > at else ""
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


def _taken_back(words: str) -> Standing:
    """What words say of all that stands before them."""
    return "wrong" if _WRONG_BEFORE.search(words) else "unasserted" if _TAKEN_BACK.search(words) else ""


def _one(lead: str, tail: str, said: Standing, *, reported: bool) -> Standing:
    """How one equation stands between the words before it and those behind; `said` is what holds without them."""
    if _WRONG_BEHIND.match(tail) or said == "wrong":
        return "wrong"
    if reported or _ONLY_IF.match(tail) or _EXPECTED.search(lead):
        return "unasserted"
    return "aside" if not said and _ASIDE.search(lead) else said


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
    if holds_what_follows(lead):
        return _Mode("unasserted", "many", level)
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
