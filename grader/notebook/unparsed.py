"""Code cells that Python cannot read: question text, prose without quotes, or code with a mistake, line by line."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from typing import Literal

from grader.notebook.marks import find_marks
from grader.notebook.piece import Piece, trimmed
from grader.notebook.syntax import parsed
from grader.notebook.unseen import as_lines_of_code

LineKind = Literal["prose", "code", "unclear", "blank"]

_TOKENS = re.compile(
    r"(?P<long>'''(?P<single>[\s\S]*?)(?:'''|\Z)|\"\"\"(?P<double>[\s\S]*?)(?:\"\"\"|\Z))"
    r"|'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\""
    r"|(?P<comment>\#[^\n]*)"
)
_FUNCTION_WORDS = re.compile(
    r"\b(?:an?|the|is|are|was|of|to|that|which|this|these|it|its|in|on|by|as|and|or|from|into|explain|describe|what|how|"
    r"where|when|why|can|be|between|used|uses|using|has|have|their|they|we|with|for|at|than|not|also|such)\b",
    re.IGNORECASE,
)
_STARTS_CODE = re.compile(
    r"^\s*(?:import\s+\w|from\s+[\w.]+\s+import|def\s+\w+\s*\(|class\s+\w+\s*[(:]|[%!]\w|@\w|print\s*\(|return\b"
    r"|(?:for|while|if|elif|with)\s.*:\s*$|(?:else|try|finally)\s*:"
    r"|[\w.\[\]]+\s*[-+*/]?=\s*(?:\w+\.[\w.]+\s*[(\[]|.*[(\[{,]\s*$)|[\w.]+\(.*\)?\s*,?\s*$|[\])}]+[,\s)]*$)"
)


def pieces_of_unparsed(source: str) -> Iterator[Piece]:
    """Docstrings and comments as far as they can be made out, and between them stretches of prose and of code."""
    start = 0
    for match in _TOKENS.finditer(source):
        alone = not source[source.rfind("\n", 0, match.start()) + 1 : match.start()].strip()
        if match["long"] is not None and alone:
            group = "single" if match["single"] is not None else "double"
            yield from _lines(source, start, match.start())
            yield from _piece("docstring", source, match.start(group), match.end(group))
            start = match.end()
        elif match["comment"] is not None:
            yield from _lines(source, start, match.start())
            opening = match.start() + len(match[0]) - len(match[0].lstrip("#"))
            yield from _piece("comment", source, opening, match.end())
            start = match.end()
    yield from _lines(source, start, len(source))


def _piece(source: Literal["docstring", "comment"], text: str, start: int, end: int) -> Iterator[Piece]:
    yield from trimmed("prose", source, text[start:end], text.count("\n", 0, start) + 1)


def _lines(source: str, start: int, end: int) -> Iterator[Piece]:
    """The text from `start` to `end`, cut where prose and code meet."""
    lines = source[start:end].split("\n")
    first = source.count("\n", 0, start) + 1
    kinds = _settled([_kind(line) for line in lines], lines)
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


def _kind(line: str) -> LineKind:
    """What a line is by itself; "unclear" leaves it to the lines around it."""
    text = as_lines_of_code(line).strip()
    if not text:
        return "blank"
    if any(mark.start == 0 and mark.strength == "strong" for mark in find_marks(text[:80])):
        return "prose"
    tree = parsed(text)
    if tree is not None:
        return "unclear" if _could_be_prose(tree) else "code"
    words = re.findall(r"[^\W\d_]+", text)
    common = len(_FUNCTION_WORDS.findall(text))
    letters = sum(character.isalpha() or character in " ,.'?!-" for character in text)
    if _STARTS_CODE.match(text) and common < 3:
        return "code"
    if (common >= 2 and letters >= 0.7 * len(text)) or (len(words) >= 2 and letters >= 0.9 * len(text)):
        return "prose"
    return "unclear"


def _could_be_prose(tree: ast.Module) -> bool:
    """Whether it is Python by accident: words joined by `is`, `in`, `and`, or an equation."""
    allowed = (ast.Name, ast.Constant, ast.Tuple, ast.Compare, ast.BoolOp, ast.UnaryOp, ast.BinOp, ast.Call, ast.List)
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
