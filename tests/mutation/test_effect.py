"""Who decides whether an error changes anything sees what is hidden, and is not misled by what looks different."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from grader.kernel.generation import Generation
from tests.corpus.samples import BOTH, HEAD
from tests.mutation.effect import Judge

pytestmark = pytest.mark.slow

CELL = """
class Cell(tf.keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.state_size = units
        self.one, self.two = tf.keras.layers.Dense(units), tf.keras.layers.Dense(units, use_bias=False)
    def call(self, x, states):
        h = tf.tanh(self.one(x) + self.two(states[0]))
        return h, [h]
print(tf.keras.layers.RNN(Cell(4))(tf.ones((2, 5, 3))).shape)
"""
NUMPY = """
sigmoid = lambda z: 1 / (1 + np.exp(-z))
W, U, b = np.random.randn(3, 4), np.random.randn(4, 4), np.zeros(4)
def step(x, h):
    return sigmoid(x @ W + b) * np.tanh(h @ U)
print(step(np.ones((2, 3)), np.zeros((2, 4))).shape)
"""
MODEL = """
import keras
inputs = keras.Input((6, 3))
model = keras.Model(inputs, keras.layers.LSTM(4)(inputs))
model.summary()
"""
BUILT = "layer = tf.keras.layers.GRU(4)\nlayer.build((None, 6, 3))\n"


@pytest.fixture(scope="module", params=BOTH)
def judge(request: pytest.FixtureRequest) -> Iterator[Judge]:
    """A judge for each generation of Keras."""
    generation: Generation = request.param
    with Judge(generation) as made:
        yield made


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        pytest.param(NUMPY, "x @ W + b", "x @ W", id="a bias that starts at zero"),
        pytest.param(NUMPY, "h @ U", "0 * h @ U", id="a state that starts at zero"),
        pytest.param(CELL, "self.two(states[0])", "0 * self.two(states[0])", id="a cell inside a layer"),
        pytest.param(MODEL, "LSTM(4)", "LSTM(4, activation='relu')", id="a model that is never run"),
        pytest.param(MODEL, "LSTM(4)", "LSTM(4, go_backwards=True)", id="the order of time"),
        pytest.param(BUILT, "GRU(4)", "GRU(4, use_bias=False)", id="a layer that is only built"),
    ],
)
def test_what_changes_the_function(judge: Judge, code: str, old: str, new: str) -> None:
    """Is it noticed that another function is computed?"""
    assert judge.effect(HEAD + code, HEAD + code.replace(old, new)) == "another"


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        pytest.param(NUMPY, "sigmoid(x @ W + b) * np.tanh(h @ U)", "np.tanh(h @ U) * sigmoid(b + x @ W)", id="order"),
        pytest.param(CELL, "self.one(x) + self.two(states[0])", "self.two(states[0]) + self.one(x)", id="inner calls"),
        pytest.param(MODEL, "LSTM(4)", "LSTM(4, implementation=1)", id="a setting that computes the same"),
    ],
)
def test_what_does_not(judge: Judge, code: str, old: str, new: str) -> None:
    """Is it seen that the function is the same, written in another way?"""
    assert judge.effect(HEAD + code, HEAD + code.replace(old, new)) == "the same"


def test_what_does_not_run(judge: Judge) -> None:
    """Is an answer that ends with an error no other function?"""
    assert judge.effect(HEAD + NUMPY, HEAD + NUMPY.replace("x @ W", "W @ x")) == "an error"


def test_nothing_to_compare(judge: Judge) -> None:
    """Is it refused to call two codes the same that compute nothing?"""
    with pytest.raises(ValueError, match="nothing to compare"):
        judge.effect("print('a')", "print('b')")
