"""Answers under headings of another kind than the common one, and headings that say that they go on with an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from grader.notebook.headings.naming import MOSTLY, NAME
from grader.notebook.headings.openings import BOLD
from grader.notebook.outline.aligned import Placed
from grader.notebook.outline.alignment import LIKELY
from grader.notebook.outline.corrections import continues, corrects
from grader.notebook.outline.heading_kinds import is_worded, kind_of, strongest_name
from grader.notebook.outline.numbering import is_contradicted
from grader.notebook.outline.outline import Node
from grader.notebook.outline.units import Unit
from grader.pack.questions import Question

FEW = 4
"""Fewer headings than these may be as unlike as they please."""

HARDLY_NAMED = 2.0
"""So much must a heading that looks like the others speak for a question that has none."""

Owners = Mapping[int, Placed]


class Recovery:
    """Finds the headings of the questions that have none of the common kind."""

    def __init__(
        self, nodes: Sequence[Node], units: Sequence[Unit], questions: Sequence[Question], numbers: Mapping[int, str]
    ) -> None:
        self._nodes, self._units = nodes, units
        self._order = {question.id: i for i, question in enumerate(questions)}
        self._numbers = numbers
        self._owners: dict[int, Placed] = {}

    def recovered(self, owners: Owners) -> dict[int, Placed]:
        """The headings over answers, with those that are found besides."""
        self._owners = dict(owners)
        missing = set(self._order) - {placed.question for placed in owners.values()}
        without_order = is_uneven(owners)
        for node in self._nodes:
            owner = self._owners.get(node.unit)
            if node.is_listed or (owner and owner.question):
                continue
            question = self._as_one_of(node, missing)
            if question is None and owner is None:
                question = self._continued(node) or self._by_itself(node, missing)
            if question is None and owner is None and without_order:
                question = self._in_place(node, missing)
            if question is not None:
                self._owners[node.unit] = Placed(node, question, LIKELY, is_own=True)
        return self._owners

    def _continued(self, node: Node) -> str | None:
        """The question to which a heading says that it comes back, or whose answer it says that it corrects."""
        highest = min((placed.node.level for placed in self._owners.values()), default=0)
        if not node.opens_cell and not (node.level <= highest <= BOLD):
            return None
        numbered = self._numbers.get(node.label.number) if node.label else None
        if is_worded(node) and corrects(self._units[node.unit].body):
            return numbered
        if node.heading.is_alone and continues(node.line):
            return strongest_name(node.named) or numbered
        return None

    def _by_itself(self, node: Node, missing: set[str]) -> str | None:
        """The missing question to which a heading of another kind leads by its own words, or by number and place."""
        named = strongest_name(node.named)
        if named is not None and len([score for score in node.named.values() if score >= node.named[named]]) > 1:
            named = None  # it lists several
        numbered = self._numbers.get(node.label.number) if node.label else None
        if named in missing and named is not None and not node.is_aside:
            agrees = numbered == named and node.named[named] >= MOSTLY
            if agrees or (node.named[named] >= NAME and node.heading.is_alone and node.opens_cell):
                return named
        if named is not None or numbered is None or not node.opens_cell:
            return None
        if is_contradicted(node, numbered, set(self._order) - missing, is_bare=False):
            return max(missing & node.topics.keys(), key=lambda each: node.topics[each], default=None)
        if numbered in missing:
            is_called = node.label is not None and node.label.style in ("word", "ordinal")
            if is_called or (node.label and node.label.style != "other" and self._fits(node, numbered)):
                return numbered
        return None

    def _as_one_of(self, node: Node, missing: set[str]) -> str | None:
        """The missing question that a heading hardly names, which looks like those of most others."""
        alike = [placed for placed in self._owners.values() if kind_of(placed.node) == kind_of(node)]
        if len(alike) < max(FEW, len(self._owners) / 2) or not node.has_prose or not node.heading.is_alone:
            return None
        top = max(node.named, key=lambda each: node.named[each], default=None)
        return top if top in missing and top is not None and node.named[top] >= HARDLY_NAMED else None

    def _in_place(self, node: Node, missing: set[str]) -> str | None:
        """The missing question that a cell of a notebook without order begins by naming, if it would be in order."""
        named = strongest_name(node.named)
        is_said = named in missing and node.opens_cell and not node.is_aside
        return named if named is not None and is_said and self._fits(node, named) else None

    def _fits(self, node: Node, question: str) -> bool:
        """Whether the question would be in order at this place."""
        before = [placed.question for unit, placed in self._owners.items() if unit < node.unit]
        after = [placed.question for unit, placed in self._owners.items() if unit > node.unit]
        place = self._order[question]
        earlier = all(self._order[each] < place for each in before if each)
        return earlier and all(self._order[each] > place for each in after if each)


def is_uneven(owners: Owners) -> bool:
    """Whether the headings over the answers are of so many kinds that none is the common one."""
    return 2 * len({kind_of(placed.node) for placed in owners.values()}) > len(owners) >= FEW
