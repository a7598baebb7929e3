"""What of a text a reader sees as asserted: comments, what is struck out, and addresses are blanked."""

from __future__ import annotations

import re
from collections.abc import Iterator

MAX_HIDDEN = 4_000
_MAX_STRUCK = 1_000

_STRUCK = re.compile(r"<(?P<tag>s|del|strike)>|~~(?=\S)|<!--|\\iffalse\b", re.IGNORECASE)
_TAG = re.compile(r"<(?P<tag>[a-zA-Z]{1,12})\b(?P<attributes>[^<>\n]{1,300})>")
_UNSEEN = re.compile(
    r"(?<![\w-])color\s?[:=]\s?[\"']?(?:white|transparent|#fff(?:fff)?\b|rgba?\(\s?255\s?,\s?255\s?,\s?255\b)"
    r"|display\s?:\s?none|visibility\s?:\s?hidden|opacity\s?:\s?0?\.?0*(?![.\d])|font-size\s?:\s?0"
    r"|\shidden(?=\s?(?:=|/|$))",
    re.IGNORECASE,
)
_LATEX = re.compile(
    r"\\(?:(?:[bx]?cancel|sout|st|hcancel|[hv]?phantom)\s?\{"
    r"|(?:text)?color\s?\{\s?(?:white|transparent)\s?\}\s?(?P<group>\{)?)"
)
_ADDRESS = re.compile(
    r"!\[[^\]\n]{0,200}\]\(|\]\((?=https?:|attachment:|data:|www\.|\.{0,2}/|#)|https?://\S{1,2000}"
    r"|(?<=\s)(?:title|alt|src|href|id|class|name|data-[\w-]{1,20}|aria-[\w-]{1,20})\s?=\s?(?:\"[^\"\n]{0,600}\""
    r"|'[^'\n]{0,600}')"
)
_COMMENT_LINE = re.compile(r"^[ \t]{0,12}%[^\n]*", re.MULTILINE)
_CLOSING = {"~~": "~~", "<!--": "-->", "\\iffalse": "\\fi"}
_NOT_NEW_LINE = re.compile(r"[^\n]")


def visible(text: str) -> str:
    """The text with blanks where a reader sees nothing, or sees it struck out; as long as before. Linear."""
    for spans in (_struck, _unseen_elements, _latex, _addresses, _comment_lines):
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
    for found in _STRUCK.finditer(text):
        sign = found[0].lower()
        closing = f"</{found['tag'].lower()}>" if found["tag"] else _CLOSING[sign]
        reach = found.end() + (MAX_HIDDEN if sign in ("<!--", "\\iffalse") else _MAX_STRUCK)
        end = text.find(closing, found.end(), reach)
        if end < 0 and found["tag"]:
            end = text.find(closing.upper(), found.end(), reach)
        if end >= 0 and not (sign == "~~" and "\n\n" in text[found.end() : end]):
            yield found.start(), end + len(closing)
        elif sign == "<!--":
            yield found.start(), len(text)


def _unseen_elements(text: str) -> Iterator[tuple[int, int]]:
    for found in _TAG.finditer(text):
        attributes = found["attributes"]
        if _UNSEEN.search(attributes) and "background" not in attributes.lower():
            end = text.find(f"</{found['tag']}", found.end(), found.end() + MAX_HIDDEN)
            yield found.end(), end if end >= 0 else min(len(text), found.end() + MAX_HIDDEN)


def _latex(text: str) -> Iterator[tuple[int, int]]:
    """What is cancelled, a phantom, or white: its braces, or what follows the command to the end of its group."""
    reach = 0
    for found in _LATEX.finditer(text):
        if found.start() < reach:
            continue
        braced = found[0].endswith("{")
        depth = 1 if braced or "{" in text[max(0, found.start() - 2) : found.start()] else 0
        reach = _group_end(text, found.end(), depth)
        yield found.start(), reach


def _group_end(text: str, at: int, depth: int) -> int:
    """Where the group ends in which we are; without one, where the formula does."""
    for place in range(at, min(len(text), at + _MAX_STRUCK)):
        character = text[place]
        if character == "{":
            depth += 1
        elif character == "}":
            depth -= 1
            if depth <= 0:
                return place + 1
        elif (character == "$" and depth <= 0) or (character == "\n" and text.startswith("\n", place + 1)):
            return place
    return min(len(text), at + _MAX_STRUCK)


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
