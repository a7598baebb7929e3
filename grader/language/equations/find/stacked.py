r"""Equations of several gates in one, in matrices of LaTeX: `(i, f, o, g)ᵀ = (σ, σ, σ, tanh)ᵀ W (h_{t-1}, x_t)ᵀ`."""

from __future__ import annotations

import re
from collections.abc import Iterator

MOST_ROWS = 8
MOST_MATRICES = 100
_KIND = r"\{(?:[bpvB]?matrix|array)\}"
_MATRIX = rf"\\begin{_KIND}(?:\{{[clr|\s]{{0,9}}\}})?(?P<NAME>(?:[^$\\]|\\(?:[^$e]|e(?!n))){{1,300}})\\end{_KIND}"
_LEFT, _FUNCTIONS = _MATRIX.replace("NAME", "left"), _MATRIX.replace("NAME", "functions")
_END = r"\$\$|\\\]|\n[ \t]*\n|\\end\{(?:align|equation|gather|split)|$"
_STACKED = re.compile(
    rf"{_LEFT}(?:\s|\\right.|\)|\])*+&?\s*=(?:\s|&|\\left.|\(|\[)*{_FUNCTIONS}"
    rf"(?:\s|\\right.|\\circ|\\odot)*+(?P<rest>[^$&=]{{1,400}}?)(?={_END})"
)
_ROWS = re.compile(r"\\\\")
_ACTIVATION = re.compile(r"\\?(?:sigma|sigmoid|sigm|tanh|phi|mathrm\{\w+\}|text\{\w+\}|operatorname\{\w+\})|[σφ]")
_WEIGHT = re.compile(r"(?<![\\\w{])([WTUVRAMb])(?:_\{([^{}]{1,20})\}|_(\w))?(?![\w_{])")


def stacked(text: str) -> Iterator[tuple[str, int, int]]:
    """Each of the equations as one of its own, and where the whole begins and ends."""
    if not 0 < text.count("\\begin") <= MOST_MATRICES:
        return
    for found in _STACKED.finditer(text):
        left, functions = (
            [row.strip() for row in _ROWS.split(found[name]) if row.strip()] for name in ("left", "functions")
        )
        if not 2 <= len(left) == len(functions) <= MOST_ROWS:
            continue
        if not all(_ACTIVATION.fullmatch(function) for function in functions):
            continue
        for number, (symbol, function) in enumerate(zip(left, functions, strict=True), start=1):
            rest = _WEIGHT.sub(rf"\1_{{\2\g<3>{number}}}", found["rest"]).strip(" .,\n")
            yield f"{symbol} = {function}({rest})", found.start(), found.end()
