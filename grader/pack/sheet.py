"""The answer sheet of a question: what its checks expect for sizes that one may choose. For instructors."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """A number on which the expected facts depend: a name in one word ("width"), what it is, and what is usual."""

    name: str
    about: str
    usual: int
    most: int = 4096


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that is expected: what, the value, and how it comes about. The value was computed, not written down."""

    what: str
    value: str
    how: str = ""


@dataclass(frozen=True, slots=True)
class Expected:
    """What is expected of an answer of certain sizes; `equations` in the notation in which students write them."""

    facts: tuple[Fact, ...]
    equations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """How what is expected is computed from sizes, which are given by their names."""

    sizes: tuple[Size, ...]
    compute: Callable[[Mapping[str, int]], Expected]

    def expected(self, given: Mapping[str, int]) -> Expected:
        """What is expected for sizes of which some are given; the others are the usual ones."""
        return self.compute({size.name: given.get(size.name, size.usual) for size in self.sizes})
