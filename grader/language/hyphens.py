"""Words that were cut with a hyphen at the end of a line, put together again.

A hyphen is what shows as one, and "¬", which programs that read pages write for it. A dash or a minus may be meant as
what it is, and a capital may begin a word: there the parts are one word only where that is known.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from grader.language.lexicon import is_word

BREAK_TAG = r"<[bB][rR](?=[\s/>])[^<>]{0,300}>"
"""What ends a line in HTML, with whatever attributes."""

_HYPHENS, _DASHES = "-\u2010\u2011\ufe63\uff0d", "\u00ac\u2012\u2013\u2212"
# Lines end as text, Markdown, HTML and pages end them.
_LINE_END = rf"(?:\\?\r?\n|{BREAK_TAG}(?:[ \t]*\r?\n)?|[\f\v\x85\u2028\u2029])"
# Both parts have at least two letters: "x-" at a line's end is a formula, and "a)" below it an item of a list.
_CUT = re.compile(
    rf"(?<![^\W\d_])(?P<head>[^\W\d_]{{2,40}})(?P<sign>[{_HYPHENS}{_DASHES}])[ \t]*{_LINE_END}"
    r"[ \t>#]*(?P<tail>[^\W\d_]{2,40})",
)
_LAST_SIGNS = frozenset(f"{_HYPHENS}{_DASHES}\\>")
_AT_LINE_END = re.compile(rf"[{_HYPHENS}{_DASHES}][ \t]*{_LINE_END}")
_END = re.compile(rf"[^\W\d_]{{2}}[{_HYPHENS}{_DASHES}][ \t]*(?:\\|{BREAK_TAG})?\Z")


def is_cut(line: str) -> bool:
    """Whether a line ends with a hyphen in the middle of a word: what it says goes on in the next one."""
    line = line.rstrip(" \t")
    return line[-1:] in _LAST_SIGNS and _END.search(line) is not None


def unhyphenated(text: str, knows: Callable[[str], bool] = is_word) -> str:
    """The text with the two parts of each cut word on one line; the line break goes, and what followed goes up.

    The hyphen goes too ("for-/get"), unless the parts make no known word, but the second is one, as in a compound that
    keeps its hyphen ("long-/short"). `knows` says what a known word is.
    """
    return _CUT.sub(lambda cut: _joined(cut, knows), text) if _AT_LINE_END.search(text) else text


def put_together(text: str, knows: Callable[[str], bool] = is_word) -> str:
    """The same for a text whose places count: as long as before, with blanks before each word that was cut.

    Only what makes a known word: a hyphen may as well be a minus sign here.
    """
    return _CUT.sub(lambda cut: _in_place(cut, knows), text) if _AT_LINE_END.search(text) else text


def _in_place(cut: re.Match[str], knows: Callable[[str], bool]) -> str:
    whole = cut["head"] + cut["tail"]
    return whole.rjust(len(cut[0])) if knows(whole) else cut[0]


def _joined(cut: re.Match[str], knows: Callable[[str], bool]) -> str:
    head, tail = cut["head"], cut["tail"]
    if knows(head + tail):
        return head + tail
    if cut["sign"] in _DASHES or not tail[0].islower():
        return cut[0]
    return f"{head}-{tail}" if knows(tail) else head + tail
