"""What the checks ask of a notebook is counted in its time, and ends with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grader.kernel.bounds.limits import ASKING, Limits
from grader.kernel.errors import ProbeTimeout
from grader.kernel.pool import KernelPool
from grader.protocol.operations import Environment
from tests.grades import graded_node, question
from tests.kernels import notebook

SLEEPY = """
import time, numpy as np, tensorflow as tf
from tensorflow import keras

class Cell(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.units = self.output_size = 4
        self.state_size = [4]

    def build(self, shape):
        self.k, self.r = self.add_weight(shape=(shape[-1], 4)), self.add_weight(shape=(4, 4))
        self.b = self.add_weight(shape=(4,))

    def call(self, x, states, training=None):
        time.sleep(1.5)
        h = tf.tanh(x @ self.k + states[0] @ self.r + self.b)
        return h, [h]

for _ in range(%d):
    Cell()(np.ones((2, 5), 'float32'), [np.ones((2, 4), 'float32')])
"""
RIGHT = "import numpy as np\nfrom tensorflow import keras\nkeras.layers.GRU(4)(np.ones((2, 3, 5), 'float32'))"
LIMIT_S = 8


@pytest.mark.slow
def test_asking_ends_with_the_time_of_the_notebook(pool: KernelPool, tmp_path: Path):
    """Are cells that are slow whenever they are asked named, flagged for a person, and not called wrong?"""
    cells = [
        new_markdown_cell("## 1. RNN cell"),
        new_code_cell(SLEEPY % 4),
        new_markdown_cell("## 5. GRU"),
        new_code_cell(RIGHT),
    ]
    limits = Limits(notebook_s=LIMIT_S)
    result = graded_node(new_notebook(cells=cells), tmp_path, pool, keras="3", limits=limits)
    assert result.status == "graded"
    assert any(flag.startswith("not all checks could ask its code") for flag in result.flags)
    silent = [check for check in question(result, 1).checks if check.status == "error"]
    assert silent
    assert all("the time for the whole notebook was over" in check.message for check in silent)
    assert all("not counted as your mistake" in check.message for check in silent)


def test_all_that_is_asked_has_a_total(pool: KernelPool):
    """Is no more asked than what is left, and a quarter, however long each answer may take?"""
    limits = Limits(notebook_s=4)
    with pool.session(notebook("x = 1"), 3, limits) as session:
        assert session.run_cell(0).status == "ok"
        session.asked_s = limits.notebook_s + limits.asking_s - 0.5
        assert session.ask(Environment(), timeout=20)["keras_generation"] == 3
        session.asked_s = (1 + ASKING) * limits.notebook_s
        assert session.run_cell(0).status == "not_run"
        assert not session.silenced
        with pytest.raises(ProbeTimeout, match="the time for the whole notebook was over"):
            session.ask(Environment(), timeout=20)
        assert session.silenced


ONLY_KERAS_2 = """
import numpy as np
from tensorflow import keras
if keras.__version__.startswith("3"):
    raise AttributeError("module 'keras' has no attribute 'of_old'")
keras.layers.GRU(4)(np.ones((2, 3, 5), 'float32'))
"""


@pytest.mark.slow
def test_the_time_of_a_notebook_is_one_on_either_keras(pool: KernelPool, tmp_path: Path):
    """Has a second run what the first has left, does it count all the same, and is a person told where it was short?"""
    cells = [
        new_markdown_cell("## 5. GRU"),
        new_code_cell(ONLY_KERAS_2),
        new_markdown_cell("## 9. BiLSTM"),
        new_code_cell("import time\ntime.sleep(7)"),
    ]
    result = graded_node(new_notebook(cells=cells), tmp_path, pool, limits=Limits(notebook_s=12))
    assert result.environment.keras_generation == 2
    assert question(result, 5).score > 0
    assert question(result, 9).status == "timeout"
    assert [flag for flag in result.flags if "its time was over" in flag]


def test_a_second_run_has_a_grace():
    """Is it what is left, or a quarter of all where that is more?"""
    limits = Limits(cell_s=7, notebook_s=100)
    assert [limits.after(taken).notebook_s for taken in (0, 30, 74, 90, 125)] == [100, 70, 26, 25, 25]
    assert limits.after(30).cell_s == 7
