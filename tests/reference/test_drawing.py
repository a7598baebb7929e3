"""The pictures of a graded notebook: numbers that were measured in real kernels."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grader.kernel.pool import KernelPool
from grader.pack.pictures import Dependence, Diagram, Losses, Parameters, Picture
from reference.checks import drawing
from reference.checks.answer_losses import LOSSES
from reference.checks.cell_diagram import SeenGates, cell_diagram
from reference.recurrent import expected
from reference.recurrent.kinds import GRU, LSTM, PEEPHOLE_LSTM, SIMPLE_RNN, Kind
from tests.grades import ROOT, graded, graded_node, question

CELL = """
import tensorflow as tf
from tensorflow import keras

class Cell(keras.layers.Layer):
    def __init__(self, units, **kw):
        super().__init__(**kw)
        self.units, self.state_size, self.output_size = units, [units, units], units

    def build(self, shape):
        u = self.units
        self.W = self.add_weight(shape=(shape[-1], 4 * u), initializer="glorot_uniform", name="W")
        self.U = self.add_weight(shape=(u, 4 * u), initializer="orthogonal", name="U")
        self.b = self.add_weight(shape=(4 * u,), initializer="zeros", name="b")
        self.p = [self.add_weight(shape=(u,), initializer="ones", name=n) for n in "ijk"]
        self.built = True

    def call(self, x, states):
        h, c = states
        i, f, g, o = tf.split(tf.matmul(x, self.W) + tf.matmul(h, self.U) + self.b, 4, axis=1)
        i = tf.sigmoid(i{i})
        f = tf.sigmoid(f{f})
        c = f * c + i * tf.tanh(g)
        o = tf.sigmoid(o{o})
        h = o * tf.tanh(c)
        return h, [h, c]

layer = keras.layers.RNN(Cell(5), return_sequences=True)
print(layer(tf.random.normal((2, 4, 3))).shape)
"""


def pictures(code: str, number: int, heading: str, folder: Path, pool: KernelPool) -> tuple[Picture, ...]:
    cells = [new_markdown_cell(f"## {number}. {heading}"), new_code_cell(code)]
    return question(graded_node(new_notebook(cells=cells), folder, pool), number).pictures


@pytest.mark.parametrize("seen", ["", "f", "i", "o", "fi", "fio"])
def test_which_gates_see_the_cell_state(seen: str, tmp_path: Path, pool: KernelPool) -> None:
    """Is each gate's peephole seen from outside, whichever of them are there?"""
    places = zip("ifo", range(3), strict=True)
    code = CELL.replace("{f}", "{f}")
    for gate, place in places:
        code = code.replace(f"{{{gate}}}", f" + self.p[{place}] * c" if gate in seen else "")
    found = pictures(code, 6, "Peephole LSTM", tmp_path, pool)
    wanted = cell_diagram(SeenGates(input="i" in seen, forget="f" in seen, output="o" in seen))
    assert [one for one in found if isinstance(one, Diagram)] == [wanted]


def test_stacked_layers_see_the_past_alone(tmp_path: Path, pool: KernelPool) -> None:
    """Is it drawn what the outputs depend on where nothing reads the sequence from its end?"""
    code = (
        "from tensorflow import keras\n"
        "model = keras.Sequential([keras.Input((5, 3)), keras.layers.SimpleRNN(4, return_sequences=True),\n"
        "                          keras.layers.SimpleRNN(4, return_sequences=True)])\n"
    )
    (found,) = pictures(code, 7, "Bidirectional RNN", tmp_path, pool)
    assert isinstance(found, Dependence)
    assert all(seen == (at <= row) for row, line in enumerate(found.sees) for at, seen in enumerate(line))


LOOP = """
import numpy as np
rng = np.random.default_rng(0)
W, U, b = rng.normal(size=(3, 4)), rng.normal(size=(4, 4)), rng.normal(size=4)
h = np.zeros((2, 4))
for x in rng.normal(size=(6, 2, 3)):
    h = np.tanh(x @ W + h @ U + b)
"""


def test_the_parameters_of_a_loop(tmp_path: Path, pool: KernelPool) -> None:
    """Are the weights of a loop in NumPy drawn, too?"""
    (found,) = pictures(LOOP, 1, "RNN cell", tmp_path, pool)
    assert isinstance(found, Parameters)
    assert [(block.role, block.count) for block in found.yours] == [
        ("kernel", 12),
        ("recurrent kernel", 16),
        ("bias", 4),
    ]
    assert found.yours == found.expected


@pytest.mark.slow
def test_the_losses_of_the_model_answer(pool: KernelPool) -> None:
    """Are the losses that stand beside a student's those of the model answer?"""
    result = graded(ROOT / "reference" / "answers.ipynb", pool).result
    drawn = {item.id: picture for item in result.questions for picture in item.pictures if isinstance(picture, Losses)}
    assert drawn.keys() == LOSSES.keys()
    for name, losses in LOSSES.items():
        assert drawn[name].yours == pytest.approx(losses, rel=0.1, abs=0.01)


@given(st.sampled_from([SIMPLE_RNN, LSTM, GRU]), st.integers(1, 9), st.integers(1, 9))
def test_roles_of_weights(kind: Kind, units: int, inputs: int) -> None:
    """Is each number of a layer of Keras given to what it is multiplied with?"""
    shapes = expected.gru_weights(units, inputs) if kind is GRU else expected.weights(units, inputs, gates=kind.gates)
    found = drawing.roles(shapes, units, inputs, kind)
    assert found["kernel"] == kind.gates * units * inputs
    assert found["recurrent kernel"] == kind.gates * units * units
    assert found["bias"] == kind.gates * units * (2 if kind is GRU else 1)
    assert found["peepholes"] == found["other"] == 0


@given(st.integers(1, 9), st.integers(1, 9), st.booleans(), st.booleans())
def test_roles_of_the_weights_of_peepholes(units: int, inputs: int, matrices: bool, one_each: bool) -> None:
    """Are peepholes told from biases, as vectors and as matrices, with gates side by side or apart?"""
    times, apart = (1, 4) if one_each else (4, 1)
    shapes = [(inputs, times * units), (units, times * units)] * apart + [(times * units,)] * apart
    shapes += [(units, units) if matrices else (units,)] * 3
    found = drawing.roles(shapes, units, inputs, PEEPHOLE_LSTM)
    assert found["bias"] == 4 * units
    assert found["peepholes"] == 3 * units * (units if matrices else 1)
    assert found["kernel"] + found["recurrent kernel"] == 4 * units * (units + inputs)
