"""The same program gets the same grade: whatever its names, its cells, its order, and whether it is in a function.

That answers of the corpus keep their verdicts when they are written in another way, or moved, their own test says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_notebook

from grader.kernel.generation import Generation
from grader.kernel.pool import KernelPool
from tests.corpus.invariance import MOVED, ORDERS, misread, strays, variants, verdicts, ways
from tests.corpus.rewriting import REWRITINGS
from tests.corpus.samples import BOTH, notebook, notebooks, samples, section
from tests.grades import graded_node, question


@pytest.mark.parametrize("generation", BOTH)
@settings(max_examples=40, derandomize=True, phases=[Phase.generate])
@given(order=st.permutations(range(10)))
def test_headings_in_any_order(generation: Generation, order: Sequence[int]) -> None:
    """Is each answer read as the one whose number and title stand above it, in whatever order they come?"""
    row = next(notebooks(generation))
    assert misread(notebook(tuple(row[at] for at in order))) == []


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
    tried = {
        (generation, item.sample.question, item.rewriting)
        for generation in BOTH
        for number, row in enumerate(notebooks(generation))
        for item in ways(generation, number, row)
    }
    assert tried == {
        (keras, number, rewriting) for keras in BOTH for number in range(1, 11) for rewriting in REWRITINGS
    }


@pytest.mark.parametrize("generation", BOTH)
def test_a_notebook_is_tried_in_other_orders(generation: Generation) -> None:
    """Is there a notebook of ten answers for each Keras that is graded in two other orders?"""
    row = list(notebooks(generation))[MOVED]
    found = [made for how, made in variants(generation, MOVED, row) if "order" in how]
    assert len(row) == 10
    assert len({tuple(cell.source for cell in made.cells) for made in [notebook(row), *found]}) == 1 + ORDERS


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
