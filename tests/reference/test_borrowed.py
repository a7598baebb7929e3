"""A notebook that defines a cell once, and answers several questions with it: each answer is judged for itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from grader.answer import evidence
from grader.answer.answer import Answer
from grader.answer.evidence import Survey
from grader.grading.surveying import asking
from grader.kernel.pool import KernelPool
from grader.pack.verdict import Outcome
from grader.protocol import operations
from reference.recurrent.kinds import SIMPLE_RNN
from reference.subjects.directions import directions
from reference.subjects.finding_subjects import over_time
from tests.kernels import notebook
from tests.reference.test_subjects import told

FIRST = """
import numpy as np
rng = np.random.default_rng(1)

class Cell:
    def __init__(self, m, u):
        self.W, self.U, self.b = rng.normal(0, 0.4, (m, u)), rng.normal(0, 0.4, (u, u)), np.zeros(u)

    def step(self, x, h):
        return np.tanh(x @ self.W + h @ self.U + self.b)

    def forward(self, X):
        h, H = np.zeros((len(X), len(self.U))), []
        for t in range(X.shape[1]):
            h = self.step(X[:, t], h)
            H.append(h)
        return np.stack(H, axis=1)

X = rng.normal(size=(6, 5, 3))
cell = Cell(3, 4)
"""
BOTH_WAYS = """
class Both:
    def __init__(self, m, u):
        self.one = Cell(m, u)
        self.other = {other}

    def forward(self, X):
        return np.concatenate([self.one.forward(X), self.other.forward({back})[:, ::-1]], axis=-1)

print(Both(3, 4).forward(X).shape)
"""
TRAINED = """
class Model:
    def __init__(self, m, u):
        self.cell, self.V = Cell(m, u), rng.normal(0, 0.3, (u, 1))

    def train(self, X, y, rate, epochs=12):
        losses = []
        for _ in range(epochs):
            H = self.cell.forward(X)
            e = H[:, -1] @ self.V - y
            losses.append(float((e ** 2).mean()))
            dh, c = 2 * e / len(X) @ self.V.T, self.cell
            dW, dU, db = np.zeros_like(c.W), np.zeros_like(c.U), np.zeros_like(c.b)
            for t in reversed(range(X.shape[1])):
                da = dh * (1 - H[:, t] ** 2)
                before = H[:, t - 1] if t else np.zeros_like(H[:, 0])
                dW += X[:, t].T @ da
                dU += before.T @ da
                db += da.sum(0)
                dh = da @ c.U.T
            c.W -= rate * dW
            c.U -= rate * dU
            c.b -= rate * db
        return losses

L = Model(3, 4).train(X, X[:, :, 0].mean(axis=1, keepdims=True), {rate})
print(L[0], L[-1])
"""
ANSWERS = {
    "both ways": BOTH_WAYS.format(other="Cell(m, u)", back="X[:, ::-1]"),
    "one way twice": BOTH_WAYS.format(other="Cell(m, u)", back="X"),
    "one cell twice": BOTH_WAYS.format(other="self.one", back="X[:, ::-1]"),
    "trained": TRAINED.format(rate=0.1),
    "trained uphill": TRAINED.format(rate=-0.1),
    "an object": "print(cell.forward(X + 0.1).mean())",
}


@pytest.fixture(scope="module")
def earned(pool: KernelPool) -> Callable[[str], dict[str, float]]:
    """What each answer earns, by what is asked of it; it is asked when its cell has run, and before the next one."""
    code = [FIRST, *ANSWERS.values()]
    with pool.session(notebook(*code), 3) as session:
        session.run_cell(0, seed=0)
        found = {}
        for at, name in enumerate(ANSWERS, start=1):
            assert session.run_cell(at, seed=at).status == "ok"
            survey = evidence.read(Survey, session.ask(operations.Survey((at,))))
            answer = Answer("q7", code=[code[at]], survey=survey, ask=asking(session))
            ways = BOTH if name in ("both ways", "one way twice", "one cell twice") else ALONG
            found[name] = {each: told(partial(_ask, answer, each)).share for each in ways}
    return found.__getitem__


BOTH = ("parameters", "computes", "depends", "states")
ALONG = ("computes", "trains", "error_goes_back")


def _ask(answer: Answer, name: str) -> Outcome:
    asked = directions(answer, SIMPLE_RNN) if name in BOTH and "Both" in answer.code[0] else over_time(answer)
    outcome: Outcome = getattr(asked, name)()
    return outcome


Earned = Callable[[str], dict[str, float]]


def test_cells_of_another_answer_read_both_ways(earned: Earned):
    """Are two objects of a class that was defined above known by what they compute?"""
    assert earned("both ways") == dict.fromkeys(BOTH, 1)


@pytest.mark.parametrize("wrong", ["one way twice", "one cell twice"])
def test_what_does_not_read_both_ways_is_not_taken_for_it(earned: Earned, wrong: str):
    """Are two readings in one direction none, and two readings with one set of weights?"""
    assert earned(wrong)["depends"] == 0
    assert earned(wrong)["computes"] == 0


def test_the_training_of_a_cell_of_another_answer(earned: Earned):
    """Does its loss fall, and the error go back through all steps; and does a loss that rises not pass?"""
    assert earned("trained") == dict.fromkeys(ALONG, 1)
    assert earned("trained uphill") == {"computes": 1, "trains": 0, "error_goes_back": 1}


def test_an_object_that_another_answer_made(earned: Earned):
    """Is what an object computes seen that was made above?"""
    assert earned("an object") == {"computes": 1, "trains": 0, "error_goes_back": 0}
