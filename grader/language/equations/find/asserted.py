"""Which equations their author does not assert, by what the sentences around them say.

An equation is a word of its sentence: "Nobody claims that f_t = ..." asserts it no more than it would a statement, and
what explanations are read with tells so (`grader.language.prose.stance`). Equations below one another are one list, and
a list belongs to the words before its colon.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from grader.language.prose.segments import sentences
from grader.language.prose.stance import unasserted
from grader.language.prose.stance_frames import CONDITION, FRAME, UNTRUE_ANYWHERE, WOULD
from grader.language.prose.words import tokens

_MOST_WORDS = 700
"""So many characters of a stretch of prose between two equations are read at either end of it."""
_COMMAND = re.compile(r"\\(?:begin|end)\s?\{[a-zA-Z*]{1,20}\}(?:\{[clr|\s]{0,9}\})?|\\[a-zA-Z]{1,30}|\\\\|[$&`*>|]")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_HEADING = re.compile(r"^[ \t]{0,3}#{1,6}[ \t]", re.MULTILINE)
_LIST_BELOW = re.compile(
    r"(?:(?<=:)|(?<=\b(?:by|if|is|as))|(?<=\b(?:say|use|are))|(?<=\b(?:that|says|with|then))|(?<=\b(?:write|claim|using))"
    r"|(?<=\b(?:writes|claims))|(?<=\bwhether))[ \t,]{0,9}\n\s{0,9}(?:[-•\d.)(]{1,4}\s{0,9})?\Z"
)
"""Where a list of equations begins: behind a colon, or below words that do not end there."""
_STOPS = re.compile(r"[.!?]|\n[ \t]{0,20}\n")
_ASKS = re.compile(r"\A\s{0,20}\?")
_NAME = re.compile(r"eqn(\d+)")
_ASKED = re.compile(
    r"\A(?:is|are|isn't|does|do|can|could|should|was|or|maybe|perhaps|what if|how about)\b"
    r"|\b(?:right|correct|true|so)\W{0,3}\Z"
)
_BELOW = re.compile(
    r"\b(?:following|below|next|these|this system|this set|equations|formulas|formulae)\b", re.IGNORECASE
)
_POINTS = re.compile(
    r"\b(?:following|below|next|these|equations|formulas|formulae|system|set)\b[^:]{0,60}"
    r"(?: [:?]|(?<=equations)|(?<=following)|(?<=below)|(?<=formulas))\Z"
)
_SOURCES = re.compile(
    r"\b(?:authors?|books?|papers?|literature|lectures?|sources?|texts?) (?:write|writes|state|states)\b"
)


def held(text: str, places: Sequence[tuple[int, int]]) -> frozenset[int]:
    """The numbers of the equations, which stand at `places`, that are reported, doubted, asked, or called wrong."""
    found: set[int] = set()
    whole = sentences(_with_names(text, places))
    words = [tokens(sentence) for sentence in whole]
    asked = [_is_asked(line) for line in words]
    words = [line if asks else [word for word in line if word != "?"] for asks, line in zip(asked, words, strict=True)]
    for line, asks, places_held in zip(words, asked, unasserted([whole], [words]), strict=True):
        if asks or (places_held and not _is_supposed(line)):
            not_said = line if asks else [line[place] for place in places_held]
            found.update(int(name[1]) for word in not_said if (name := _NAME.fullmatch(word)))
    return frozenset(found)


def holds_what_follows(lead: str) -> bool:
    """Whether words point to equations below them, and do not assert those."""
    if not _BELOW.search(lead):
        return False
    lines = [" ".join(tokens(sentence)) for sentence in sentences(_COMMAND.sub(" ", lead[-_MOST_WORDS:]))]
    return any(
        _POINTS.search(line)
        and not _SOURCES.search(line)
        and not WOULD.search(line)
        and (FRAME.search(line) or UNTRUE_ANYWHERE.search(line))
        for line in lines[-3:]
    )


def _with_names(text: str, places: Sequence[tuple[int, int]]) -> str:
    """The text with a word for each equation, and lists of equations in one sentence."""
    pieces: list[str] = []
    at, listed = 0, False
    for number, (start, end) in enumerate(places):
        if start >= at:
            between, listed = _between(text[at:start], first=number == 0, listed=listed)
            pieces.append(between)
        pieces.append(f" eqn{number} ")
        at = max(at, end)
    rest = _COMMAND.sub(" ", text[at : at + _MOST_WORDS])
    return "".join([*pieces, _ASKS.sub(" ? ", rest) if listed else rest])


def _between(gap: str, *, first: bool, listed: bool) -> tuple[str, bool]:
    """What stands between two equations, and whether the second is one of a list below words."""
    short = _COMMAND.sub(" ", gap if len(gap) <= 2 * _MOST_WORDS else f"{gap[:_MOST_WORDS]}.\n\n{gap[-_MOST_WORDS:]}")
    if not first and not _HEADING.search(gap) and not _LETTERS.search(short):
        joined = listed or not _STOPS.search(short)
        return (" , " if joined else short), listed
    below = _LIST_BELOW.search(short[-60:]) is not None
    return (_LIST_BELOW.sub(" ", short) if below else short), below


def _is_asked(words: Sequence[str]) -> bool:
    """Whether a question asks if something is true, and not for the words beside it: "f_t = ..., what do we drop?"."""
    return words[-1:] == ["?"] and _ASKED.search(" ".join(words[:-1])) is not None


def _is_supposed(words: Sequence[str]) -> bool:
    line = " ".join(words)
    return CONDITION.search(line) is not None and WOULD.search(line) is not None
