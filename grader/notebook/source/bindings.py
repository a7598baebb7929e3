"""Which names the statements of a cell bind, and which they read."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from grader.notebook.source.syntax import cell_magic, parsed_in_part
from grader.probe.scopes import global_names


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement at the top level of a cell, with its lines (from 1), its text, and what it binds and reads.

    It `defines` where it imports, or makes functions, classes and constants: that can be done once more unseen.
    """

    cell: int
    first_line: int
    last_line: int
    text: str
    binds: frozenset[str]
    reads: frozenset[str]
    defines: bool
    modules: tuple[tuple[str, str], ...] = ()
    """What it imports: each name that it binds with the module that it is from."""


def statements(source: str, cell: int) -> tuple[Statement, ...]:
    """The statements of a cell of code, without lines that are no Python; none for a cell of another kind."""
    if cell_magic(source) == "python":
        source = (
            "\n" * (source[: len(source) - len(source.lstrip())].count("\n") + 1) + source.lstrip().partition("\n")[2]
        )
    found = parsed_in_part(source)
    return () if found is None else tuple(_statement(node, found[1], cell) for node in found[0].body)


def _statement(node: ast.stmt, lines: list[str], cell: int) -> Statement:
    first = min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", []))])
    last = node.end_lineno or node.lineno
    text, reads = "\n".join(lines[first - 1 : last]), set[str]()
    with suppress(SyntaxError, ValueError, RecursionError, MemoryError):
        text = ast.unparse(node)
        reads = global_names(text)
    modules = tuple(_modules(node))
    binds = {name for name, _ in modules} | set(_bound(node))
    return Statement(cell, first, last, text, frozenset(binds), frozenset(reads), _defines(node), modules)


def _modules(node: ast.stmt) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield alias.asname or alias.name.partition(".")[0], alias.name
    elif isinstance(node, ast.ImportFrom):
        for alias in node.names:
            yield alias.asname or alias.name, node.module or "."


def _bound(node: ast.AST) -> Iterator[str]:
    """The names of the namespace that a statement may bind: not those inside of functions and classes."""
    queue = [node]
    while queue:
        here = queue.pop()
        if isinstance(here, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield here.name
        elif isinstance(here, ast.Name) and isinstance(here.ctx, ast.Store):
            yield here.id
        elif not isinstance(here, ast.Lambda | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
            if here is not node and isinstance(here, ast.Import | ast.ImportFrom):
                yield from (name for name, _ in _modules(here))
            queue += ast.iter_child_nodes(here)


def _defines(node: ast.stmt) -> bool:
    if isinstance(node, ast.Import | ast.ImportFrom | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return True
    return isinstance(node, ast.Assign | ast.AnnAssign) and not any(
        isinstance(each, ast.Call | ast.Subscript | ast.Await) for each in ast.walk(node)
    )
