"""One bad cell costs one question: endless loops, dead kernels, broken probes, and a notebook that takes too long."""

from __future__ import annotations

from pathlib import Path

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grader.kernel.limits import Limits
from grader.kernel.pool import KernelPool
from tests.grades import graded_node, question

GRU = "import numpy as np\nfrom tensorflow import keras\nkeras.layers.GRU(4)(np.ones((2, 3, 5), 'float32'))"
QUICK = Limits(cell_s=4, grace_s=2)
ATTACKS = {
    "an endless loop": ("while True: pass", "timeout"),
    "a loop that swallows interrupts": (
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
        "timeout",
    ),
    "a kernel that ends itself": ("import os; os._exit(0)", "error"),
    "a crash": ("import ctypes; ctypes.string_at(0)", "error"),
    # The first process of a namespace cannot be stopped from inside; without namespaces this is a timeout.
    "a kernel that stops itself": ("import os, signal; os.kill(os.getpid(), signal.SIGSTOP)", "timeout|answered"),
    "endless output": ("while True: print('x' * 1000)", "timeout"),
    "a prompt": ("input('name?')", "error"),
    "an exception with a hostile text": ("raise ValueError('<script>alert(1)</script>\\x1b[31m' * 1000)", "error"),
    "an exception that cannot be shown": (
        "class E(Exception):\n    def __str__(self): raise RuntimeError\nraise E",
        "error",
    ),
    "patched builtins": ("import builtins; builtins.isinstance = lambda *a: True; builtins.len = lambda *a: 1", None),
    "patched JSON": ("import json; json.dumps = json.loads = None", None),
    "closed descriptors": ("import os; os.closerange(3, 200)", None),
    "emptied modules": ("import sys; sys.modules.clear()", None),
}


def submission(attack: str) -> NotebookNode:
    """An attack as the answer to question 4, and a right answer to question 5 behind it."""
    return new_notebook(
        cells=[
            new_markdown_cell("## 4. LSTM"),
            new_code_cell(attack),
            new_markdown_cell("## 5. GRU"),
            new_code_cell(GRU),
        ]
    )


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_costs_its_own_question_alone(pool: KernelPool, tmp_path: Path, name: str):
    """Does the next answer keep its points, and the attack earn none?"""
    source, status = ATTACKS[name]
    result = graded_node(submission(source), tmp_path, pool, keras="3", limits=QUICK)
    assert result.status == "graded"
    attacked, harmless = question(result, 4), question(result, 5)
    assert attacked.score == 0
    if status is not None:
        assert attacked.status in status.split("|")
        assert {check.id: check.earned for check in harmless.checks if check.kind != "explanation"} == {
            "q5.parameters": 2,
            "q5.one-step": 3,
            "q5.output": 1,
        }


def test_a_notebook_that_takes_too_long_is_graded_on_what_ran(pool: KernelPool, tmp_path: Path):
    """Do cells after the time limit count as not run, with a reason for the student?"""
    limits = Limits(cell_s=30, notebook_s=3)
    result = graded_node(submission("import time; time.sleep(10)"), tmp_path, pool, keras="3", limits=limits)
    assert (question(result, 4).status, question(result, 5).status) == ("timeout", "timeout")
    assert any(
        "time for the whole notebook was over" in advisory.message for advisory in question(result, 5).advisories
    )
