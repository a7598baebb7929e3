"""From cells to blocks: prose (in Markdown, docstrings, comments, printed text) and the code that remains."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from grader.language.entities import with_characters
from grader.language.hidden.markup import shown
from grader.language.seen import BREAK, seen
from grader.notebook.blocks.markdown_cells import pieces_of_markdown
from grader.notebook.blocks.marks import find_marks
from grader.notebook.blocks.piece import Kind, Piece, Source, trimmed
from grader.notebook.blocks.python import pieces_of_code
from grader.notebook.reading.read import Cell, Notebook
from grader.notebook.reading.unseen import as_lines_of_code
from grader.pack.vocabulary import PLAIN, Vocabulary

MAX_PIECES = 1_500
"""Into so many pieces is a cell cut, and no further: nobody wrote more."""


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


def blocks(notebook: Notebook, terms: Vocabulary = PLAIN) -> tuple[Block, ...]:
    """The blocks of all cells, in order. Every character that is shown and not blank is in exactly one of them.

    Left out are only the signs around prose: quotes, `#` of comments, and Markdown fences.
    """
    return tuple(block for cell in notebook.cells for block in blocks_of(cell, terms))


def blocks_of(cell: Cell, terms: Vocabulary = PLAIN) -> tuple[Block, ...]:
    """The blocks of one cell; prose is split where an explicit mark ("Ans 3:-") begins."""
    is_code = cell.type == "code"
    # As Python counts lines; as it is seen.
    source = BREAK.sub("\n", cell.source) if is_code else seen(with_characters(shown(cell.source)), terms=terms)
    found = _pieces_of_code(source, terms) if is_code else pieces_of_markdown(source)
    pieces = _with_the_rest(found, source, is_code=is_code)
    return tuple(
        Block(cell.index, part.kind, part.text, part.first_line, part.last_line, part.source)
        for piece in pieces
        for part in _split(piece)
        if part.text.strip()
    )


def _pieces_of_code(source: str, terms: Vocabulary) -> Iterator[Piece]:
    """The pieces of a code cell: its code as it runs, and its prose as it is seen."""
    for piece in pieces_of_code(source):
        yield piece if piece.kind == "code" else replace(piece, text=as_lines_of_code(piece.text, terms))


def _with_the_rest(pieces: Iterator[Piece], source: str, *, is_code: bool) -> Iterator[Piece]:
    """The first `MAX_PIECES`, and all the lines behind them as one more."""
    last = 0
    for piece in islice(pieces, MAX_PIECES):
        yield piece
        last = max(last, piece.last_line)
    if next(pieces, None) is not None:
        kind: tuple[Kind, Source] = ("code", "code") if is_code else ("prose", "markdown")
        yield from trimmed(*kind, "\n".join(source.split("\n")[last:]), last + 1)


def _split(piece: Piece) -> Iterator[Piece]:
    if piece.kind == "code":
        yield piece
        return
    marks = [mark.start for mark in find_marks(piece.text) if mark.strength != "weak"][:MAX_PIECES]
    ends = [*marks, len(piece.text)]
    start, line = 0, piece.first_line
    for end in ends:
        part = piece.text[start:end]
        if part.strip():
            yield _part(piece, part, line)
            line += part.count("\n")
            start = end


def _part(piece: Piece, text: str, line: int) -> Piece:
    """Text of a piece of prose that begins on this line, without the blank lines around it."""
    body = text.lstrip()
    first = line + text.count("\n", 0, len(text) - len(body))
    body = body.rstrip()
    last = first + body.count("\n")
    return replace(piece, text=body, first_line=min(first, piece.last_line), last_line=min(last, piece.last_line))
