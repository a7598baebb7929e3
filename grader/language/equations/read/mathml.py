"""An equation as MathML (presentation, MathML Core), for reports. All text is escaped."""

from __future__ import annotations

from html import escape

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

_OPERATORS = {"": "\u2062", "*": "·", "⊙": "⊙", "@": "\u2062"}
_ACCENTS = {"~": "~", "→": "→", "←": "←", "˙": "˙"}
_CLOSING = {"(": ")", "[": "]", "{": "}"}


def to_mathml(equation: Equation) -> str:
    """A `<math>` element that shows the equation as it was understood."""
    sides = [_symbol(equation.left), *map(_shown, equation.sides)]
    return f'<math display="block"><mrow>{_operator("=").join(sides)}</mrow></math>'


def _shown(expression: Expression) -> str:
    match expression:
        case Number(value):
            return f"<mn>{value:g}</mn>"
        case Symbol():
            return _symbol(expression)
        case Sum():
            return _sum(expression)
        case Product(factors, operators):
            text = _closed(factors[0])
            for sign, factor in zip(operators, factors[1:], strict=True):
                text += _operator(_OPERATORS[sign]) + _closed(factor)
            return _row(text)
        case Quotient(above, below):
            return f"<mfrac>{_row(_shown(above))}{_row(_shown(below))}</mfrac>"
        case Power(base, exponent):
            return f"<msup>{_row(_closed(base))}{_row(_shown(exponent))}</msup>"
        case Call():
            return _call(expression)
        case Concatenation(parts):
            return _fenced(_operator(",").join(map(_shown, parts)), "[")
        case Group(inner, bracket):
            return _fenced(_shown(inner), "(" if bracket == "{" else bracket)


def _call(call: Call) -> str:
    if call.function == "exp" and len(call.arguments) == 1:
        return f"<msup><mi>e</mi>{_row(_shown(call.arguments[0]))}</msup>"
    name = "σ" if call.function == "sigmoid" else escape(call.function)
    arguments = _fenced(_operator(",").join(map(_shown, call.arguments)), "(")
    return _row(f"<mi>{name}</mi>{_operator(chr(0x2061))}{arguments}")


def _symbol(symbol: Symbol) -> str:
    base = f"<mi>{escape(symbol.base)}</mi>"
    if symbol.accent:
        accent = _ACCENTS.get(symbol.accent, escape(symbol.accent))
        base = f'<mover accent="true">{base}<mo>{accent}</mo></mover>'
    marks = [f"<mi>{escape(symbol.mark)}</mi>"] if symbol.mark else []
    if symbol.lag is not None:
        step = _operator("−" if symbol.lag < 0 else "+") + f"<mn>{abs(symbol.lag)}</mn>" if symbol.lag else ""
        marks.append(f"<mi>t</mi>{step}")
    return f"<msub>{base}{_row(_operator(',').join(marks))}</msub>" if marks else base


def _sum(expression: Sum) -> str:
    text = ""
    for at, (sign, term) in enumerate(expression.terms):
        shown = _fenced(_shown(term), "(") if isinstance(term, Sum) else _shown(term)
        if at or sign < 0:
            text += _operator("−" if sign < 0 else "⊕" if expression.circled else "+")
        text += shown
    return _row(text)


def _closed(expression: Expression) -> str:
    shown = _shown(expression)
    return _fenced(shown, "(") if isinstance(expression, Sum | Product) else shown


def _fenced(inner: str, bracket: str) -> str:
    # Brackets grow with fractions; around letters some fonts would have them grow far too much.
    grow = "<mfrac>" in inner
    return _row(f"{_bracket(bracket, grow)}{inner}{_bracket(_CLOSING[bracket], grow)}")


def _bracket(sign: str, grow: bool) -> str:
    return _operator(sign) if grow else f'<mo stretchy="false">{sign}</mo>'


def _row(inner: str) -> str:
    return f"<mrow>{inner}</mrow>"


def _operator(sign: str) -> str:
    return f"<mo>{sign}</mo>"
