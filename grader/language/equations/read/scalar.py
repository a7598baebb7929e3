"""Which function of one number a formula is: `1 / (1 + e^{-z})` is the sigmoid, whatever z is called."""

from __future__ import annotations

import math
from collections.abc import Callable

from grader.language.equations.read.expressions import (
    Call,
    Expression,
    Group,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
)

_POINTS = (-1.7, -0.3, 0.4, 2.1)
_NUMBERS: dict[str, Callable[[float], float]] = {
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
    "tanh": math.tanh,
    "relu": lambda z: max(z, 0.0),
    "exp": math.exp,
    "sqrt": math.sqrt,
    "log": math.log,
    "cos": math.cos,
    "sin": math.sin,
    "identity": lambda z: z,
}
_CONSTANT = "constant"
"""A function that has the same value everywhere."""
_KNOWN = ("sigmoid", "tanh", "relu", "exp", "cos", "sin", "identity")


def function_of(expression: Expression, variable: str) -> str | None:
    """The known function that an expression is of its variable; None for any other."""
    try:
        found = [_value(expression, variable, point) for point in _POINTS]
    except (ValueError, ArithmeticError, KeyError):
        return None
    for name in _KNOWN:
        wanted = [_NUMBERS[name](point) for point in _POINTS]
        if all(math.isclose(one, other, abs_tol=1e-9) for one, other in zip(found, wanted, strict=True)):
            return name
    return _CONSTANT if all(math.isclose(one, found[0], abs_tol=1e-9) for one in found) else None


def _value(expression: Expression, variable: str, at: float) -> float:
    """The value where the variable is `at`. Raises `KeyError` for anything that is neither number nor variable."""
    match expression:
        case Number(value):
            return value
        case Symbol(base) if base == variable and not expression.mark and not expression.accent:
            return at
        case Sum(terms):
            return sum(sign * _value(term, variable, at) for sign, term in terms)
        case Product(factors):
            return math.prod(_value(factor, variable, at) for factor in factors)
        case Quotient(above, below):
            return _value(above, variable, at) / _value(below, variable, at)
        case Power(Symbol("e"), exponent):
            return math.exp(_value(exponent, variable, at))
        case Power(base, exponent):
            power = _value(base, variable, at) ** _value(exponent, variable, at)
            return float(power) if isinstance(power, float) else math.nan
        case Call(function, (argument,)):
            return float(_NUMBERS[function](_value(argument, variable, at)))
        case Group(inner):
            return _value(inner, variable, at)
    raise KeyError(type(expression).__name__)
