"""An equation as one line of Unicode text, which reads back as the same equation."""

from __future__ import annotations

from grader.language.equations.read.expressions import (
    Call,
    Concatenation,
    Equation,
    Expression,
    Group,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
)

_ACCENTS = {"~": "\u0303", "'": "\u0303", "→": "\u20d7", "←": "\u20d6", "˙": "\u0307"}
_FUNCTIONS = {"sigmoid": "σ", "exp": "exp"}
_OPERATORS = {"": " ", "*": " * ", "⊙": " ⊙ ", "@": " @ "}
_CLOSING = {"(": ")", "[": "]", "{": ")"}


def to_text(equation: Equation | Expression) -> str:
    """The equation as it was understood, on one line: `f_t = σ(W_f [h_{t-1}, x_t] + b_f)`."""
    if isinstance(equation, Equation):
        return " = ".join(to_text(side) for side in (equation.left, *equation.sides))
    return _written(equation)


def _written(expression: Expression) -> str:
    match expression:
        case Number(value):
            return f"{value:g}"
        case Symbol():
            return _symbol(expression)
        case Sum(terms, circled):
            return _sum(terms, circled)
        case Product(factors, operators):
            return _product(factors, operators)
        case Quotient(above, below):
            return f"{_closed(above)} / {_closed(below)}"
        case Power(base, exponent):
            return f"{_closed(base)}^({_written(exponent)})"
        case Call(function, arguments):
            return f"{_FUNCTIONS.get(function, function)}({', '.join(map(_written, arguments))})"
        case Concatenation(parts):
            return f"[{', '.join(map(_written, parts))}]"
        case Group(inner, bracket):
            opening = "(" if bracket == "{" else bracket
            return opening + _written(inner) + _CLOSING[bracket]


def _symbol(symbol: Symbol) -> str:
    letters = symbol.base[:1] + _ACCENTS.get(symbol.accent, symbol.accent) + symbol.base[1:]
    marks = [symbol.mark] if symbol.mark else []
    if symbol.lag is not None:
        marks.append(f"t{symbol.lag:+d}" if symbol.lag else "t")
    index = ",".join(marks)
    if not index:
        return letters
    return f"{letters}_{index}" if len(index) == 1 else f"{letters}_{{{index}}}"


def _sum(terms: tuple[tuple[int, Expression], ...], circled: bool) -> str:
    text = ""
    for at, (sign, term) in enumerate(terms):
        written = f"({_written(term)})" if isinstance(term, Sum) else _written(term)
        if at == 0:
            text = written if sign > 0 else f"-{written}"
        else:
            text += f" {'-' if sign < 0 else '⊕' if circled else '+'} {written}"
    return text


def _product(factors: tuple[Expression, ...], operators: tuple[str, ...]) -> str:
    text = _closed(factors[0])
    for operator, factor in zip(operators, factors[1:], strict=True):
        text += _OPERATORS[operator] + _closed(factor)
    return text


def _closed(expression: Expression) -> str:
    """The expression, in brackets if it would otherwise come apart beside a product sign."""
    needs = isinstance(expression, Sum | Product | Quotient)
    return f"({_written(expression)})" if needs else _written(expression)
