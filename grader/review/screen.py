"""What stands on the screen of a decision: the words that decided in their place, made harmless as in the reports."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup

from grader.report.code import highlight
from grader.report.places import Place, Text, known, marked
from grader.report.prose import prose
from grader.report.typeset import typeset
from grader.review.items import WRITTEN, Item
from grader.review.material import Work, text_of
from grader.text import neutral_lines

LONGEST, LINES_AROUND, MOST_CELLS = 2_000, 4, 6
_BETWEEN = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the notebook: safe HTML, of prose or of code."""

    name: str
    form: str
    body: Markup


@dataclass(frozen=True, slots=True)
class Equation:
    """An equation as it was written, and typeset where it can be read."""

    name: str
    source: str
    shown: Markup | None


@dataclass(frozen=True, slots=True)
class Screen:
    """The student's words around what decided, and for equations those that were written and expected."""

    pieces: tuple[Piece, ...]
    equations: tuple[Equation, ...]
    facts: tuple[tuple[str, str], ...]
    message: str
    statement: str
    sentence: str


def screen(item: Item, work: Work) -> Screen:
    """The screen of an item."""
    pieces = _code(item, work) if item.check.kind not in WRITTEN else _words(item, work)
    return Screen(
        pieces=tuple(pieces),
        equations=tuple(_equations(item)) if item.check.kind == "equations" else (),
        facts=tuple(_facts(item)) if item.check.kind not in WRITTEN else (),
        message=harmless(item.check.message),
        statement=harmless(item.statement),
        sentence=harmless(item.sentence or ""),
    )


def harmless(text: str) -> str:
    """A text without what could pass for more than text, and not too long."""
    return neutral_lines(text, LONGEST)


def _equations(item: Item) -> list[Equation]:
    pairs = (("Written", item.check.observed), ("Expected", item.check.expected))
    return [
        Equation(name, harmless(line), typeset(line[:LONGEST]))
        for name, text in pairs
        for line in (text or "").split("; ")[:8]
        if line
    ]


def _facts(item: Item) -> list[tuple[str, str]]:
    pairs = (("Expected", item.check.expected), ("Observed", item.check.observed))
    return [(name, harmless(text)) for name, text in pairs if text]


def _words(item: Item, work: Work) -> list[Piece]:
    """The paragraph with the sentence, the sentence marked; without one, all prose of the answer."""
    cells = [(at, work.cells[at]) for at in item.question.cells if at < len(work.cells)]
    wanted = known(item.sentence or "")
    for at, cell in cells if wanted else ():
        if wanted[:60] in known(text_of(cell)):
            return [_around(at, text_of(cell), item.sentence or "", cell.get("cell_type") == "code")]
    written = [(at, cell) for at, cell in cells if cell.get("cell_type") == "markdown"] or cells
    return [_piece(at, text_of(cell), cell.get("cell_type") == "code") for at, cell in written[:MOST_CELLS]]


def _code(item: Item, work: Work) -> list[Piece]:
    cells = [(at, work.cells[at]) for at in item.question.cells if at < len(work.cells)]
    code = [(at, cell) for at, cell in cells if cell.get("cell_type") == "code"]
    return [_piece(at, text_of(cell), True) for at, cell in code[-MOST_CELLS:]]


def _around(at: int, source: str, sentence: str, is_code: bool) -> Piece:
    """Of a cell the paragraph, or the lines of code, where the sentence stands."""
    parts = source.split("\n") if is_code else _BETWEEN.split(source)
    wanted = known(sentence)[:60]
    first, last = _where([known(part) for part in parts], wanted)
    if is_code:
        first, last = max(0, first - LINES_AROUND), last + LINES_AROUND
    shown = ("\n" if is_code else "\n\n").join(parts[first : last + 1])
    piece = _piece(at, shown, is_code)
    found = Text(piece.body).find(Place(sentence))
    return piece if found is None else Piece(piece.name, piece.form, _marked(piece.body, found))


def _marked(body: Markup, found: tuple[int, int]) -> Markup:
    """The place marked, without the number that a report has behind it."""
    return Markup(marked(body, {1: found}).replace('<sup class="place">1</sup>', ""))


def _where(parts: list[str], wanted: str) -> tuple[int, int]:
    """From which part to which a text reaches; all of them where it is not found."""
    start = "".join(parts).find(wanted)
    if start < 0:
        return 0, len(parts)
    ends, total = [], 0
    for part in parts:
        total += len(part)
        ends.append(total)
    first = next(place for place, end in enumerate(ends) if end > start)
    last = next(place for place, end in enumerate(ends) if end >= start + len(wanted))
    return first, last


def _piece(at: int, source: str, is_code: bool) -> Piece:
    body, _ = highlight(source) if is_code else prose(source)
    return Piece(f"cell {at + 1}", "code" if is_code else "prose", body)
