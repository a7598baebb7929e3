"""What of a text a reader sees as said: what is hidden or struck out is blanked, and all else keeps its place.

A notebook shows Markdown with HTML, CSS and LaTeX in it. Comments, elements and formulas that show nothing, addresses
and titles of links, and what is crossed out are no part of what its author says. Explanations and equations are both
read from what is left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.language.unseen_elements import unseen_elements
from grader.language.unseen_formulas import unseen_formulas

MAX_HIDDEN = 4_000
_MAX_STRUCK = 1_000

_STRUCK = re.compile(r"~~(?=\S)|<!--|\\iffalse\b")
_CLOSING = {"~~": "~~", "<!--": "-->", "\\iffalse": "\\fi"}
_OVERLAID = re.compile("(?:[^\n\u0335\u0336\u0338][\u0335\u0336\u0338]){3,400}")
"""Letters with a stroke through each of them."""
_ADDRESS = re.compile(
    r"!\[[^\]\n]{0,200}\]\(|\]\((?=https?:|attachment:|data:|www\.|\.{0,2}/|#)|https?://\S{1,2000}"
    r"|\]\((?=[^()\s]{1,300}[ \t]{1,9}[\"'])"
)
_REFERENCE = re.compile(
    r"^[ ]{0,3}\[[^\]\n]{1,100}\]:[ \t]{0,9}(?:<[^<>\n]{0,200}>|[^\s<]\S{0,299})(?:[ \t]{1,9}[\"'(][^\n]*|[ \t]{0,9})$",
    re.MULTILINE,
)
_LINE_START = re.compile(r"(?:\n|\A)[ ]{0,3}\Z")
_COMMENT_LINE = re.compile(r"^[ \t]{0,12}%[^\n]*", re.MULTILINE)
_NOT_NEW_LINE = re.compile(r"[^\n]")


def visible(text: str) -> str:
    """The text with blanks where a reader sees nothing, or sees it struck out; as long as before. Linear."""
    for spans in (_struck, unseen_elements, unseen_formulas, _references, _addresses, _comment_lines):
        text = _blanked(text, spans(text))
    return text


def _blanked(text: str, spans: Iterator[tuple[int, int]]) -> str:
    pieces: list[str] = []
    at = 0
    for start, end in spans:
        if end <= at:
            continue
        first = max(start, at)
        pieces += [text[at:first], _NOT_NEW_LINE.sub(" ", text[first:end])]
        at = end
    return "".join([*pieces, text[at:]]) if pieces else text


def _struck(text: str) -> Iterator[tuple[int, int]]:
    """Comments, and what is crossed out in Markdown or letter by letter."""
    spans = [found.span() for found in _OVERLAID.finditer(text)]
    for found in _STRUCK.finditer(text):
        sign = found[0]
        reach = found.end() + (_MAX_STRUCK if sign == "~~" else MAX_HIDDEN)
        end = text.find(_CLOSING[sign], found.end(), reach)
        if end >= 0 and not (sign == "~~" and "\n\n" in text[found.end() : end]):
            spans.append((found.start(), end + len(_CLOSING[sign])))
        elif sign == "<!--" and _LINE_START.search(text[max(0, found.start() - 4) : found.start()]):
            spans.append((found.start(), len(text)))
    return iter(sorted(spans))


def _references(text: str) -> Iterator[tuple[int, int]]:
    """`[//]: # (...)`: where links lead is defined, and nothing is shown."""
    return (found.span() for found in _REFERENCE.finditer(text))


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    reach = 0
    for found in _ADDRESS.finditer(text):
        if found.start() < reach:
            continue
        if not found[0].endswith("("):
            yield found.span()
            continue
        depth, end = 1, found.end()
        while end < min(len(text), found.end() + 2_000) and depth and text[end] != "\n":
            depth += (text[end] == "(") - (text[end] == ")")
            end += 1
        reach = end
        yield found.end(), end


def _comment_lines(text: str) -> Iterator[tuple[int, int]]:
    return (found.span() for found in _COMMENT_LINE.finditer(text))
