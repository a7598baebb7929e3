"""The same program gets the same grade: whatever its names, its cells, its order, and whether it is in a function."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from grader.kernel.generation import Generation
from grader.kernel.pool import KernelPool
from grader.result.model import Result
from tests.corpus.invariance import Row, as_it_is, misread, rewritten, rows, strays, verdicts
from tests.corpus.rewriting import REWRITINGS
from tests.corpus.samples import BOTH, samples, section
from tests.grades import graded_node, question

NOTEBOOKS = [
    pytest.param(generation, row, id=f"keras {generation}, notebook {number}")
    for number, (generation, row) in enumerate(rows(), start=1)
]


@pytest.mark.slow
@pytest.mark.parametrize(("generation", "row"), NOTEBOOKS)
def test_the_way_it_is_written(pool: KernelPool, tmp_path: Path, generation: Generation, row: Row) -> None:
    """Has each answer the verdicts of the same answer written in another way?"""
    one, other = (graded_node(make(row), tmp_path, pool, keras=str(generation)) for make in (as_it_is, rewritten))
    found = {item.name: _pair(one, other, item.sample.question) for item in row}
    differing = {name: pair for name, pair in found.items() if pair[0] != pair[1]}
    assert differing == {}


def _pair(one: Result, other: Result, number: int) -> tuple[object, object]:
    return verdicts(one, number), verdicts(other, number)


@pytest.mark.slow
@pytest.mark.parametrize("generation", BOTH)
@settings(max_examples=3, derandomize=True, phases=[Phase.generate])  # to shrink a failure would take an hour
@given(order=st.permutations(range(10)))
def test_the_order_of_the_questions(pool: KernelPool, generation: Generation, order: Sequence[int]) -> None:
    """Has each answer the same verdicts wherever it stands in the notebook, if it is read as the same answer?"""
    row = next(row for found, row in rows() if found == generation)
    moved = as_it_is([row[at] for at in order])
    assume(not misread(moved))
    with tempfile.TemporaryDirectory() as folder:
        one, other = (_grade(each, folder, pool, generation) for each in (as_it_is(row), moved))
    for item in row:
        assert verdicts(one, item.sample.question) == verdicts(other, item.sample.question)


@pytest.mark.parametrize("generation", BOTH)
@settings(max_examples=40, derandomize=True, phases=[Phase.generate])
@given(order=st.permutations(range(10)))
def test_headings_in_any_order(generation: Generation, order: Sequence[int]) -> None:
    """Is each answer read as the one whose number and title stand above it, in whatever order they come?"""
    row = next(row for found, row in rows() if found == generation)
    assert misread(as_it_is([row[at] for at in order])) == []


def _grade(notebook: NotebookNode, folder: str, pool: KernelPool, generation: Generation) -> Result:
    return graded_node(notebook, Path(folder), pool, keras=str(generation))


@pytest.mark.slow
def test_local_names(pool: KernelPool, tmp_path: Path) -> None:
    """Is a variable inside a function no object of another answer that has the same name outside?"""
    lstm = _code(4, "an own cell with a matrix for each gate")
    peephole = _code(6, "a class in NumPy")
    assert "model = " in lstm
    assert "rng" in peephole
    one, other = (
        graded_node(new_notebook(cells=[*section(4, "", [lstm]), *section(6, "", [code])]), tmp_path, pool, keras="3")
        for code in (peephole, re.sub(r"\brng\b", "model", peephole))
    )
    assert verdicts(one, 6) == verdicts(other, 6)


def _code(number: int, name: str) -> str:
    return next(item.answer.code.strip("\n") for item in samples(number) if item.name == name)


@pytest.mark.parametrize("number", range(1, 11))
def test_small_cells_stay_under_their_heading(number: int) -> None:
    """Is each statement read as part of the answer under whose heading it stands, if it has a cell of its own?"""
    found = {f"q{number}, {item.name}": strays(item) for item in samples(number)}
    assert {name: cells for name, cells in found.items() if cells} == {}


def test_each_way_is_tried_on_each_question() -> None:
    """Is each way to write an answer tried on answers to every question?"""
    tried = {(item.sample.question, item.rewriting) for _, row in rows() for item in row}
    assert tried == {(number, rewriting) for number in range(1, 11) for rewriting in REWRITINGS}


LOOP = (
    "import numpy as np\nW, U, b = np.random.rand(7, 5), np.random.rand(7, 7), np.random.rand(7)\nh = np.zeros(7)\n"
    "for t in range(6):\n    h = np.tanh(W @ x[t] + U @ h + b)\n"
)
DATA = "import numpy as np\nx = np.random.rand(6, 5)\n"


@pytest.mark.parametrize("again", ["", "x = x.copy()\n"])
def test_the_data_may_come_from_a_cell_on_top(pool: KernelPool, tmp_path: Path, again: str) -> None:
    """Does a loop earn the same whether its data is made in its own cell or in one before all answers?"""
    formula = "h_t = tanh(W x_t + U h_{t-1} + b)"
    here = graded_node(new_notebook(cells=section(1, formula, [DATA + LOOP])), tmp_path, pool, keras="3")
    top = new_notebook(cells=[new_code_cell(DATA), *section(1, formula, [again + LOOP])])
    assert verdicts(graded_node(top, tmp_path, pool, keras="3"), 1) == verdicts(here, 1)
    assert question(here, 1).score > 5
