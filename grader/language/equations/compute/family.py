"""The functions that one expression can be: all that its free weights make of it, at given points.

`σ(W [h_{t-1}, x_t] + b)` stands for a family of functions. Its link (σ, tanh or none) taken off, the family is linear
in its weights, so whether a student's function belongs to it is a least-squares question, and the solution says which
weights it takes: zeros where a term is missing, the other sign where one is.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from grader.language.equations.compute.evaluate import Evaluator
from grader.language.equations.compute.sizes import Place
from grader.language.equations.compute.weights import Array, Kind, Weights
from grader.language.equations.read.expressions import Expression

CLOSE = 1e-6
ZERO = 1e-6


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


def unlinked(value: Array, link: str) -> Array:
    """The value before its link; NaN where it cannot have come from there."""
    with np.errstate(all="ignore"):
        if link == "sigmoid":
            return np.asarray(np.log(value) - np.log1p(-value))
        return np.asarray(np.arctanh(value)) if link == "tanh" else value


@dataclass(frozen=True)
class Family:
    """`columns @ weights + constant` for all weights; the columns are (points · units, weights)."""

    constant: Array
    columns: Array
    blocks: tuple[tuple[str, Kind, int, int], ...]
    units: int

    @classmethod
    def of(cls, inner: Expression, units: int, at: dict[Place, Array]) -> Family:
        """The family of an expression at points, where its value has `units` entries. Raises `Unexecutable`."""
        weights = Weights(0)
        Evaluator(units, at, weights).run(inner)
        kinds = dict(weights.kinds)
        zeros = {name: np.zeros(shape) for name, (_, shape) in kinds.items()}

        def value(given: dict[str, Array]) -> Array:
            return Evaluator(units, at, Weights(0, given=given)).run(inner).ravel()

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
        return cls(constant, matrix, tuple(blocks), units)

    @cached_property
    def _inverse(self) -> Array:
        return np.asarray(np.linalg.pinv(self.columns), dtype=np.float64)

    def match(self, value: Array) -> Match | None:
        """Whether some weights give these values, (points, units), and which."""
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
            weights.extend((name, tuple(column)) for column in np.round(block, 5).reshape(self.units, -1).T.tolist())
            if (block < 0).any():
                turned.add(name)
        return Match(bool(biases) and not any(biases), frozenset(turned), tuple(weights))
