"""Each attack comes to nothing, costs its own question, and changes nobody else's grade."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grader.grading.submission import Graded
from grader.kernel.bounds.limits import Limits
from grader.kernel.pool import KernelPool
from grader.kernel.seal.offer import offered
from grader.result.model import Result
from tests.grades import graded, graded_node, question
from tests.hostile.attacks import Attack, damage, endless, ends, hogs, network, objects, sabotage, theft
from tests.hostile.neighbour import Neighbour
from tests.hostile.outside import Outside

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not offered().enough, reason="this machine offers neither Landlock nor user namespaces"),
]

GROUPS = {
    "endless": endless.ATTACKS,
    "hogs": hogs.ATTACKS,
    "ends": ends.ATTACKS,
    "theft": theft.ATTACKS,
    "network": network.ATTACKS,
    "damage": damage.ATTACKS,
    "sabotage": sabotage.ATTACKS,
    "objects": objects.ATTACKS,
}
ALL = {f"{group}: {name}": attack for group, attacks in GROUPS.items() for name, attack in attacks.items()}


CASES = [pytest.param(attack, id=name) for name, attack in ALL.items()]

LIMITS = Limits(grace_s=1, memory_bytes=2 << 30, processes=60, file_bytes=64 << 20, files=5_000, output_bytes=300_000)
RNN = "import numpy as np\nfrom tensorflow import keras\nkeras.layers.SimpleRNN(4)(np.ones((2, 3, 5), 'float32'))"
GRU = "import numpy as np\nfrom tensorflow import keras\nkeras.layers.GRU(4)(np.ones((2, 3, 5), 'float32'))"
BEFORE = {"q1.recurrent-cell": 2, "q1.parameters": 1, "q1.one-step": 2, "q1.recurrence": 1}
ATTACKED = {"q4.parameters": 0, "q4.one-step": 0, "q4.output": 0, "q4.training": 0}
BEHIND = {"q5.parameters": 2, "q5.one-step": 3, "q5.output": 1}


def submission(attack: str) -> NotebookNode:
    """A right answer to question 1, an attack in the place of the answer to question 4, a right one to 5 behind it."""
    return new_notebook(
        cells=[
            new_markdown_cell("## 1. RNN cell"),
            new_code_cell(RNN),
            new_markdown_cell("## 4. LSTM"),
            new_code_cell(attack),
            new_markdown_cell("## 5. GRU"),
            new_code_cell(GRU),
        ]
    )


def earned(result: Result, number: int) -> dict[str, int]:
    """The points for the code of a question, by check."""
    return {check.id: check.earned for check in question(result, number).checks if check.kind != "explanation"}


def said(attacked: Graded) -> str:
    """All that a student gets to see: the outputs of the cells, and the result."""
    assert attacked.notebook is not None
    return json.dumps([cell.get("outputs") for cell in attacked.notebook.cells]) + attacked.result.to_json()


@pytest.mark.parametrize("attack", CASES)
def test_an_attack(pool: KernelPool, outside: Outside, neighbour: Neighbour, tmp_path: Path, attack: Attack):
    """Does it come to nothing, cost its own question alone, and leave the neighbour's grade what it is?"""
    path = tmp_path / "notebook.ipynb"
    nbformat.write(submission(outside.armed(attack.source)), path)
    neighbour.begin()
    attacked = graded(path, pool, keras="3", limits=replace(LIMITS, cell_s=attack.cell_s))

    harm = outside.harm(said(attacked))
    outside.renew()
    assert harm == []

    result = attacked.result
    assert result.status == "graded"
    assert earned(result, 1) == BEFORE
    assert earned(result, 4) == ATTACKED
    # On a slow machine an attack may be stopped before it comes to its end.
    assert question(result, 4).status in [*attack.status.split("|"), "timeout"]
    kept_or_lost = {"kept": BEHIND, "lost": dict.fromkeys(BEHIND, 0)}
    assert earned(result, 5) in ([kept_or_lost[attack.behind]] if attack.behind != "either" else kept_or_lost.values())

    neighbour.check()


def test_a_notebook_that_takes_too_long_is_graded_on_what_ran(pool: KernelPool, tmp_path: Path):
    """Do cells after the time limit count as not run, with a reason for the student?"""
    limits = Limits(cell_s=30, notebook_s=3)
    result = graded_node(submission("import time; time.sleep(10)"), tmp_path, pool, keras="3", limits=limits)
    assert earned(result, 1) == BEFORE
    assert (question(result, 4).status, question(result, 5).status) == ("timeout", "timeout")
    assert any(
        "time for the whole notebook was over" in advisory.message for advisory in question(result, 5).advisories
    )
