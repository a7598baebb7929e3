"""What an equation is once it has been read: symbols and the expressions made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

Operator = Literal["", "*", "⊙", "@"]
"""How a product was written: side by side, with a sign that says nothing, element by element, as matrices."""

NOW = 0
PREVIOUS = -1


@dataclass(frozen=True, slots=True)
class Symbol:
    """A name with everything attached to it: `C̃_{t-1}` is base C, accent ~, lag -1; `W_xi` is base W, mark xi.

    `lag` is the time step relative to t, or None where no time is written.
    """

    base: str
    mark: str = ""
    accent: str = ""
    lag: int | None = None

    @property
    def name(self) -> str:
        """What tells this symbol from others, whatever its time."""
        return self.base + self.accent + (f"_{self.mark}" if self.mark else "")

    @property
    def key(self) -> str:
        """The name as far as it matters for states and gates, where C and c are the same."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Number:
    """A literal."""

    value: float


@dataclass(frozen=True, slots=True)
class Sum:
    """Terms with their signs, 1 or -1. `circled` marks sums written with ⊕, which may also mean concatenation."""

    terms: tuple[tuple[int, Expression], ...]
    circled: bool = False


@dataclass(frozen=True, slots=True)
class Product:
    """Factors in their order; `operators[k]` stands between factor k and factor k + 1."""

    factors: tuple[Expression, ...]
    operators: tuple[Operator, ...]


@dataclass(frozen=True, slots=True)
class Quotient:
    """A fraction."""

    above: Expression
    below: Expression


@dataclass(frozen=True, slots=True)
class Power:
    """A base to an exponent; Euler's e to an exponent is a call of exp."""

    base: Expression
    exponent: Expression


@dataclass(frozen=True, slots=True)
class Call:
    """A function of its arguments."""

    function: str
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Concatenation:
    """Vectors one after the other."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Something in brackets; `[h x]` may mean a concatenation, which is known only when h and x are."""

    inner: Expression
    bracket: Literal["(", "[", "{"] = "("


Expression = Number | Symbol | Sum | Product | Quotient | Power | Call | Concatenation | Group


@dataclass(frozen=True, slots=True)
class Equation:
    """`left = sides[0] = sides[1] ...`; `repaired` says what was amended to read it, or is empty.

    `indices` are the letters over which its sums go: `j` in `Σ_j w_kj x_j`.
    """

    left: Symbol
    sides: tuple[Expression, ...]
    text: str
    repaired: str = ""
    indices: frozenset[str] = frozenset()

    @property
    def right(self) -> Expression:
        """What stands behind the first equals sign."""
        return self.sides[0]


@dataclass(frozen=True, slots=True)
class ParseFailure:
    """Reading stopped at the character `where` (from 0) of the text, because of `what`."""

    where: int
    what: str
    text: str = ""
    left: Symbol | None = None


def children(expression: Expression) -> tuple[Expression, ...]:
    """The expressions directly inside an expression."""
    match expression:
        case Sum(terms):
            return tuple(term for _, term in terms)
        case Product(factors):
            return factors
        case Quotient(above, below):
            return (above, below)
        case Power(base, exponent):
            return (base, exponent)
        case Call(_, parts) | Concatenation(parts):
            return parts
        case Group(inner):
            return (inner,)
    return ()


def with_children(expression: Expression, inner: tuple[Expression, ...]) -> Expression:
    """The same kind of expression around others, which come in the order of `children`."""
    match expression:
        case Sum(terms):
            return replace(expression, terms=tuple((sign, new) for (sign, _), new in zip(terms, inner, strict=True)))
        case Product():
            return replace(expression, factors=inner)
        case Quotient():
            return Quotient(*inner)
        case Power():
            return Power(*inner)
        case Call():
            return replace(expression, arguments=inner)
        case Concatenation():
            return Concatenation(inner)
        case Group():
            return replace(expression, inner=inner[0])
    return expression


def rewrite(expression: Expression, change: Callable[[Expression], Expression]) -> Expression:
    """Apply `change` to everything in an expression, from the inside out."""
    inner = children(expression)
    if inner:
        expression = with_children(expression, tuple(rewrite(child, change) for child in inner))
    return change(expression)


def walk(expression: Expression) -> Iterator[Expression]:
    """The expression and everything inside it, from the outside in, left to right."""
    stack = [expression]
    while stack:
        item = stack.pop()
        yield item
        stack.extend(reversed(children(item)))


def symbols(expression: Expression) -> Iterator[Symbol]:
    """The symbols of an expression from left to right, as often as they occur."""
    return (item for item in walk(expression) if isinstance(item, Symbol))


def depth(expression: Expression) -> int:
    """How many expressions are inside one another."""
    deepest, level = 0, [expression]
    while level:
        deepest += 1
        level = [child for item in level for child in children(item)]
    return deepest


def bare(expression: Expression) -> Expression:
    """The expression without brackets around all of it."""
    while isinstance(expression, Group):
        expression = expression.inner
    return expression
