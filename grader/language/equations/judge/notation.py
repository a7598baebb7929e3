"""Notation that is no symbol: an x that is a sign, and an activation left open."""

from __future__ import annotations

from collections.abc import Callable

from grader.language.equations.read.expressions import (
    Call,
    Concatenation,
    Expression,
    Group,
    Operator,
    Product,
    Symbol,
    symbols,
)

CROSS, OPEN = Symbol("x"), Symbol("W")


def argument_of(factor: Expression) -> Expression | None:
    """What stands in the brackets behind an activation; None for something else."""
    if isinstance(factor, Concatenation):
        timed = tuple(part for part in factor.parts if any(item.lag is not None for item in symbols(part)))
        return Product((OPEN, Concatenation(timed)), ("",))
    return factor.inner if isinstance(factor, Group) else None


def uncrossed(expression: Expression) -> Expression:
    """`f_t x C_{t-1}`: an x without a time step between two factors, where the input is x_t, is a sign."""
    if not isinstance(expression, Product):
        return expression
    factors, operators = [expression.factors[0]], list[Operator]()
    for at in range(1, len(expression.factors)):
        factor, sign = expression.factors[at], expression.operators[at - 1]
        inside = at < len(expression.factors) - 1 and not sign and not expression.operators[at]
        if inside and factor == CROSS and len(factors) == len(operators) + 1:
            operators.append("*")
            continue
        if len(factors) == len(operators) + 1:
            operators.append(sign)
        factors.append(factor)
    return Product(tuple(factors), tuple(operators))


def activated(expression: Expression, is_open: Callable[[Expression], bool]) -> Expression:
    """`f(W x_t + ...)` with a name for an activation that is left open, as that of the reference.

    `f(h_{t-1}, x_t; θ)` leaves its weights open as well.
    """
    if not isinstance(expression, Product):
        return expression
    factors, operators = [expression.factors[0]], list[Operator]()
    for sign, factor in zip(expression.operators, expression.factors[1:], strict=True):
        inner = argument_of(factor)
        if sign == "" and inner is not None and is_open(factors[-1]):
            factors[-1] = Call("tanh", (inner,))
        else:
            operators.append(sign)
            factors.append(factor)
    return factors[0] if len(factors) == 1 else Product(tuple(factors), tuple(operators))
