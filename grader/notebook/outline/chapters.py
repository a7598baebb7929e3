"""Headings above those of the questions, in whose chapters questions stand, and the one that ends the answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from grader.notebook.headings.headings import LOOSE
from grader.notebook.headings.naming import compares
from grader.notebook.headings.openings import BOLD, ROW
from grader.notebook.outline.aligned import Placed
from grader.notebook.outline.closing import closes
from grader.notebook.outline.heading_kinds import BETTER, strongest_name
from grader.notebook.outline.outline import Node

REPEATED = 3
"""So many questions answered once more below the heading of one are a second part of the notebook."""

FEW_UNITS = 3
"""So far below the heading of a chapter may its first question stand."""

Owners = Mapping[int, Placed]


def chapters(nodes: Sequence[Node], owners: Owners) -> Iterator[int]:
    """The units of headings of chapters. `owners` are the headings that are aligned with questions, by unit."""
    if not owners:
        return
    first = min(owners)
    levels = [placed.node.level for placed in owners.values()]
    recurring = {node.unit for node in recurring_among(nodes)}
    for level in range(1, min(BOLD, max(levels)) + 1):
        above = [node for node in nodes if node.level == level and node.unit not in owners.keys() | recurring]
        are_titles = len({node.heading.title for node in above}) == len(above) and all(
            node.unit < first for node in above[:1]
        )
        direct = [
            node for node in above if node.unit + 1 in owners or (are_titles and _introduces(node, nodes, owners))
        ]
        is_higher = level < min(levels)
        if is_higher and len(direct) > len(above) / 2:
            yield from (node.unit for node in above)
            continue
        for node in above:
            if _is_met_before(node, nodes, node.unit):
                continue  # a part, as other answers have it
            if _opens_another_part(node, nodes, owners) or (is_higher and _begins_again(node, nodes, owners)):
                yield node.unit


def recurring_among(nodes: Sequence[Node]) -> list[Node]:
    """The headings without a number that are met more than once: "Question", "Answer", "Code"."""
    titles = Counter((node.level, node.heading.title.lower()) for node in nodes if node.label is None)
    return [
        node
        for node in nodes
        if node.label is None and node.heading.is_alone and titles[node.level, node.heading.title.lower()] > 1
    ]


def ends_answers(node: Node, last: Node, nodes: Sequence[Node], owners: Owners) -> bool:
    """Whether no answer follows from a heading on, which stands behind `last`, the heading of the last question."""
    if node.level > last.level or _is_met_before(node, nodes, last.unit):
        return False  # a part of the last answer, as other answers have it
    return (
        closes(node.heading.title)
        or _sums_up(node, last, nodes, owners)
        or _begins_a_sheet(node, nodes, owners)
        or _is_apart(node, last, nodes, owners)
        or _is_beyond(node, owners)
        or _sets_apart(node, last, owners)
    )


def interrupts(node: Node, last: Node, nodes: Sequence[Node], owners: Owners, *, is_open: bool) -> bool:
    """Whether a heading between two answers stands over a comparison of others than the one before, or of any where it
    `is_open` to which answer it belongs.
    """
    if _is_met_before(node, nodes, node.unit):
        return False
    of_all = is_open and _is_plain(node, last) and compares(node.heading.title)
    return of_all or _sets_apart(node, last, owners)


def _is_met_before(node: Node, nodes: Sequence[Node], unit: int) -> bool:
    """Whether a heading before this unit has the same title."""
    title = node.heading.title.lower()
    return any(
        other.heading.title.lower() == title and other.label == node.label for other in nodes if other.unit < unit
    )


def _begins_a_sheet(node: Node, nodes: Sequence[Node], owners: Owners) -> bool:
    """Whether a heading has the word of one over the first answer, and another number: "Sheet 3" and "Sheet 4"."""
    label = node.label
    if label is None or not label.word or strongest_name(node.named):
        return False
    before = (other.label for other in nodes if other.unit < min(owners) and other.level == node.level)
    return any(each is not None and each.word == label.word and each.number != label.number for each in before)


def _is_apart(node: Node, last: Node, nodes: Sequence[Node], owners: Owners) -> bool:
    """Whether a heading as high as that of the last answer, and unlike it, stands over text on something else, where
    no answer has such a heading within it."""
    if last.label is None and strongest_name(last.named) is None:
        return False
    if not _is_plain(node, last) or not node.has_prose or owners[last.unit].question in node.topics:
        return False
    return not any(
        _is_plain(other, last) for other in nodes if min(owners) < other.unit < last.unit and other.unit not in owners
    )


def _is_beyond(node: Node, owners: Owners) -> bool:
    """Whether a heading begins a cell with a number higher than those of all answers, and names none of them."""
    if node.label is None or not node.opens_cell or node.level > BOLD or strongest_name(node.named):
        return False
    numbers = [placed.node.label.number for placed in owners.values() if placed.node.label]
    return node.label.number > max([*numbers, len(_answered(owners) - {None})])


def _is_plain(node: Node, last: Node) -> bool:
    """Whether a heading begins a cell, as high as that of an answer, without a number and without a question's name."""
    return node.level <= min(last.level, BOLD) and node.opens_cell and not node.label and not strongest_name(node.named)


