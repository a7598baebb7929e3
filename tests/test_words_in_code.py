"""What comments, docstrings and names say decides nothing about code: what it computes does."""

from __future__ import annotations

from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grader.kernel.pool import KernelPool
from tests.grades import graded_node, question

PROSE = (
    "## Q1 RNN cell\nAt each time step the cell combines the current input with the previous hidden state. "
    "The hidden state is carried to the next step as memory.\nThe new hidden state is tanh of a weighted sum. "
    "The same weights are used at every time step."
)
CODE = """
import numpy as np
rng = np.random.default_rng(0)
{comment}
def {step}(x, h, W, U, b):
    {docstring}
    return np.tanh(x @ W + h @ U + b)
W, U, b = rng.normal(size=(4, 5)), rng.normal(size=(5, 5)), rng.normal(size=5)
{name} = 2
print({step}(rng.normal(size=(2, 4)), np.zeros((2, 5)), W, U, b))
"""
PLAIN = {"comment": "# one step", "docstring": "...", "step": "cell", "name": "size"}


@pytest.mark.parametrize(
    "words",
    [
        {"comment": "# one step, as a function"},
        {"comment": "# all layers: Sequential, Model.fit and GradientTape would do it too"},
        {"docstring": '"""A function like keras.layers.Layer, without fit."""'},
        {"docstring": '"tf.function"'},
        {"step": "fit"},
        {"step": "function"},
        {"name": "layers"},
        {"name": "model"},
    ],
    ids=lambda words: " ".join(words.values()),
)
def test_words_change_no_point(pool: KernelPool, tmp_path: Path, words: dict[str, str]):
    """Does a right cell in NumPy earn all points whatever the words beside it?"""
    cells = [new_markdown_cell(PROSE), new_code_cell(CODE.format(**(PLAIN | words)))]
    result = question(graded_node(new_notebook(cells=cells), tmp_path, pool, keras="3"), 1)
    assert [check.message for check in result.checks if check.earned < check.points] == []
