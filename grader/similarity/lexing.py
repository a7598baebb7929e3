"""Cells as tokens that stay the same when names, comments, numbers and layout are changed. Linear, and never raises."""

from __future__ import annotations

import keyword
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

OWN, TEXT, NUMBER = "v", "s", "n"
"""What stands for a name of the student's own, for a string, and for a number."""
LONG_TEXT = 8
"""A string of so many words is prose, wherever it stands."""

_TOKEN = re.compile(
    r"""
    (?P<comment>\#[^\n]*+)
    | (?P<text>(?:[rbuf]{0,2})(?:
        '''(?:[^\\']|\\.|'(?!''))*+(?:'''|\\)?+ | \"\"\"(?:[^\\"]|\\.|"(?!""))*+(?:\"\"\"|\\)?+
        | '(?:[^\\'\n]|\\.)*+'? | "(?:[^\\"\n]|\\.)*+"?))
    | (?P<name>[^\W\d]\w*+)
    | (?P<number>\d[\w.]*+)
    | (?P<sign>[=!<>]=|[^\w\s])
    | (?P<line>\n)
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+")
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)[^\n]*$", re.MULTILINE)


class Raw(NamedTuple):
    """A piece of code as it is written: its kind, its text, and where it stands in its cell."""

    kind: str
    text: str
    start: int
    end: int


@dataclass(slots=True)
class Tokens:
    """What is compared of a text, and where each token begins and ends in its cell."""

    values: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)

    def add(self, value: str, start: int, end: int) -> None:
        """One token more."""
        self.values.append(value)
        self.starts.append(start)
        self.ends.append(end)

    def add_words(self, source: str, start: int, end: int) -> None:
        """The words of a stretch of a text."""
        for found in _WORD.finditer(source, start, end):
            self.add(found[0].lower(), found.start(), found.end())


@dataclass(slots=True)
class Lexed:
    """The tokens of one cell: those of its code, and the words of its prose."""

    code: Tokens = field(default_factory=Tokens)
    prose: Tokens = field(default_factory=Tokens)


def raw(source: str) -> list[Raw]:
    """The pieces of a cell of code, ends of lines among them; what is no Python has pieces, too."""
    return [Raw(found.lastgroup or "", found[0], *found.span()) for found in _TOKEN.finditer(source)]


def code_cell(source: str, pieces: Iterable[Raw], own: Collection[str]) -> Lexed:
    """The tokens of a cell of code. Of a dotted name the last part counts: how a module is called says nothing."""
    made = Lexed()
    code = made.code
    for kind, text, start, end in pieces:
        if kind == "comment":
            made.prose.add_words(source, start, end)
        elif kind == "text":
            code.add(TEXT, start, end)
            if text.count(" ") >= LONG_TEXT - 1:
                made.prose.add_words(source, start, end)
        elif text == ".":
            if code.values and _is_name(code.values[-1]):
                for column in (code.values, code.starts, code.ends):
                    column.pop()
        elif kind == "name":
            code.add(OWN if text in own else text, start, end)
        elif kind != "line":
            code.add(NUMBER if kind == "number" else text, start, end)
    return made


def _is_name(value: str) -> bool:
    return value.isidentifier() and value not in (TEXT, NUMBER) and not keyword.iskeyword(value)


def prose_cell(source: str, own: Collection[str]) -> Lexed:
    """The words of a cell of prose; what stands in fences is code."""
    made = Lexed()
    fences = [(found.start(), found.end()) for found in _FENCE.finditer(source)]
    at = 0
    for (before, opened), (closed, after) in zip(fences[::2], fences[1::2], strict=False):
        made.prose.add_words(source, at, before)
        inner = source[opened:closed]
        code = code_cell(inner, raw(inner), own).code
        for value, start, end in zip(code.values, code.starts, code.ends, strict=True):
            made.code.add(value, start + opened, end + opened)
        at = after
    made.prose.add_words(source, at, len(source))
    return made


def own_names(pieces: Iterable[Raw]) -> Iterator[str]:
    """The names that code gives to things: variables, attributes, functions, parameters, what imports are called.

    What a library calls its own (`fit`, `units=`) is not among them.
    """
    before, depth, parameters = "", 0, -1
    until: str | None = None
    pending: list[str] = []
    for kind, text, _, _ in pieces:
        if kind in ("comment", "text", "number"):
            before = kind
        elif kind == "name":
            if text in ("for", "lambda"):
                until = "in" if text == "for" else ":"
            elif text == until:
                until = None
            elif until or before in ("def", "class", "as") or (depth == parameters and before in ("(", ",", "*")):
                yield text
            elif depth == 0 and not keyword.iskeyword(text):
                pending.append(text)
            parameters = 1 if text == "def" and depth == 0 else parameters
            before = text
        elif kind == "line" or text == ";":
            if depth == 0:
                pending, parameters, until = [], -1, None
        else:
            depth = max(0, depth + (text in "([{") - (text in ")]}"))
            until = None if text == until else until
            if text == "(" and depth == 1 and pending:
                pending.pop()
            elif text == "=" and depth == 0:
                yield from pending
                pending = []
            before = text
