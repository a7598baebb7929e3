"""The stretches of a text in which equations stand: formulas in LaTeX, and lines of everything else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

MAX_INLINE = 1_000
MAX_DISPLAY = 4_000

_OPENING = re.compile(
    r"\$\$|\$`|\$|\\\[|\\\(|```(?:math|latex|tex)\n"
    r"|\\begin\{(?P<name>(?:align|aligned|equation|gather|gathered|cases|eqnarray|split|multline|array)\*?)\}"
)
_CLOSING = {"$$": "$$", "$`": "`$", "$": "$", "\\[": "\\]", "\\(": "\\)"}
_INLINE = frozenset(["$", "$`"])


@dataclass(frozen=True, slots=True)
class Region:
    """Where a stretch begins and ends, and whether it is LaTeX."""

    start: int
    end: int
    latex: bool


def regions(text: str) -> Iterator[Region]:
    """The stretches in their order."""
    at = 0
    search = 0
    while found := _OPENING.search(text, search):
        closing = f"\\end{{{found['name']}}}" if found["name"] else _CLOSING.get(found[0], "```")
        # A search for a closing sign that is not there looks at a bounded stretch, so that all of them stay cheap.
        inline = found[0] in _INLINE
        end = text.find(closing, found.end(), found.end() + (MAX_INLINE if inline else MAX_DISPLAY))
        if end <= found.end() or (inline and "\n" in text[found.end() : end]):
            search = found.end()
            continue
        if found.start() > at:
            yield Region(at, found.start(), False)
        yield Region(found.end(), end, True)
        at = search = end + len(closing)
    if at < len(text):
        yield Region(at, len(text), False)
