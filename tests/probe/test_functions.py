"""Functions of the student's own that compute with arrays: found wherever they were made, and called once more."""

from __future__ import annotations

from textwrap import indent
from typing import Any

import numpy as np
import pytest

from grader.answer import evidence
from grader.answer.evidence import Array, FunctionFacts, Survey
from grader.kernel.generation import Generation
from grader.kernel.pool import KernelPool
from grader.kernel.session import Session
from grader.protocol import operations as ops
from tests.kernels import notebook

DRAWN = "x, W, U, h = (np.random.rand(*shape) for shape in ((2, 3), (3, 4), (4, 4), (2, 4)))\n"
STEP = "def step(x, h):\n    return np.tanh(x @ W + h @ U)\n"
IN_THE_NAMESPACE = DRAWN + STEP + "h = step(x, h)\n"
IN_A_FUNCTION = "def main():\n" + indent(IN_THE_NAMESPACE, "    ") + "main()\n"
MADE = "def made(W, U):\n    def step(x, h):\n        return np.tanh(x @ W + h @ U)\n    return step\n"
HANDED_OUT = MADE + DRAWN + "step = made(W, U)\nh = step(x, h)\n"


@pytest.mark.parametrize(
    "source",
    [IN_THE_NAMESPACE, IN_A_FUNCTION, HANDED_OUT],
    ids=["in the namespace", "in a function", "handed out by a function"],
)
def test_the_arrays_around_a_function(pool: KernelPool, source: str) -> None:
    """Are the arrays that a function reads from around it given other values for a call, and theirs again after it?"""
    with pool.session(notebook("import numpy as np\n" + source), 3) as session:
        assert session.run_cell(0, seed=1).status == "ok"
        (step,) = [item for item in _functions(session) if item.name == "step"]
        assert (step.shapes, step.given) == (((2, 3), (2, 4), (3, 4), (4, 4)), 2)
        rng = np.random.default_rng(0)
        x, h, w, u = (rng.normal(size=[size or 1 for size in shape]) for shape in step.shapes)
        (first,) = _applied(session, step, x, h, w, u)
        (second,) = _applied(session, step, x, h, 2 * w, u)
    assert np.allclose(first, np.tanh(x @ w + h @ u))
    assert np.allclose(second, np.tanh(x @ (2 * w) + h @ u))


def test_arrays_in_a_dictionary_of_the_object(pool: KernelPool) -> None:
    """Are the arrays of a dictionary that a method reads given other values for a call, and theirs again after it?"""
    source = DRAWN + "P = {'W': W, 'U': U, 'seen': []}\n"
    source += "class Cell:\n    def step(self, x, h):\n        return np.tanh(x @ self.P['W'] + h @ self.P['U'])\n"
    source += "cell = Cell()\ncell.P, cell.other = P, {'G': np.ones(4)}\nh = cell.step(x, h)\n"
    with pool.session(notebook("import numpy as np\n" + source, "assert P['W'] is W\n"), 3) as session:
        assert session.run_cell(0, seed=1).status == "ok"
        (step,) = [item for item in _functions(session) if item.name == "step"]
        assert (step.shapes, step.given) == (((2, 3), (2, 4), (3, 4), (4, 4)), 2)
        rng = np.random.default_rng(0)
        x, h, w, u = (rng.normal(size=[size or 1 for size in shape]) for shape in step.shapes)
        first, *_ = _applied(session, step, x, h, w, u)
        assert session.run_cell(1, seed=1).status == "ok"
    assert np.allclose(first, np.tanh(x @ w + h @ u))


def test_the_next_cell_sees_its_own_arrays(pool: KernelPool) -> None:
    """Are closures and namespace as they were after a call with other arrays?"""
    shown = "[float(step(x, h).sum()), float(W.sum())]"
    cells = ["import numpy as np\n" + HANDED_OUT + f"before = {shown}\n", f"assert before == {shown}\n"]
    with pool.session(notebook(*cells), 3) as session:
        assert session.run_cell(0, seed=1).status == "ok"
        (step,) = [item for item in _functions(session) if item.name == "step"]
        _applied(session, step, *(np.ones([size or 1 for size in shape]) for shape in step.shapes))
        assert session.run_cell(1).status == "ok"


