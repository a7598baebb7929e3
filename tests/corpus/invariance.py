"""Answers of the corpus beside themselves, written in another way."""

from __future__ import annotations

import random
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_notebook

from grader.kernel.generation import Generation
from grader.notebook.reading.read import read
from grader.notebook.segment import segment
from grader.pack.loading import load
from grader.result.model import Result
from tests.corpus.rewriting import REWRITINGS, Rewriting, one_cell_for_each_statement
from tests.corpus.samples import Sample, notebook, samples, section
from tests.grades import question

EVERY = 3
"""One notebook of the corpus in so many is written in another way, too."""
MOVED = 1
"""The notebook of the corpus whose answers stand in other orders, too, on each Keras."""
ORDERS, MOST_DRAWN = 2, 50
Verdicts = list[tuple[str, int, str]]


@dataclass(frozen=True)
class Rewritten:
    """An answer and the way in which it is written."""

    sample: Sample
    rewriting: Rewriting

    @property
    def name(self) -> str:
        """For people, in what a test says."""
        return f"q{self.sample.question}, {self.sample.name}: {self.rewriting.__name__}"


Row = tuple[Rewritten, ...]


def ways(generation: Generation, number: int, row: Sequence[Sample]) -> Row:
    """The answers of a notebook of the corpus, each with a way to write it; none where all stay as they are.

    The ways take turns.
    """
    if number % EVERY != generation % EVERY:
        return ()
    return tuple(Rewritten(item, REWRITINGS[(number // EVERY + item.question) % len(REWRITINGS)]) for item in row)


def variants(generation: Generation, number: int, row: Sequence[Sample]) -> Iterator[tuple[str, NotebookNode]]:
    """A notebook of the corpus as it might be as well, and how that differs: it deserves the same verdicts."""
    if written := ways(generation, number, row):
        yield "; ".join(item.name for item in written), rewritten(written)
    if number == MOVED:
        yield from islice(_moved(row, random.Random(generation)), ORDERS)


def _moved(row: Sequence[Sample], drawing: random.Random) -> Iterator[tuple[str, NotebookNode]]:
    """The answers in other orders, in which each is read as the same answer."""
    for _ in range(MOST_DRAWN):
        order = drawing.sample(row, len(row))
        made = notebook(tuple(order))
        if order != list(row) and not misread(made):
            yield f"in the order {[item.question for item in order]}", made


def strays(item: Sample) -> list[str]:
    """The cells of an answer, among those of others and one for each statement, that are not read as its own."""
    others = (next(samples(number)) for number in range(1, 11))
    row = [item if other.question == item.question else other for other in others]
    node = _notebook([(answer, one_cell_for_each_statement(answer.answer.code.strip("\n"))) for answer in row])
    return [source for number, source in misread(node) if number == item.question]


def misread(node: NotebookNode) -> list[tuple[int, str]]:
    """Cells that are not read as part of the answer under whose heading they stand: its question, and their text."""
    under: list[int] = []
    for cell in node.cells:
        heading = re.match(r"## (\d+)\.", cell.source) if cell.cell_type == "markdown" else None
        under.append(int(heading[1]) if heading else under[-1])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "notebook.ipynb"
        nbformat.write(node, path)
        blocks = segment(read(path), load()).blocks
    wrong = sorted({block.cell for block in blocks if block.question != f"q{under[block.cell]}"})
    return [(under[cell], node.cells[cell].source) for cell in wrong]


def rewritten(row: Sequence[Rewritten]) -> NotebookNode:
    """The answers of a row, each written in its way."""
    return _notebook([(item.sample, item.rewriting(item.sample.answer.code.strip("\n"))) for item in row])


def _notebook(answers: Sequence[tuple[Sample, list[str]]]) -> NotebookNode:
    cells = [cell for item, code in answers for cell in section(item.question, item.answer.prose, code)]
    return new_notebook(cells=cells)


def verdicts(result: Result, number: int) -> Verdicts:
    """What became of each check of a question."""
    return [(check.id, check.earned, check.status) for check in question(result, number).checks]
