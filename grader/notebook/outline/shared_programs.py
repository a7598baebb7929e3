"""Code below several answers that have none of their own: one group of texts, then the programs of all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from grader.notebook.headings.topics import strongest
from grader.notebook.outline.aligned import Placed
from grader.notebook.outline.alignment import LIKELY, SURE
from grader.notebook.outline.heading_kinds import strongest_name
from grader.notebook.outline.outline import Node
from grader.notebook.outline.placing import Spoken
from grader.notebook.outline.several import partners

FEWEST = 2
"""So many answers, and so many programs below them, are a group."""


@dataclass(frozen=True, slots=True)
class _Group:
    """The questions answered one after the other without code, the last heading, and the code below it."""

    questions: tuple[str, ...]
    last: Placed
    code: range


class Groups:
    """Finds the programs of groups of answers in one notebook."""

    def __init__(
        self,
        cells: Sequence[int],
        kinds: Sequence[str],
        nodes: Sequence[Node],
        spoken: Spoken,
        numbers: Mapping[int, str],
        order: Mapping[str, int],
    ) -> None:
        self._order = order
        self._cells, self._kinds, self._spoken, self._numbers = cells, kinds, spoken, numbers
        self._banners = {node.unit: node for node in nodes if node.is_aside and node.heading.is_alone}

    def programs(self, owners: Mapping[int, Placed]) -> dict[int, Placed]:
        """The units at which the code of a question begins, below the texts of several."""
        found: dict[int, Placed] = {}
        for group in self._groups(owners):
            found |= self._shared_out(group)
        return found

    def _groups(self, owners: Mapping[int, Placed]) -> Iterator[_Group]:
        owned = {placed.question for placed in owners.values() if placed.question}
        asked: list[str] = []
        for place, end in pairwise([*sorted(owners), len(self._kinds)]):
            placed = owners[place]
            if placed.question is None:
                asked = []
                continue
            is_in_code = self._kinds[place] == "code"
            code = self._code(self._behind(place) if is_in_code else place, end)
            together = partners(placed, owned, self._numbers) or {placed.question}
            members = [*asked, *sorted(together - set(asked), key=self._order.__getitem__)]
            if code and len(members) >= FEWEST:
                yield _Group(tuple(members), placed, code)
            if not is_in_code:
                asked = [] if code else members

    def _behind(self, place: int) -> int:
        """The first unit behind the cell of a heading."""
        return next((unit for unit in range(place, len(self._cells)) if self._cells[unit] != self._cells[place]), place)

    def _code(self, place: int, end: int) -> range:
        """The first cells of code between two headings."""
        start = next((unit for unit in range(place, end) if self._kinds[unit] == "code"), end)
        stop = next((unit for unit in range(start, end) if self._kinds[unit] != "code"), end)
        return range(start, stop)

    def _shared_out(self, group: _Group) -> dict[int, Placed]:
        """The programs of a group with their questions: as the comments over them say, as they build, or in order.

        Only where something is said of another question than the last: else all of it goes with the text above it.
        """
        parts = list(self._parts(group))
        called = [self._called(part.start, group) for part in parts]
        built = [self._built(part, group) for part in parts]
        said = [one or other for one, other in zip(called, built, strict=True)]
        others = {question for question in said if question} - {group.questions[-1]}
        if not others or not (any(called) or len(parts) >= FEWEST):
            return {}
        if not any(called) and len(parts) == len(group.questions):
            right = [one == other for one, other in zip(said, group.questions, strict=True) if one]
            if 2 * sum(right) > len(right):
                said = list(group.questions)
        elif not any(called) and not _ascend([group.questions.index(each) for each in said if each]):
            return {}
        return {
            part.start: Placed(group.last.node, question, SURE if name else LIKELY, is_own=False)
            for part, question, name in zip(parts, said, called, strict=True)
            if question
        }

    def _parts(self, group: _Group) -> Iterator[range]:
        """The cells, and what stands below comments that call a question."""
        begins = [
            unit
            for unit in group.code
            if self._cells[unit] != self._cells[unit - 1] or self._called(unit, group) is not None
        ]
        for one, other in pairwise([*begins, group.code.stop]):
            if not self._spoken(range(one, other))[1]:
                yield range(one, other)

    def _called(self, unit: int, group: _Group) -> str | None:
        """The question of the group that a comment names or has the number of, and says nothing else."""
        node = self._banners.get(unit)
        if node is None:
            return None
        numbered = self._numbers.get(node.label.number) if node.label else None
        question = strongest_name(node.named) or numbered
        return question if question in group.questions else None

    def _built(self, part: range, group: _Group) -> str | None:
        top = strongest((each, worth) for each, worth in self._spoken(part)[0].items() if each in group.questions)
        return top[0] if top else None


def _ascend(places: Sequence[int]) -> bool:
    return all(one <= other for one, other in pairwise(places))
