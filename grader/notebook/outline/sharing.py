"""Headings that stand over the answers to two questions: "9. & 10. BiLSTM and BiGRU"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set

from grader.notebook.headings.naming import compares
from grader.notebook.outline.aligned import Placed
from grader.notebook.outline.heading_kinds import NAMES
from grader.notebook.outline.outline import Node

_ALSO = re.compile(
    r"[ \t]{0,3}(?:&|and|und|et|y|,|/|\+|[-–—])[ \t]{0,3}(?:[^\W\d_]{1,10}[ .]{0,2})?(?P<number>\d{1,2})(?!\w)",
    re.IGNORECASE,
)


def shared(placed: Placed, owned: Set[str], numbers: Mapping[int, str]) -> frozenset[str]:
    """The questions for which a heading stands, if they are two or more; `owned` are those with a heading."""
    if placed.question is None or not placed.is_own:
        return frozenset()
    others = _by_number(placed.node, numbers) | _by_name(placed.node)
    asked = {placed.question, *(others - owned)}
    return frozenset(asked) if len(asked) > 1 else frozenset()


def _by_number(node: Node, numbers: Mapping[int, str]) -> set[str]:
    also = _ALSO.match(node.heading.title) if node.label else None
    said = (node.label.number, int(also["number"])) if node.label and also else ()
    return {numbers[number] for number in said if number in numbers}


def _by_name(node: Node) -> set[str]:
    if compares(node.heading.title):
        return set()
    top = max(node.named.values(), default=0.0)
    return {question for question, score in node.named.items() if score == top >= NAMES}
