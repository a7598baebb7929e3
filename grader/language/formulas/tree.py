"""What an equation says: symbols, sums, products, concatenations and functions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Time = Literal["now", "before"] | None
FunctionName = Literal["sigmoid", "tanh", "relu", "softmax", "exp"]


@dataclass(frozen=True, slots=True)
class Symbol:
    """A letter with its label and its time: `W_{xi}` is W with label "xi", `h_{t-1}` is h before."""

    base: str
    label: str = ""
    time: Time = None

    @property
    def name(self) -> str:
        """Letter and label together, without the time."""
        return f"{self.base}_{self.label}" if self.label else self.base


@dataclass(frozen=True, slots=True)
class Number:
    """A constant."""

    value: float


@dataclass(frozen=True, slots=True)
class Sum:
    """Two terms; the right one counts with its sign."""

    left: Node
    right: Node
    sign: Literal[1, -1]


@dataclass(frozen=True, slots=True)
class Product:
    """Two factors: a matrix product where one is a matrix, else element by element."""

    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Quotient:
    """One thing divided by another."""

    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Power:
    """A base with an exponent, as in e^{-z}."""

    base: Node
    exponent: Node


@dataclass(frozen=True, slots=True)
class Concat:
    """Vectors put one after the other."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A function of one argument."""

    function: FunctionName
    argument: Node


Node = Symbol | Number | Sum | Product | Quotient | Power | Concat | Call


@dataclass(frozen=True, slots=True)
class Equation:
    """`target = value`, and the text it was read from."""

    target: Symbol
    value: Node
    text: str


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly inside."""
    match node:
        case Sum(left, right, _) | Product(left, right) | Quotient(left, right) | Power(left, right):
            return (left, right)
        case Concat(parts):
            return parts
        case Call(_, argument):
            return (argument,)
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """The node and all inside it, from left to right."""
    yield node
    for child in children(node):
        yield from walk(child)
