"""Code cells: prose in docstrings, comments and printed text, and the code around it."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grader.notebook.blocks.piece import Piece, trimmed
from grader.notebook.blocks.prose_in_code import Found, Place, find_prose
from grader.notebook.blocks.unparsed import pieces_of_unparsed
from grader.notebook.source.syntax import cell_magic, parsed_with_magics


def pieces_of_code(source: str) -> Iterator[Piece]:
    """The pieces of a code cell in order. Text that is not Python is told apart from code line by line."""
    holds = cell_magic(source)
    if holds in ("other", "text"):
        yield from _magic_cell(source, is_text=holds == "text")
        return
    result = parsed_with_magics(source)
    found = None if result is None else find_prose(result[0], result[1])
    if result is None or found is None:
        yield from pieces_of_unparsed(source)
        return
    yield from _Cutter(source.split("\n"), found).pieces(_units(result[0], result[2]))


def _magic_cell(source: str, *, is_text: bool) -> Iterator[Piece]:
    line = source[: len(source) - len(source.lstrip())].count("\n") + 1
    magic, _, rest = source.lstrip().partition("\n")
    if not is_text:
        yield from trimmed("code", "code", source, 1)
        return
    yield from trimmed("code", "code", magic, line)
    yield from trimmed("prose", "markdown", rest, line + 1)


@dataclass(frozen=True, slots=True)
class _Unit:
    """The lines of one top-level statement, or of several that share a line."""

    first: int
    last: int
    is_magic: bool = False
    is_text: bool = False


def _units(tree: ast.Module, magics: frozenset[int]) -> list[_Unit]:
    units: list[_Unit] = []
    for node in tree.body:
        decorators = getattr(node, "decorator_list", [])
        first = min([node.lineno, *(decorator.lineno for decorator in decorators)])
        last = node.end_lineno or node.lineno
        is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and type(node.value.value) is str
        if units and first <= units[-1].last:
            before = units.pop()
            is_text = is_text and before.is_text
            units.append(_Unit(before.first, max(last, before.last), before.is_magic, is_text))
        else:
            units.append(_Unit(first, last, first in magics and first == last, is_text))
    return units


class _Cutter:
    """Walks over the lines of a cell once; a block of code ends where prose begins, and around magics."""

    def __init__(self, lines: Sequence[str], found: Sequence[Found]) -> None:
        self._lines = lines
        self._prose: dict[int, list[Piece]] = {}
        for item in found:
            self._prose.setdefault(item.piece.first_line, []).append(item.piece)
        self._rest = _erased(lines, found)
        self._code: list[int] = []

    def pieces(self, units: Sequence[_Unit]) -> Iterator[Piece]:
        line = 1
        for unit in units:
            yield from self._between(line, unit.first - 1)
            prose = [piece for number in range(unit.first, unit.last + 1) for piece in self._prose.get(number, ())]
            if prose or unit.is_magic:
                yield from self._flush()
            yield from prose
            if not (unit.is_text and prose):
                self._code += range(unit.first, unit.last + 1)
            if unit.is_magic:
                yield from self._flush()
            line = unit.last + 1
        yield from self._between(line, len(self._lines))
        yield from self._flush()

    def _between(self, first: int, last: int) -> Iterator[Piece]:
        """Lines outside statements: comments, blank lines, and stray line continuations."""
        for line in range(first, last + 1):
            for piece in self._prose.get(line, ()):
                yield from self._flush()
                yield piece
            self._code.append(line)

    def _flush(self) -> Iterator[Piece]:
        lines = [line for line in self._code if self._rest[line - 1].strip()]
        self._code = []
        if lines:
            first, last = lines[0], lines[-1]
            yield Piece("code", "code", "\n".join(self._rest[first - 1 : last]), first, last)


def _erased(lines: Sequence[str], found: Sequence[Found]) -> list[str]:
    """The lines without the prose: the same number of lines, and the quotes still there."""
    kept: list[list[str]] = [[] for _ in lines]
    line, column = 1, 0
    for (first, start), (last, end) in sorted(span for item in found for span in item.spans):
        _keep(lines, kept, (line, column), (first, start))
        line, column = last, end
    _keep(lines, kept, (line, column), (len(lines), len(lines[-1])))
    return ["".join(parts).rstrip() for parts in kept]


def _keep(lines: Sequence[str], kept: Sequence[list[str]], start: Place, end: Place) -> None:
    """Keep what stands between two places."""
    (first, begin), (last, stop) = start, end
    for number in range(first, last + 1):
        line = lines[number - 1]
        kept[number - 1].append(line[begin if number == first else 0 : stop if number == last else len(line)])
