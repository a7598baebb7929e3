"""Executing an expression: states are given, weights are drawn in the shape that their place asks for.

Vectors come as batches (points, entries). What a weight is follows from where it stands: before a vector of another
size it is a matrix, alone in a sum it is a bias, and `⊙` before a vector of the same size makes it one weight per unit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from grader.language.equations.compute.weights import Array, Kind, Unexecutable, Weights
from grader.language.equations.read.expressions import (
    Call,
    Concatenation,
    Expression,
    Group,
    Number,
    Operator,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    children,
    symbols,
)
from grader.language.equations.read.one_line import to_text

Place = tuple[str, int]
"""The key of a symbol and its time step."""

_PER_UNIT_LETTERS = frozenset("p")


def _softmax(z: Array) -> Array:
    powers = np.exp(z - z.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


FUNCTIONS: dict[str, Callable[[Array], Array]] = {
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "tanh": np.tanh,
    "exp": np.exp,
    "relu": lambda z: np.maximum(z, 0),
    "softmax": _softmax,
    "cos": np.cos,
    "sin": np.sin,
    "log": np.log,
    "sqrt": np.sqrt,
    "identity": lambda z: z,
    "constant": np.zeros_like,
}


@dataclass(slots=True)
class Evaluator:
    """Evaluates expressions over a batch of values of the timed symbols.

    `greedy`: in `U r ⊙ h` the matrix U takes all of `r ⊙ h`. `matrices`: `W ⊙ h` is written for `W h`.
    """

    units: int
    values: Mapping[Place, Array]
    weights: Weights
    greedy: bool = False
    matrices: bool = False
    notes: list[str] = field(default_factory=list)

    def run(self, expression: Expression) -> Array:
        """The value as (points, units). Raises `Unexecutable`."""
        some = next(iter(self.values.values()))
        try:
            with np.errstate(all="ignore"):
                value = self._value(expression, self.units)
            return np.broadcast_to(value, (len(some), self.units)).astype(float)
        except ValueError as error:
            raise Unexecutable("sizes", self.weights.vectors.combined()) from error

    # Sizes -----------------------------------------------------------------------------------------------------------

    def _timed(self, symbol: Symbol) -> Array | None:
        return None if symbol.lag is None else self.values.get((symbol.key, symbol.lag))

    def _moves(self, expression: Expression) -> bool:
        """Whether something in the expression changes with time, so that it is not a weight."""
        return any(self._timed(symbol) is not None for symbol in symbols(expression))

    def _size(self, expression: Expression) -> int | None:
        """The number of entries: 0 for a number, None where it depends on a weight."""
        match expression:
            case Number():
                return 0
            case Symbol():
                value = self._timed(expression)
                return None if value is None else value.shape[1]
            case Sum(terms, circled):
                return self._size_of_sum([self._size(term) for _, term in terms], circled)
            case Product(factors) if all(self._moves(factor) or not _named(factor) for factor in factors):
                return _largest([self._size(factor) for factor in factors])
            case Quotient(above, below):
                return _largest([self._size(above), self._size(below)])
            case Group(inner) if self._is_joined(inner):
                return sum(self._size(part) or 0 for part in children(inner))
            case Group(inner) | Power(inner):
                return self._size(inner)
            case Call(_, (only,)):
                return self._size(only)
            case Concatenation(parts):
                return sum(1 if (size := self._size(part)) == 0 else size or self.units for part in parts)
        return None

    def _size_of_sum(self, sizes: list[int | None], circled: bool) -> int | None:
        known = [size for size in sizes if size]
        if circled and len(set(known)) > 1:
            return sum(known)
        return _largest(sizes)

    def _is_joined(self, inner: Expression) -> bool:
        """Whether what stands in brackets without any sign between is two vectors side by side: `[h_{t-1} x_t]`."""
        if not isinstance(inner, Product) or any(inner.operators):
            return False
        sizes = {self._size(part) if isinstance(part, Symbol) else None for part in inner.factors}
        return None not in sizes and len(sizes) > 1

    # Values ----------------------------------------------------------------------------------------------------------

    def _value(self, expression: Expression, size: int) -> Array | float:
        match expression:
            case Number(value):
                return value
            case Symbol():
                return self._symbol(expression, size)
            case Sum(terms, circled):
                return self._sum(terms, circled, size)
            case Product(factors, operators):
                return self._product(factors, operators, size)
            case Quotient(above, below):
                return np.divide(self._value(above, size), self._value(below, size))
            case Power(base, exponent):
                return np.power(self._value(base, size), self._value(exponent, size))
            case Group(inner) if self._is_joined(inner):
                return self._concatenated(children(inner))
            case Group(inner):
                return self._value(inner, size)
            case Concatenation(parts):
                return self._concatenated(parts)
            case Call(function, arguments):
                return self._call(function, arguments, size)

    def _symbol(self, symbol: Symbol, size: int) -> Array:
        value = self._timed(symbol)
        if value is None:
            return self.weights.get(symbol.name, "bias", (size,))
        if value.shape[1] != size:
            raise Unexecutable("sizes", self.weights.vectors.misplaced(to_text(symbol)))
        return value

    def _sum(self, terms: tuple[tuple[int, Expression], ...], circled: bool, size: int) -> Array | float:
        sizes = {known for _, term in terms if (known := self._size(term))}
        if circled and len(sizes) > 1:
            return self._concatenated(tuple(term for _, term in terms))
        return sum((sign * self._value(term, size) for sign, term in terms), 0.0)

    def _concatenated(self, parts: tuple[Expression, ...]) -> Array:
        values = [self._value(part, self._size(part) or self.units) for part in parts]
        points = max((len(value) for value in values if isinstance(value, np.ndarray) and value.ndim == 2), default=1)
        columns = [np.broadcast_to(value, (points, 1)) if np.ndim(value) == 0 else value for value in values]
        wide = [np.broadcast_to(column, (points, np.shape(column)[-1])) for column in columns]
        return np.concatenate(wide, axis=1)

    def _call(self, function: str, arguments: tuple[Expression, ...], size: int) -> Array | float:
        if len(arguments) != 1 or function not in FUNCTIONS:
            raise Unexecutable("arguments", f"{function} takes one argument here, not {len(arguments)}.")
        value = np.asarray(self._value(arguments[0], size), dtype=float)
        return FUNCTIONS[function](value)

    # Products --------------------------------------------------------------------------------------------------------

    def _product(self, factors: tuple[Expression, ...], operators: tuple[Operator, ...], size: int) -> Array | float:
        waiting: list[tuple[Expression, Operator]] = []
        result: Array | float | None = None
        at = 0
        while at < len(factors):
            factor = factors[at]
            if _named(factor) and not self._moves(factor):
                waiting.append((factor, operators[at] if at < len(operators) else ""))
                at += 1
                continue
            end = self._run_end(factors, at) if waiting and self.greedy else at + 1
            value: Array | float = 1.0
            for item in factors[at:end]:
                value = value * self._value(item, self._fitting(item, waiting, size))
            if isinstance(value, np.ndarray):
                for weight, operator in reversed(waiting):
                    value = self._weighted(weight, operator, value, size)
                waiting = []
            result = value if result is None else self._times(result, value)
            at = end
        return self._trailing(waiting, operators, result, size)

    def _times(self, left: Array | float, right: Array | float) -> Array | float:
        sizes = {value.shape[-1] for value in (left, right) if isinstance(value, np.ndarray)}
        if len(sizes) > 1:
            raise Unexecutable("sizes", self.weights.vectors.combined())
        return left * right

    def _run_end(self, factors: tuple[Expression, ...], at: int) -> int:
        while at < len(factors) and (self._moves(factors[at]) or not _named(factors[at])):
            at += 1
        return at

    def _fitting(self, factor: Expression, waiting: list[tuple[Expression, Operator]], size: int) -> int:
        """The size in which to ask for a factor: its own, where a matrix can take it or it must fail."""
        own = self._size(factor)
        return own or (self.units if waiting else size)

    def _trailing(
        self,
        waiting: list[tuple[Expression, Operator]],
        operators: tuple[Operator, ...],
        result: Array | float | None,
        size: int,
    ) -> Array | float:
        """Weights behind the vector (`x_t W`), or weights alone."""
        if result is None or not isinstance(result, np.ndarray):
            value: Array = self._weight(waiting[-1][0], "bias", (size,)) if waiting else np.ones(1)
            for weight, operator in reversed(waiting[:-1]):
                value = self._weighted(weight, operator, np.atleast_2d(value), size)
            return value * (1.0 if result is None else result)
        first = len(operators) - len(waiting)
        for offset, (weight, _) in enumerate(waiting):
            result = self._weighted(weight, operators[first + offset], result, size)
        if result.shape[-1] != size:
            raise Unexecutable(
                "sizes", "The vectors in this product have different sizes; compare the expected equation."
            )
        return result

    def _weighted(self, weight: Expression, operator: Operator, value: Array, size: int) -> Array:
        entries = value.shape[1]
        single = isinstance(weight, Symbol) and weight.base[:1] in _PER_UNIT_LETTERS and operator != "@"
        if entries == size and not self.matrices and (operator == "⊙" or single):
            return value * self._weight(weight, "per unit", (size,))
        if operator == "⊙":
            note = f"{to_text(weight)} multiplies as a matrix; ⊙ and ∘ mean a product element by element."
            self.notes.append(note)
        return value @ self._weight(weight, "matrix", (size, entries)).T

    def _weight(self, weight: Expression, kind: Kind, shape: tuple[int, ...]) -> Array:
        match weight:
            case Symbol():
                return self.weights.get(weight.name, kind, shape)
            case Group(inner):
                return self._weight(inner, kind, shape)
            case Sum(terms):
                parts = [sign * self._weight(term, kind, shape) for sign, term in terms if _named(term)]
                return np.asarray(np.sum(parts, axis=0), dtype=np.float64)
        raise Unexecutable("weights", f"{to_text(weight)} cannot be read as a weight.")


def _named(expression: Expression) -> bool:
    return next(symbols(expression), None) is not None


def _largest(sizes: list[int | None]) -> int | None:
    known = [size for size in sizes if size]
    if known:
        return known[0]
    return None if None in sizes else 0