def _next(node: Node, nodes: Sequence[Node]) -> Node | None:
    """The next heading, but for lines that only begin with a name."""
    return next((other for other in nodes if other.unit > node.unit and other.heading.level < LOOSE), None)


def _introduces(node: Node, nodes: Sequence[Node], owners: Owners) -> bool:
    """Whether the heading of a question follows, after some words at most that do not go on with the one before."""
    after = _next(node, nodes)
    if after is None or after.unit not in owners or after.unit > node.unit + FEW_UNITS:
        return False
    before = max((unit for unit in owners if unit < node.unit), default=None)
    return after.unit == node.unit + 1 or before is None or owners[before].question not in node.topics


def _begins_again(node: Node, nodes: Sequence[Node], owners: Owners) -> bool:
    """Whether the next heading below this one is that of a question which was answered before."""
    after = _next(node, nodes)
    if after is None or after.level <= node.level or after.unit not in owners:
        return False
    question = owners[after.unit].question
    before = [placed.question for unit, placed in sorted(owners.items()) if unit < node.unit]
    return question in before[:-1] and question != before[-1]


def _opens_another_part(node: Node, nodes: Sequence[Node], owners: Owners) -> bool:
    """Whether headings of several questions stand below this one, none of which is the common kind."""
    below = takewhile(
        lambda other: other.level > node.level and other.unit not in owners,
        (other for other in nodes if other.unit > node.unit),
    )
    answered = _answered(owners)
    named = {
        strongest_name(other.named) or (other.label.number if other.label and other.label.style == "word" else None)
        for other in below
        if other.heading.level < LOOSE
        # A row with the name of a question that is answered elsewhere compares it with others.
        and (other.level != ROW or strongest_name(other.named) not in answered)
    }
    return len(named - {None}) >= REPEATED


def _sums_up(node: Node, last: Node, nodes: Sequence[Node], owners: Owners) -> bool:
    """Whether a heading without a number, unlike those of the questions, stands over what is said of several."""
    if node.level > BOLD or node.label or strongest_name(node.named) or last.label is None:
        return False
    below = takewhile(lambda other: other.level > node.level, (each for each in nodes if each.unit > node.unit))
    told = {*node.topics, *(strongest_name(other.named) for other in below)} - {None}
    return len(told) >= REPEATED and told <= _answered(owners)


def _sets_apart(node: Node, last: Node, owners: Owners) -> bool:
    """Whether a heading as high as that of the last answer sets several others against one another."""
    if node.label or not node.opens_cell or node.level > last.level or not compares(node.heading.title):
        return False
    most = max(node.named.values(), default=0.0)
    compared = {question for question, score in node.named.items() if score >= BETTER * most}
    return len(compared - {owners[last.unit].question}) > 1


def _answered(owners: Owners) -> set[str | None]:
    return {placed.question for placed in owners.values()}
