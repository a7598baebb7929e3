"""Markdown and raw cells: prose, and the code inside fences."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

from grader.notebook.blocks.piece import Piece, trimmed
from grader.notebook.source.syntax import parsed

_FENCE = re.compile(r"^ {0,3}(?P<fence>`{3,}|~{3,})[ \t]*(?P<language>[\w+#.-]*)")
_PYTHON = {"python", "py", "python3", "ipython", "ipython3"}
_TEXT = {"text", "txt", "latex", "tex", "math", "markdown", "md", "plaintext"}


def pieces_of_markdown(source: str) -> Iterator[Piece]:
    """The stretches of prose and of fenced code, in order. A fence that holds no program is prose: equations."""
    lines = source.split("\n")
    start, index = 0, 0
    while index < len(lines):
        opening = _FENCE.match(lines[index])
        if opening is None or "`" in lines[index][opening.end() :]:
            index += 1
            continue
        end = _closing(lines, index + 1, opening["fence"])
        yield from _piece(lines, start, index, is_code=False)
        yield from _piece(lines, index + 1, end, is_code=_is_code(opening["language"].lower(), lines[index + 1 : end]))
        start = index = end + 1
    yield from _piece(lines, start, len(lines), is_code=False)


def _closing(lines: Sequence[str], start: int, fence: str) -> int:
    return next((index for index in range(start, len(lines)) if _closes(lines[index], fence)), len(lines))


def _closes(line: str, fence: str) -> bool:
    """Whether a line has at least as many of the fence's signs as the fence, and nothing else."""
    written = line.rstrip(" \t")
    signs = written.lstrip(" ")
    return len(written) - len(signs) <= 3 and len(signs) >= len(fence) and not signs.strip(fence[0])


def _piece(lines: Sequence[str], start: int, end: int, *, is_code: bool) -> Iterator[Piece]:
    return trimmed("code" if is_code else "prose", "markdown", "\n".join(lines[start:end]), start + 1)


def _is_code(language: str, lines: Sequence[str]) -> bool:
    """Whether a fence holds a program: by its language, or because it does more than assign expressions to names."""
    if language in _TEXT:
        return False
    tree = parsed("\n".join(lines))
    if language in _PYTHON:
        return True
    if tree is None:
        return bool(language)
    acting = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef, ast.For, ast.With, ast.While, ast.Attribute)
    return any(isinstance(node, acting) for node in ast.walk(tree))
