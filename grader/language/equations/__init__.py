"""Equations that students write: found, read, and judged by executing them."""

from grader.language.equations.find.finding import EquationText, find
from grader.language.equations.find.prepare import Names
from grader.language.equations.judge.system import (
    Form,
    Sayings,
    Slip,
    Statement,
    StatementVerdict,
    System,
    SystemVerdict,
)
from grader.language.equations.judge.system_verdict import judge
from grader.language.equations.read.expressions import Equation, ParseFailure
from grader.language.equations.read.mathml import to_mathml
from grader.language.equations.read.one_line import to_text
from grader.language.equations.read.parse import parse

__all__ = [
    "Equation",
    "EquationText",
    "Form",
    "Names",
    "ParseFailure",
    "Sayings",
    "Slip",
    "Statement",
    "StatementVerdict",
    "System",
    "SystemVerdict",
    "find",
    "judge",
    "parse",
    "to_mathml",
    "to_text",
]
