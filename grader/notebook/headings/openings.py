"""How a line is set off from the text around it: by signs before it, or by signs on both sides of all of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

BOLD, LINE, ROW, ITEM = 7, 8, 9, 10
"""Levels below those of headings, which are 1 to 6. Deeper items of lists have higher ones."""

MAX_TAGS = 6
CLOSING = "*_:.#=~- \t"

_TAG = re.compile(r"<(?P<tag>/?[a-zA-Z][a-zA-Z0-9]{0,9})(?:[ \t][^<>\n]{0,200})?>[ \t]{0,4}")
TAGS = re.compile(r"<[^<>\n]{1,200}>")
_SETS_OFF = {"b", "strong", "u", "i", "em", "mark", "font", "big", "span", "center", "summary", "div"}
_ATX = re.compile(r"(#{1,6})[ \t]{0,4}(?=[^\s#])")
_FRAME = re.compile(r"(?:[-=~_#*]{2,40}[ \t]{1,4}|[-=~]{3,40})(?=[\w(])")
_COLAB = re.compile(r"@title[ \t]{1,4}")
_ORNAMENT = re.compile(r"[^\w\s(\[#*<>|`'\"$\\=~+.,;:!?/@&{}-]{1,4}[ \t]{0,3}")
_BOLD = re.compile(r"(\*{1,3}|_{1,3}|<b>|<strong>)(?=\S)")
_MACRO = re.compile(r"\$?\\(?P<subs>(?:sub){0,3})(?P<name>[a-z]{2,12})\*?\{(?=[^\s{}])")
_DIVIDES = {"chapter", "section", "paragraph"}
_BRACKETS = {"[": "]", "{": "}", "【": "】", "«": "»", "“": "”"}

Opening = tuple[int | None, int, bool]
"""The level of a heading, where its text begins, and whether it is all of the line; no level for other lines."""


def opening(line: str, at: int) -> Opening:
    """How a line begins from `at` on."""
    by_tag = _tagged(line, at)
    if by_tag[0] is not None:
        return by_tag
    at = by_tag[1]
    at = _behind_ornament(line, at)
    atx = _ATX.match(line, at)
    if atx and line[atx.end() - 1] == "#" and line[atx.end()].isdigit():
        return LINE, atx.end(), False  # "#10: ..." shows as it stands
    if atx:
        return len(atx[1]), _behind_ornament(line, atx.end()), True
    for pattern in (_COLAB, _FRAME):
        match = pattern.match(line, at)
        if match:
            return BOLD, match.end(), True
    return _macro(line, at) or _enclosed(line, at)


def _behind_ornament(line: str, at: int) -> int:
    ornament = _ORNAMENT.match(line, at)
    return ornament.end() if ornament and not _keycap(line, at) else at


def _tagged(line: str, at: int) -> Opening:
    level: int | None = None
    outer = ""
    for tag in islice(_leading_tags(line, at), MAX_TAGS):
        at = tag.end()
        name = tag["tag"].lower()
        if len(name) == 2 and name[0] == "h" and name[1] in "123456":
            level, outer = int(name[1]), ""
        elif name in _SETS_OFF and level is None:
            level, outer = BOLD, name
    if not outer:
        return level, at, True
    _, closing, rest = line[at:].lower().rpartition(f"</{outer}>")
    if closing and TAGS.sub(" ", rest).strip(CLOSING):
        return LINE, at, False
    return level, at, True


def _leading_tags(line: str, at: int) -> Iterator[re.Match[str]]:
    match = _TAG.match(line, at)
    while match:
        yield match
        match = _TAG.match(line, match.end())


def _keycap(line: str, at: int) -> bool:
    return line[at : at + 1] in set("🔟①②③④⑤⑥⑦⑧⑨⑩❶❷❸❹❺❻❼❽❾❿➀➁➂➃➄➅➆➇➈➉")


def _macro(line: str, at: int) -> Opening | None:
    """A line that is the argument of one macro of LaTeX: a section, or words in another type."""
    match = _MACRO.match(line, at)
    if match is None:
        return None
    close = line.rfind("}")
    if close < match.end() or "{" in line[match.end() : close] or line[close + 1 :].strip(CLOSING + "$"):
        return None
    divides = match["name"] in _DIVIDES
    return (1 + len(match["subs"]) // 3 if divides else BOLD), match.end(), True


def _enclosed(line: str, at: int) -> Opening:
    """A line in signs of emphasis or in brackets."""
    bold = _BOLD.match(line, at)
    sign = bold[1].replace("<", "</") if bold else _BRACKETS.get(line[at : at + 1])
    begins = bold.end() if bold else at + 1
    close = line.find(sign, begins) if sign else -1
    if sign is None or close < 0:
        return None, at, False
    rest = line[close + len(sign) :].strip(CLOSING)
    if bold is None or len(sign) == 1:
        return (None, at, False) if rest else (BOLD, begins, True)
    return (BOLD, begins, True) if not rest else (LINE, begins, False)
