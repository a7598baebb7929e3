"""Block matrices multiplied out: `[W U] [x; h]` is `W x + U h`."""

from __future__ import annotations

from dataclasses import replace

from grader.language.equations.judge.states import is_weight
from grader.language.equations.judge.system import System
from grader.language.equations.read.expressions import (
    Concatenation,
    Equation,
    Expression,
    Group,
    Operator,
    Product,
    Sum,
    Symbol,
    rewrite,
    symbols,
)


def without_blocks(equations: list[Equation], _: System) -> list[Equation]:
    """`[W U] [x; h]` is `W x + U h`, and `[f i] [c; g]` is `f c + i g`."""
    return [
        replace(equation, sides=tuple(rewrite(side, _multiplied) for side in equation.sides)) for equation in equations
    ]


def _multiplied(item: Expression) -> Expression:
    if isinstance(item, Concatenation) and len(item.parts) == 2:
        weight, vector = item.parts
        inner = isinstance(weight, Symbol) and is_weight(weight) and not holds_weight(vector)
        return Group(Product((weight, vector), ("@",))) if inner else item
    if not isinstance(item, Product):
        return item
    factors, operators = list(item.factors), list(item.operators)
    for at in range(len(factors) - 1):
        if factors[at] == Symbol("c") and not operators[at] and isinstance(factors[at + 1], Concatenation):
            # R joins vectors with the function c.
            del factors[at], operators[at]
            break
        row, column = _entries(factors[at]), _entries(factors[at + 1])
        weights = [isinstance(entry, Symbol) and is_weight(entry) for entry in row]
        parts = not any(map(holds_weight, row)) and operators[at] != "⊙"
        if (all(weights) or parts) and 1 < len(row) == len(column) and not any(map(holds_weight, column)):
            sign: Operator = "*" if parts else "@"
            terms = tuple((1, Product((one, other), (sign,))) for one, other in zip(row, column, strict=True))
            factors[at : at + 2] = [Group(Sum(terms))]
            del operators[at]
            break
    return factors[0] if len(factors) == 1 else Product(tuple(factors), tuple[Operator, ...](operators))


def _entries(item: Expression) -> tuple[Expression, ...]:
    """What stands side by side, or one above the other, in square brackets."""
    while isinstance(item, Group) and isinstance(item.inner, Group | Concatenation):
        item = item.inner
    if isinstance(item, Concatenation):
        return item.parts
    joined = isinstance(item, Group) and isinstance(item.inner, Product) and not any(item.inner.operators)
    return item.inner.factors if joined and isinstance(item, Group) and isinstance(item.inner, Product) else ()


def holds_weight(item: Expression) -> bool:
    return any(is_weight(symbol) for symbol in symbols(item))
