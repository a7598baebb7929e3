"""A cheat earns at most a point more than a fair examiner would give, or the result says what was seen of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grader.kernel.pool import KernelPool
from tests.grades import accusations, graded_node, question
from tests.hostile.attacks.cheats import NOTEBOOKS, Cheat
from tests.hostile.attacks.forgery import HEAD

pytestmark = pytest.mark.slow

TITLES = {
    1: "RNN cell",
    2: "Backpropagation through time",
    3: "Vanishing and exploding gradients",
    4: "LSTM",
    5: "GRU",
    6: "Peephole LSTM",
    7: "Bidirectional RNN",
    8: "Gates of the LSTM",
    9: "BiLSTM",
    10: "Bidirectional GRU",
}


@pytest.mark.parametrize("cheats", NOTEBOOKS, ids=range(len(NOTEBOOKS)))
def test_a_cheat_earns_what_it_is_worth(pool: KernelPool, tmp_path: Path, cheats: dict[int, Cheat]) -> None:
    """Does no cheat earn more than it may, but where a flag for the instructor says what was done?"""
    cells = [
        cell
        for number, cheat in cheats.items()
        for cell in (new_markdown_cell(f"## {number}. {TITLES[number]}"), new_code_cell(HEAD + cheat.source))
    ]
    result = graded_node(new_notebook(cells=cells), tmp_path, pool, keras="3")
    flags = accusations(result)
    for number, cheat in cheats.items():
        assert question(result, number).score <= cheat.most or any(cheat.flag in flag for flag in flags if cheat.flag)
    assert len(flags) == sum(bool(cheat.flag) for cheat in cheats.values()), flags
