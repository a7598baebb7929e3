"""Stretches of a Markdown text in which no tag is one: code, formulas, comments."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from typing import Literal

_START = re.compile(
    r"(?P<fence>^ {0,3}(?:```|~~~)[^\n]*$)|(?P<ticks>`{1,1000})|(?P<math>\$\$?|\\\\?[(\[])"
    r"|(?P<comment><!--)",
    re.MULTILINE,
)
_ENDS = {"$": "$", "$$": "$$", "\\(": "\\)", "\\[": "\\]", "\\\\(": "\\\\)", "\\\\[": "\\\\]"}
_TICKS = re.compile("`{1,1000}")
PARAGRAPH_END = re.compile(r"\n[ \t]{0,80}\n")

Kind = Literal["code", "math", "comment"]


@dataclass(frozen=True, slots=True)
class Stretch:
    """From `start` to before `end`."""

    start: int
    end: int
    kind: Kind


def literals(text: str) -> list[Stretch]:
    """Code, formulas and comments, in order, none within another."""
    return _Reader(text).found()


class _Reader:
    """Keeps what was looked for in vain, so that nothing is looked for twice over the same text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._paragraphs = [match.start() for match in PARAGRAPH_END.finditer(text)]
        self._ticks: dict[int, list[int]] = defaultdict(list)
        for run in _TICKS.finditer(text):
            self._ticks[len(run[0])].append(run.start())
        self._in_vain: dict[str, int] = {}
        """Of each sign, up to where it is not there."""

    def found(self) -> list[Stretch]:
        """All stretches."""
        stretches, at = list[Stretch](), 0
        while (match := _START.search(self._text, at)) is not None:
            end = self._end(match)
            if end is not None:
                kind: Kind = "comment" if match["comment"] else "math" if match["math"] else "code"
                stretches.append(Stretch(match.start(), end, kind))
            at = match.end() if end is None else end
        return stretches

    def _end(self, match: re.Match[str]) -> int | None:
        start = match.end()
        if match["comment"]:
            end = self._find("-->", start, len(self._text))
            # What nothing closes is a comment at the start of a line, and elsewhere text.
            before = self._text[max(0, match.start() - 4) : match.start()].rstrip(" ")
            begins = before.endswith("\n") or (not before and match.start() < 4)
            return end if end is not None else len(self._text) if begins else None
        if match["fence"]:
            return self._end_of_fence(match["fence"].strip(), start)
        if match["ticks"]:
            length = len(match["ticks"])
            places = self._ticks[length]
            next_one = bisect_left(places, start)
            return places[next_one] + length if next_one < len(places) else None
        place = bisect_left(self._paragraphs, start)
        limit = self._paragraphs[place] if place < len(self._paragraphs) else len(self._text)
        return self._find(_ENDS[match["math"]], start, limit)

    def _end_of_fence(self, opening: str, start: int) -> int:
        """The end of the line with as many of the fence's signs, and nothing else; or of the text."""
        sign = opening[0]
        length = len(opening) - len(opening.lstrip(sign))
        at = start
        while (at := self._text.find("\n", at)) >= 0:
            end = self._text.find("\n", at + 1)
            line = self._text[at + 1 : end if end >= 0 else len(self._text)].strip(" \t")
            if len(line) >= length and not line.strip(sign):
                return end if end >= 0 else len(self._text)
            at += 1
        return len(self._text)

    def _find(self, sign: str, start: int, limit: int) -> int | None:
        """Behind the next of these signs."""
        if self._in_vain.get(sign, -1) >= limit:
            return None
        end = self._text.find(sign, start, limit)
        if end < 0:
            self._in_vain[sign] = limit
            return None
        return end + len(sign)
