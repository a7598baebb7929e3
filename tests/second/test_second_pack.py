"""A second assignment, graded from a notebook to its report without a line of it in the engine."""

from __future__ import annotations

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grader.grading.options import Options
from grader.grading.submission import grade
from grader.kernel.pool import KernelPool
from grader.pack.pictures import Dependence, Losses
from grader.report.html import render
from grader.result.model import Result
from tests.grades import lost, points
from tests.second.pack import assignment

REGRESSION = """## 1. Linear regression

It predicts a weighted sum of the features, and a bias is added. Training minimizes the squared errors.

predicted value = W x + b"""
MODEL = """
import numpy as np
from tensorflow import keras
x = np.random.default_rng(0).normal(size=(64, 3)).astype("float32")
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
model.compile(keras.optimizers.SGD(0.1), "mse")
model.fit(x, x @ np.array([[1.0], [2.0], [-1.0]]), epochs=5, verbose=0)
"""
CONVOLUTION = """## 2. Convolution

A convolution slides a filter over its input. An output depends on a small window of neighbours.
The same weights are used at all places. Each pixel has weights of its own."""
FILTERS = "layer = keras.layers.Conv1D(4, 3)\nprint(layer(np.zeros((1, 8, 2), 'float32')).shape)"
ATTENTION = """## 3. Attention

Each query is compared with all keys. A softmax turns the scores into weights.
The output is the weighted sum of the values."""
SELF_ATTENTION = """
inputs = keras.Input((6, 4))
attending = keras.Model(inputs, keras.layers.Attention()([inputs, inputs]))
print(attending(np.zeros((1, 6, 4), "float32")).shape)
"""


@pytest.fixture(scope="module")
def result(pool: KernelPool, tmp_path_factory: pytest.TempPathFactory) -> Result:
    """What becomes of a notebook with all three answers."""
    cells = [
        each
        for prose, code in ((REGRESSION, MODEL), (CONVOLUTION, FILTERS), (ATTENTION, SELF_ATTENTION))
        for each in (new_markdown_cell(prose), new_code_cell(code))
    ]
    path = tmp_path_factory.mktemp("second") / "notebook.ipynb"
    nbformat.write(new_notebook(cells=cells), path)
    return grade(path, path.stem, assignment, pool, Options()).result


def test_all_is_judged(result: Result) -> None:
    """Are concepts, an equation, structure, behaviour and training judged, in questions that are told apart?"""
    assert [item.status for item in result.questions] == ["answered"] * 3
    assert {check.status for item in result.questions for check in item.checks} <= {"pass", "fail"}
    assert lost(result) == {"q2.shared"}
    assert result.score == 29
    assert points(result)["q1.the-equation"] == 2


def test_a_misconception_costs_a_point(result: Result) -> None:
    """Is the wrong sentence quoted, with what is wrong about it?"""
    (shared,) = [check for check in result.questions[1].checks if check.id == "q2.shared"]
    assert "Each pixel has weights of its own" in shared.message
    assert "All places share one filter." in shared.message


def test_pictures_speak_of_the_subject(result: Result) -> None:
    """Is a dependence drawn over pixels, of what was measured, and a training beside it?"""
    (course,), (seen,) = result.questions[0].pictures, result.questions[1].pictures
    assert isinstance(course, Losses)
    assert isinstance(seen, Dependence)
    assert seen.sees == tuple(tuple(at <= place < at + 3 for place in range(6)) for at in range(4))
    page = render(result, None)
    assert "input at pixel" in page
    assert "Measured on 6 pixels" in page
    assert "time step" not in page
