"""Equations that students write: found, read, and judged by executing them."""

from grader.language.equations.find import EquationText, find
from grader.language.equations.judge import judge
from grader.language.equations.mathml import to_mathml
from grader.language.equations.parse import parse
from grader.language.equations.syntax import Equation, ParseFailure
from grader.language.equations.system import Form, Slip, Statement, StatementVerdict, System, SystemVerdict
from grader.language.equations.text import to_text

__all__ = [
    "Equation",
    "EquationText",
    "Form",
    "ParseFailure",
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
