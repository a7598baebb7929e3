"""Finding equations in what a student wrote."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from grader.language.formulas.notation import plain
from grader.language.formulas.parse import ParseFailure, parse
from grader.language.formulas.tree import Equation

MAX_TEXT = 100_000
MAX_LINE = 1_000
MAX_EQUATIONS = 300
# A short letter with its indices, and a sign of equality that is not a comparison or a keyword argument's.
_TARGET = re.compile(
    r"(?<![\w.\\])[A-Za-zͰ-Ͽ]{1,2}~?'?\s?(?:_\{[^{}=]{1,20}\}|_\([^()=]{1,20}\)|_[A-Za-z0-9]{1,3}|\^[{<(][^{}=]{1,8}[})>]"
    r"|[(\[]t(?:-1)?[)\]])*~?\s{0,4}=(?![=])"
)


def equations(texts: Iterable[str]) -> tuple[list[Equation], list[ParseFailure]]:
    """All equations in texts, in order, and the places where something that looked like one could not be read."""
    read: list[Equation] = []
    unread: list[ParseFailure] = []
    for text in texts:
        for candidate in _candidates(text[:MAX_TEXT]):
            if len(read) + len(unread) >= MAX_EQUATIONS:
                return read, unread
            found = parse(candidate)
            if isinstance(found, Equation):
                read.append(found)
            else:
                unread.append(found)
    return read, unread


def _candidates(text: str) -> Iterator[str]:
    text = re.sub(r"\\begin\{[^{}]{1,20}\}(?:\{[^{}]{1,20}\})?|\\end\{[^{}]{1,20}\}", "\n", text)
    for line in re.split(r"\n|\\\\|\$\$", text):
        normal = plain(line[:MAX_LINE])
        starts = [match.start() for match in _TARGET.finditer(normal)]
        for start, end in pairwise([*starts, len(normal)]):
            yield normal[start:end]
