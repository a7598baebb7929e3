"""Answers of the corpus beside themselves, written in another way."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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
from tests.corpus.samples import BOTH, Right, Sample, notebooks, samples, section
from tests.grades import question

SHARE_OF_RIGHT, SHARE_OF_WRONG = 3, 9
"""One answer in so many is compared on each Keras."""

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


def rows() -> Iterator[tuple[Generation, Row]]:
    """What is compared, in notebooks that answer each question at most once; the ways to write take turns."""
    for generation in BOTH:
        columns: list[list[Rewritten]] = [[] for _ in range(10)]
        for row in notebooks(generation):
            for item in row:
                column = columns[item.question - 1]
                column.append(Rewritten(item, REWRITINGS[(len(column) // 2 + item.question) % len(REWRITINGS)]))
        shares = [_share(column, generation) for column in columns]
        for number in range(max(map(len, shares))):
            yield generation, tuple(share[number] for share in shares if number < len(share))


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


def _share(column: Sequence[Rewritten], generation: Generation) -> list[Rewritten]:
    right = [item for item in column if isinstance(item.sample.answer, Right)]
    wrong = [item for item in column if not isinstance(item.sample.answer, Right)]
    first = generation % 2
    return [*right[first::SHARE_OF_RIGHT], *wrong[first::SHARE_OF_WRONG]]


def as_it_is(row: Sequence[Rewritten]) -> NotebookNode:
    """The answers of a row as they stand in the corpus, each in one cell."""
    return _notebook([(item.sample, [item.sample.answer.code.strip("\n")]) for item in row])


def rewritten(row: Sequence[Rewritten]) -> NotebookNode:
    """The answers of a row, each written in its way."""
    return _notebook([(item.sample, item.rewriting(item.sample.answer.code.strip("\n"))) for item in row])


def _notebook(answers: Sequence[tuple[Sample, list[str]]]) -> NotebookNode:
    cells = [cell for item, code in answers for cell in section(item.question, item.answer.prose, code)]
    return new_notebook(cells=cells)


def verdicts(result: Result, number: int) -> Verdicts:
    """What became of each check of a question."""
    return [(check.id, check.earned, check.status) for check in question(result, number).checks]
