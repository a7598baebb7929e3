"""What an answer takes from cells above it: classes and functions that are seen inside, and objects that stay as is."""

from __future__ import annotations

import numpy as np

from grader.answer import evidence
from grader.answer.evidence import Replay
from grader.kernel.pool import KernelPool
from grader.protocol import operations as ops
from tests.kernels import notebook, text
from tests.probe.test_replay import of_shape

ABOVE = """
import numpy as np
import keras

rng = np.random.default_rng(5)

def squash(z):
    return np.tanh(z)

class Base:
    def __init__(self, m, u):
        self.W, self.log = rng.normal(size=(m, u)), []

class Net(Base):
    def step(self, x):
        self.log.append(1)
        return squash(x @ self.W)

old = Net(3, 4)
dense = keras.layers.Dense(2)

def through(x):
    return dense(x)
"""
ANSWER = """
x = rng.normal(size=(2, 3))
first = x.copy()
new, h = Net(3, 6), old.step(x)
old.W -= 0.1
g = new.step(x)
"""
LEFT = "print(rng.bit_generator.state['state']['state'], old.W.sum(), len(old.log), type(old) is Net)"


def test_what_was_defined_above_is_seen_inside(pool: KernelPool):
    """Are the weights and the products of classes and functions of other cells seen, and is nothing of them changed?

    What was drawn is drawn again, from where the answer began; and what works with layers is not run.
    """
    cells = (ABOVE, ANSWER, LEFT, LEFT, "y = through(np.ones((1, 2)))")
    with pool.session(notebook(*cells), 3) as session:
        assert [session.run_cell(at, seed=at).status for at in range(3)] == ["ok"] * 3
        session.run_cell(1, seed=1)
        session.run_cell(2)
        before = text(session, 2)
        replay = evidence.read(Replay, session.ask(ops.Replay((ANSWER,))))
        session.run_cell(3)
        after = text(session, 3)
        assert session.run_cell(4, seed=4).status == "ok"
        layered = evidence.read(Replay, session.ask(ops.Replay((cells[4],))))
    assert before == after
    assert replay.complete
    assert [seen.fresh for seen in of_shape(replay, 3, 6)] == [True]
    assert any(seen.fresh for seen in of_shape(replay, 3, 4))
    (x, *_), w = of_shape(replay, 2, 3), of_shape(replay, 3, 6)[0]
    assert any(np.allclose(seen.numbers, np.tanh(x.numbers @ w.numbers)) for seen in of_shape(replay, 2, 6))
    assert not any(seen.layer for seen in layered.values)
