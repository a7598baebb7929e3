"""What of a text a reader sees as said: what is hidden or struck out is blanked, and all else keeps its place.

A notebook shows Markdown with HTML, CSS and LaTeX in it. What a browser does not show (`grader.language.hidden`),
formulas that show nothing, addresses and titles of links, and what is crossed out are no part of what an author says.
Explanations and equations are both read from what is left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.language.hidden.markup import blanked, shown
from grader.language.struck import struck
from grader.language.unseen_formulas import unseen_formulas

MAX_HIDDEN = 4_000

_LEFT_OUT = re.compile(r"\\iffalse\b")
_ADDRESS = re.compile(
    r"!\[[^\]\n]{0,600}\]\(|\]\((?=https?:|attachment:|data:|www\.|\.{0,2}/|#)|https?://\S{1,2000}"
    r"|\]\((?=[^()\s]{1,300}[ \t]{1,9}[\"'])"
    r"|(?<=\s)[a-zA-Z][\w-]{0,20}\s?=\s?(?:\"[^\"\n]{0,600}\"|'[^'\n]{0,600}')(?=[^<>\n]{0,300}>)"
)
_COMMENT_LINE = re.compile(r"^[ \t]{0,12}%[^\n]*", re.MULTILINE)


def visible(text: str) -> str:
    """The text with blanks where a reader sees nothing, or sees it struck out; as long as before. Linear."""
    text = shown(text)
    for spans in (struck, _left_out, unseen_formulas, _addresses, _comment_lines):
        text = blanked(text, spans(text))
    return text


def _left_out(text: str) -> Iterator[tuple[int, int]]:
    """What LaTeX skips: `\\iffalse ... \\fi`."""
    for found in _LEFT_OUT.finditer(text):
        end = text.find("\\fi", found.end(), found.end() + MAX_HIDDEN)
        if end >= 0:
            yield found.start(), end + 3


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
        yield found.start() if found[0].startswith("!") else found.end(), end


def _comment_lines(text: str) -> Iterator[tuple[int, int]]:
    return (found.span() for found in _COMMENT_LINE.finditer(text))
