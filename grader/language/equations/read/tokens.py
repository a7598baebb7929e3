"""The pieces of an equation, and what is said where there is none."""

from __future__ import annotations

from typing import NamedTuple

from grader.language.equations.read.expressions import Symbol


class Token(NamedTuple):
    """One piece of an equation; `kind` is a terminal of the grammar."""

    kind: str
    value: str | Symbol
    start: int
    end: int


class Unread(Exception):
    """Nothing that belongs in an equation stands here."""

    def __init__(self, where: int, what: str) -> None:
        super().__init__(what)
        self.where = where
        self.what = what
