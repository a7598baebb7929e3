"""What is crossed out in a Markdown text: elements and styles of HTML, `~~`, and strokes through each letter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.language.hidden.tags import tags

LONGEST = 1_000
_ELEMENTS = frozenset(["s", "del", "strike"])
_STRIKING = re.compile(r"<(?:s|del|strike)\b|line-through", re.IGNORECASE)
_THROUGH = re.compile(r"text-decoration(?:-line)?\s?:[^;]{0,40}line-through", re.IGNORECASE)
_OVERLAID = re.compile("(?:[^\n\u0335\u0336\u0338][\u0335\u0336\u0338]){3,400}")


def struck(text: str) -> Iterator[tuple[int, int]]:
    """Where each begins and ends, in order. Linear."""
    return iter(sorted([*_elements(text), *_marked(text), *(found.span() for found in _OVERLAID.finditer(text))]))


def _elements(text: str) -> Iterator[tuple[int, int]]:
    """From the tag that opens one to the tag that closes it; what nothing closes is none."""
    name, begun, depth = "", 0, 0
    for tag in tags(text) if _STRIKING.search(text) else ():
        if not name and not tag.is_closing and _strikes(tag.name, tag.attributes.get("style", "")):
            name, begun, depth = tag.name, tag.start, 1
        elif tag.name == name:
            depth += -1 if tag.is_closing else 1
            if depth == 0:
                yield begun, tag.end
                name = ""


def _strikes(name: str, style: str) -> bool:
    return name in _ELEMENTS or _THROUGH.search(style) is not None


def _marked(text: str) -> Iterator[tuple[int, int]]:
    """`~~like this~~`, within a paragraph."""
    at = text.find("~~")
    while at >= 0:
        end = text.find("~~", at + 2, at + LONGEST)
        opens = text[at + 2 : at + 3].strip() != "" and end > at + 2 and "\n\n" not in text[at:end]
        if opens:
            yield at, end + 2
        at = text.find("~~", end + 2 if opens else at + 2)
