"""The points at which equations are compared, and what a reference equation can be at these points.

A reference with free weights, `σ(W [h_{t-1}, x_t] + b)`, stands for a family of functions. Its link (σ, tanh or none)
taken off, the family is linear in its weights, so whether a student's function belongs to it is a least-squares
question, and the solution says which weights it takes: zeros where a term is missing, the other sign where one is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from grader.language.equations.evaluate import Array, Evaluator, Kind, Place, Weights
from grader.language.equations.parse import parse
from grader.language.equations.syntax import NOW, PREVIOUS, Call, Equation, Expression, bare, symbols
from grader.language.equations.system import System

UNITS, INPUTS, POINTS = 3, 2, 40
DRAWS = (1, 2)
CLOSE = 1e-6
ZERO = 1e-6


@lru_cache(maxsize=16)
def values(system: System, draw: int) -> dict[Place, Array]:
    """States and gates at all points, each (points, entries), for the steps t-1, t and t+1."""
    rng = np.random.default_rng(draw)
    drawn: dict[Place, Array] = {}
    names = [state[0] for state in system.states]
    for name in names:
        for lag in (PREVIOUS, NOW, 1):
            entries = INPUTS if name == names[0] else UNITS
            drawn[name, lag] = rng.uniform(-0.9, 0.9, (POINTS, entries))
    for key in gates(system):
        for lag in (PREVIOUS, NOW, 1):
            drawn[key, lag] = rng.uniform(0.1, 0.9, (POINTS, UNITS))
    return drawn


@lru_cache(maxsize=16)
def gates(system: System) -> dict[str, str]:
    """The statement of each gate, by the key that the references call it."""
    states = {state[0] for state in system.states}
    lefts = {read(item.reference).left.key: item.id for item in system.statements}
    return {key: identity for key, identity in lefts.items() if key not in states}


def read(text: str) -> Equation:
    """A reference equation. Raises `ValueError` that names it if it cannot be read."""
    equation = parse(text, latex=False)
    if not isinstance(equation, Equation):
        raise ValueError(f"the reference equation {text!r} cannot be read: {equation.what} at {equation.where}")
    return equation


@dataclass(frozen=True, slots=True)
class Match:
    """A student's function belongs to a reference: without a bias, or with a term whose sign is turned.

    `weights` are the columns of its matrices, by which weights that two gates share are known.
    """

    no_bias: bool = False
    turned: frozenset[str] = frozenset()
    weights: tuple[tuple[str, tuple[float, ...]], ...] = ()

    @property
    def all_turned(self) -> bool:
        """Whether the sign of everything but the bias is turned."""
        return bool(self.turned) and all(max(block) < 0 for _, block in self.weights)


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
        """The gates that stand on the right."""
        return frozenset(symbol.key for symbol in symbols(self.equation.right)) & gates(self.system).keys()

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


def unlinked(value: Array, link: str) -> Array:
    """The value before its link; NaN where it cannot have come from there."""
    with np.errstate(all="ignore"):
        if link == "sigmoid":
            return np.asarray(np.log(value) - np.log1p(-value))
        return np.asarray(np.arctanh(value)) if link == "tanh" else value


@dataclass(frozen=True)
class _Family:
    """`columns @ weights + constant` for all weights; the columns are (points · units, weights)."""

    constant: Array
    columns: Array
    blocks: tuple[tuple[str, Kind, int, int], ...]

    @classmethod
    def of(cls, inner: Expression, at: dict[Place, Array]) -> _Family:
        weights = Weights(0)
        Evaluator(UNITS, at, weights).run(inner)
        kinds = dict(weights.kinds)
        zeros = {name: np.zeros(shape) for name, (_, shape) in kinds.items()}

        def value(given: dict[str, Array]) -> Array:
            return Evaluator(UNITS, at, Weights(0, given=given)).run(inner).ravel()

        constant = value(zeros)
        columns: list[Array] = []
        blocks: list[tuple[str, Kind, int, int]] = []
        for name, (kind, shape) in kinds.items():
            first = len(columns)
            for place in np.ndindex(shape):
                one = np.zeros(shape)
                one[place] = 1.0
                columns.append(value(zeros | {name: one}) - constant)
            blocks.append((name, kind, first, len(columns)))
        matrix = np.stack(columns, axis=1) if columns else np.zeros((len(constant), 0))
        return cls(constant, matrix, tuple(blocks))

    @cached_property
    def _inverse(self) -> Array:
        return np.asarray(np.linalg.pinv(self.columns), dtype=np.float64)

    def match(self, value: Array) -> Match | None:
        wanted = value.ravel() - self.constant
        if not np.isfinite(wanted).all():
            return None
        solution = self._inverse @ wanted
        if np.abs(self.columns @ solution - wanted).max() > CLOSE * (1 + np.abs(wanted).max()):
            return None
        return self._told(solution)

    def _told(self, solution: Array) -> Match | None:
        """What the weights say; None where a whole term is missing or a matrix is but a diagonal."""
        turned: set[str] = set()
        weights: list[tuple[str, tuple[float, ...]]] = []
        biases: list[bool] = []
        for name, kind, first, end in self.blocks:
            block = solution[first:end]
            if kind == "bias":
                biases.append(bool(np.abs(block).max() > ZERO))
                continue
            if np.abs(block).min() < ZERO:
                return None
            weights.extend((name, tuple(column)) for column in np.round(block, 5).reshape(UNITS, -1).T.tolist())
            if (block < 0).any():
                turned.add(name)
        return Match(bool(biases) and not any(biases), frozenset(turned), tuple(weights))


@lru_cache(maxsize=1024)
def _family(reference: Reference, draw: int) -> _Family:
    right = bare(reference.equation.right)
    inner = right.arguments[0] if reference.link and isinstance(right, Call) else right
    return _Family.of(inner, values(reference.system, draw))


@lru_cache(maxsize=16)
def references(system: System) -> dict[str, tuple[tuple[Reference, ...], tuple[Reference, ...]]]:
    """For each statement its accepted forms and its slips, in the order in which they are declared."""
    compiled = {}
    for statement in system.statements:
        forms = tuple(Reference(read(form.equation), system) for form in statement.forms)
        slips = tuple(Reference(read(slip.equation), system) for slip in system.slips if slip.statement == statement.id)
        compiled[statement.id] = (forms, slips)
    return compiled
