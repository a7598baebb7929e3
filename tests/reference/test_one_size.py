"""Steps as functions whose inputs, units, and samples are as many: which array is what shows in what they compute."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from grader.answer import evidence
from grader.answer.answer import Answer
from grader.answer.evidence import Survey
from grader.grading.surveying import asking
from grader.kernel.pool import KernelPool
from grader.kernel.session import Session
from grader.protocol import operations
from reference.recurrent.kinds import GRU, LSTM, PEEPHOLE_LSTM, SIMPLE_RNN, Kind
from reference.recurrent.own_cells import memory
from reference.recurrent.own_functions import cells_of_functions
from reference.subjects.finding_subjects import subject
from reference.subjects.function import Function
from tests.kernels import notebook

DRAWS, WRONG_DRAWS, MANY_DRAWS = 4, 2, 40
TOP = """
import numpy as np
rng = np.random.default_rng(3)
n = 4

def s(a):
    return 1 / (1 + np.exp(-a))
"""
RNN = """
W, U, b = rng.normal(size=(n, n)), rng.normal(size=(n, n)), rng.normal(size=n)

def step(W, U, b, h, x):
    return np.tanh(x @ W + h @ U + b)

h = np.zeros((n, n))
for t in range(5):
    h = step(W, U, b, h, rng.normal(size=(n, n)))
"""
COLUMNS = """
Wz, Wr, Wh, Uz, Ur, Uh = [rng.normal(size=(n, n)) for _ in range(6)]
bz, br, bh = [rng.normal(size=(n, 1)) for _ in range(3)]

def step(x, h, Wz, Wr, Wh, Uz, Ur, Uh, bz, br, bh):
    z, r = s(Wz @ x + Uz @ h + bz), s(Wr @ x + Ur @ h + br)
    return z * h + (1 - z) * np.tanh(Wh @ x + Uh @ (r * h) + bh)

h = np.zeros((n, n))
for t in range(5):
    h = step(rng.normal(size=(n, n)), h, Wz, Wr, Wh, Uz, Ur, Uh, bz, br, bh)
"""
JOINT = """
W, b = rng.normal(size=(4 * n, 2 * n)), rng.normal(size=(4 * n, 1))

def step(c, x, h, W, b):
    z = W @ np.vstack([h, x]) + b
    i, f, o, g = s(z[:n]), s(z[n:2 * n]), s(z[2 * n:3 * n]), np.tanh(z[3 * n:])
    c = f * c + i * g
    return c, o * np.tanh(c)

h = c = np.zeros((n, 1))
for t in range(5):
    c, h = step(c, rng.normal(size=(n, 1)), h, W, b)
"""
PEEPHOLES = """
W, B = [rng.normal(size=(n, n)) for _ in range(8)], [rng.normal(size=n) for _ in range(7)]

def step(x, h, c, W, B):
    Wi, Wf, Wo, Wg, Ui, Uf, Uo, Ug = W
    bi, bf, bo, bg, pi, pf, po = B
    i, f = s(x @ Wi + h @ Ui + pi * c + bi), s(x @ Wf + h @ Uf + pf * c + bf)
    new = f * c + i * np.tanh(x @ Wg + h @ Ug + bg)
    return new, s(x @ Wo + h @ Uo + po * new + bo) * np.tanh(new)

h = c = np.zeros((n, n))
for t in range(5):
    c, h = step(rng.normal(size=(n, n)), h, c, W, B)
"""
STEPS = ((SIMPLE_RNN, RNN), (GRU, COLUMNS), (LSTM, JOINT), (PEEPHOLE_LSTM, PEEPHOLES))
WRONG = (
    (SIMPLE_RNN, RNN.replace("x @ W + h @ U", "x @ W * (h @ U)")),
    (GRU, COLUMNS.replace("z * h + (1 - z) *", "z * h + z *")),
    (LSTM, JOINT.replace("c = f * c + i * g", "c = f + c * i * g")),
)


@pytest.fixture(scope="module")
def session(pool: KernelPool) -> Iterator[Session]:
    """A kernel in which every step was run, each in a cell of its own."""
    code = [TOP + source for _, source in (*STEPS, *WRONG)]
    with pool.session(notebook(*code), 3) as running:
        assert [running.run_cell(at).status for at in range(len(code))] == ["ok"] * len(code)
        yield running


def shares(session: Session, at: int, kind: Kind, code: str, draws: int) -> list[float]:
    """What one step earns, for several draws of all that it is asked with."""
    survey = evidence.read(Survey, session.ask(operations.Survey((at,))))
    answers = (Answer("q1", seed=seed, code=[code], survey=survey, ask=asking(session)) for seed in range(draws))
    found = [subject(answer, kind) for answer in answers]
    assert all(isinstance(each, Function) for each in found)
    return [each.computes().share for each in found]


@pytest.mark.parametrize("at", range(len(STEPS)))
def test_a_right_step_is_right_in_every_draw(session: Session, at: int) -> None:
    """Is a right step found right, whatever its inputs, states and weights are drawn to be?"""
    kind, code = STEPS[at]
    assert shares(session, at, kind, TOP + code, DRAWS) == [1.0] * DRAWS


@pytest.mark.parametrize("at", range(len(WRONG)))
def test_a_wrong_step_is_wrong_in_every_draw(session: Session, at: int) -> None:
    """Is there no reading under which a wrong one is right?"""
    kind, code = WRONG[at]
    assert all(share < 1 for share in shares(session, len(STEPS) + at, kind, TOP + code, WRONG_DRAWS))


def test_a_gate_that_sees_the_cell_state_does_not_hide_it(session: Session) -> None:
    """Is the cell state found in every draw, also where peepholes close the forget gate when it is large?"""
    at = [kind for kind, _ in STEPS].index(PEEPHOLE_LSTM)
    survey = evidence.read(Survey, session.ask(operations.Survey((at,))))
    cells = cells_of_functions(Answer("q6", survey=survey, ask=asking(session)))
    cell = next(each for each in cells if (each.way.x, each.way.states, each.way.columns) == (0, (1, 2), False))
    found = {memory(cell, np.random.default_rng(seed)) for seed in range(MANY_DRAWS)}
    assert found == {(1, 0)}
