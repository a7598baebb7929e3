"""Text that others wrote, made harmless before it is shown: on a terminal, in a page, in a cell."""

from __future__ import annotations

import html
import re

ELLIPSIS = "…"
REPLACEMENT = "\ufffd"
AHEAD = 16
"""For each character that is shown, so many are looked at: what lies between them is dropped."""

_ESC, _CSI, _BEL, _ST = "\x1b", "\x9b", "\x07", "\x9c"
# Sequences that a terminal obeys (ECMA-48). Each alternative ends at a line's end at the latest and takes linear time.
_ANSI = re.compile(
    rf"(?:{_ESC}\[|{_CSI})[0-?]*[ -/]*[@-~]?"  # control sequences: colours, cursor
    rf"|(?:{_ESC}[\]PX^_]|[\x90\x98\x9d-\x9f])[^{_ESC}{_BEL}{_ST}\n]*(?:{_BEL}|{_ST}|{_ESC}\\)?"  # titles, links
    rf"|{_ESC}[ -/]*[0-~]?"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# Characters that turn the direction of writing or cannot be seen: what is shown would not be what is there.
_UNSEEN = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_HUGE_ENTITY = re.compile(r"&#[0-9]{20,};?")
_ACCENTS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_PILE = re.compile(f"([{_ACCENTS}]{{4}})[{_ACCENTS}]+")


def unescaped(text: str) -> str:
    """The text with the characters that HTML's entities stand for."""
    # Python reads no decimal number of thousands of digits, and raises; HTML has no character with so large a number.
    return html.unescape(_HUGE_ENTITY.sub(REPLACEMENT, text))


def strip_ansi(text: str) -> str:
    """The text without the sequences that a terminal would obey."""
    return _ANSI.sub("", text)


def scrub(text: str) -> str:
    """The text with every lone surrogate replaced, so that it can be written as UTF-8; otherwise unchanged."""
    return _SURROGATE.sub(REPLACEMENT, text)


def neutral_lines(text: str, limit: int | None = None) -> str:
    """Text of several lines in which every character stands for itself.

    Keeps line feeds and tabs. Drops terminal sequences, control characters, characters that turn the direction of
    writing or are invisible, and piles of accents; replaces lone surrogates. With `limit`, at most so many characters.
    """
    text = _beginning(text, limit).replace("\r\n", "\n")
    text = _CONTROL.sub("", strip_ansi(text))
    text = scrub(_UNSEEN.sub("", text))
    text = _PILE.sub(r"\1", text)
    return text if limit is None else shorten(text, limit)


def neutral(text: str, limit: int | None = None) -> str:
    """The same on one line: every run of white space becomes one space."""
    text = _beginning(text, limit)
    line = " ".join(neutral_lines(re.sub(r"[\r\x85\u2028\u2029]", "\n", text)).split())
    return line if limit is None else shorten(line, limit)


def _beginning(text: str, limit: int | None) -> str:
    """As much of a text as can be needed for its first `limit` characters, so that a megabyte costs no time."""
    return text if limit is None or len(text) <= AHEAD * limit else text[: AHEAD * limit] + ELLIPSIS


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters, the last being an ellipsis where something was left out."""
    if limit < 1:
        raise ValueError(f"a text cannot be shortened to {limit} characters")
    return text if len(text) <= limit else text[: limit - 1].rstrip() + ELLIPSIS
