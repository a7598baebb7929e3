"""The student's own cells as the page shows them beside the verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup
from nbformat import NotebookNode

from grader.report.code import highlight, plain
from grader.report.page_limits import PER_CELL, Budget
from grader.report.prose import prose
from grader.report.shown_outputs import Output, shown


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: `body` is safe HTML. `number` counts from 1, as people do; `count` is what Jupyter shows beside code.

    `under` is the number of the question under which the cell is shown already, if it answers several. Of the lines of
    its source, the first `skipped` are blank, and not shown.
    """

    number: int
    form: Literal["code", "prose", "plain"]
    body: Markup
    note: str = ""
    outputs: tuple[Output, ...] = ()
    under: int | None = None
    count: int | None = None
    skipped: int = 0

    @property
    def name(self) -> str:
        """Its place, and the number that Jupyter shows: cell 12, In [6]."""
        return f"cell {self.number}" + ("" if self.count is None else f", In [{self.count}]")


@dataclass(frozen=True, slots=True)
class Work:
    """The cells of one answer, and how many there was no room for."""

    cells: tuple[Cell, ...] = ()
    left_out: int = 0


class Notebook:
    """Takes the cells of a notebook for one question after the other, each in full once."""

    def __init__(self, cells: Sequence[NotebookNode], budget: Budget | None = None) -> None:
        self._cells = cells
        self._budget = budget or Budget()
        self._shown_under: dict[int, int] = {}

    def answer(self, question: int, indices: Iterable[int]) -> Work:
        """The cells with these zero-based indices, as the answer to a question; indices beyond the end are passed."""
        return self._work([index for index in sorted(set(indices)) if 0 <= index < len(self._cells)], question)

    def rest(self) -> Work:
        """The cells that no question has taken, the empty ones left out."""
        free = [i for i, cell in enumerate(self._cells) if i not in self._shown_under and cell.source.strip()]
        return self._work(free, None)

    def _work(self, indices: Sequence[int], question: int | None) -> Work:
        made: list[Cell] = []
        for place, index in enumerate(indices):
            cell = self._cell(index, question)
            if not self._budget.for_text(len(cell.body) + PER_CELL):
                return Work(tuple(made), len(indices) - place)
            made.append(cell)
        return Work(tuple(made))

    def _cell(self, index: int, question: int | None) -> Cell:
        under = self._shown_under.get(index)
        if question is not None and under is None:
            self._shown_under[index] = question
        if under is not None:
            return Cell(index + 1, "plain", Markup(), under=under)
        return self._converted(index + 1, self._cells[index])

    def _converted(self, number: int, cell: NotebookNode) -> Cell:
        if cell.cell_type == "code":
            body, note = highlight(cell.source)
            outputs = tuple(shown(cell.get("outputs", []), number, self._budget))
            count = cell.get("execution_count")
            skipped = len(cell.source) - len(cell.source.lstrip("\n"))
            return Cell(number, "code", body, note, outputs, count=_count(count), skipped=skipped)
        if cell.cell_type == "markdown":
            body, note = prose(cell.source, cell.get("attachments"))
            return Cell(number, "prose", body, note)
        body, note = plain(cell.source)
        return Cell(number, "plain", body, note)


def _count(value: object) -> int | None:
    """What a notebook says of how often its kernel had run code, where that is a number as kernels give it."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10**6 else None
