"""Equations that students write: found, read into trees, and evaluated on numbers."""

from grader.language.formulas.evaluate import Evaluator, Unfit
from grader.language.formulas.find import equations
from grader.language.formulas.parse import ParseFailure, parse
from grader.language.formulas.tree import Call, Equation, Node, Product, Symbol, walk

__all__ = [
    "Call",
    "Equation",
    "Evaluator",
    "Node",
    "ParseFailure",
    "Product",
    "Symbol",
    "Unfit",
    "equations",
    "parse",
    "walk",
]
