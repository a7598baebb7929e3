"""Words that were cut with a hyphen at the end of a line, put together again."""

from __future__ import annotations

import re
from collections.abc import Callable

from grader.language.lexicon import is_word

# Lines end as text, Markdown, HTML and pages end them.
_LINE_END = r"(?:\\?\r?\n|<[bB][rR][ ]?/?>(?:\r?\n)?|[\f\v\x85\u2028\u2029])"
# Both parts have at least two letters: "x-" at a line's end is a formula, and "a)" below it an item of a list.
_CUT = re.compile(
    rf"(?<![^\W\d_])(?P<head>[^\W\d_]{{2,40}})[-\u2010\u2011][ \t]{{0,20}}{_LINE_END}"
    r"[ \t>#]{0,20}(?P<tail>(?=[a-z])[^\W\d_]{2,40})",
)
_END = re.compile(r"[^\W\d_]{2}[-\u2010\u2011][ \t]{0,20}\\?\Z")


def is_cut(line: str) -> bool:
    """Whether a line ends with a hyphen in the middle of a word: what it says goes on in the next one."""
    return _END.search(line, max(0, len(line) - 24)) is not None


def unhyphenated(text: str, knows: Callable[[str], bool] = is_word) -> str:
    """The text with the two parts of each cut word on one line; the line break goes, and what followed goes up.

    The hyphen goes too ("for-/get"), unless the parts make no known word, but the second is one, as in a compound that
    keeps its hyphen ("long-/short"). `knows` says what a known word is.
    """
    return _CUT.sub(lambda cut: _joined(cut["head"], cut["tail"], knows), text)


def _joined(head: str, tail: str, knows: Callable[[str], bool]) -> str:
    whole = head + tail
    return f"{head}-{tail}" if knows(tail) and not knows(whole) else whole
