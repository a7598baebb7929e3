"""Lying is as hard as solving: a wrong answer in whatever dress loses its points, and others keep theirs."""

from __future__ import annotations

from pathlib import Path

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grader.kernel.bounds.limits import Limits
from grader.kernel.pool import KernelPool
from tests.grades import graded_node, question
from tests.hostile.attacks.forgery import FORGERIES, HEAD, Forgery
from tests.hostile.neighbour import Neighbour
from tests.hostile.test_attacks import BEFORE, BEHIND, GRU, RNN, earned

pytestmark = pytest.mark.slow

TITLES = {
    2: "Backpropagation through time",
    4: "LSTM",
    5: "GRU",
    6: "Peephole LSTM",
    9: "BiLSTM",
    10: "Bidirectional GRU",
}
LSTM = "import numpy as np\nfrom tensorflow import keras\nkeras.layers.LSTM(4)(np.ones((2, 3, 5), 'float32'))"
BEHIND_5 = {"q4.parameters": 2, "q4.one-step": 2, "q4.output": 1, "q4.training": 0}
CASES = [pytest.param(forgery, id=name) for name, forgery in FORGERIES.items()]


def submission(forgery: Forgery) -> NotebookNode:
    """A right answer to question 1, the forged one, and a right one behind it."""
    behind = ("## 4. LSTM", LSTM) if forgery.question == 5 else ("## 5. GRU", GRU)
    forged = (f"## {forgery.question}. {TITLES[forgery.question]}", HEAD + forgery.source)
    cells = [("## 1. RNN cell", RNN), forged, behind]
    return new_notebook(cells=[make(text) for cell in cells for make, text in zip(MAKERS, cell, strict=True)])


MAKERS = (new_markdown_cell, new_code_cell)


@pytest.mark.parametrize("forgery", CASES)
def test_a_forgery(pool: KernelPool, neighbour: Neighbour, tmp_path: Path, forgery: Forgery):
    """Does it lose what it has not earned, and nobody anything else?"""
    neighbour.begin()
    result = graded_node(submission(forgery), tmp_path, pool, keras="3", limits=Limits(cell_s=30, grace_s=2))

    assert result.status == "graded"
    assert {item.status for item in result.questions} == {"answered", "missing"}
    forged = {
        check.removeprefix(f"q{forgery.question}."): points
        for check, points in earned(result, forgery.question).items()
    }
    kept = {check for check, points in forged.items() if points}
    assert kept <= forgery.keeps if forgery.race else kept == forgery.keeps

    assert earned(result, 1) == BEFORE
    assert earned(result, 4 if forgery.question == 5 else 5) == (BEHIND_5 if forgery.question == 5 else BEHIND)
    assert question(result, 7).status == "missing"

    neighbour.check()
