"""Functions of the student's own that compute with arrays: found wherever they were made, and called once more."""

from __future__ import annotations

from textwrap import indent
from typing import Any

import numpy as np
import pytest

from grader.answer import evidence
from grader.answer.evidence import Array, FunctionFacts, Survey
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


def test_the_next_cell_sees_its_own_arrays(pool: KernelPool) -> None:
    """Are closures and namespace as they were after a call with other arrays?"""
    shown = "[float(step(x, h).sum()), float(W.sum())]"
    cells = ["import numpy as np\n" + HANDED_OUT + f"before = {shown}\n", f"assert before == {shown}\n"]
    with pool.session(notebook(*cells), 3) as session:
        assert session.run_cell(0, seed=1).status == "ok"
        (step,) = [item for item in _functions(session) if item.name == "step"]
        _applied(session, step, *(np.ones([size or 1 for size in shape]) for shape in step.shapes))
        assert session.run_cell(1).status == "ok"


def _functions(session: Session) -> tuple[FunctionFacts, ...]:
    return evidence.read(Survey, session.ask(ops.Survey((0,)))).functions


def _applied(session: Session, function: FunctionFacts, *inputs: Array) -> list[Array]:
    answer: Any = session.ask(ops.Apply(function.number, inputs))
    return evidence.arrays(answer)
