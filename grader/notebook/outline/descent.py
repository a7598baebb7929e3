"""Down the units of a notebook: what stands below a heading belongs to it, and where that ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from grader.notebook.headings.openings import LINE, ROW
from grader.notebook.headings.topics import SUBJECT, strongest
from grader.notebook.outline.aligned import Placed
from grader.notebook.outline.alignment import LIKELY, SURE
from grader.notebook.outline.chapters import chapters, ends_answers, interrupts, recurring_among
from grader.notebook.outline.closing import opens_with_closing
from grader.notebook.outline.outline import Node
from grader.notebook.outline.placing import NOTHING, Spoken
from grader.notebook.outline.recovery import is_uneven
from grader.notebook.outline.several import partners
from grader.notebook.outline.units import Unit


@dataclass(frozen=True, slots=True)
class Governed:
    """What the outline says of a unit: its question, or None for no answer. `is_heading`: it is the question's own."""

    question: str | None
    confidence: float
    is_heading: bool = False


class Descent:
    """Gives the units of one notebook to the headings above them."""

    def __init__(
        self,
        units: Sequence[Unit],
        cells: Sequence[int],
        is_code: Sequence[bool],
        kinds: Sequence[str],
        nodes: Sequence[Node],
        spoken: Spoken,
        questions: Sequence[str],
        numbers: Mapping[int, str],
    ) -> None:
        self._units, self._cells, self._is_code, self._nodes = units, cells, is_code, nodes
        self._kinds = kinds
        headed = {node.unit for node in nodes}
        self._topics = {
            index: spoken(range(index, index + 1))[0]
            for index, unit in enumerate(units)
            if unit.boundary == "cell" and not is_code[index] and index not in headed
        }
        self._spoken = spoken
        self._order = {question: i for i, question in enumerate(questions)}
        self._numbers = numbers
        self._recurring = {node.unit for node in recurring_among(nodes)}
        self._owners: Mapping[int, Placed] = {}

    def said(self, owners: Mapping[int, Placed]) -> list[Governed | None]:
        """What the outline says of each unit, given the headings that own what stands below them."""
        self._owners = owners
        by_unit = {node.unit: node for node in self._nodes}
        owners = dict(self._owners)
        for unit, placed in self._owners.items():
            owners.update(dict.fromkeys(self._before(unit, placed, by_unit), placed))
        heads = set(chapters(self._nodes, self._owners))
        crowded = self._crowded()
        unmarked = self._subjects_of_cells()
        without_order = is_uneven(self._owners)
        asked = [(placed.is_own, unit) for unit, placed in self._owners.items() if placed.question]
        last = max(asked, default=(False, -1))[1]
        said: list[Governed | None] = []
        now: Placed | None = None
        left: Placed | None = None
        owned = {placed.question for placed in self._owners.values() if placed.question and placed.is_own}
        together = frozenset[str]()
        for index in range(len(self._units)):
            left = now or left
            if index and self._cells[index] != self._cells[index - 1] and self._cells[index - 1] in crowded:
                now = None
            node = by_unit.get(index)
            if node is not None and node.is_listed and index not in owners:
                said.append(Governed(None, SURE))
                continue
            if index in owners:
                now = owners[index]
                together = partners(now, owned, self._numbers)
            elif node is not None and self._is_head_of_table(node):
                said.append(Governed(None, LIKELY))
                continue
            elif node is not None and index in heads:
                now = None
                said.append(Governed(None, LIKELY))
                continue
            elif (
                now
                and (now.node.level >= LINE or without_order)
                and index in unmarked
                and unmarked[index] in self._between(index)
            ):
                now = None
            elif left and self._is_no_answer(index, node, left.node, is_open=now is None, is_behind=index > last):
                now = replace(left, question=None, confidence=LIKELY, is_own=False)
            elif now and together:
                now = self._of_partners(index, now, together)
            said.append(self._said(index, now))
        return said

    def _of_partners(self, index: int, now: Placed, together: frozenset[str]) -> Placed:
        """Of the questions that have one heading, that which a text below it speaks of."""
        told, _ = self._spoken(range(index, index + 1))
        top = strongest((question, value) for question, value in told.items() if question in together)
        if top is None or top[0] == now.question:
            return now
        return replace(now, question=top[0], confidence=LIKELY, is_own=False)

    def _is_no_answer(self, index: int, node: Node | None, last: Node, *, is_open: bool, is_behind: bool) -> bool:
        """Whether what begins here, behind the answer of heading `last` or of all, is not part of any."""
        if node is not None and interrupts(node, last, self._nodes, self._owners, is_open=is_open):
            return True
        return is_behind and self._ends(index, node, last)

    def _ends(self, index: int, node: Node | None, last: Node) -> bool:
        """Whether no answer follows from here on."""
        if node is not None:
            return ends_answers(node, last, self._nodes, self._owners)
        begins = self._units[index].boundary == "cell" and not self._is_code[index]
        return begins and opens_with_closing(self._units[index].body)

    def _subjects_of_cells(self) -> dict[int, str]:
        """The units of prose that begin cells without a heading, and the question whose subject each defines."""
        found = {}
        for index, topics in self._topics.items():
            top = strongest(topics.items())
            if top and top[1] >= SUBJECT:
                found[index] = top[0]
        return found

    def _between(self, index: int) -> set[str]:
        """The questions without a heading that would be in order at a unit."""
        answered = {placed.question for placed in self._owners.values()}
        before = max((unit for unit in self._owners if unit < index), default=None)
        after = min((unit for unit in self._owners if unit > index), default=None)
        first = self._order.get(self._owners[before].question or "", -1) if before is not None else -1
        end = len(self._order)
        if after is not None:
            end = self._order.get(self._owners[after].question or "", end)
        return {question for question, place in self._order.items() if first < place < end} - answered

    def _before(self, unit: int, placed: Placed, by_unit: Mapping[int, Node]) -> Iterator[int]:
        """The units before a heading that belong to it: one with the same number, what shows nothing, and code above it
        in its cell.
        """
        while unit and self._cells[unit - 1] == self._cells[unit] and self._kinds[unit - 1] == NOTHING:
            unit -= 1
            yield unit
        before = by_unit.get(unit - 1)
        is_free = before is not None and before.heading.is_alone and unit - 1 not in self._owners
        if is_free and before and before.label and self._numbers.get(before.label.number) == placed.question:
            yield unit - 1
        if is_free and unit - 1 in self._recurring and self._cells[unit - 1] == self._cells[unit] and placed.is_own:
            yield unit - 1
        yield from self._program_above(unit, placed, by_unit)
        start = unit
        while start and self._cells[start - 1] == self._cells[unit] and start - 1 not in self._owners:
            start -= 1
        alone = not any(self._cells[other] == self._cells[unit] and other != unit for other in self._owners)
        if placed.is_own and alone and all(self._is_code[each] for each in range(start, unit)):
            yield from range(start, unit)

    def _program_above(self, unit: int, placed: Placed, by_unit: Mapping[int, Node]) -> range:
        """The cell of code above a heading that begins a cell, if a comment on top of it has the number of that."""
        if not unit or self._cells[unit - 1] == self._cells[unit] or self._kinds[unit - 1] != "code":
            return range(0)
        start = unit - 1
        while start and self._cells[start - 1] == self._cells[unit - 1]:
            start -= 1
        top = by_unit.get(start)
        is_called = top is not None and top.is_aside and top.heading.is_alone and start not in self._owners
        if top is None or top.label is None or not is_called or not placed.is_own:
            return range(0)
        return range(start, unit) if self._numbers.get(top.label.number) == placed.question else range(0)

    def _said(self, index: int, now: Placed | None) -> Governed | None:
        if now is None:
            return None
        is_heading = now.node.unit == index and now.is_own and now.node.heading.is_alone
        return Governed(now.question, now.confidence, is_heading)

    def _is_head_of_table(self, node: Node) -> bool:
        """Whether a row without a number stands over the rows that are answers."""
        below = self._owners.get(node.unit + 1)
        return node.level == ROW and node.label is None and below is not None and below.node.level == ROW

    def _crowded(self) -> set[int]:
        """The cells in which several questions have their headings."""
        asked: dict[int, set[str | None]] = {}
        for unit, placed in self._owners.items():
            asked.setdefault(self._cells[unit], set()).add(placed.question)
        return {cell for cell, questions in asked.items() if len(questions - {None}) > 1}
