"""Text as a reader sees it. Everything that reads what students wrote reads it like this; what runs is left alone.

What cannot be seen is taken out, blanks of every kind become a plain space, letters that show as other letters become
those, and signs that show as an apostrophe become one. Text that has nothing of the kind stays as it is: accents, Greek
symbols, emoji, and other scripts with the joiners that they need.

Where a reader could be in doubt:

- A zero-width space shows as nothing, and a browser may break the line there. Between two words that are known, and
  do not make a known word together, it is read as the space that was meant; elsewhere as nothing.
- Text under a right-to-left override shows with its letters reversed, and in an order of lines that depends on the
  width of the window. There is no one way to read it, so it is read as nothing: neither as it is stored nor backwards.
- A soft hyphen shows at a line's end only, so it is a hyphen there (see `grader.language.hyphens`), and else nothing.

Every step takes linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from grader.language.apostrophes import with_apostrophes
from grader.language.hyphens import BREAK_TAG
from grader.language.lexicon import is_word
from grader.language.lookalikes import LIGATURES, STYLED, WIDE, in_latin, with_plain_signs
from grader.pack.vocabulary import PLAIN, Vocabulary

LONG_WITH_ARTICLE = 5

BREAK = re.compile(r"\r\n?")
SEPARATOR = re.compile("[\x0b\x0c\x85\u2028\u2029]")
"""What separates lines, besides line feeds and carriage returns."""

_SPECIAL = re.compile(r"[^\t\n -~]")

_BLANKS = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000\u3164\uffa0"
# What Unicode calls ignorable by default, controls, and the signs around annotations between lines. Zero-width spaces
# and joiners, variation selectors and tags depend on what stands before them: they are left to the patterns below.
_NOTHING = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0080-\U000e00ff\U000e01f0-\U000e0fff"
)
_TAGS = re.compile("(\U0001f3f4[\U000e0020-\U000e007e]{1,8}\U000e007f)|[\U000e0000-\U000e007f]")

_PICTURES = "\u00a9\u00ae\u203c\u2049\u20e3\u2100-\u21ff\u2300-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
_IDEOGRAPHS = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_JOINING = "\u0590-\u0fff\u1000-\u109f\u1780-\u18af\u1900-\u1aaf\u1b00-\u1c4f\ua800-\uabff\ufb1d-\ufdff\ufe70-\ufefc"
_SELECTORS = re.compile(
    f"(?<![{_PICTURES}{_IDEOGRAPHS}\u1820-\u18aa])(?!(?<=[0-9#*])\ufe0f\u20e3)"
    "[\ufe00-\ufe0f\u180b-\u180d\u180f\U000e0100-\U000e01ef]"
)
_JOINERS = re.compile(f"(?<![{_JOINING}{_PICTURES}\ufe0f\U000e007f])[\u200c\u200d]")
_HYPHEN_AT_END = re.compile(rf"(?<=[^\W\d_])\u00ad(?=[ \t]*(?:\\?\n|{BREAK_TAG}))")
_ZERO_WIDTH_SPACE = "\u200b"
_WITH_SPACES = re.compile(rf"[\w{_ZERO_WIDTH_SPACE}]+")

_EMBEDDINGS = frozenset("\u202a\u202b\u202d\u202e")
_ISOLATES = frozenset("\u2066\u2067\u2068")
_OVERRIDE, _POP, _POP_ISOLATE = "\u202e", "\u202c", "\u2069"
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]|\n(?=\n)")
DEEPEST = 125
"""Directions inside one another beyond this have no effect (Unicode Standard Annex 9, `max_depth`)."""


def _each(ranges: str) -> Iterator[int]:
    """The code points of a class of characters as it stands in a pattern."""
    for first, last in re.findall(r"(?s)(.)(?:-(.))?", ranges):
        yield from range(ord(first), ord(last or first) + 1)


_SHOWN: dict[int, int | str | None] = {
    **dict.fromkeys(_each(_NOTHING)),
    **dict.fromkeys(_each(_BLANKS), " "),
    **LIGATURES,
    **STYLED,
    **WIDE,
}


def seen(text: str, *, separators: str = "\n", terms: Vocabulary = PLAIN) -> str:
    """The text as a reader sees it, with as many lines as before.

    `separators` is what signs that separate lines without being line breaks to Python become: a space where lines are
    counted as Python does. `terms` are the words of the subject: they, too, are told from halves of words.
    """
    text = with_apostrophes(BREAK.sub("\n", text))
    if not _SPECIAL.search(text):
        return text
    text = _without_overridden(SEPARATOR.sub(separators, text))
    text = _TAGS.sub(lambda found: found[1] or "", _HYPHEN_AT_END.sub("-", text)).translate(_SHOWN)
    text = _JOINERS.sub("", _SELECTORS.sub("", text))
    return in_latin(with_plain_signs(_without_zero_width(text, terms)), terms)


def _without_overridden(text: str) -> str:
    """The text without what stands under a right-to-left override, up to its end or that of the paragraph."""
    if _OVERRIDE not in text:
        return text
    kept: list[str] = []
    opened: list[str] = []
    at = 0
    for found in _DIRECTION.finditer(text):
        kept.append(_unless_overridden(text[at : found.start()], opened))
        kept.append(found[0] if found[0] == "\n" else "")
        _turn(opened, found[0])
        at = found.end()
    kept.append(_unless_overridden(text[at:], opened))
    return "".join(kept)


def _unless_overridden(text: str, opened: Sequence[str]) -> str:
    return "\n" * text.count("\n") if _OVERRIDE in opened else text


def _turn(opened: list[str], sign: str) -> None:
    """Follow a sign that opens or closes a stretch with its own direction; none reaches into the next paragraph."""
    if sign == "\n":
        opened.clear()
    elif sign == _POP:
        if opened and opened[-1] in _EMBEDDINGS:
            opened.pop()
    elif sign == _POP_ISOLATE:
        if not _ISOLATES.isdisjoint(opened):
            while opened.pop() not in _ISOLATES:
                pass
    elif len(opened) < DEEPEST:
        opened.append(sign)


def _without_zero_width(text: str, terms: Vocabulary) -> str:
    if _ZERO_WIDTH_SPACE not in text:
        return text
    return _WITH_SPACES.sub(lambda found: _spaced(found, terms), text).replace(_ZERO_WIDTH_SPACE, "")


def _spaced(found: re.Match[str], terms: Vocabulary) -> str:
    """What stands between blanks and signs, with a space for each zero-width one that parts two words."""
    pieces = [piece for piece in found[0].split(_ZERO_WIDTH_SPACE) if piece]
    whole = "".join(pieces)
    if len(pieces) < 2 or is_word(whole, terms):
        return whole
    parts = pieces[:1]
    for before, piece in pairwise(pieces):
        parts += [" ", piece] if _are_apart(before, piece, terms) else [piece]
    return "".join(parts)


def _are_apart(before: str, after: str, terms: Vocabulary) -> bool:
    """Whether these are two words rather than one; of single letters only "a" is one, beside a long word."""
    has_article = {before, after} & {"a", "A"} and len(before + after) >= LONG_WITH_ARTICLE
    words = sum(is_word(each, terms) for each in (before, after))
    return words + bool(has_article) >= 2 and not is_word(before + after, terms)
