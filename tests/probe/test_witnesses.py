"""Whether a layer gives, when it is asked, what it gave when its author called it: told of what differs alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from grader.kernel.pool import KernelPool
from grader.kernel.session import Session
from grader.protocol import operations as ops
from tests.kernels import notebook

HEAD = """
import sys
import numpy as np, tensorflow as tf
from tensorflow import keras
L, x = keras.layers, np.ones((4, 3, 5), 'float32')
"""
CELL = "class C(L.GRUCell):\n    def call(self, x, states, training=False):\n        h, new = super().call(x, states)\n"
CASES = {
    "by a count of calls": (
        "class A(L.Dense):\n    n = 0\n    def call(self, x):\n        type(self).n += 1\n"
        "        return super().call(x) if self.n > 2 else 0 * x[..., :2]\nA(2)(x)",
        "asked",
    ),
    "by the class of its object": (
        "class A(L.Dense):\n    def call(self, x): return 0 * x[..., :2]\n"
        "a = A(2); a(x); d = L.Dense(2); d(x); a.__dict__['call'] = d.call",
        "asked",
    ),
    "by a method that was exchanged meanwhile": (
        "old = L.GRU.call\n"
        "L.GRU.call = lambda self, sequences, initial_state=None: 0 * sequences[:, 0, :2]\n"
        "L.GRU(2)(x); L.GRU.call = old",
        "asked",
    ),
    "by training": (
        "class A(L.Dense):\n    def call(self, x, training=False): return super().call(x) * (0 if training else 1)\n"
        "A(2)(x, training=True)",
        "training",
    ),
    "outside of graphs alone": (
        CELL + "        return (h, new) if tf.executing_eagerly() else (0 * h, [0 * h])\n"
        "m = keras.Sequential([L.RNN(C(2)), L.Dense(1)]); m.compile('sgd', 'mse'); m.fit(x, x[:, 0, :1], verbose=0)",
        "graph",
    ),
    # What is honest.
    "a layer of Keras": ("L.GRU(2)(x)", None),
    "a class that is the same": (CELL + "        return h, new\nL.RNN(C(2))(x)", None),
    "chance": (
        "class A(L.Layer):\n    def call(self, x): return x + tf.random.normal(tf.shape(x))\nA()(x)",
        None,
    ),
    "dropout": (
        "class A(keras.Model):\n    def __init__(self): super().__init__(); self.d = L.Dropout(.5)\n"
        "    def call(self, x, training=False): return self.d(x, training=training)\nA()(x, training=True)",
        None,
    ),
    "a state of its own": (
        "class A(L.Layer):\n    def build(self, s): self.h = 0.\n"
        "    def call(self, x): self.h = self.h + x; return self.h\na = A(); a(x); a(x)",
        None,
    ),
    "a variable that is no weight": (
        "class A(L.Layer):\n    def build(self, s): self.v = {'w': [tf.Variable(1.)]}\n"
        "    def call(self, x): return x * self.v['w'][0]\na = A(); a(x); a.v['w'][0].assign(3.)",
        None,
    ),
    "statistics of a batch": (
        "class A(keras.Model):\n    def __init__(self): super().__init__(); self.b = L.BatchNormalization()\n"
        "    def call(self, x, training=False): return self.b(x, training=training)\nA()(x, training=True)",
        None,
    ),
    "trained since": (
        "class A(L.Dense): pass\nm = keras.Sequential([A(1)]); m(x[:, 0]); m.compile('sgd', 'mse')\n"
        "m.fit(x[:, 0], x[:, 1, :1], epochs=2, verbose=0)",
        None,
    ),
}


@pytest.fixture(scope="module")
def session(pool: KernelPool) -> Iterator[Session]:
    sources = [source for source, _ in CASES.values()]
    with pool.session(notebook(HEAD, *sources), 3) as made:
        for index in range(len(sources) + 1):
            outcome = made.run_cell(index)
            assert outcome.status == "ok", (index, outcome)
        yield made


@pytest.mark.parametrize("name", CASES)
def test_the_same_when_it_is_asked(session: Session, name: str) -> None:
    """Is it told in which way it is another, where it is, and nothing where it is not or nobody can know?"""
    cell = 1 + list(CASES).index(name)
    refs = tuple(each["ref"] for each in session.ask(ops.Survey((cell,)))["objects"])
    ways = {way for each in session.ask(ops.Differing(refs)) for way in each["ways"]}
    expected = CASES[name][1]
    assert ways == ({expected} if expected else set())
