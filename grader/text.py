"""Text from a notebook, made fit to be shown: without escapes, control characters and hidden directions."""

from __future__ import annotations

import re
import unicodedata

ELLIPSIS = "…"

# Terminated control strings (titles, hyperlinks) first, then CSI sequences, then two-character escapes. A control
# string that nobody ends loses its introducer alone, so that one stray escape does not swallow the rest.
_ESCAPES = re.compile(
    r"(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)"
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|\x1b[ -/]*[0-Z\\^_`a-~]?"
)
_BLANKS = {"\u2028": "\n", "\u2029": "\n", "\x85": "\n", "\x0b": "\n", "\x0c": "\n"}
# Joiners belong to the writing of many languages and to emoji; everything else of category Cf only hides or turns.
_KEPT_FORMATS = frozenset("\u200c\u200d")
_DROPPED_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Cn", "Co"})


def neutral(text: str, limit: int | None = None) -> str:
    """The text without ANSI escapes, control and bidi characters; new lines and tabs stay.

    With `limit`, at most so many characters, an ellipsis standing for the rest. Text of any length costs time linear
    in what is kept: what is far beyond the limit is never looked at.
    """
    if limit is not None and limit < 1:
        raise ValueError(f"a limit is at least 1 character, not {limit}")
    cut = False
    if limit is not None and len(text) > (most := 8 * limit + 1024):
        text, cut = text[:most], True
    text = _ESCAPES.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = "".join(map(_shown, text))
    if limit is None or (len(text) <= limit and not cut):
        return text
    return text[: limit - 1].rstrip() + ELLIPSIS


def _shown(character: str) -> str:
    if " " <= character <= "~" or character in "\n\t":
        return character
    if character in _BLANKS:
        return _BLANKS[character]
    if character in _KEPT_FORMATS:
        return character
    return "" if unicodedata.category(character) in _DROPPED_CATEGORIES else character


def one_line(text: str, limit: int | None = None) -> str:
    """As `neutral`, on one line: every run of white space is one space."""
    return neutral(" ".join(neutral(text, None if limit is None else 4 * limit).split()), limit)


def count(number: int, singular: str, plural: str | None = None) -> str:
    """`1 point`, `2 points`: a number and its noun."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"
