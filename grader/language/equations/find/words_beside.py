"""The words beside an equation: before it, above it or behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.language.equations.find.regions import Region

_MAX_LABEL = 80
_LINE_START = re.compile(r"[ \t]*(?:[-*+>•▪●◦#]+[ \t]+|\(?\d{1,2}[.)][ \t]+|\(?[a-h]\)[ \t]+|[#>]+)*")
_ANNOUNCES = re.compile(
    r"(?:\b(?:is|are|reads|equals)(?: (?:then|now|simply|just))?|\b(?:by|as|with|from))[\s$`*\\(\[]{1,12}$"
    r"|[:|][\s$`*\\(\[]{0,12}$|[-–—][\s$`*\\(\[]{1,12}$|:[\s\\}]{0,9}q?quad[ ]?$"
)
_MARKS = re.compile(r"[*_`#>$|\\]+")
_REMARK = re.compile(
    r"[ \t]{0,40}(?:#{1,9}|//|\(|←|<-{1,9}|-{1,2}>?|–|—|:|→|,|\\q?quad|\\text\{?|%|&)?[ \t\\a-z{(]{0,12}([^\n=]{1,60})"
)


def label_of(text: str, region: Region, line: int, start: int, end: int) -> tuple[str, str]:
    """The words beside an equation: before it on the line, in the line above, or behind it; and if they announce it."""
    if region.latex:
        stop = text.rfind("\n", 0, region.start) + 1
        raw = text[max(line, region.start) : start] if line > region.start else text[stop : region.start]
    else:
        raw = text[line:start]
    before = _bare(raw)
    above = "" if before else _above(text, max(0, line - 1) if line > 0 else 0)
    behind = _REMARK.match(text, end)
    remark = _bare(behind[1]) if behind else ""
    title = before if _ANNOUNCES.search(raw) else above
    return (before or above or remark)[-_MAX_LABEL:], title[-_MAX_LABEL:]


def _bare(text: str) -> str:
    marks = _LINE_START.match(text)
    return _MARKS.sub(" ", text[marks.end() if marks else 0 :]).strip(" \t:-–—.()")


def _above(text: str, end: int) -> str:
    """The line above that has words, if it is a heading: short, and without an equation."""
    for line in _lines_above(text, end):
        if words := _bare(line):
            return words if len(words) <= _MAX_LABEL and "=" not in words else ""
    return ""


def _lines_above(text: str, end: int) -> Iterator[str]:
    for _ in range(3):
        if end <= 0:
            return
        start = text.rfind("\n", max(0, end - 400), end)
        yield text[max(start + 1, end - 400) : end]
        end = start
