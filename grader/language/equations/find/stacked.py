r"""Equations of several quantities in one, in matrices of LaTeX.

`(i, f, o, g)ᵀ = (σ, σ, σ, tanh)ᵀ W (h_{t-1}, x_t)ᵀ` gives each a function and a weight of its own; without functions
the rows are parts of what stands on the right. A matrix on the right with as many rows as the left side has a row for
each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

MOST_ROWS = 8
MOST_MATRICES = 100
_KIND = r"\{(?:[bpvB]?matrix|array)\}"
_MATRIX = rf"\\begin{_KIND}(?:\{{[clr|\s]{{0,9}}\}})?(?P<NAME>(?:[^$\\]|\\(?:[^$e]|e(?!n))){{1,300}})\\end{_KIND}"
_LEFT, _FUNCTIONS = _MATRIX.replace("NAME", "left"), _MATRIX.replace("NAME", "functions")
_INNER = re.compile(_MATRIX.replace("NAME", "inner"))
_END = r"\$\$|\\\]|\n[ \t]*\n|\\end\{(?:align|equation|gather|split)|$"
_STACKED = re.compile(
    rf"{_LEFT}(?:\s|\\right.|\)|\])*+&?\s*=(?:\s|&|\\left.|\(|\[)*(?:{_FUNCTIONS}"
    rf"(?:\s|\\right.|\\circ|\\odot)*+)?(?P<rest>[^$=]{{1,700}}?)(?={_END})"
)
_ROWS = re.compile(r"\\\\")
_ACTIVATION = re.compile(r"\\?(?:sigma|sigmoid|sigm|tanh|phi|mathrm\{\w+\}|text\{\w+\}|operatorname\{\w+\})|[σφ]")
_WEIGHT = re.compile(r"(?<![\\\w{])([WTUVRAMb])(?:_\{([^{}]{1,20})\}|_(\w))?(?![\w_{])")


def stacked(text: str) -> Iterator[tuple[str, int, int]]:
    """Each of the equations as one of its own, and where the whole begins and ends."""
    if not 0 < text.count("\\begin") <= MOST_MATRICES:
        return
    for found in _STACKED.finditer(text):
        left, functions, rest = _rows(found["left"]), _rows(found["functions"] or ""), found["rest"]
        if functions and not all(_ACTIVATION.fullmatch(function) for function in functions):
            rest = text[found.start("functions") :][: found.end("rest") - found.start("functions")]
            rest, functions = f"\\begin{{pmatrix}}{rest}", []
        if not 2 <= len(left) <= MOST_ROWS or (functions and len(functions) != len(left)):
            continue
        for number, symbol in enumerate(left, start=1):
            row = _WEIGHT.sub(rf"\1_{{\2\g<3>{number}}}", _row(rest, number - 1, len(left))).strip(" .,\n")
            yield f"{symbol} = {functions[number - 1]}({row})" if functions else f"{symbol} = {row}", *found.span()


def _rows(matrix: str) -> list[str]:
    return [row.strip() for row in _ROWS.split(matrix) if row.strip()]


def _row(rest: str, number: int, rows: int) -> str:
    """What stands on the right for one row: of matrices with as many rows, that row."""

    def one(inner: re.Match[str]) -> str:
        found = _rows(inner["inner"])
        return inner[0].replace(inner["inner"], found[number]) if len(found) == rows and rows > 2 else inner[0]

    return _INNER.sub(one, rest)
