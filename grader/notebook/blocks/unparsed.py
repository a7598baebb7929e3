"""Code cells that Python cannot read: question text, prose without quotes, or code with a mistake, line by line."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from typing import Literal

from grader.notebook.blocks.marks import find_marks
from grader.notebook.blocks.piece import Piece, trimmed
from grader.notebook.reading.unseen import as_lines_of_code
from grader.notebook.source.syntax import parsed

MAX_LINES = 3_000
"""So many lines of a cell are looked at one by one; those behind them take after the last of them."""

MAX_INDENTATION = 200
LineKind = Literal["prose", "code", "unclear", "blank"]

_TOKENS = re.compile(
    # A quote behind a backslash opens nothing; else every one in `\'\'\'` would be a string up to the line's end.
    r"(?P<long>'''(?P<single>(?:(?!''')[\s\S])*)(?:''')?|\"\"\"(?P<double>(?:(?!\"\"\")[\s\S])*)(?:\"\"\")?)"
    r"|(?<!\\)'(?:[^'\\\n]|\\.)*'|(?<!\\)\"(?:[^\"\\\n]|\\.)*\""
    r"|(?P<comment>\#[^\n]*)"
)
_FUNCTION_WORDS = re.compile(
    r"\b(?:an?|the|is|are|was|of|to|that|which|this|these|it|its|in|on|by|as|and|or|from|into|explain|describe|what|how|"
    r"where|when|why|can|be|between|used|uses|using|has|have|their|they|we|with|for|at|than|not|also|such)\b",
    re.IGNORECASE,
)
_STARTS_CODE = re.compile(
    # One line without blanks around it.
    r"import\s+\w|from\s+[\w.]+\s+import|def\s+\w+\s*\(|class\s+\w+\s*[(:]|[%!]\w|@\w|print\s*\(|return\b"
    r"|(?:for|while|if|elif|with)\s.*:$|(?:else|try|finally)\s*:"
    r"|[\w.\[\]]+\s*[-+*/]?=(?:\s*\w+\.[\w.]+\s*[(\[]|.*[(\[{,]$)|[\w.]+\(|[\])}]+(?:[,\s][,\s)]*)?$"
)


def pieces_of_unparsed(source: str) -> Iterator[Piece]:
    """Docstrings and comments as far as they can be made out, and between them stretches of prose and of code."""
    cutter = _Cutter(source)
    for match in _TOKENS.finditer(source):
        if match["long"] is not None and _begins_line(source, match.start()):
            group = "single" if match["single"] is not None else "double"
            yield from cutter.lines(match.start())
            yield from cutter.prose("docstring", match.start(group), match.end(group))
            cutter.at = match.end()
        elif match["comment"] is not None:
            yield from cutter.lines(match.start())
            opening = match.start() + len(match[0]) - len(match[0].lstrip("#"))
            yield from cutter.prose("comment", opening, match.end())
            cutter.at = match.end()
    yield from cutter.lines(len(source))


def _begins_line(source: str, at: int) -> bool:
    """Whether nothing but an indentation stands before a place on its line."""
    before = source[max(0, at - MAX_INDENTATION) : at]
    indentation = before[before.rfind("\n") + 1 :]
    return not indentation.strip() and len(indentation) < MAX_INDENTATION


class _Cutter:
    """Goes over a text once, from `at` on. Counting lines from the top for each piece would take quadratic time."""

    def __init__(self, source: str) -> None:
        self.at = 0
        self._source = source
        self._left = MAX_LINES
        self._counted, self._line = 0, 1

    def prose(self, source: Literal["docstring", "comment"], start: int, end: int) -> Iterator[Piece]:
        """The text from `start` to `end` as one piece."""
        yield from trimmed("prose", source, self._source[start:end], self._line_of(start))

    def lines(self, end: int) -> Iterator[Piece]:
        """The text up to `end`, cut where prose and code meet."""
        lines = self._source[self.at : end].split("\n")
        first = self._line_of(self.at)
        kinds = _settled(self._kinds(lines), lines)
        begin = 0
        for index in range(1, len(lines) + 1):
            if index < len(lines) and kinds[index] == kinds[begin]:
                continue
            text = "\n".join(lines[begin:index])
            if kinds[begin] == "prose":
                yield from trimmed("prose", "docstring", text, first + begin)
            else:
                yield from trimmed("code", "code", text, first + begin)
            begin = index

    def _kinds(self, lines: Sequence[str]) -> list[LineKind]:
        read = lines[: self._left]
        self._left -= len(read)
        return [_kind(line) for line in read] + ["unclear"] * (len(lines) - len(read))

    def _line_of(self, place: int) -> int:
        """The number of the line, from 1, of a place that is not before the last one that was asked for."""
        self._line += self._source.count("\n", self._counted, place)
        self._counted = place
        return self._line


def _kind(line: str) -> LineKind:
    """What a line is by itself; "unclear" leaves it to the lines around it."""
    text = as_lines_of_code(line).strip()
    if not text:
        return "blank"
    if any(mark.start == 0 and mark.strength == "strong" for mark in find_marks(text[:80])):
        return "prose"
    tree = parsed(text)
    if tree is not None:
        return "unclear" if _could_be_prose(tree, is_formula=not text.isascii()) else "code"
    words = re.findall(r"[^\W\d_]+", text)
    common = len(_FUNCTION_WORDS.findall(text))
    letters = sum(character.isalpha() or character in " ,.'?!-" for character in text)
    if _STARTS_CODE.match(text) and common < 3:
        return "code"
    if (common >= 2 and letters >= 0.7 * len(text)) or (len(words) >= 2 and letters >= 0.9 * len(text)):
        return "prose"
    return "unclear"


def _could_be_prose(tree: ast.Module, *, is_formula: bool) -> bool:
    """Whether it is Python by accident: words joined by `is`, `in`, `and`, or an equation. The dot of a product is a
    letter to Python, so that `W·[h, x]` is an entry of a list, if signs that few programs have say nothing else."""
    words = (ast.Name, ast.Constant, ast.Tuple, ast.Compare, ast.BoolOp, ast.UnaryOp, ast.BinOp, ast.Call, ast.List)
    allowed = (*words, ast.Subscript) if is_formula else words
    for statement in tree.body:
        if not isinstance(statement, ast.Expr | ast.Assign | ast.AnnAssign):
            return False
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
            return False
        value = statement.value
        if value is not None and not all(isinstance(n, allowed) for n in ast.walk(value) if isinstance(n, ast.expr)):
            return False
    return True


def _settled(kinds: Sequence[LineKind], lines: Sequence[str]) -> list[LineKind]:
    """Unclear and blank lines take after the nearest clear line before them, or else after them."""
    clear = [kind if kind in ("prose", "code") else None for kind in kinds]
    current = next((kind for kind in clear if kind), None)
    if current is None:
        fallback: LineKind = "prose" if _is_wordy("\n".join(lines)) else "code"
        return [fallback] * len(kinds)
    settled: list[LineKind] = []
    for kind in clear:
        current = kind or current
        settled.append(current)
    return settled


def _is_wordy(text: str) -> bool:
    words = re.findall(r"[^\W\d_]{2,}", text)
    return len(words) >= 2 and sum(map(len, words)) >= 0.7 * len("".join(text.split()))
