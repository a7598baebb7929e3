"""A stretch of text inside a cell: what the readers of Markdown and of Python hand on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["prose", "code"]
Source = Literal["markdown", "docstring", "comment", "print", "code"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one kind, with its lines in the cell (from 1, both included). Line i of it is `first_line + i`."""

    kind: Kind
    source: Source
    text: str
    first_line: int
    last_line: int


def trimmed(kind: Kind, source: Source, text: str, first_line: int) -> Iterator[Piece]:
    """The text without blank lines at its ends, or nothing if it is blank."""
    lines = text.split("\n")
    full = [index for index, line in enumerate(lines) if line.strip()]
    if full:
        first, last = full[0], full[-1]
        yield Piece(kind, source, "\n".join(lines[first : last + 1]), first_line + first, first_line + last)
