"""The mistakes that can be made in any statement, each made on purpose in the reference so that it can be recognised."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from grader.language.equations.reference import values
from grader.language.equations.syntax import (
    NOW,
    PREVIOUS,
    Call,
    Expression,
    Group,
    Number,
    Product,
    Quotient,
    Sum,
    Symbol,
    bare,
    children,
    rewrite,
    symbols,
    with_children,
)
from grader.language.equations.system import Mutation, System
from grader.language.equations.text import to_text

SHOWN = {"sigmoid": "σ (the sigmoid)", "tanh": "tanh", "relu": "ReLU", "softmax": "softmax", "exp": "exp"}
_ACTIVATIONS = ("sigmoid", "tanh", "relu")


@lru_cache(maxsize=128)
def mutations(system: System, role: str) -> tuple[Mutation, ...]:
    """Every single mistake in the statement of a role, the likelier ones first."""
    reference = bare(system.equations[role].right)
    found = [*_changed(system, reference), *_exchanged(system, reference), *_around(system, reference)]
    return tuple(found)


def is_timed(system: System, symbol: Symbol) -> bool:
    """Whether a symbol of the reference is a state, a gate or an input."""
    return symbol.lag is not None and (symbol.key, symbol.lag) in values(system)


def _changed(system: System, expression: Expression) -> Iterator[Mutation]:
    yield from _here(system, expression)
    inner = children(expression)
    for at, child in enumerate(inner):
        for change in _changed(system, child):
            others = (*inner[:at], change.expression, *inner[at + 1 :])
            yield replace(change, expression=with_children(expression, others))


def _here(system: System, expression: Expression) -> Iterator[Mutation]:
    match expression:
        case Call():
            yield from _other_function(expression)
        case Symbol() if is_timed(system, expression):
            yield from _other_symbol(system, expression)
        case Sum():
            yield from _other_sum(system, expression)
        case Product():
            yield from _other_product(system, expression)


def _other_function(call: Call) -> Iterator[Mutation]:
    wanted = SHOWN[call.function]
    inner = Group(call.arguments[0])
    yield Mutation(f"no_{call.function}", f"{wanted} is missing around {to_text(inner.inner)}.", inner)
    for other in _ACTIVATIONS:
        if other != call.function:
            message = f"{SHOWN[other]} stands where {wanted} belongs."
            yield Mutation(f"{other}_for_{call.function}", message, replace(call, function=other))


def _other_symbol(system: System, symbol: Symbol) -> Iterator[Mutation]:
    size = values(system)[symbol.key, symbol.lag or NOW].shape[1]
    lefts = {equation.left.key: equation.left for equation in system.equations.values()}
    for (key, lag), value in values(system).items():
        if value.shape[1] != size or lag > NOW or (key, lag) == (symbol.key, symbol.lag):
            continue
        other = replace(symbol if key == symbol.key else lefts.get(key, symbol), lag=lag)
        if other.key != key or (lag == PREVIOUS and key not in system.states and key != symbol.key):
            continue
        slip = "other_symbol"
        if key == symbol.key:
            slip = "current_for_previous" if lag == NOW else "previous_for_current"
        yield Mutation(slip, f"{to_text(other)} stands where {to_text(symbol)} belongs.", other)


def _other_sum(system: System, expression: Sum) -> Iterator[Mutation]:
    terms = expression.terms
    for at, (sign, term) in enumerate(terms):
        rest = terms[:at] + terms[at + 1 :]
        timed = [symbol for symbol in symbols(term) if is_timed(system, symbol)]
        if rest and timed:
            yield Mutation("missing_term", f"{to_text(term)} is missing.", Sum(rest))
        if all(is_timed(system, symbol) for symbol in symbols(term)) and len(terms) > 1:
            wanted = "added" if sign > 0 else "subtracted"
            turned = (*terms[:at], (-sign, term), *terms[at + 1 :])
            yield Mutation("sign", f"{to_text(term)} has the wrong sign: it is {wanted}.", Sum(turned))
    if all(is_timed(system, symbol) for symbol in symbols(expression)) and len(terms) > 1:
        product = Product(tuple(term for _, term in terms), ("*",) * (len(terms) - 1))
        yield Mutation("product_for_sum", f"A product stands where there is a sum: {to_text(expression)}.", product)


def _other_product(system: System, expression: Product) -> Iterator[Mutation]:
    factors = expression.factors
    if not all(is_timed(system, symbol) for symbol in symbols(expression)):
        return
    for at, factor in enumerate(factors):
        rest = factors[:at] + factors[at + 1 :]
        left = rest[0] if len(rest) == 1 else Product(rest, expression.operators[1:])
        yield Mutation("missing_factor", f"The factor {to_text(factor)} is missing.", left)
    message = f"The operation is wrong: it is a product, {to_text(expression)}."
    yield Mutation("sum_for_product", message, Group(Sum(tuple((1, factor) for factor in factors))))
    if len(factors) == 2:
        yield Mutation("quotient_for_product", message, Quotient(*factors))
        yield Mutation("quotient_for_product", message, Quotient(*factors[::-1]))


def _exchanged(system: System, expression: Expression) -> Iterator[Mutation]:
    """Two symbols of the statement in each other's place."""
    timed = list(dict.fromkeys(symbol for symbol in symbols(expression) if is_timed(system, symbol)))
    for at, first in enumerate(timed):
        for second in timed[at + 1 :]:
            if values(system)[first.key, first.lag or 0].shape == values(system)[second.key, second.lag or 0].shape:
                places: dict[Expression, Expression] = {first: second, second: first}
                message = f"{to_text(first)} and {to_text(second)} have changed places."
                yield Mutation("exchanged", message, rewrite(expression, lambda part, to=places: to.get(part, part)))


def _around(system: System, expression: Expression) -> Iterator[Mutation]:
    """Something too much: a factor, an activation, 1 minus it."""
    for function in ("tanh", "sigmoid"):
        if not isinstance(expression, Call):
            message = f"{SHOWN[function]} around the whole right side does not belong there."
            yield Mutation(f"extra_{function}", message, Call(function, (expression,)))
    free = all(is_timed(system, symbol) for symbol in symbols(expression))
    if not free:
        return
    yield Mutation("sign", "The whole right side has the wrong sign.", Sum(((-1, Group(expression)),)))
    yield Mutation("one_minus", "1 minus the right side was computed.", Sum(((1, Number(1)), (-1, Group(expression)))))
    for left in (equation.left for equation in system.equations.values()):
        for lag in (NOW, PREVIOUS):
            other = replace(left, lag=lag)
            if lag == NOW or left.key in system.states:
                product = Product((Group(expression), other), ("*",))
                yield Mutation("extra_factor", f"The factor {to_text(other)} does not belong there.", product)
    yield from _activated_inside(system, expression)


def _activated_inside(system: System, expression: Expression) -> Iterator[Mutation]:
    """tanh around one symbol, as in `f_t * tanh(c_{t-1})`."""
    for symbol in dict.fromkeys(symbols(expression)):
        if is_timed(system, symbol):
            wrapped: dict[Expression, Expression] = {symbol: Call("tanh", (symbol,))}
            message = f"tanh around {to_text(symbol)} does not belong there."
            yield Mutation("extra_tanh", message, rewrite(expression, lambda part, to=wrapped: to.get(part, part)))
