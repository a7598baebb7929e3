"""The tags of HTML in a Markdown text, with their places, in time that grows as the text does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

MOST_TAGS = 10_000
"""Nobody writes more by hand into one cell."""

LONGEST, MOST_QUOTES = 4_000, 40
_BEGINNING = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]{0,30})(?=[\s/>])")
_QUOTE_OR_END = re.compile("[\"'>]")


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag, from `start` to before `end`; `attributes` have lower-case names."""

    start: int
    end: int
    name: str
    is_closing: bool
    attributes: dict[str, str]


def tags(text: str) -> Iterator[Tag]:
    """The tags of a text in order, the first `MOST_TAGS`; what is behind them is looked at by nobody."""
    at = 0
    for _ in range(MOST_TAGS):
        found = _BEGINNING.search(text, at)
        if found is None:
            return
        end = _end(text, found.end())
        if end is None:
            at = found.end()
            continue
        at = end
        name, is_closing = found[2].lower(), bool(found[1])
        yield Tag(found.start(), end, name, is_closing, {} if is_closing else _attributes(text[found.start() : end]))


def _end(text: str, at: int) -> int | None:
    """Behind the sign that ends a tag; quotes count behind `=` alone. None where there is no end."""
    limit = min(len(text), at + LONGEST)
    for _ in range(MOST_QUOTES):
        found = _QUOTE_OR_END.search(text, at, limit)
        if found is None:
            return None
        if found[0] == ">":
            return found.end()
        at = found.end()
        if text[max(0, at - 12) : at - 1].rstrip().endswith("="):
            closing = text.find(found[0], at, limit)
            if closing < 0:
                return None
            at = closing + 1
    return None


def _attributes(tag: str) -> dict[str, str]:
    """Of two attributes with one name, the first holds."""
    reader = _Reader()
    reader.feed(tag)
    reader.close()
    return reader.found


class _Reader(HTMLParser):
    """Reads one tag."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep its attributes."""
        for name, value in attrs:
            self.found.setdefault(name, value or "")
