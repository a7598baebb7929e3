"""What the corpus is made of: right answers, wrong answers with one planted error, and the notebooks they make up."""

from __future__ import annotations

import hashlib
import importlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grader.kernel.generation import Generation

BOTH: tuple[Generation, ...] = (2, 3)
TITLES = (
    "RNN cell",
    "Backpropagation through time",
    "Vanishing and exploding gradients",
    "LSTM",
    "GRU",
    "Peephole LSTM",
    "Bidirectional RNN",
    "Gates of the LSTM",
    "BiLSTM",
    "Bidirectional GRU",
)
HEAD = "import numpy as np\nimport tensorflow as tf\n"
"""Stands before the code of each answer."""


@dataclass(frozen=True)
class Right:
    """An answer that earns all points of its code; `prose` holds the equations of question 8."""

    code: str
    prose: str = ""
    keras: tuple[Generation, ...] = BOTH


@dataclass(frozen=True)
class Wrong:
    """An answer with one planted error: it loses points of the check `loses`, and of no other.

    Checks that rest on this one, and are not looked at without it, are lost with it; `also` may be lost because the
    same error makes them untrue as well (what is no GRU does not compute one step of a GRU). Code that `breaks`
    ends with an exception.
    """

    code: str
    loses: str
    also: frozenset[str] = frozenset()
    prose: str = ""
    keras: tuple[Generation, ...] = BOTH
    breaks: bool = False


@dataclass(frozen=True)
class Sample:
    """One answer of the corpus: to which question, under which name."""

    question: int
    name: str
    answer: Right | Wrong


def samples(question: int) -> Iterator[Sample]:
    """All answers to one question, the right ones first."""
    module = importlib.import_module(f"tests.corpus.q{question:02}")
    for group in (module.RIGHT, module.WRONG):
        for name, answer in group.items():
            yield Sample(question, name, answer)


def notebooks(generation: Generation) -> Iterator[tuple[Sample, ...]]:
    """The answers for one Keras, as few notebooks as can be: each answers every question at most once.

    Right ones are for both where they can be, wrong ones for either: an error is the same in both.
    """
    columns = [[item for item in samples(number) if generation in _tried_on(item)] for number in range(1, 11)]
    for row in zip_longest(*columns):
        yield tuple(item for item in row if item is not None)


def _tried_on(item: Sample) -> tuple[Generation, ...]:
    if isinstance(item.answer, Right) or len(item.answer.keras) < len(BOTH):
        return item.answer.keras
    return (BOTH[hashlib.sha256(f"{item.question}: {item.name}".encode()).digest()[0] % 2],)


def notebook(row: tuple[Sample, ...]) -> NotebookNode:
    """Answers to several questions, each under its heading, in a notebook."""
    cells = [cell for item in row for cell in section(item.question, item.answer.prose, [item.answer.code.strip("\n")])]
    return new_notebook(cells=cells)


def section(question: int, prose: str, sources: Sequence[str]) -> list[NotebookNode]:
    """One answer under its heading: its prose, and its code in cells."""
    cells = [new_markdown_cell(f"## {question}. {TITLES[question - 1]}")]
    if prose:
        cells.append(new_markdown_cell(prose))
    return [*cells, *(new_code_cell(source) for source in [HEAD + sources[0], *sources[1:]])]
