"""Functions and classes that a notebook has defined so far, as they were written: an answer may use those of others."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from copy import deepcopy
from typing import Any

from grader.probe.scopes import global_names

MOST_KEPT = 500


class Definitions:
    """Kept by name, in order; a name that is defined again stands for the last of them."""

    def __init__(self) -> None:
        self._known: dict[str, ast.stmt] = {}

    def noted(self, tree: ast.Module) -> ast.Module:
        """The tree of a cell that is to run, as it is."""
        for statement in tree.body:
            if isinstance(statement, ast.FunctionDef | ast.ClassDef) and len(self._known) < MOST_KEPT:
                with suppress(RecursionError):
                    self._known.pop(statement.name, None)
                    self._known[statement.name] = deepcopy(statement)
        return tree

    def behind(
        self, names: Iterable[str], namespace: Mapping[str, Any], wanted: Callable[[Any], bool]
    ) -> tuple[list[ast.stmt], set[str]]:
        """Those that these names stand for, and that they use in turn, in order; and all names that they read.

        The class of an object is one of them. One that reads a value which is not `wanted` is left out.
        """
        found: dict[str, set[str]] = {}
        left = [*names]
        while left:
            name = left.pop()
            cls = type(namespace.get(name)).__name__
            if name not in self._known and cls in self._known:
                name = cls
            if name in found or name not in self._known or not callable(namespace.get(name)):
                continue
            read = _read(self._known[name])
            if all(wanted(namespace[each]) for each in read if each in namespace):
                found[name] = read
                left += read
        chosen = [deepcopy(statement) for name, statement in self._known.items() if name in found]
        return chosen, set().union(*found.values())


def _read(statement: ast.stmt) -> set[str]:
    try:
        return global_names(ast.unparse(statement))
    except (SyntaxError, ValueError, RecursionError):
        return set()
