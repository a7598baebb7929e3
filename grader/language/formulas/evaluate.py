"""Evaluating one side of an equation on numbers: free symbols become random weights of the shape that fits."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from grader.language.formulas.tree import (
    Call,
    Concat,
    FunctionName,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
)

Array = NDArray[np.float64]
Lookup = Callable[[Symbol], Array | None]

_FUNCTIONS: dict[FunctionName, Callable[[Array], Array]] = {
    "sigmoid": lambda z: 0.5 * (1 + np.tanh(0.5 * z)),
    "tanh": np.tanh,
    "relu": lambda z: np.maximum(z, 0),
    "softmax": lambda z: np.exp(z - z.max()) / np.exp(z - z.max()).sum(),
    "exp": np.exp,
}


class Unfit(Exception):
    """An expression has no value: its shapes do not fit together."""


class Evaluator:
    """Values of expressions. `lookup` gives the vectors of known symbols (units,) or (inputs,); all others are weights.

    A weight is drawn once for each shape that it is used in, so that W in `W x + W h` may be two matrices.
    """

    def __init__(self, units: int, seed: int) -> None:
        self.units = units
        self._seed = seed
        self._weights: dict[tuple[str, tuple[int, ...]], Array] = {}

    def value(self, node: Node, lookup: Lookup) -> Array:
        """The vector (n,) that a node stands for; a constant has shape (). Raises `Unfit`."""
        with np.errstate(all="ignore"):
            return self._value(node, lookup)

    def _value(self, node: Node, lookup: Lookup) -> Array:
        match node:
            case Number(number):
                return np.asarray(number)
            case Symbol():
                known = lookup(node)
                return self._weight(node, (self.units,)) if known is None else known
            case Sum(left, right, sign):
                return self._same_size(self._value(left, lookup), sign * self._value(right, lookup), np.add)
            case Product(left, right):
                return self._product(left, right, lookup)
            case Quotient(left, right):
                return self._same_size(self._value(left, lookup), self._value(right, lookup), np.divide)
            case Power(base, exponent):
                return self._same_size(self._value(base, lookup), self._value(exponent, lookup), np.power)
            case Concat(parts):
                return np.concatenate([np.atleast_1d(self._value(part, lookup)) for part in parts])
            case Call(function, argument):
                return _FUNCTIONS[function](self._value(argument, lookup))

    def _product(self, left: Node, right: Node, lookup: Lookup) -> Array:
        free_left = isinstance(left, Symbol) and lookup(left) is None
        free_right = isinstance(right, Symbol) and lookup(right) is None
        if free_left and isinstance(left, Symbol):
            vector = self._value(right, lookup)
            return (
                self._weight(left, (self.units, vector.size)) @ vector
                if vector.ndim
                else vector * self._value(left, lookup)
            )
        if free_right and isinstance(right, Symbol):
            vector = self._value(left, lookup)
            return (
                vector @ self._weight(right, (vector.size, self.units))
                if vector.ndim
                else vector * self._value(right, lookup)
            )
        return self._same_size(self._value(left, lookup), self._value(right, lookup), np.multiply)

    def _same_size(self, left: Array, right: Array, operation: Callable[[Array, Array], Array]) -> Array:
        if left.ndim and right.ndim and left.shape != right.shape:
            raise Unfit(f"vectors of {left.size} and {right.size} numbers cannot be combined")
        return operation(left, right)

    def _weight(self, symbol: Symbol, shape: tuple[int, ...]) -> Array:
        key = (symbol.name, shape)
        if key not in self._weights:
            # Drawn by name, so that a weight has one value in all equations of a student.
            rng = np.random.default_rng([self._seed, *symbol.name.encode(), *shape])
            self._weights[key] = rng.uniform(-1, 1, shape)
        return self._weights[key]
