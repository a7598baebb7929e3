"""What headings name in view of those above them: "With LSTM cells" below "Bidirectional networks"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from grader.notebook.headings.naming import Names
from grader.notebook.headings.openings import BOLD
from grader.notebook.outline.outline import KNOWN, SUBJECT_WORDS, Node

PART_OF_NAME = 1.0
"""So much must a heading say of some question to be the second half of a name."""

IN_VIEW = 5.0
"""How strongly a heading names a question together with the one above it."""


def with_names_in_view(nodes: Sequence[Node], names: Names) -> list[Node]:
    """The headings; one that names a question only together with the one above it names that."""
    above: list[Node] = []
    result = []
    for node in nodes:
        while above and above[-1].level >= node.level:
            above.pop()
        result.append(_in_view(node, above[-1].heading.title, names) if above else node)
        if node.level <= BOLD and node.heading.is_alone:
            above.append(node)
    return result


def _in_view(node: Node, title: str, names: Names) -> Node:
    """A heading over text on a question that neither title names, but both together."""
    if node.level > BOLD or not node.heading.is_alone or len(node.heading.title.split()) > SUBJECT_WORDS:
        return node
    if max(node.named.values(), default=0.0) < PART_OF_NAME or not node.topics:
        return node
    told = max(node.topics, key=lambda each: node.topics[each])
    if told in node.named or told in names.named(title):
        return node
    both = names.named(f"{title} {node.heading.title}")
    return replace(node, named={told: IN_VIEW}) if both.get(told, 0.0) >= KNOWN else node
