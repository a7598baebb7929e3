"""Parsing what students wrote, IPython's additions included. Nothing here raises on any text."""

from __future__ import annotations

import ast
import re
import threading
import warnings

MAX_PARSED = 200_000
"""Longer texts are not parsed: no person wrote them, and the parser takes a gigabyte for a few megabytes."""

MAX_STATEMENTS = 10_000
"""So many line breaks and semicolons are as much as anybody wrote; each statement takes longer than its parsing."""

MAX_MAGICS = 40
_MAGIC = re.compile(r"[%!?]|[\w.]+\?{1,2}\s*$|[\w, ]+=\s*[%!]")
_CELL_MAGIC = re.compile(r"\s*%%(\w+)")
_PYTHON_MAGICS = {"time", "timeit", "capture", "prun", "python", "python3", "memit", "debug", "tensorflow_version"}
_TEXT_MAGICS = {"markdown", "latex", "html", "md"}


# Python 3.11 counts how deep it is in a tree in one place for all threads (python/cpython#106905), and the filter of
# warnings is everybody's.
_PARSING = threading.Lock()


def parsed(source: str) -> ast.Module | None:
    """The syntax tree, or None for text that is not Python, or too long or too deep for the parser."""
    if _is_too_long(source):
        return None
    try:
        return _parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def parsed_with_magics(source: str) -> tuple[ast.Module, str, frozenset[int]] | None:
    """The tree of a cell, the text that was parsed, and the lines (from 1) on which IPython magics were blanked out.

    A line is taken for a magic only where Python itself cannot read it, so `%` inside strings and expressions is safe.
    """
    if _is_too_long(source):
        return None
    lines = source.split("\n")
    blanked: set[int] = set()
    while True:
        try:
            return _parse("\n".join(lines)), "\n".join(lines), frozenset(blanked)
        except SyntaxError as error:
            number = error.lineno or 0
            if not 0 < number <= len(lines) or number in blanked or not _MAGIC.match(lines[number - 1].lstrip()):
                return None
            if len(blanked) >= MAX_MAGICS:
                return None
            indentation = re.match(r"\s*", lines[number - 1])
            lines[number - 1] = f"{indentation[0] if indentation else ''}pass"
            blanked.add(number)
        except (ValueError, RecursionError, MemoryError):
            return None


def parsed_in_part(source: str) -> tuple[ast.Module, list[str]] | None:
    """The tree of a cell of which some lines are no Python, and its lines, with `pass` in the place of those.

    None where it is nothing that becomes Python in that way.
    """
    lines, left_out = source.split("\n"), 0
    while not _is_too_long(source) and left_out < MAX_MAGICS:
        try:
            return _parse("\n".join(lines)), lines
        except SyntaxError as error:
            number = error.lineno or 0
            if not 0 < number <= len(lines) or lines[number - 1].strip() == "pass":
                return None
            text = lines[number - 1]
            lines[number - 1], left_out = f"{text[: len(text) - len(text.lstrip())]}pass", left_out + 1
        except (ValueError, RecursionError, MemoryError):
            return None
    return None


def _is_too_long(source: str) -> bool:
    return len(source) > MAX_PARSED or source.count("\n") + source.count(";") > MAX_STATEMENTS


def cell_magic(source: str) -> str | None:
    """What a cell that begins with `%%name` holds: "python", "text", or "other"; None if it does not."""
    match = _CELL_MAGIC.match(source)
    if match is None:
        return None
    name = match[1].lower()
    if name in _PYTHON_MAGICS:
        return "python"
    return "text" if name in _TEXT_MAGICS else "other"


def _parse(source: str) -> ast.Module:
    with _PARSING, warnings.catch_warnings():  # students' "\s" in strings is not our concern
        warnings.simplefilter("ignore")
        return ast.parse(source)
