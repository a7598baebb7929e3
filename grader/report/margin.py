"""Which note stands beside which cell: an answer as rows of cells and notes, and what it says besides."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from grader.report.answers import Cell, Work
from grader.report.places import Place, Text, marked
from grader.result import phrases as words
from grader.result.model import Advisory, QuestionResult
from grader.result.notes import Note, notes

_CELL = re.compile(r"\bcell (\d{1,6})(?: \(In \[\d{1,7}\]\))?(?:, line (\d{1,6}))?")
_QUOTED = re.compile(r"“([^”]{1,1000})”")
_LEADING = re.compile(r"^“[^”]{1,1000}” ")
_TAG = re.compile(r"<[^<>]{0,1000}>")
WORDS, NARROW, WIDE = ("explanation", "equations"), 42, 88
"""Characters of a line in the margin, and in the column beside it."""
ROOM = 1.35
"""How much longer than their cell notes may be, and stand beside it."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A note, or a remark that costs nothing; `number` is that of its place in the text, if it has one."""

    note: Note | None = None
    remark: Advisory | None = None
    number: int | None = None

    @property
    def text(self) -> str:
        """What it says."""
        if self.note is not None:
            return " ".join(self.note.messages)
        return self.remark.message if self.remark is not None else ""

    @property
    def said(self) -> tuple[str, ...]:
        """What it says where it stands: a sentence that is marked in the answer is not quoted once more."""
        messages = self.note.messages if self.note is not None else (self.text,)
        if self.number is None or (self.note is not None and self.note.first.kind != "explanation"):
            return messages
        return tuple(_QUOTED.sub("this", _LEADING.sub("", message), count=1) for message in messages)

    @property
    def place(self) -> Place:
        """What it is about, as far as it says so."""
        if self.note is not None and self.note.first.kind in WORDS:
            return Place("" if self.note.is_unsaid else self.note.first.observed or "")
        found = _CELL.search(self.text)
        if found and found[2]:
            return Place(line=int(found[2]))
        quoted = None if self.remark is None else self.remark.observed or _QUOTED.search(self.remark.message)
        return Place(quoted if isinstance(quoted, str) else quoted[1] if quoted else "")

    @property
    def cell(self) -> int | None:
        """The number of the cell that it names, counted from 1."""
        found = _CELL.search(self.text)
        return None if found is None else int(found[1])


@dataclass(frozen=True, slots=True)
class Row:
    """A cell, if there is one, and the notes about it; `is_below` where they are longer, and stand under it."""

    cell: Cell | None
    notes: tuple[Shown, ...]
    is_below: bool = False


def rows(question: QuestionResult, work: Work) -> tuple[Row, ...]:
    """The cells of an answer with their notes, numbered in the order in which they are read."""
    said = [Shown(note=note) for note in notes(question)] + [Shown(remark=each) for each in words.remarks(question)]
    texts = [Text(cell.body) for cell in work.cells]
    placed: list[list[tuple[Shown, tuple[int, int] | None]]] = [[] for _ in work.cells]
    loose = []
    for shown in said:
        at, where = _anchor(shown, work.cells, texts)
        if at is None:
            loose.append(shown)
        else:
            placed[at].append((shown, where))
    made, number = list[Row](), 0
    for cell, pairs in zip(work.cells, placed, strict=True):
        beside, found = list[Shown](), dict[int, tuple[int, int]]()
        for shown, where in sorted(pairs, key=lambda pair: pair[1] or (math.inf, math.inf)):
            if where is None:
                beside.append(shown)
                continue
            number += 1
            beside.append(replace(shown, number=number))
            found[number] = where
        made.append(Row(replace(cell, body=marked(cell.body, found)), tuple(beside), _is_longer(beside, cell)))
    return (*made, *([Row(None, tuple(loose), True)] if loose else []))


def _anchor(shown: Shown, cells: Sequence[Cell], texts: Sequence[Text]) -> tuple[int | None, tuple[int, int] | None]:
    """The cell that a note is about, and the place in it; neither where the answer has no cells."""
    place = shown.place
    if shown.cell is not None:
        for at, cell in enumerate(cells):
            if cell.number == shown.cell:
                line = place.line if place.line is None else place.line - cell.skipped
                return at, texts[at].find(replace(place, line=line)) if cell.form == "code" else None
    elif place.words:
        for at, text in enumerate(texts):
            if (where := text.find(place)) is not None:
                return at, where
    return _likely(shown, cells), None


def _likely(shown: Shown, cells: Sequence[Cell]) -> int | None:
    """Words are about prose, and all else is about the code that comes last."""
    is_about_words = shown.note is None or shown.note.first.kind in WORDS
    of_its_kind = [at for at, cell in enumerate(cells) if (cell.form == "prose") is is_about_words]
    if of_its_kind:
        return of_its_kind[0 if is_about_words else -1]
    return len(cells) - 1 if cells else None


def _is_longer(beside: Sequence[Shown], cell: Cell) -> bool:
    return _lines_of_notes(beside) > ROOM * _lines_of(cell) + 3


def _lines_of_notes(beside: Sequence[Shown]) -> float:
    return sum(1.8 + sum(math.ceil(len(text) / NARROW) for text in shown.said) for shown in beside)


def _lines_of(cell: Cell) -> float:
    """About how many lines a cell takes in the wide column."""
    text = _TAG.sub("", cell.body)
    length = sum(max(1, math.ceil(len(line) / WIDE)) for line in text.strip().split("\n"))
    outputs = sum(
        1.5 if output.fold else output.picture.height / 28 if output.picture else 1 + output.body.count("\n")
        for output in cell.outputs
    )
    return 1 + length + outputs
