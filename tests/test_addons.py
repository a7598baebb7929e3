"""Notebooks that use tensorflow-addons: they run on Keras 2 where it is installed, and say so where it is not."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grader.kernel.pool import KernelPool
from grader.result.model import QuestionResult
from tests.grades import graded, graded_node, question

installed = pytest.mark.skipif(
    importlib.util.find_spec("tensorflow_addons") is None, reason="tensorflow-addons is not installed"
)
IMPORTS = "import tensorflow as tf\nimport tensorflow_addons as tfa\n"
ANSWERS = {
    "a layer that was called": (
        "layer = tf.keras.layers.RNN(tfa.rnn.PeepholeLSTMCell(24), return_sequences=True)\n"
        "print(layer(tf.random.normal((1, 10, 32))).shape)"
    ),
    "a layer that was never called": "layer = tf.keras.layers.RNN(tfa.rnn.PeepholeLSTMCell(24))",
    "a cell that was stepped": (
        "cell = tfa.rnn.PeepholeLSTMCell(24)\ncell(tf.random.normal((2, 32)), [tf.zeros((2, 24)), tf.zeros((2, 24))])"
    ),
    "a layer in a model": (
        "model = tf.keras.Sequential([tf.keras.layers.Input((10, 32)), tf.keras.layers.RNN(\n"
        "    tfa.rnn.PeepholeLSTMCell(24), return_sequences=True), tf.keras.layers.Dense(1)])\n"
        "model.summary()"
    ),
}
HIDDEN = "import sys\nsys.path[:] = [entry for entry in sys.path if not entry.endswith('-packages')]\n"


def submission(*sources: str) -> NotebookNode:
    """Code cells as the answer to question 6."""
    return new_notebook(cells=[new_markdown_cell("## 6. Peephole LSTM"), *map(new_code_cell, sources)])


def points_for_code(answer: QuestionResult) -> tuple[int, int]:
    """What was earned, and what could be, without the explanation."""
    checks = [check for check in answer.checks if check.kind != "explanation"]
    return sum(check.earned for check in checks), sum(check.points for check in checks)


@installed
@pytest.mark.parametrize("name", ANSWERS)
def test_a_peephole_lstm_of_the_addons_has_the_points_of_what_can_be_seen(pool: KernelPool, tmp_path: Path, name: str):
    """Is the notebook run on Keras 2 unasked, and its cell recognised by what it computes?"""
    result = graded_node(submission(IMPORTS + ANSWERS[name]), tmp_path, pool)
    answer = question(result, 6)
    assert result.environment.keras_generation == 2
    earned = 2 if name == "a layer that was never called" else 6  # that it has the weights shows before it is used
    assert (answer.status, points_for_code(answer)) == ("answered", (earned, 6))
    assert result.flags == ()
    if name != "a layer that was never called":
        counted = next(check for check in answer.checks if check.id == "q6.peephole-weights")
        assert counted.observed == "5,544"


def test_the_peephole_lstm_that_keras_2_had_needs_no_addons(pool: KernelPool, tmp_path: Path):
    """Does `tf.keras.experimental.PeepholeLSTMCell`, gone from the last Keras 2, earn what one of the addons does?"""
    source = ANSWERS["a layer in a model"].replace("tfa.rnn.", "tf.keras.experimental.")
    result = graded_node(submission("import tensorflow as tf\n" + source), tmp_path, pool)
    assert result.environment.keras_generation == 2
    assert points_for_code(question(result, 6)) == (6, 6)


@installed
def test_another_cell_of_the_addons_is_no_peephole_lstm(pool: KernelPool, tmp_path: Path):
    """Does an LSTM with layer normalisation, which has more weights too, earn nothing?"""
    source = IMPORTS + "layer = tf.keras.layers.RNN(tfa.rnn.LayerNormLSTMCell(24))\nlayer(tf.zeros((1, 10, 32)))"
    answer = question(graded_node(submission(source), tmp_path, pool), 6)
    assert (answer.status, points_for_code(answer)) == ("answered", (0, 6))


@installed
def test_the_age_of_the_addons_is_no_noise(pool: KernelPool, tmp_path: Path):
    """Are the warnings of the import left out of the executed notebook, and those of the student's code kept?"""
    path = tmp_path / "notebook.ipynb"
    nbformat.write(submission(IMPORTS + "import warnings\nwarnings.warn('my own')"), path)
    executed = graded(path, pool).notebook
    assert executed is not None
    said = "".join(output.get("text", "") for output in executed.cells[1].outputs)
    assert "my own" in said
    assert "tensorflow_addons" not in said


def test_missing_addons_are_flagged_for_a_human(pool: KernelPool, tmp_path: Path):
    """Where they are not installed, does the instructor learn once what to do, and the student who is to blame?"""
    source = IMPORTS + ANSWERS["a layer that was called"]
    result = graded_node(submission(HIDDEN, source, "from tensorflow_addons.rnn import NASCell"), tmp_path, pool)
    (flag,) = [flag for flag in result.flags if "extra `legacy`" in flag]
    assert flag
    answer = question(result, 6)
    assert (answer.status, points_for_code(answer)) == ("error", (0, 6))
    assert any("This is not your mistake" in advisory.message for advisory in answer.advisories)
    assert sum("This is not your mistake" in note for note in result.notes) == 1


def test_other_missing_modules_are_not_taken_for_addons(pool: KernelPool, tmp_path: Path):
    """Is a module that does not exist to be handed in, and no other to be installed?"""
    result = graded_node(submission("import tensorflow_addons_of_mine"), tmp_path, pool, keras="2")
    assert not any("legacy" in flag for flag in result.flags)
    (told,) = result.notes
    assert "has to be handed in" in told
