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
_OPEN_END = re.compile(r":[\s\-•]{0,40}\Z")
_NAME = re.compile(r"eqn(\d+)")
_ASKED = re.compile(
    r"\A(?:is|are|isn't|does|do|can|could|should|was|or|maybe|perhaps)\b|\b(?:right|correct|true|so)\W{0,3}\Z"
)
_BELOW = re.compile(
    r"\b(?:following|below|next|these|this system|this set|equations|formulas|formulae)\b", re.IGNORECASE
)


def held(text: str, places: Sequence[tuple[int, int]]) -> frozenset[int]:
    """The numbers of the equations, which stand at `places`, that are reported, doubted, asked, or called wrong."""
    found: set[int] = set()
    whole = [sentence for sentence in sentences(_with_names(text, places))]
    words = [_unasked(tokens(sentence)) for sentence in whole]
    for line, places_held in zip(words, unasserted(whole, words), strict=True):
        if places_held and not _is_supposed(line):
            found.update(int(name[1]) for place in places_held if (name := _NAME.fullmatch(line[place])))
    return frozenset(found)


def holds_what_follows(lead: str) -> bool:
    """Whether words point to equations below them, and do not assert those."""
    if not _BELOW.search(lead):
        return False
    whole = sentences(_COMMAND.sub(" ", lead[-_MOST_WORDS:]))[-2:]
    lines = [" ".join(tokens(sentence)) for sentence in whole]
    return any(
        _BELOW.search(line) and (FRAME.search(line) or UNTRUE_ANYWHERE.search(line)) and not WOULD.search(line)
        for line in lines
    )


def _with_names(text: str, places: Sequence[tuple[int, int]]) -> str:
    """The text with a word for each equation, and lists of equations in one sentence."""
    pieces: list[str] = []
    at = 0
    for number, (start, end) in enumerate(places):
        if start >= at:
            pieces.append(_between(text[at:start], first=number == 0))
        pieces.append(f" eqn{number} ")
        at = max(at, end)
    rest = _COMMAND.sub(" ", text[at : at + _MOST_WORDS])
    return "".join([*pieces, rest])


def _between(gap: str, *, first: bool) -> str:
    if not first and not _HEADING.search(gap) and not _LETTERS.search(_COMMAND.sub(" ", gap[:_MOST_WORDS])):
        return " , "
    if len(gap) > 2 * _MOST_WORDS:
        gap = f"{gap[:_MOST_WORDS]}.\n\n{gap[-_MOST_WORDS:]}"
    plain = _COMMAND.sub(" ", gap)
    return _OPEN_END.sub(": ", plain) if _OPEN_END.search(plain[-60:]) else plain


def _unasked(words: list[str]) -> list[str]:
    """The words without the mark of a question that asks for no truth: "f_t = ..., what do we forget?"."""
    asks = words[-1:] == ["?"] and _ASKED.search(" ".join(words[:-1]))
    return words if asks else [word for word in words if word != "?"]


def _is_supposed(words: Sequence[str]) -> bool:
    line = " ".join(words)
    return CONDITION.search(line) is not None and WOULD.search(line) is not None
