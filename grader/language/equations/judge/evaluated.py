"""An equation under certain roles of its symbols, and what it is worth in each draw."""

from __future__ import annotations

from collections.abc import Mapping

from grader.language.equations.compute.evaluate import Evaluator
from grader.language.equations.compute.weights import Array, Unexecutable, Weights
from grader.language.equations.judge.references import DRAWS, UNITS, quantities, values
from grader.language.equations.judge.system import System
from grader.language.equations.read.expressions import (
    NOW,
    PREVIOUS,
    Expression,
)

Roles = Mapping[str, str]
"""The quantity of the system that each of the student's symbols stands for."""


class Evaluated:
    """The values of an equation whose symbols stand for certain quantities; `problem` says why there are none."""

    def __init__(self, system: System, right: Expression, roles: Roles, greedy: bool) -> None:
        self.roles = roles
        self.notes: tuple[str, ...] = ()
        self.problem: Unexecutable | None = None
        self._system, self._right, self._greedy = system, right, greedy
        self._values: dict[int, Array] = {}
        try:
            self.at(DRAWS[0])
        except Unexecutable as problem:
            self.problem = problem

    def at(self, draw: int) -> Array:
        """The values in one draw, as (points, units). Raises `Unexecutable`."""
        if draw not in self._values:
            drawn, known = values(self._system, draw), quantities(self._system)
            at = {place: value for place, value in drawn.items() if place[0] not in known}
            at |= {
                (key, lag): drawn[quantity, lag] for key, quantity in self.roles.items() for lag in (PREVIOUS, NOW, 1)
            }
            weights = Weights(100 + draw, vectors=self._system.vectors)
            evaluator = Evaluator(UNITS, at, weights, self._greedy)
            self._values[draw] = evaluator.run(self._right)
            self.notes = tuple(dict.fromkeys(evaluator.notes))
        return self._values[draw]
