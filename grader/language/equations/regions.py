"""The stretches of a text in which equations stand: formulas in LaTeX, and lines of everything else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_FORMULA = re.compile(
    r"\$\$(?P<a>[^$]{1,4000})\$\$|\$`(?P<b>[^`$]{1,1000})`\$|\$(?P<c>[^$\n]{1,1000})\$"
    r"|\\\[(?P<d>[^\[\]\\]{0,200}(?:(?!\\\])[\s\S]){1,4000})\\\]|\\\((?P<e>(?:(?!\\\))[\s\S]){1,1000})\\\)"
    r"|\\begin\{(?P<env>align|aligned|equation|gather|gathered|cases|eqnarray|split|multline|array)\*?\}"
    r"(?P<f>(?:(?!\\end\{)[\s\S]){1,4000})\\end\{(?P=env)\*?\}"
    r"|```(?:math|latex|tex)\n(?P<g>(?:(?!```)[\s\S]){1,4000})```"
)


@dataclass(frozen=True, slots=True)
class Region:
    """Where a stretch begins and ends, and whether it is LaTeX."""

    start: int
    end: int
    latex: bool


def regions(text: str) -> Iterator[Region]:
    """The stretches in their order."""
    at = 0
    for found in _FORMULA.finditer(text):
        if found.start() > at:
            yield Region(at, found.start(), False)
        name = next(name for name in "abcdefg" if found[name] is not None)
        yield Region(found.start(name), found.end(name), True)
        at = found.end()
    if at < len(text):
        yield Region(at, len(text), False)
