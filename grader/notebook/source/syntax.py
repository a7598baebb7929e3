"""Parsing what students wrote, IPython's additions included. Nothing here raises on any text.

The steps of reading a notebook share the trees of its cells, which nobody changes.
"""

from __future__ import annotations

import ast
import re
import threading
import warnings
from collections import OrderedDict
from collections.abc import Iterator
from weakref import WeakKeyDictionary

MAX_PARSED = 200_000
"""Longer texts are not parsed: no person wrote them, and the parser takes a gigabyte for a few megabytes."""

MAX_STATEMENTS = 10_000
"""So many line breaks and semicolons are as much as anybody wrote; each statement takes longer than its parsing."""

MAX_STRETCHES = 300_000_000
"""Python 3.11 looks through a whole f-string for each of its parts: so many characters it may look at for a text."""

MAX_KEPT = 400_000
"""Trees of so many characters are kept, the last ones."""

MAX_MAGICS = 40
_F_STRING = re.compile(r"(?<![^\W_])(?:[fF][rR]?|[rR][fF])[\"']")
_MAGIC = re.compile(r"[%!?]|[\w.]+\?{1,2}\s*$|[\w, ]+=\s*[%!]")
_CELL_MAGIC = re.compile(r"\s*%(?:%(\w+)|(md)\b)")
"""In notebooks of Databricks and Zeppelin, `%md` makes a cell of text."""
_PYTHON_MAGICS = {"time", "timeit", "capture", "prun", "python", "python3", "memit", "debug", "tensorflow_version"}
_TEXT_MAGICS = {"markdown", "latex", "html", "md"}


# Python 3.11 counts how deep it is in a tree in one place for all threads (python/cpython#106905), and the filter of
# warnings is everybody's.
_PARSING = threading.Lock()


def parsed(source: str) -> ast.Module | None:
    """The syntax tree, or None for text that is not Python, or too long or too deep for the parser."""
    if _is_too_long(source):
        return None
    found = _parse(source)
    return found if isinstance(found, ast.Module) else None


def parsed_with_magics(source: str) -> tuple[ast.Module, str, frozenset[int]] | None:
    """The tree of a cell, the text that was parsed, and the lines (from 1) on which IPython magics were blanked out.

    A line is taken for a magic only where Python itself cannot read it, so `%` inside strings and expressions is safe.
    """
    if _is_too_long(source):
        return None
    lines = source.split("\n")
    blanked: set[int] = set()
    while True:
        text = "\n".join(lines)
        found = _parse(text)
        if isinstance(found, ast.Module):
            return found, text, frozenset(blanked)
        if not 0 < found <= len(lines) or found in blanked or not _MAGIC.match(lines[found - 1].lstrip()):
            return None
        if len(blanked) >= MAX_MAGICS:
            return None
        indentation = re.match(r"\s*", lines[found - 1])
        lines[found - 1] = f"{indentation[0] if indentation else ''}pass"
        blanked.add(found)


def parsed_in_part(source: str) -> tuple[ast.Module, list[str]] | None:
    """The tree of a cell of which some lines are no Python, and its lines, with `pass` in the place of those.

    None where it is nothing that becomes Python in that way.
    """
    lines, left_out = source.split("\n"), 0
    while not _is_too_long(source) and left_out < MAX_MAGICS:
        found = _parse("\n".join(lines))
        if isinstance(found, ast.Module):
            return found, lines
        if not 0 < found <= len(lines) or lines[found - 1].strip() == "pass":
            return None
        text = lines[found - 1]
        lines[found - 1], left_out = f"{text[: len(text) - len(text.lstrip())]}pass", left_out + 1
    return None


_NODES: WeakKeyDictionary[ast.Module, tuple[ast.AST, ...]] = WeakKeyDictionary()


def nodes_of(tree: ast.Module) -> tuple[ast.AST, ...]:
    """The nodes of a tree in the order of `ast.walk`, without those that have no parts (contexts, operators).

    Kept as long as the tree is: the steps of reading all look through them.
    """
    if (nodes := _NODES.get(tree)) is None:
        nodes = _NODES[tree] = tuple(_walk(tree))
    return nodes


def _walk(tree: ast.Module) -> Iterator[ast.AST]:
    queue: list[ast.AST] = [tree]
    for node in queue:
        yield node
        for name in node._fields:
            value = getattr(node, name, None)
            if isinstance(value, list):
                queue += [each for each in value if isinstance(each, ast.AST) and each._fields]
            elif isinstance(value, ast.AST) and value._fields:
                queue.append(value)


def _is_too_long(source: str) -> bool:
    if len(source) > MAX_PARSED or source.count("\n") + source.count(";") > MAX_STATEMENTS:
        return True
    return source.count("{") * len(source) > MAX_STRETCHES and _F_STRING.search(source) is not None


def cell_magic(source: str) -> str | None:
    """What a cell that begins with `%%name`, or `%md`, holds: "python", "text", or "other"; None if it does not."""
    match = _CELL_MAGIC.match(source)
    if match is None:
        return None
    name = (match[1] or match[2]).lower()
    if name in _PYTHON_MAGICS:
        return "python"
    return "text" if name in _TEXT_MAGICS else "other"


_KEPT: OrderedDict[str, ast.Module | int] = OrderedDict()


def _parse(source: str) -> ast.Module | int:
    """The tree, or the line on which Python stops to read; 0 for what it cannot read at all."""
    with _PARSING:
        if source not in _KEPT:
            _KEPT[source] = _tree(source)
        _KEPT.move_to_end(source)
        kept = sum(map(len, _KEPT))
        while kept > MAX_KEPT:
            kept -= len(_KEPT.popitem(last=False)[0])
        return _KEPT.get(source, 0)


def _tree(source: str) -> ast.Module | int:
    with warnings.catch_warnings():  # students' "\s" in strings is not our concern
        warnings.simplefilter("ignore")
        try:
            return ast.parse(source)
        except SyntaxError as error:
            return error.lineno or 0
        except (ValueError, RecursionError, MemoryError):
            return 0
