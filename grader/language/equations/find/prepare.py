"""A student's text made readable for the scanner, with the place in the original kept for every character."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from grader.language.equations.find.plainly import plainly
from grader.language.equations.read.characters import decomposed
from grader.language.seen import seen

MAX_TEXT = 200_000

_MARKUP = re.compile(
    r"<(?P<low>sub|sup)>(?P<inner>(?:[^<>\n]|</?(?:i|b|em|var|strong|span|small)\b[^<>\n]{0,40}>){1,40})</(?:sub|sup)>|<br\s*/?>|</?(?:p|div|li|ul|ol|tr|td|pre|h[1-6])\b[^<>\n]{0,200}>"
    r"|</?(?:b|i|em|strong|span|font|code|u|mark|center|var)\b[^<>\n]{0,200}>|&[a-zA-Z]{2,10};|&\#\d{1,6};|\r\n?"
    r"|(?P<wide>[^\x00-\x7f])"
)

_INLINE = re.compile(r"<[^<>\n]{1,50}>")
_TIME = r"(?:[ ]?[(\[]t(?:[ ]?[-−–][ ]?1)?[)\]]|_t(?:-1)?|_\{t(?:-1)?\})"
_SIGN = r"[=*·×⊙⋅+⊗∘⊕]"


@dataclass(frozen=True, slots=True)
class Names:
    """Names that a subject has: of symbols, in two words, each of `firsts` before each of `seconds`; of functions.

    `functions` are pairs, what programs of the field call a function and which one it is.
    """

    firsts: tuple[str, ...] = ()
    seconds: tuple[str, ...] = ()
    functions: tuple[tuple[str, str], ...] = ()


NO_NAMES = Names()


@lru_cache(maxsize=8)
def _name(names: Names) -> re.Pattern[str]:
    """Such names, where an equation goes on behind them."""
    words = f"(?:{'|'.join(names.firsts)})[ ](?:{'|'.join(names.seconds)})"
    return re.compile(
        rf"\b{words}(?={_TIME}[ ]*(?:{_SIGN}|\))|[ ]*{_SIGN})|(?<=[*·×⊙⋅+][ ]){words}$|(?<=[a-z]\(){words}(?=\))"
        rf"|(?:(?<=\[)|(?<=[\[*·⊙][ ])){words}(?=[,\]])",
        re.IGNORECASE | re.MULTILINE,
    )


@dataclass(frozen=True, slots=True)
class Prepared:
    """`text` for the scanner; `origin[k]` is where its character k stands in the original, plus the end.

    `functions` are those that letters stand for in it.
    """

    text: str
    origin: list[int] | range
    functions: Mapping[str, str] = field(default_factory=dict)


def prepare(text: str, names: Names = NO_NAMES) -> Prepared:
    """Take HTML markup out (`h<sub>t</sub>` becomes `h_{t}`) and put accents behind their letters.

    In names of two words the blank becomes an underscore.
    """
    text = plainly(text[:MAX_TEXT])
    if names.firsts:
        text = _name(names).sub(lambda found: found[0].replace(" ", "_"), text)
    if text.isascii() and not any(mark in text for mark in "<&\r"):
        return Prepared(text, range(len(text) + 1))
    pieces: list[str] = []
    origin: list[int] = []
    for piece, start, verbatim in _pieces(text):
        pieces.append(piece)
        origin.extend(range(start, start + len(piece)) if verbatim else [start] * len(piece))
    origin.append(len(text))
    return Prepared("".join(pieces), origin)


def _pieces(text: str) -> Iterator[tuple[str, int, bool]]:
    """The text in stretches: what it becomes, where it stood, and whether it is unchanged."""
    at = 0
    for found in _MARKUP.finditer(text):
        if found.start() > at:
            yield text[at : found.start()], at, True
        yield _replacement(found), found.start(), False
        at = found.end()
    yield text[at:], at, True


def _replacement(found: re.Match[str]) -> str:
    if found["wide"]:
        return decomposed(found["wide"])
    if found["low"]:
        return ("_{" if found["low"] == "sub" else "^{") + html.unescape(_INLINE.sub("", found["inner"])) + "}"
    whole = found[0]
    if whole.startswith("&"):
        return seen(html.unescape(whole))
    inline = re.match(r"</?(?:b|i|em|strong|span|font|code|u|mark|center|var)\b", whole)
    return "" if inline else "\n"
