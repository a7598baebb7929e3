"""From headings to text: what stands below the heading of a question belongs to it, until the next one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from functools import partial
from itertools import pairwise

from grader.notebook.blocks.blocks import Block
from grader.notebook.headings.headings import LOOSE
from grader.notebook.headings.labels import Label
from grader.notebook.headings.openings import ROW, TAGS
from grader.notebook.headings.topics import Topics
from grader.notebook.outline.aligned import Placed
from grader.notebook.outline.alignment import IN_ORDER, LIKELY, Aligner
from grader.notebook.outline.chapters import REPEATED
from grader.notebook.outline.descent import Descent, Governed
from grader.notebook.outline.heading_kinds import is_worded, strongest_name
from grader.notebook.outline.outline import MAX_BODY, Node
from grader.notebook.outline.placing import NOTHING, between_rules, cells_of_text, paragraphs, sections_of_cells
from grader.notebook.outline.recovery import Recovery
from grader.notebook.outline.several import several
from grader.notebook.outline.shared_programs import Groups
from grader.notebook.outline.units import Unit
from grader.notebook.source.api_names import StudentNames, api_names, only_prepares
from grader.pack.questions import Question


class Governor:
    """Decides for the units of one notebook; those for which the outline is silent are left open."""

    def __init__(
        self,
        units: Sequence[Unit],
        blocks: Sequence[Block],
        nodes: Sequence[Node],
        topics: Topics,
        student: StudentNames,
        questions: Sequence[Question],
    ) -> None:
        self._units = units
        self._cells = [blocks[unit.block].cell for unit in units]
        self._is_code = [blocks[unit.block].kind == "code" for unit in units]
        self._nodes = nodes
        self._kinds = [_kind(blocks[unit.block], unit) for unit in units]
        self._spoken = partial(_spoken, units=units, is_code=self._is_code, topics=topics, student=student)
        self._questions = questions
        self._order = {question.id: i for i, question in enumerate(questions)}
        self._owners: dict[int, Placed] = {}
        self._count({question.number: question.id for question in questions})

    def _count(self, numbers: Mapping[int, str]) -> None:
        """Read numbers so from now on."""
        self._numbers = numbers
        self._aligner = Aligner(self._questions, numbers)
        self._recovery = Recovery(self._nodes, self._units, self._questions, numbers)
        self._descent = Descent(
            self._units, self._cells, self._is_code, self._kinds, self._nodes, self._spoken, list(self._order), numbers
        )

    def governed(self) -> list[Governed | None]:
        """What the outline says of each unit; None where it is silent."""
        self._align(self._nodes, needed=1)
        if not self._has_outline():
            how = (self._spoken, self._aligner)
            self._owners = (
                between_rules(self._units, self._cells, self._kinds, *how)
                or cells_of_text(self._cells, self._kinds, *how, len(self._order))
                or paragraphs(self._units, self._cells, *how)
                or self._owners
            )
        if not self._owners:
            return [None] * len(self._units)
        self._count_as_student_does()
        self._owners = self._recovery.recovered(self._owners)
        self._align_within()
        self._owners |= sections_of_cells(
            self._owners, self._cells, self._kinds, self._spoken, self._aligner
        ) or Groups(self._cells, self._kinds, self._nodes, self._spoken, self._numbers, self._order).programs(
            self._owners
        )
        said = self._descent.said(self._owners)
        answered = {placed.question for placed in self._owners.values() if placed.question}
        for stretch in list(_open(said)):
            inside = [
                self._as_called(node)
                for node in self._nodes
                if node.unit in stretch
                and not self._aligner.is_anothers(node, answered)
                # A row with the name of a question that has a heading compares it with others.
                and (node.level != ROW or strongest_name(node.named) not in answered)
            ]
            self._align(inside, needed=1 if any(map(is_worded, inside)) else 2)
        said = self._descent.said(self._owners)
        for unit in [unit for stretch in _open(said) for unit in self._of_another_sheet(stretch, answered)]:
            said[unit] = Governed(None, LIKELY)
        return self._with_leftovers(said)

    def _of_another_sheet(self, stretch: range, answered: Set[str]) -> Iterator[int]:
        """The units below headings with numbers of other questions than ours, up to the next heading of other kind."""
        heads = [node for node in self._nodes if node.unit in stretch]
        for node, after in zip(heads, [*heads[1:], None], strict=False):
            if self._aligner.is_anothers(node, answered):
                yield from range(node.unit, after.unit if after else stretch.stop)

    def _as_called(self, node: Node) -> Node:
        """A letter is as good as a word where the questions have letters; so is a number alone, over a part of a cell
        below the answers with such numbers.
        """
        if node.heading.is_alone and node.label and self._numbers.get(node.label.number) in self._answered_above(node):
            return replace(node, heading=replace(node.heading, label=Label("word", node.label.number)))
        lettered = any(each.node.label and each.node.label.style == "letter" for each in self._owners.values())
        if not lettered or node.label is None or node.label.style != "letter":
            return node
        return replace(node, heading=replace(node.heading, label=Label("word", node.label.number)))

    def _has_outline(self) -> bool:
        """Whether there are headings: one line that begins with a name is none."""
        return len(self._owners) > 1 or any(placed.node.level < LOOSE for placed in self._owners.values())

    def _count_as_student_does(self) -> None:
        """Where questions are left out and the others numbered anew, further numbers are meant so, too."""
        said = [
            (placed.node.label.number, placed.question)
            for placed in self._owners.values()
            if placed.node.label and placed.question and placed.is_own and not several(placed.node.line, self._numbers)
        ]
        own = dict(said)
        if len(own) == len(said) == len(set(own.values())) and own.items() - self._numbers.items():
            kept = {number: question for number, question in self._numbers.items() if question not in own.values()}
            self._count(kept | own)

    def _answered_above(self, node: Node) -> set[str | None]:
        """The questions with headings in the cell above that of a heading."""
        return {placed.question for unit, placed in self._owners.items() if self._cells[unit] == node.cell - 1}

    def _with_leftovers(self, said: list[Governed | None]) -> list[Governed | None]:
        """What is still open before the last heading, and speaks of no question, or before the first, of most of them.

        A program goes with the answer above it; text that names most of the questions is a list of them.
        """
        asked = sorted(unit for unit, placed in self._owners.items() if placed.question)
        answered = {self._owners[unit].question for unit in asked}
        for stretch in list(_open(said)) if asked else ():
            told, prepares = self._spoken(stretch)
            is_program = all(self._kinds[index] == "code" for index in stretch) and not prepares
            if asked[0] < stretch.start < asked[-1] and is_program and not told:
                above = said[stretch.start - 1]
                said[stretch.start : stretch.stop] = [Governed(above.question if above else None, IN_ORDER)] * len(
                    stretch
                )
            for index in stretch if stretch.stop <= asked[0] else ():
                told, _ = self._spoken(range(index, index + 1))
                if len(told) > len(self._order) / 2 and told.keys() <= answered:
                    said[index] = Governed(None, LIKELY)
        return said

    def _align(self, nodes: Sequence[Node], *, needed: int) -> None:
        found = self._aligner.best(nodes, needed=needed) if nodes else None
        for placed in found.placed if found else ():
            if placed.is_own or placed.question is None:
                self._owners[placed.node.unit] = placed

    def _align_within(self) -> None:
        """Below one heading, cells that name other questions at their beginning are a second part.

        So are stretches of code with the names of most of the questions over them.
        """
        for start, end in pairwise([*sorted(self._owners), len(self._units)]):
            inside = [node for node in self._nodes if start < node.unit < end and not node.is_listed]
            named = [
                node
                for node in inside
                if node.opens_cell
                and (strongest_name(node.named) or (node.label and (self._is_called(node) or node.named)))
            ]
            banners = [node for node in inside if node.is_aside and self._is_banner(node)]
            if not self._has_part(named, REPEATED, start):
                answered = {placed.question for placed in self._owners.values()} - {None}
                is_all_code = end == len(self._units) and "code" not in self._kinds[min(self._owners) : start]
                self._has_part(banners, REPEATED if is_all_code else max(REPEATED, len(answered) // 2), start)

    def _is_called(self, node: Node) -> bool:
        """Whether a heading has a word for a question before its number, or the same as those over the answers: where
        answers are called otherwise, "Step 1" and "Part 1" are parts of one.
        """
        if node.label is None or node.label.style != "word":
            return False
        words = {placed.node.label.word for placed in self._owners.values() if placed.node.label}
        return not node.label.word or not words or node.label.word in words

    def _is_banner(self, node: Node) -> bool:
        """Whether a comment says nothing but the name or the number of a question."""
        is_alone = node.heading.is_alone or len(self._units[node.unit].body.split()) <= len(node.heading.title.split())
        return is_alone and (strongest_name(node.named) is not None or is_worded(node))

    def _has_part(self, inside: Sequence[Node], needed: int, start: int) -> bool:
        """Whether headings below that at `start` stand over so many other questions; then they own what is below."""
        found = self._aligner.best(inside, needed=needed) if len(inside) >= needed else None
        if found is None or len(found.questions - {self._owners[start].question}) < needed:
            return False
        self._owners |= {placed.node.unit: placed for placed in found.placed if placed.is_own}
        return True


def _kind(block: Block, unit: Unit) -> str:
    if block.source != "markdown":
        return "code"
    return "markdown" if any(map(str.isalnum, TAGS.sub("", block.text[unit.start : unit.end]))) else NOTHING


def _spoken(
    stretch: range, *, units: Sequence[Unit], is_code: Sequence[bool], topics: Topics, student: StudentNames
) -> tuple[dict[str, float], bool]:
    """What a stretch of units speaks of, in prose or in code, and whether it is code that only sets things up."""
    code = "\n".join(units[index].body for index in stretch if is_code[index])
    prose = "\n".join(units[index].body for index in stretch if not is_code[index])
    found = topics.in_prose(prose[:MAX_BODY]) if prose.strip() else {}
    for question, value in topics.in_code(api_names(code, student)).items() if code else ():
        found[question] = found.get(question, 0.0) + value
    return found, bool(code) and not prose.strip() and only_prepares(code)


def _open(said: Sequence[Governed | None]) -> Iterator[range]:
    """The stretches of units for which nothing is said."""
    start: int | None = None
    for index, each in enumerate([*said, Governed(None, 0.0)]):
        if each is None and start is None:
            start = index
        elif each is not None and start is not None:
            yield range(start, index)
            start = None