BESIDE_KERAS = (
    "from tensorflow import keras\n"
    "model = keras.Sequential([keras.layers.Dense(1)])\n"
    "model.compile(loss='mse')\n"
    "model.fit(np.ones((4, 3)), np.ones((4, 1)), verbose=0)\n"
)
LAMBDA = DRAWN + "step = lambda x, h: np.tanh(x @ W + h @ U)\nh = step(x, h)\n"


@pytest.mark.parametrize(
    "source",
    [
        "# all layers, as a function\n" + IN_THE_NAMESPACE,
        LAMBDA,
        BESIDE_KERAS + IN_THE_NAMESPACE,
        "%%time\nimport numpy as np\n" + IN_THE_NAMESPACE,
        DRAWN + STEP + "%reset -f\nimport numpy as np\n" + IN_THE_NAMESPACE,
        DRAWN + STEP + "try: step(x[:1], h[:, :1])\nexcept ValueError: pass\nfor _ in range(9): step(None or x, h)\n",
    ],
    ids=[
        "words of Keras",
        "a lambda",
        "Keras itself",
        "under a magic",
        "a namespace that was emptied",
        "one that failed",
    ],
)
def test_a_function_is_seen_wherever_it_stands(pool: KernelPool, source: str) -> None:
    """Is a function seen once, whatever else is in its cell?"""
    with pool.session(notebook("import numpy as np", source), 3) as session:
        assert [session.run_cell(index, seed=1).status for index in range(2)] == ["ok", "ok"]
        found = evidence.read(Survey, session.ask(ops.Survey((1,)))).functions
    assert [item.shapes for item in found] == [((2, 3), (2, 4), (3, 4), (4, 4))]


def test_what_was_made_in_a_cell_is_seen_in_the_next(pool: KernelPool) -> None:
    """Is a function that was made in one cell seen where it is called, and not where it is not?"""
    with pool.session(notebook("import numpy as np\n" + DRAWN + STEP, "h = step(x, h)\n"), 3) as session:
        assert [session.run_cell(index, seed=1).status for index in range(2)] == ["ok", "ok"]
        seen = [evidence.read(Survey, session.ask(ops.Survey((index,)))).functions for index in range(2)]
    assert [len(each) for each in seen] == [0, 1]


TRACED = """
import tensorflow as tf
from tensorflow import keras
half = lambda x: x / 2
def positive(x):
    if tf.reduce_sum(x) > 0:
        return half(x)
    return -x
class Own(keras.layers.Layer):
    def call(self, x):
        return 3 * half(x)
traced = tf.function(positive)
assert traced(tf.constant([-4.0])).numpy().tolist() == [4]
assert traced(tf.constant([4.0])).numpy().tolist() == [2]
assert tf.function(lambda x: positive(x))(tf.constant([4.0])).numpy().tolist() == [2]
model = keras.Sequential([keras.Input((1,)), keras.layers.Lambda(half), Own()])
model.compile(loss=lambda y, z: tf.reduce_mean(tf.square(y - z)))
assert model.predict(np.full((2, 1), 4.0), verbose=0).tolist() == [[3], [3]]
model.evaluate(np.ones((2, 1)), np.ones((2, 1)), verbose=0)
"""


@pytest.mark.parametrize("generation", [2, 3])
def test_functions_are_traced_as_they_are_written(pool: KernelPool, generation: Generation) -> None:
    """Does TensorFlow convert functions with conditions and loops on tensors, which it reads from their source?"""
    with pool.session(notebook("import numpy as np\n" + TRACED), generation) as session:
        run = session.run_cell(0, seed=1)
        assert (run.status, run.error) == ("ok", None)


def _functions(session: Session) -> tuple[FunctionFacts, ...]:
    return evidence.read(Survey, session.ask(ops.Survey((0,)))).functions


def _applied(session: Session, function: FunctionFacts, *inputs: Array) -> list[Array]:
    answer: Any = session.ask(ops.Apply(function.number, inputs))
    return evidence.arrays(answer)
