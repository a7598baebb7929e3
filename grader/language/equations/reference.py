"""The reference, made executable: given what a student's statement computes, find the weights that compute the same.

The statements of recurrent cells are an activation of something linear in the weights. So the weights that reproduce a
student's numbers are found by undoing the activation and solving a linear system; if what remains is not zero, no
weights do, and the statement is another one. No names are compared.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from grader.language.equations.evaluate import Array, Evaluator, Kind, Place, Weights
from grader.language.equations.syntax import Call, Expression, Symbol, bare, rewrite
from grader.language.equations.system import System
from grader.language.equations.text import to_text

UNITS = 3
FEATURES = 4
"""Different, so that a matrix for x_t cannot be one for h_{t-1}."""
POINTS = 32
DRAWS = (1, 2)
TOLERANCE = 1e-6

_INVERSES: dict[str, Callable[[Array], Array]] = {
    "sigmoid": lambda y: np.log(y) - np.log1p(-y),
    "tanh": np.arctanh,
}


@dataclass(frozen=True, slots=True)
class Match:
    """The weights of the reference, by name, with which it computes the same as the student's statement."""

    weights: dict[str, Array]
    subtracted: tuple[str, ...]
    without_bias: bool


@dataclass(frozen=True, slots=True)
class Target:
    """A statement that a student's may be equal to."""

    activation: str
    weights: tuple[tuple[str, Kind, tuple[int, ...]], ...]
    offset: Array
    columns: Array
    solver: Array

    def match(self, outputs: list[Array]) -> Match | None:
        """The weights behind a student's outputs, one (points, units) for each draw; None if there are none."""
        found = [self._solve(output) for output in outputs]
        if any(item is None for item in found):
            return None
        blocks = [_split(item, self.weights) for item in found if item is not None]
        subtracted = []
        for name, kind, _ in self.weights:
            values = np.concatenate([block[name].ravel() for block in blocks])
            if kind == "bias":
                continue
            if (values < -TOLERANCE).all():
                subtracted.append(name)
            elif not (values > TOLERANCE).all():
                return None
        biases = [blocks[0][name] for name, kind, _ in self.weights if kind == "bias"]
        return Match(
            blocks[0], tuple(subtracted), bool(biases) and all(np.abs(bias).max() < TOLERANCE for bias in biases)
        )

    def _solve(self, output: Array) -> Array | None:
        with np.errstate(all="ignore"):
            flat = _INVERSES[self.activation](output).ravel() if self.activation else output.ravel()
        if not np.isfinite(flat).all():
            return None
        wanted = flat - self.offset
        solution = self.solver @ wanted
        rest = np.abs(self.columns @ solution - wanted).max()
        return np.asarray(solution) if rest < TOLERANCE * (1 + np.abs(wanted).max()) else None


@lru_cache(maxsize=32)
def values(system: System) -> dict[Place, Array]:
    """Random vectors (points, entries) for every state, gate and input at the previous, this and the next time step."""
    rng = np.random.default_rng(20)
    sizes = dict.fromkeys(sorted(system.role_of), UNITS) | dict.fromkeys(sorted(system.inputs), FEATURES)
    return {(key, lag): rng.uniform(-1, 1, (POINTS, size)) for key, size in sizes.items() for lag in (-1, 0, 1)}


def target(system: System, expression: Expression) -> Target:
    """Make a statement executable. Raises `ValueError` if it is not linear in its weights inside its activation."""
    names: dict[str, str] = {}

    def numbered(item: Expression) -> Expression:
        if not isinstance(item, Symbol) or (item.key, item.lag) in values(system):
            return item
        return Symbol(names.setdefault(item.name, f"{item.base[:1]}{len(names)}"))

    # Statements that differ in the names of their weights alone share the costly part.
    found = _target(system, rewrite(expression, numbered))
    original = {number: name for name, number in names.items()}
    return replace(found, weights=tuple((original[name], kind, shape) for name, kind, shape in found.weights))


@lru_cache(maxsize=1024)
def _target(system: System, expression: Expression) -> Target:
    root = bare(expression)
    activation = root.function if isinstance(root, Call) and root.function in _INVERSES else ""
    inner = root.arguments[0] if activation and isinstance(root, Call) else root
    weights = Weights(0)
    Evaluator(UNITS, values(system), weights).run(inner)
    names = tuple((name, kind, shape) for name, (kind, shape) in weights.kinds.items())

    def run(solution: Array) -> Array:
        given = _split(solution, names)
        return Evaluator(UNITS, values(system), Weights(0, given=given)).run(inner).ravel()

    total = sum(int(np.prod(shape)) for _, _, shape in names)
    offset = run(np.zeros(total))
    columns = np.array([run(unit) - offset for unit in np.eye(total)]).T.reshape(len(offset), total)
    probe = np.linspace(0.3, 1.7, total)
    if np.abs(columns @ probe + offset - run(probe)).max(initial=0) > TOLERANCE:
        raise ValueError(
            f"system {system.name}: {to_text(expression)} is not linear in its weights, inside an activation"
        )
    return Target(activation, names, offset, columns, np.linalg.pinv(columns))


def _split(solution: Array, names: tuple[tuple[str, Kind, tuple[int, ...]], ...]) -> dict[str, Array]:
    """The weights by name, from one long vector of all their entries."""
    blocks, at = {}, 0
    for name, _, shape in names:
        size = int(np.prod(shape))
        blocks[name] = solution[at : at + size].reshape(shape)
        at += size
    return blocks
