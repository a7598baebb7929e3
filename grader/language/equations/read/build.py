"""From what the grammar recognises to expressions; the callbacks of the parser, which builds no tree of its own."""

from __future__ import annotations

from typing import Any, cast

from lark import Token as Terminal
from lark import Transformer, v_args

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
    bare,
)

_TWO_ARGUMENTS: dict[str, Operator] = {"dot": "@", "multiply": "⊙"}


@v_args(inline=True)
class Builder(Transformer[Terminal, Any]):
    """Builds the expressions of one equation, from the inside out."""

    def number(self, token: Terminal) -> Expression:
        return Number(float(token))

    def symbol(self, token: Terminal) -> Expression:
        return cast(Symbol, token.value)

    def negative(self, _: Terminal, term: Expression) -> Expression:
        return Sum(((-1, term),))

    def positive(self, _: Terminal, term: Expression) -> Expression:
        return term

    def sum(self, first: Expression, *rest: Any) -> Expression:
        terms = list(first.terms) if isinstance(first, Sum) and len(first.terms) == 1 else [(1, first)]
        circled = False
        for operator, term in zip(rest[::2], rest[1::2], strict=True):
            terms.append((-1 if operator.type == "MINUS" else 1, term))
            circled |= operator.type == "CPLUS"
        return Sum(tuple(terms), circled)

    def product(self, *items: Any) -> Expression:
        factors: list[Expression] = []
        operators: list[Operator] = []
        pending: str | None = None
        for item in items:
            if isinstance(item, Terminal):
                pending = "/" if item.type == "SLASH" else "*" if item.type == "DOT" else str(item)
            elif pending == "/":
                factors, operators, pending = [Quotient(_product(factors, operators), item)], [], None
            else:
                if factors:
                    operators.append(cast(Operator, pending or ""))
                factors.append(item)
                pending = None
        return _product(factors, operators)

    def power(self, base: Expression, _: Terminal, exponent: Expression) -> Expression:
        return Power(base, exponent)

    def raised(self, base: Expression, exponent: Terminal) -> Expression:
        return Power(base, Number(float(exponent)))

    def euler(self, _: Terminal, exponent: Expression) -> Expression:
        return Call("exp", (bare(exponent),))

    def quotient(self, _: Terminal, above: Expression, below: Expression) -> Expression:
        return Quotient(above, below)

    def braced(self, _: Terminal, inner: Expression, __: Terminal) -> Expression:
        return inner

    def items(self, *items: Any) -> tuple[Expression, ...]:
        return tuple(item for item in items if not isinstance(item, Terminal))

    def round(self, _: Terminal, items: tuple[Expression, ...], __: Terminal) -> Expression:
        return Group(items[0], "(") if len(items) == 1 else Concatenation(items)

    def square(self, _: Terminal, items: tuple[Expression, ...], __: Terminal) -> Expression:
        return Group(items[0], "[") if len(items) == 1 else Concatenation(items)

    def braces(self, _: Terminal, items: tuple[Expression, ...], __: Terminal) -> Expression:
        return Group(items[0], "{") if len(items) == 1 else Concatenation(items)

    def argument(self, item: Expression) -> tuple[Expression, ...]:
        return (item.inner,) if isinstance(item, Group) and item.bracket != "(" else (item,)

    def arguments(self, _: Terminal, items: tuple[Expression, ...], __: Terminal) -> tuple[Expression, ...]:
        return items

    def call(self, function: Terminal, arguments: tuple[Expression, ...]) -> Expression:
        name = str(function)
        if name == "concat":
            # The axis is a number: `torch.cat((h, x), 1)`.
            arguments = tuple(item for item in arguments if not isinstance(item, Number)) or arguments
            only = arguments[0]
            while len(arguments) == 1 and isinstance(only, Group):
                only = only.inner
            return only if len(arguments) == 1 else Concatenation(arguments)
        if name in _TWO_ARGUMENTS and len(arguments) == 2:
            return Group(Product(arguments, (_TWO_ARGUMENTS[name],)))
        if name == "linear" and len(arguments) in (2, 3):
            product = Product((arguments[1], arguments[0]), ("@",))
            return Group(Sum(((1, product), *((1, bias) for bias in arguments[2:]))))
        if name in ("add", "subtract") and len(arguments) == 2:
            return Group(Sum(((1, arguments[0]), (1 if name == "add" else -1, arguments[1]))))
        return Call(name, arguments)

    def start(self, *items: Any) -> tuple[Expression, ...]:
        return tuple(item for item in items if not isinstance(item, Terminal))


def _product(factors: list[Expression], operators: list[Operator]) -> Expression:
    """A product; a diagonal matrix in it multiplies element by element."""
    for at, factor in enumerate(factors[:-1]):
        if isinstance(factor, Call) and factor.function == "diag" and len(factor.arguments) == 1:
            factors[at], operators[at] = Group(factor.arguments[0]), "⊙"
    return factors[0] if len(factors) == 1 else Product(tuple(factors), tuple(operators))
