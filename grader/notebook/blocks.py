"""From cells to blocks: prose (in Markdown, docstrings, comments, printed text) and the code that remains."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from grader.language.seen import BREAK, seen
from grader.notebook.markdown import pieces_of_markdown
from grader.notebook.marks import find_marks
from grader.notebook.piece import Kind, Piece, Source
from grader.notebook.python import pieces_of_code
from grader.notebook.read import Cell, Notebook
from grader.notebook.unseen import as_lines_of_code


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of one cell, of one kind. Lines are counted from 1 within the cell; both ends belong to the block.

    Line i of `text` is line `first_line + i` of the cell. From code, the prose inside it is erased (the quotes stay),
    so that what parsed still parses and stands on its own line. A block of prose that is inside a statement comes
    right before the block with that statement.
    """

    cell: int
    kind: Kind
    text: str
    first_line: int
    last_line: int
    source: Source


def blocks(notebook: Notebook) -> tuple[Block, ...]:
    """The blocks of all cells, in order. Every character that is not blank is in exactly one of them.

    Left out are only the signs around prose: quotes, `#` of comments, and Markdown fences.
    """
    return tuple(block for cell in notebook.cells for block in blocks_of(cell))


def blocks_of(cell: Cell) -> tuple[Block, ...]:
    """The blocks of one cell; prose is split where an explicit mark ("Ans 3:-") begins."""
    pieces = _pieces_of_code(cell.source) if cell.type == "code" else pieces_of_markdown(seen(cell.source))
    return tuple(
        Block(cell.index, part.kind, part.text, part.first_line, part.last_line, part.source)
        for piece in pieces
        for part in _split(piece)
        if part.text.strip()
    )


def _pieces_of_code(source: str) -> Iterator[Piece]:
    """The pieces of a code cell: its code as it runs, and its prose as it is seen."""
    for piece in pieces_of_code(BREAK.sub("\n", source)):  # as Python counts lines
        yield piece if piece.kind == "code" else replace(piece, text=as_lines_of_code(piece.text))


def _split(piece: Piece) -> Iterator[Piece]:
    if piece.kind == "code":
        yield piece
        return
    marks = [mark.start for mark in find_marks(piece.text) if mark.strength != "weak"]
    ends = [*marks, len(piece.text)]
    start = 0
    for end in ends:
        if piece.text[start:end].strip():
            yield part_of(piece, start, end)
            start = end


def part_of(piece: Piece, start: int, end: int) -> Piece:
    """The part of a piece of prose from `start` to `end`, without the blank lines around it."""
    text = piece.text[start:end]
    start += len(text) - len(text.lstrip())
    text = text.strip()
    first_line = piece.first_line + piece.text.count("\n", 0, start)
    last_line = first_line + text.count("\n")
    return replace(
        piece, text=text, first_line=min(first_line, piece.last_line), last_line=min(last_line, piece.last_line)
    )
