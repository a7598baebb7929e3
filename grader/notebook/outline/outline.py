"""The outline of a notebook: all headings, whatever they look like, with what stands below each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from grader.notebook.blocks.blocks import Block
from grader.notebook.headings.headings import LOOSE, TITLE_LENGTH, Heading, clause
from grader.notebook.headings.labels import Label, label_of, reference_of
from grader.notebook.headings.naming import Names
from grader.notebook.headings.openings import BOLD, ITEM, LINE, ROW
from grader.notebook.headings.topics import Topics
from grader.notebook.outline.function_names import key_of_text, label_of_function
from grader.notebook.outline.label_sets import with_letters, with_schemes
from grader.notebook.outline.units import Unit, first_of_line, line_of
from grader.notebook.source.api_names import StudentNames, api_names, only_prepares

ASIDE = 20
"""So many levels lower are headings in comments and in what is printed."""

MAX_BODY, MAX_CODE_UNITS, MAX_UNITS = 400, 4, 12
"""So much of what stands below a heading is looked at to see what it speaks of."""

_NUMBER = re.compile(r"\(?(\d{1,2})[.)][ \t]{0,3}")
PROSE_WORDS, COMMENT_WORDS, LISTED, LIST_LENGTH, LIST_WORDS = 4, 9, 3, 5, 20
KNOWN = 5.0
SUBJECT_WORDS, OPENING = 5, 0.3


@dataclass(frozen=True, slots=True)
class Node:
    """A heading at `units[unit]`. `named` is how strongly it names each question, `topics` what is spoken of below.

    `is_listed` is true in a table of contents or a list of questions; `prepares` if only imports and the like
    follow; `has_prose` if text of some length does. `line` is the line on which it stands.
    """

    unit: int
    cell: int
    level: int
    heading: Heading
    opens_cell: bool
    is_aside: bool
    named: Mapping[str, float]
    topics: Mapping[str, float]
    prepares: bool = False
    has_prose: bool = False
    is_listed: bool = False
    line: str = ""

    @property
    def label(self) -> Label | None:
        """The number by which it is called."""
        return self.heading.label


class Outline:
    """Builds the nodes of a notebook."""

    def __init__(
        self, units: Sequence[Unit], blocks: Sequence[Block], names: Names, topics: Topics, student: StudentNames
    ) -> None:
        self._units = units
        self._blocks = blocks
        self._names = names
        self._topics = topics
        self._student = student

    def nodes(self, tags: Mapping[int, int]) -> list[Node]:
        """All headings, in order. `tags` are the numbers in the tags of cells."""
        found: list[tuple[int, Heading]] = []
        for index, unit in enumerate(self._units):
            heading = self._heading(index, unit, tags)
            if heading is not None:
                found.append((index, heading))
        found = with_schemes(found)
        levels = [heading.level + (ASIDE if self._units[index].is_aside else 0) for index, heading in found]
        found = with_letters(found)
        nodes = [
            self._node(index, heading, levels[place], self._end(place, found, levels))
            for place, (index, heading) in enumerate(found)
        ]
        return self._without_lists(nodes)

    def _heading(self, index: int, unit: Unit, tags: Mapping[int, int]) -> Heading | None:
        cell = self._blocks[unit.block].cell
        is_in_code = unit.start == 0 and self._blocks[unit.block].source != "markdown"
        called = label_of_function(unit.block, self._blocks) if is_in_code else None
        if called is not None:
            return _of_function(unit, called)
        if is_in_code and self._names.is_name(key := key_of_text(unit.block, self._blocks)):
            return Heading(unit.start, unit.end, LINE, None, key, is_alone=False)
        if unit.boundary == "cell" and cell in tags:
            return Heading(unit.start, unit.end, LINE, Label("word", tags[cell]), "", is_alone=True)
        is_loose = unit.heading is not None and unit.heading.level >= LOOSE
        is_opening = unit.heading is not None and not unit.heading.is_alone
        if self._blocks[unit.block].kind == "code" or (unit.heading is not None and (not is_loose or is_opening)):
            return unit.heading
        if unit.mark is not None and unit.mark.number is not None:
            return _within_a_line(unit)
        number = _NUMBER.match(unit.body)
        if number is not None and not first_of_line(self._blocks[unit.block].text, unit.start):
            title = clause(unit.body[number.end() : number.end() + TITLE_LENGTH].strip())
            return Heading(unit.start, unit.end, ITEM, Label("dot", int(number[1])), title, is_alone=False)
        first, _, rest = unit.body.partition("\n")
        if unit.is_aside and unit.start == 0 and len(first.split()) <= COMMENT_WORDS:
            called = reference_of(first.strip())
            on_top = unit.is_aside and unit.boundary == "cell"
            label, title = (called, "") if called else label_of(first.strip(), is_heading=True, on_top=on_top)
            return Heading(unit.start, unit.end, LINE, label, title.strip(" .:-=*#~"), is_alone=not rest.strip())
        if unit.prompt:
            level = unit.heading.level if unit.heading else LOOSE
            return Heading(unit.start, unit.end, level, None, unit.body.strip(), is_alone=True)
        return unit.heading

    def _end(self, place: int, found: Sequence[tuple[int, Heading]], levels: Sequence[int]) -> int:
        """The unit before which what stands below a heading ends, or before which it is not looked at any more."""
        limit = found[place][0] + MAX_UNITS
        for later in range(place + 1, len(found)):
            if levels[later] <= levels[place] or found[later][0] >= limit:
                return min(limit, found[later][0])
        return min(limit, len(self._units))

    def _node(self, index: int, heading: Heading, level: int, end: int) -> Node:
        unit = self._units[index]
        topics, prepares, has_prose = self._spoken_of(index, heading, end)
        # What opens a text is no title, but one of the things that the text speaks of.
        is_title = heading.is_alone or heading.level == ROW or _is_subject(heading.title, unit.body)
        weight = 1.0 if is_title else OPENING
        title = heading.title if any(map(str.isalpha, heading.title)) else self._title_below(index)
        named = {question: weight * score for question, score in self._names.named(title).items()}
        return Node(
            index,
            self._blocks[unit.block].cell,
            level,
            heading,
            index == 0 or self._blocks[self._units[index - 1].block].cell != self._blocks[unit.block].cell,
            unit.is_aside,
            {unit.prompt: 8.0} if unit.prompt else named,
            topics,
            prepares,
            has_prose,
            line=line_of(unit, self._blocks),
        )

    def _title_below(self, index: int) -> str:
        """The name on the line below a heading that is only a number."""
        below = self._units[index + 1].heading if index + 1 < len(self._units) else None
        return below.title if below and below.level >= LOOSE and below.is_alone and not below.label else ""

    def _spoken_of(self, index: int, heading: Heading, end: int) -> tuple[dict[str, float], bool, bool]:
        """What is spoken of below a heading, whether that is only preparing code, and whether there is prose."""
        prose, code = "", []
        first = self._units[index]
        if not heading.is_alone:
            prose = first.body
        for unit in self._units[index + 1 : end]:
            if self._blocks[unit.block].kind == "code":
                code.append(unit.body)
            elif len(prose) < MAX_BODY and (unit.heading is None or unit.heading.level >= LOOSE):
                prose += f"\n{unit.body}"
        topics = self._topics.in_prose(prose[:MAX_BODY]) if prose.strip() else {}
        used = frozenset[str]().union(*(api_names(text, self._student) for text in code[:MAX_CODE_UNITS]))
        for question, value in self._topics.in_code(used).items():
            topics[question] = topics.get(question, 0.0) + value
        prepares = not prose.strip() and len(code) > 0 and only_prepares(*code[:MAX_CODE_UNITS])
        return topics, prepares, len(prose.split()) >= PROSE_WORDS

    def _without_lists(self, nodes: list[Node]) -> list[Node]:
        """Headings that follow one another within a cell with nothing between them, in a list of several questions."""
        later: set[int] = set()
        listed: set[int] = set()
        runs = self._runs(nodes)
        top = self._top(nodes)
        for run in reversed(runs):
            asked = run if self._says_no_more(nodes[run[-1]]) else run[:-1]
            if self._is_list([nodes[place] for place in asked], later if run[0] <= top else set()):
                listed.update(asked)
            else:
                later |= {label.number for place in run if (label := nodes[place].label)}
        return [
            replace(node, is_listed=True) if place in listed or node.heading.is_link else node
            for place, node in enumerate(nodes)
        ]

    def _top(self, nodes: Sequence[Node]) -> int:
        """The place of the first node that is more than a title."""
        return next((place for place, node in enumerate(nodes) if node.label or node.has_prose), len(nodes))

    def _runs(self, nodes: Sequence[Node]) -> list[list[int]]:
        """The places of nodes of a cell that follow one another with nothing between them."""
        runs: list[list[int]] = []
        for place, node in enumerate(nodes):
            before = nodes[place - 1] if place else None
            follows = before and before.cell == node.cell and before.unit + 1 == node.unit
            if before and follows and node.level >= before.level and self._says_no_more(before):
                runs[-1].append(place)
            else:
                runs.append([place])
        return runs

    def _is_list(self, run: Sequence[Node], later: set[int]) -> bool:
        said = {
            max(node.named, key=lambda each: node.named[each])
            for node in run
            if max(node.named.values(), default=0) >= KNOWN
        }
        if len(said) >= LISTED and len(said) >= 0.7 * len(run):
            return True
        while run and run[0].heading.is_alone and run[0].level <= BOLD:
            run = run[1:]  # the list's own title
        numbers = [node.label.number for node in run if node.label]
        counts_up = all(one + 1 == other for one, other in pairwise(numbers))
        if len(numbers) < LIST_LENGTH or not counts_up or len(set(numbers) & later) < 0.7 * len(numbers):
            return False
        return all(len(self._units[node.unit].body.split()) <= LIST_WORDS for node in run)

    def _says_no_more(self, node: Node) -> bool:
        """Whether a heading's unit holds little more than the heading."""
        if node.heading.level >= LOOSE and not node.heading.is_alone:
            return False
        return len(self._units[node.unit].body.split()) <= len(node.heading.title.split()) + 3


