"""The points at which equations are compared, and the reference equations of a system, compiled for comparing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from grader.language.equations.compute.family import Family, Match, unlinked
from grader.language.equations.compute.sizes import Place
from grader.language.equations.compute.weights import Array
from grader.language.equations.judge.system import System
from grader.language.equations.read.expressions import NOW, PREVIOUS, Call, Equation, Expression, bare, symbols
from grader.language.equations.read.parse import parse

UNITS, INPUTS, POINTS = 3, 2, 40
DRAWS = (1, 2)


@lru_cache(maxsize=16)
def values(system: System, draw: int) -> dict[Place, Array]:
    """States and quantities at all points, each (points, entries), for the steps t-1, t and t+1."""
    rng = np.random.default_rng(draw)
    drawn: dict[Place, Array] = {}
    names = [state[0] for state in system.states]
    for name in names:
        for lag in (PREVIOUS, NOW, 1):
            entries = INPUTS if name == names[0] else UNITS
            drawn[name, lag] = rng.uniform(-0.9, 0.9, (POINTS, entries))
    for key in quantities(system):
        for lag in (PREVIOUS, NOW, 1):
            drawn[key, lag] = rng.uniform(0.1, 0.9, (POINTS, UNITS))
    return drawn


@lru_cache(maxsize=16)
def quantities(system: System) -> dict[str, str]:
    """The statement of each quantity, by the key that the references call it."""
    states = {state[0] for state in system.states}
    lefts = {read(item.reference).left.key: item.id for item in system.statements}
    return {key: identity for key, identity in lefts.items() if key not in states}


def read(text: str) -> Equation:
    """A reference equation. Raises `ValueError` that names it if it cannot be read."""
    equation = parse(text, latex=False)
    if not isinstance(equation, Equation):
        raise ValueError(f"the reference equation {text!r} cannot be read: {equation.what} at {equation.where}")
    return equation


@dataclass(frozen=True)
class Reference:
    """One reference equation of a system."""

    equation: Equation
    system: System

    @cached_property
    def link(self) -> str:
        """The function around everything: sigmoid, tanh, or nothing."""
        outer = bare(self.equation.right)
        linked = isinstance(outer, Call) and outer.function in ("sigmoid", "tanh") and self._has_weights(outer)
        return outer.function if linked and isinstance(outer, Call) else ""

    @cached_property
    def variables(self) -> frozenset[str]:
        """The quantities that stand on the right."""
        return frozenset(symbol.key for symbol in symbols(self.equation.right)) & quantities(self.system).keys()

    @cached_property
    def is_closed(self) -> bool:
        """Whether there are no weights in it."""
        return not self._has_weights(self.equation.right)

    def match(self, found: Callable[[int], Array]) -> Match | None:
        """Whether the values that a student's equation takes in each draw can be those of this one."""
        first: Match | None = None
        for draw in DRAWS:
            match = _family(self, draw).match(unlinked(found(draw), self.link))
            if match is None:
                return None
            first = first or match
        return first

    def _has_weights(self, expression: Expression) -> bool:
        return any(symbol.lag is None for symbol in symbols(expression))


@lru_cache(maxsize=1024)
def _family(reference: Reference, draw: int) -> Family:
    right = bare(reference.equation.right)
    inner = right.arguments[0] if reference.link and isinstance(right, Call) else right
    return Family.of(inner, UNITS, values(reference.system, draw))


@lru_cache(maxsize=16)
def references(system: System) -> dict[str, tuple[tuple[Reference, ...], tuple[Reference, ...]]]:
    """For each statement its accepted forms and its slips, in the order in which they are declared."""
    compiled = {}
    for statement in system.statements:
        forms = tuple(Reference(read(form.equation), system) for form in statement.forms)
        slips = tuple(Reference(read(slip.equation), system) for slip in system.slips if slip.statement == statement.id)
        compiled[statement.id] = (forms, slips)
    return compiled
