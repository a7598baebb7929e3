"""Executing an expression: states are given, weights are drawn in the shape that their place asks for.

Vectors come as batches (points, entries). What a weight is follows from where it stands: before a vector of another
size it is a matrix, alone in a sum it is a bias, and `⊙` before a vector of the same size makes it one weight per unit.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from grader.language.equations.compute.activations import FUNCTIONS
from grader.language.equations.compute.sizes import Sizes, named
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
)
from grader.language.equations.read.one_line import to_text

_PER_UNIT_LETTERS = frozenset("p")


@dataclass(slots=True)
class Evaluator(Sizes):
    """Evaluates expressions over a batch of values of the timed symbols.

    `greedy`: in `U r ⊙ h` the matrix U takes all of `r ⊙ h`. `matrices`: `W ⊙ h` is written for `W h`.
    """

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
            case Group(inner) if self.is_joined(inner):
                return self._concatenated(children(inner))
            case Group(inner):
                return self._value(inner, size)
            case Concatenation(parts):
                return self._concatenated(parts)
            case Call(function, arguments):
                return self._call(function, arguments, size)

    def _symbol(self, symbol: Symbol, size: int) -> Array:
        value = self.timed(symbol)
        if value is None:
            return self.weights.get(symbol.name, "bias", (size,))
        if value.shape[1] != size:
            raise Unexecutable("sizes", self.weights.vectors.misplaced(to_text(symbol)))
        return value

    def _sum(self, terms: tuple[tuple[int, Expression], ...], circled: bool, size: int) -> Array | float:
        sizes = {known for _, term in terms if (known := self.size(term))}
        if circled and len(sizes) > 1:
            return self._concatenated(tuple(term for _, term in terms))
        return sum((sign * self._value(term, size) for sign, term in terms), 0.0)

    def _concatenated(self, parts: tuple[Expression, ...]) -> Array:
        values = [self._value(part, self.size(part) or self.units) for part in parts]
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
            if named(factor) and not self.moves(factor):
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
        while at < len(factors) and (self.moves(factors[at]) or not named(factors[at])):
            at += 1
        return at

    def _fitting(self, factor: Expression, waiting: list[tuple[Expression, Operator]], size: int) -> int:
        """The size in which to ask for a factor: its own, where a matrix can take it or it must fail."""
        own = self.size(factor)
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
                parts = [sign * self._weight(term, kind, shape) for sign, term in terms if named(term)]
                return np.asarray(np.sum(parts, axis=0), dtype=np.float64)
        raise Unexecutable("weights", f"{to_text(weight)} cannot be read as a weight.")