def _is_subject(title: str, text: str) -> bool:
    """Whether a text says first what it is about, and then goes on to speak of it: "LSTM: ...", "**LSTM** ..."."""
    after = text.partition(title)[2] if title else ""
    return len(title.split()) <= SUBJECT_WORDS and not after.startswith((".", ";", "!"))


def _of_function(unit: Unit, label: Label) -> Heading:
    """The heading that the name of a function is; a first line of few words is its title."""
    first, _, rest = unit.body.strip().partition("\n")
    _, title = label_of(first.strip(), is_heading=True)
    is_alone = len(first.split()) <= COMMENT_WORDS and bool(rest.strip())
    return Heading(unit.start, unit.end, LINE, label, title.strip(" .:-=*#~") if is_alone else clause(title), is_alone)


def _within_a_line(unit: Unit) -> Heading:
    """A number behind which an answer begins, though line breaks were lost before it."""
    number = unit.mark.number if unit.mark and unit.mark.number is not None else 0
    is_weak = unit.mark is not None and unit.mark.strength == "weak"
    label = Label("dot" if is_weak else "word", number)
    title = clause(unit.body.strip()[:TITLE_LENGTH])
    return Heading(unit.start, unit.end, ITEM if is_weak else LINE, label, title, is_alone=not unit.body.strip())
