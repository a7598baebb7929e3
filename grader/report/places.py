"""Marking places in what a student wrote: a sentence, an equation, a line of code, each with the number of its note.

The text is HTML that was made harmless before. What is put into it are elements of ours with a number, each around or
behind characters of text, so that it stays well formed.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

_TOKEN = re.compile(r"""<(?:[^<>"']|"[^"]*"|'[^']*')*>|&[#\w]{1,31};|[^<&]+|.""", re.DOTALL)
_EQUATION, _END_OF_EQUATION = "<math", "</math>"
_SOURCE = re.compile("<annotation[^<>]*>([^<>]*)</annotation>")
SHORTEST, ENOUGH = 5, 60
"""Characters, blanks and punctuation apart, of which a place must have so many, and by so many of which it is known."""
CLOSING = ".!?)]}”$"
MOST = 60_000
"""Characters of HTML in which places are looked for."""


@dataclass(frozen=True, slots=True)
class Place:
    """What a note is about: words, or a line of code (from 1)."""

    words: str = ""
    line: int | None = None


class Text:
    """The characters of HTML, each with where it stands."""

    def __init__(self, body: str) -> None:
        self._body = body if len(body) <= MOST else ""
        self._letters: list[str] = []
        self._at: list[tuple[int, int]] = []
        self._lines: list[int] = []
        start = 0
        for token in _tokens(self._body):
            self._read(token, start)
            start += len(token)
        self._known = "".join(self._letters)

    def _read(self, token: str, start: int) -> None:
        """What belongs together, an equation or a sign that is written as several, is one place."""
        whole = token.startswith((_EQUATION, "&"))
        text = html.unescape(_source(token)) if whole else "" if _is_tag(token) else token
        for offset, character in enumerate(text):
            at = (start, start + len(token)) if whole else (start + offset, start + offset + 1)
            if character == "\n":
                self._lines.append(at[0])
            for letter in known(character):
                self._letters.append(letter)
                self._at.append(at)

    def find(self, place: Place) -> tuple[int, int] | None:
        """Where in the HTML the place begins and ends; None where it is not there."""
        if place.line is not None:
            ends = [*self._lines, len(self._body)]
            if not self._body or not 0 < place.line <= len(ends):
                return None
            start, end = (0 if place.line == 1 else ends[place.line - 2] + 1), ends[place.line - 1]
            indented = len(self._body[start:end]) - len(self._body[start:end].lstrip(" "))
            return start + indented, end
        for piece in re.split("…|\\.\\.\\.", place.words):
            wanted = known(piece)
            for length in (len(wanted), ENOUGH):
                at = self._known.find(wanted[:length]) if len(wanted) >= SHORTEST else -1
                if at >= 0:
                    return self._at[at][0], self._closed(self._at[at + len(wanted[:length]) - 1][1])
        return None

    def _closed(self, end: int) -> int:
        """The end with the stop, the bracket or the quotation mark behind it."""
        while self._body[end : end + 1] and self._body[end] in CLOSING:
            end += 1
        return end


def _tokens(body: str) -> Iterator[str]:
    """The tags of HTML, its signs and the texts between them; an equation with all that it consists of is one."""
    at = 0
    while at < len(body):
        end = body.find(_END_OF_EQUATION, at) if body.startswith(_EQUATION, at) else -1
        token = _TOKEN.match(body, at)
        after = end + len(_END_OF_EQUATION) if end >= 0 else len(body) if token is None else token.end()
        yield body[at:after]
        at = after


def _source(token: str) -> str:
    """Of an equation, its TeX; of all else, what it is."""
    if not token.startswith(_EQUATION):
        return token
    found = _SOURCE.search(token)
    return found[1] if found else ""


def _is_tag(token: str) -> bool:
    return token.startswith("<") and len(token) > 1 and not token.startswith(_EQUATION)


def known(text: str) -> str:
    """By what a text is known again, however it is set: its letters and figures, and signs of equality."""
    return "".join(character for character in text.casefold() if character.isalnum() or character == "=")


def marked(body: Markup, found: Mapping[int, tuple[int, int]]) -> Markup:
    """The HTML with the places of notes marked: the text of each underlined, and the note's number behind it."""
    if not found:
        return body
    behind: dict[int, list[int]] = {}
    for number, (_, end) in sorted(found.items()):
        behind.setdefault(end, []).append(number)
    borders = {0, len(body), *behind, *(start for start, _ in found.values())}
    made = []
    for start, end in pairwise(sorted(borders)):
        within = any(first <= start and end <= last for first, last in found.values())
        made.append(_underlined(body[start:end]) if within else body[start:end])
        made += [f'<sup class="place">{number}</sup>' for number in behind.get(end, ())]
    # The pieces are those of HTML that was harmless, and elements with a number.
    return Markup("".join(made))


def _underlined(piece: str) -> str:
    """The text of a piece in elements of its own, its tags outside of them."""
    return "".join(token if _is_no_text(token) else f"<mark>{token}</mark>" for token in _tokens(piece))


def _is_no_text(token: str) -> bool:
    return _is_tag(token) or (not token.strip() and "\n" in token)
