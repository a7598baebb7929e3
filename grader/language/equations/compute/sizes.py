"""How many entries an expression has, as far as it can be known without its weights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from grader.language.equations.compute.weights import Array
from grader.language.equations.read.expressions import (
    Call,
    Concatenation,
    Expression,
    Group,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    children,
    symbols,
)

Place = tuple[str, int]
"""The key of a symbol and its time step."""


@dataclass(slots=True)
class Sizes:
    """The sizes of expressions over a batch of values of the timed symbols, each (points, entries)."""

    units: int
    values: Mapping[Place, Array]

    def timed(self, symbol: Symbol) -> Array | None:
        return None if symbol.lag is None else self.values.get((symbol.key, symbol.lag))

    def moves(self, expression: Expression) -> bool:
        """Whether something in the expression changes with time, so that it is not a weight."""
        return any(self.timed(symbol) is not None for symbol in symbols(expression))

    def size(self, expression: Expression) -> int | None:
        """The number of entries: 0 for a number, None where it depends on a weight."""
        match expression:
            case Number():
                return 0
            case Symbol():
                value = self.timed(expression)
                return None if value is None else value.shape[1]
            case Sum(terms, circled):
                return self._size_of_sum([self.size(term) for _, term in terms], circled)
            case Product(factors) if all(self.moves(factor) or not named(factor) for factor in factors):
                return largest([self.size(factor) for factor in factors])
            case Quotient(above, below):
                return largest([self.size(above), self.size(below)])
            case Group(inner) if self.is_joined(inner):
                return sum(self.size(part) or 0 for part in children(inner))
            case Group(inner) | Power(inner):
                return self.size(inner)
            case Call(_, (only,)):
                return self.size(only)
            case Concatenation(parts):
                return sum(1 if (size := self.size(part)) == 0 else size or self.units for part in parts)
        return None

    def _size_of_sum(self, sizes: list[int | None], circled: bool) -> int | None:
        known = [size for size in sizes if size]
        if circled and len(set(known)) > 1:
            return sum(known)
        return largest(sizes)

    def is_joined(self, inner: Expression) -> bool:
        """Whether what stands in brackets without any sign between is two vectors side by side: `[h_{t-1} x_t]`."""
        if not isinstance(inner, Product) or any(inner.operators):
            return False
        sizes = {self.size(part) if isinstance(part, Symbol) else None for part in inner.factors}
        return None not in sizes and len(sizes) > 1


def named(expression: Expression) -> bool:
    return next(symbols(expression), None) is not None


def largest(sizes: list[int | None]) -> int | None:
    known = [size for size in sizes if size]
    if known:
        return known[0]
    return None if None in sizes else 0
