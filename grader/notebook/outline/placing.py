"""Cells without a heading that belong to another one than that above them: code over its text, or all at the end."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from grader.notebook.headings.headings import Heading
from grader.notebook.headings.openings import LINE
from grader.notebook.outline.aligned import Alignment, Placed
from grader.notebook.outline.alignment import GUESSED, LIKELY, Aligner
from grader.notebook.outline.outline import Node
from grader.notebook.outline.units import Unit

FEW = 3
"""So many cells of code at the end, about as many questions, are those of all answers."""

FEW_AS_MANY = 2
"""They are, where they build so many of the networks asked for besides the last, and are as many as the answers."""

ROW_OF_PARAGRAPHS = 6
"""So many paragraphs, each on another question, are the answers to them."""

AGREED = 0.6
"""So many of them must build what the answer in their place is on, if they build anything that is asked for."""

MOST = 0.7
"""This share of headings must have other cells above them, where they belong to what follows."""

NOTHING = ""
"""The kind of what shows no letter and no digit: a tag, a rule."""

_RULE = re.compile(r"(?:[-*_=][ \t]{0,2}){3,80}|<hr ?/?>")

Spoken = Callable[[range], tuple[dict[str, float], bool]]


def sections_of_cells(
    owners: Mapping[int, Placed], cells: Sequence[int], kinds: Sequence[str], spoken: Spoken, aligner: Aligner
) -> dict[int, Placed]:
    """More places at which a question begins, by unit. `owners` are headings, `cells` and `kinds` those of units."""
    places = sorted(unit for unit, placed in owners.items() if placed.question)
    if len(places) < FEW:
        return {}
    return _above(places, owners, cells, kinds, spoken) or _at_the_end(places, owners, cells, kinds, spoken, aligner)


def _above(
    places: Sequence[int], owners: Mapping[int, Placed], cells: Sequence[int], kinds: Sequence[str], spoken: Spoken
) -> dict[int, Placed]:
    """Where each heading has its cells of the other kind above it, the first one too, and the last none below."""
    stretches = {place: _before(place, cells, kinds) for place in places}
    first, last = places[0], places[-1]
    stretches[first] = _without_setup(stretches[first], cells, spoken)
    if not stretches[first] or _other_kind_below(last, kinds) or sum(map(len, stretches.values())) == 0:
        return {}
    if sum(len(stretch) > 0 for stretch in stretches.values()) < MOST * len(places):
        return {}
    own = before = 0
    for earlier, place in zip([None, *places], places, strict=False):
        topics, _ = spoken(stretches[place])
        own += owners[place].question in topics
        before += earlier is not None and owners[earlier].question in topics
    if own <= before:
        return {}
    return {stretch.start: owners[place] for place, stretch in stretches.items() if stretch}


def _without_setup(stretch: range, cells: Sequence[int], spoken: Spoken) -> range:
    """The cells above the first heading without those at their beginning that only set things up."""
    for begin in _stretches(stretch.start, stretch.stop, cells) if stretch else ():
        if not spoken(begin)[1]:
            return range(begin.start, stretch.stop)
    return range(stretch.stop, stretch.stop)


def _before(place: int, cells: Sequence[int], kinds: Sequence[str]) -> range:
    """The units of the other kind in the cells right above the cell of a heading."""
    end = place
    while end and cells[end - 1] == cells[place] and kinds[end - 1] == NOTHING:
        end -= 1
    if end and cells[end - 1] == cells[place]:
        return range(end, end)
    start = end
    while start and kinds[start - 1] not in (kinds[place], NOTHING):
        start -= 1
    return range(start, end)


def _other_kind_below(place: int, kinds: Sequence[str]) -> bool:
    return any(kind not in (kinds[place], NOTHING) for kind in kinds[place:])


def _at_the_end(
    places: Sequence[int],
    owners: Mapping[int, Placed],
    cells: Sequence[int],
    kinds: Sequence[str],
    spoken: Spoken,
    aligner: Aligner,
) -> dict[int, Placed]:
    """Where no answer but the last has code below it, the cells of code there are aligned by what they build.

    As many as there are answers are theirs in the same order, if what they build does not say otherwise.
    """
    programs = [unit for unit, kind in enumerate(kinds) if kind == "code" and unit >= places[0]]
    if not programs or programs[0] < places[-1] or programs != list(range(programs[0], programs[-1] + 1)):
        return {}
    nodes = [_node(stretch, cells, spoken) for stretch in _stretches(programs[0], programs[-1] + 1, cells)]
    nodes = [node for node in nodes if not node.prepares]
    asked = list(dict.fromkeys(owners[place].question for place in places))
    are_as_many = len(nodes) == len(asked)
    built = {question for node in nodes for question in node.topics} - {owners[places[-1]].question}
    if len(nodes) < FEW or len(built) < (FEW_AS_MANY if are_as_many else FEW):
        return {}
    if are_as_many:
        told = [
            question in node.topics
            for node, question in zip(nodes, asked, strict=True)
            if not node.topics.keys().isdisjoint(asked)
        ]
        if sum(told) >= AGREED * len(told):
            return {
                node.unit: Placed(node, question, LIKELY, is_own=False)
                for node, question in zip(nodes, asked, strict=True)
            }
    return {
        each.node.unit: Placed(each.node, each.question, GUESSED, is_own=False)
        for each in aligner.align(nodes).placed
        if each.question
    }


def between_rules(
    units: Sequence[Unit], cells: Sequence[int], kinds: Sequence[str], spoken: Spoken, aligner: Aligner
) -> dict[int, Placed]:
    """Where nothing but rules parts the answers: the first unit of each part, with its question.

    A rule that ends its cell may stand under the text, and the code below it still go with that.
    """
    rules = [index for index, unit in enumerate(units) if _RULE.fullmatch(unit.body.strip())]
    if len(rules) < FEW:
        return {}
    behind = [index + 1 for index in rules if index + 1 < len(units)]
    found = _parted([0, *behind], units, cells, spoken, aligner)
    under = [_behind_code(index, kinds) for index in behind]
    if under != behind and all(cells[index] != cells[index - 1] for index in behind):
        other = _parted([0, *(index for index in under if index < len(units))], units, cells, spoken, aligner)
        is_above = kinds[0] == "code"  # the code of the first answer stands over its text
        found = other if (len(other.questions), not is_above) > (len(found.questions), is_above) else found
    if _agreed(found) < MOST * len(found.placed) or len(found.questions) < FEW:
        return {}
    return {each.node.unit: replace(each, is_own=False) for each in found.placed}


def _parted(
    begins: Sequence[int], units: Sequence[Unit], cells: Sequence[int], spoken: Spoken, aligner: Aligner
) -> Alignment:
    """The parts that begin at these units, aligned."""
    parts = [range(one, other) for one, other in pairwise([*begins, len(units)]) if one < other]
    return aligner.align([_node(part, cells, spoken) for part in parts])


def _behind_code(index: int, kinds: Sequence[str]) -> int:
    """The first unit from here on that is no code."""
    while index < len(kinds) and kinds[index] == "code":
        index += 1
    return index


def _agreed(found: Alignment) -> int:
    """How many parts speak of the question with which they are aligned."""
    return sum(each.question in each.node.topics for each in found.placed)


def cells_of_text(
    cells: Sequence[int], kinds: Sequence[str], spoken: Spoken, aligner: Aligner, questions: int
) -> dict[int, Placed]:
    """Where there are as many cells of text as questions, each with its code below: the first unit of each.

    Only where they answer all questions in order, and half of them speak of their own.
    """
    begins = [
        unit for unit, kind in enumerate(kinds) if kind == "markdown" and (unit == 0 or cells[unit - 1] != cells[unit])
    ]
    if len(begins) != questions:
        return {}
    parts = pairwise([*begins, len(cells)])
    found = aligner.align([_node(range(one, other), cells, spoken) for one, other in parts])
    if len(found.questions) < questions or 2 * _agreed(found) < questions:
        return {}
    return {each.node.unit: replace(each, is_own=False) for each in found.placed}


def paragraphs(units: Sequence[Unit], cells: Sequence[int], spoken: Spoken, aligner: Aligner) -> dict[int, Placed]:
    """Where nothing is set off, but most paragraphs are on questions, one after the other: the first one of each."""
    prose = [range(index, index + 1) for index, unit in enumerate(units) if unit.boundary in ("cell", "paragraph")]
    nodes = [node for node in (_node(each, cells, spoken) for each in prose) if node.topics and not node.prepares]
    if len(nodes) < ROW_OF_PARAGRAPHS:
        return {}
    begins = [each for each in aligner.align(nodes).placed if each.is_own and each.question in each.node.topics]
    asked = [each.question for each in begins]
    if len(asked) < MOST * len(nodes) or not len(asked) == len(set(asked)) >= ROW_OF_PARAGRAPHS:
        return {}
    return {each.node.unit: replace(each, is_own=False) for each in begins}


def _stretches(start: int, end: int, cells: Sequence[int]) -> list[range]:
    begins = [unit for unit in range(start, end) if unit == 0 or cells[unit - 1] != cells[unit]]
    return [range(one, other) for one, other in pairwise([*begins, end])]


def _node(stretch: range, cells: Sequence[int], spoken: Spoken) -> Node:
    topics, prepares = spoken(stretch)
    nameless = Heading(0, 0, LINE, None, "", is_alone=False)
    return Node(stretch.start, cells[stretch.start], LINE, nameless, True, False, {}, topics, prepares)
