"""Headings of one kind with the questions over whose answers they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from grader.notebook.headings.headings import LOOSE
from grader.notebook.outline.outline import Node


@dataclass(frozen=True, slots=True)
class Placed:
    """A heading and the question that it stands over, or None for another matter; `is_own` if it begins an answer."""

    node: Node
    question: str | None
    confidence: float
    is_own: bool


@dataclass(frozen=True, slots=True)
class Alignment:
    """Headings of one kind with their questions, and what speaks for this kind."""

    placed: tuple[Placed, ...]
    worth: float
    is_clear: bool = False
    """Whether each of its headings over answers says itself, by name or number, which question it stands over."""

    @property
    def questions(self) -> set[str]:
        """The questions that have a heading."""
        return {each.question for each in self.placed if each.question}

    def encloses(self, other: Alignment, *, is_mixed: bool) -> bool:
        """Whether other headings are below those of this kind and parts of its answers: in code behind all of them, or
        over text that does not speak of what they name. So are those that a mixture has beside them.
        """
        if not self.is_clear or not other.questions <= self.questions:
            return False
        told = [each for each in other.placed if each.question and each.question in each.node.topics]
        first = other.placed[0].node
        if is_mixed:
            is_in_text = not any(each.node.is_aside for each in self.placed)
            units = {each.node.unit for each in other.placed}
            return {each.node.unit for each in self.placed} <= units or (
                is_in_text and any(each.node.is_aside for each in other.placed)
            )
        if first.is_aside:
            return self._stands_over_text and self.placed[-1].node.unit < first.unit
        return not told and self.placed[0].node.unit < first.unit

    @property
    def _stands_over_text(self) -> bool:
        """Whether there is something between most of its headings."""
        apart = [other.node.unit - one.node.unit > 1 for one, other in pairwise(self.placed)]
        return 2 * sum(apart) > len(apart)


def astray(placed: Sequence[Placed]) -> int:
    """How many headings stand below a higher one that has another question than theirs: an outline is a tree."""
    above: list[Placed] = []
    found = 0
    for each in placed:
        while above and above[-1].node.level >= each.node.level:
            above.pop()
        if each.question is not None and each.is_own and each.node.level < LOOSE:
            found += bool(above) and above[-1].question not in (None, each.question)
        if each.node.level < LOOSE:
            above.append(each)
    return found
