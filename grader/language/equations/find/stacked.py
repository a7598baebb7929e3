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
_KIND = r"\{(?:[bpvB]?(?:small)?matrix|array)\*?\}"
_MATRIX = rf"\\begin{_KIND}(?:\{{[clr|\s]{{0,9}}\}})?(?P<NAME>(?:[^$\\]|\\(?:[^$e]|e(?!n))){{1,300}})\\end{_KIND}"
_LEFT, _FUNCTIONS = _MATRIX.replace("NAME", "left"), _MATRIX.replace("NAME", "functions")
_ANY = _MATRIX.replace("(?P<NAME>", "(?:")
_INNER = re.compile(_MATRIX.replace("NAME", "inner"))
_STACKED = re.compile(
    rf"{_LEFT}(?:\s|\\right.|\)|\])*+&?\s*=(?:\s|&|\\left.|\(|\[)*(?:(?P<matrix>){_FUNCTIONS}"
    rf"(?:\s|\\right.|\\circ|\\odot)*+)?(?P<rest>(?:{_ANY}|(?!\n[ \t]*\n)[^$=\\]|\\(?!\\|begin|end|\])[^$]){{1,700}}+)"
)
_FACTOR = re.compile(r"(?:\\(?:[co]dot|circ|times|ast)|\\end\{[a-zA-Z]{1,12}\*?\}|[*·⊙∘⋅+=])$")
_ROWS = re.compile(r"\\\\")
_ACTIVATION = re.compile(
    r"(?:\\[a-zA-Z]{2,14}\*?\s?\{\s?){0,2}(?:\{\s?\\(?:rm|bf|tt|sf)\s)?\\?(?P<name>sigma|sigmoid|sigm|sig|tanh|logistic|phi|[σφ])\s?\}{0,3}"
    r"(?:\(\\?[·\w.]{1,4}\))?"
)
_READ_AS = {"tanh": "\\tanh", "phi": "\\tanh", "φ": "\\tanh"}
_NEXT = re.compile(r"[,;]|\\q?quad|\\,|\n")
_WEIGHT = re.compile(r"(?<![\\\w{])([WTUVRAMb])(?:_\{([^{}]{1,20})\}|_(\w))?(?![\w_{])")


def stacked(text: str) -> Iterator[tuple[str, int, int]]:
    """Each of the equations as one of its own, and where the whole begins and ends."""
    if not 0 < text.count("\\begin") <= MOST_MATRICES:
        return
    for found in _STACKED.finditer(text):
        if _FACTOR.search(text[max(0, found.start() - 40) : found.start()].removesuffix("\\left(").rstrip()):
            continue
        left, rows, rest = _rows(found["left"]), _rows(found["functions"] or ""), found["rest"]
        named = [_ACTIVATION.fullmatch(row) for row in rows]
        functions = [_READ_AS.get(one["name"], "\\sigma") for one in named if one]
        if len(functions) < len(rows):
            rest, functions = text[found.start("matrix") : found.end("rest")], []
        if text[found.end() : found.end() + 1] == "=":
            rest = _without_next(rest)
        if not 2 <= len(left) <= MOST_ROWS or (functions and len(functions) != len(left)):
            continue
        for number, symbol in enumerate(left, start=1):
            row = _WEIGHT.sub(rf"\1_{{\2\g<3>{number}}}", _row(rest, number - 1, len(left))).strip(" .,\n")
            yield f"{symbol} = {functions[number - 1]}({row})" if functions else f"{symbol} = {row}", *found.span()


def _rows(matrix: str) -> list[str]:
    return [row.strip() for row in _ROWS.split(matrix) if row.strip()]


def _without_next(rest: str) -> str:
    """What stands before the left side of the equation that follows."""
    ends = [found.start() for found in _NEXT.finditer(rest) if found.start() > rest.rfind("\\end{")]
    return rest[: ends[0]] if ends else rest


def _row(rest: str, number: int, rows: int) -> str:
    """What stands on the right for one row: of matrices with as many rows, that row."""

    def one(inner: re.Match[str]) -> str:
        found = _rows(inner["inner"])
        return inner[0].replace(inner["inner"], found[number]) if len(found) == rows and rows > 2 else inner[0]

    return _INNER.sub(one, rest)
