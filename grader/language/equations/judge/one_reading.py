"""One side of one equation, read."""

from __future__ import annotations

from dataclasses import dataclass

from grader.language.equations.read.expressions import (
    Equation,
    Expression,
    Symbol,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One side of one equation in the names of the system."""

    left: Symbol
    right: Expression
    equation: Equation
    inline: bool = False
    later: Expression | None = None
    """The side as a program computes it: with the states that the lines before have computed."""

    @property
    def key(self) -> str:
        """By what other equations know the left side."""
        return self.left.key

    @property
    def text(self) -> str:
        """What the student wrote."""
        return " ".join(self.equation.text.split())
