"""Kinds of headings: those that look alike, of which one kind stands over the answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from grader.notebook.headings.headings import LOOSE
from grader.notebook.headings.naming import NAME, PROMPT
from grader.notebook.headings.openings import BOLD, ITEM
from grader.notebook.outline.outline import ASIDE, Node

NAMES = 3.5
"""So strongly does a heading speak for a question that it names."""

BETTER, OUTNAMED = 0.6, 0.2
"""A heading that names a question less well than this share of the best hardly names it."""

MOST_IN_ROW = 100
"""So many headings with names and numbers are looked at for a row: no assignment has more questions."""

MANY = 5
"""So many numbers, each lower than the one before, are an order."""


def kinds(nodes: Sequence[Node]) -> Iterator[tuple[list[Node], bool]]:
    """The kinds of heading that may stand over answers, pure ones first, and whether each is a mixture."""
    usable = [node for node in nodes if not node.is_listed]
    seen: set[tuple[int, ...]] = set()

    def new(chosen: list[Node]) -> bool:
        key = tuple(node.unit for node in chosen)
        if not chosen or key in seen:
            return False
        seen.add(key)
        return True

    pure: Counter[tuple[int, str]] = Counter(map(kind_of, usable))
    for kind in pure:
        alike = [node for node in usable if kind_of(node) == kind]
        opening = [node for node in alike if node.opens_cell]
        for chosen in (alike, opening, with_numbers_between(alike), in_a_row(alike)):
            if new(chosen):
                yield chosen, False
    parts = {kind for kind in pure if begins_anew([node for node in usable if kind_of(node) == kind])}
    for level in sorted({level for level, _ in pure}):
        alike = [node for node in usable if node.level == level and (names_any(node) or kind_of(node) not in parts)]
        for chosen in (alike, [node for node in alike if names_any(node)]):
            if new(chosen):
                yield chosen, False
    usable = [node for node in usable if node.heading.level < LOOSE or max(node.named.values(), default=0.0) >= PROMPT]
    usable = [
        node
        for node in usable
        if node.label is None or (node.label.style != "other" and (names_any(node) or kind_of(node) not in parts))
    ]
    mixtures = (
        [node for node in usable if node.label and node.label.style == "word"],
        [node for node in usable if node.label and node.opens_cell],
        [node for node in usable if names_any(node) and node.heading.is_alone and not node.is_aside],
        [node for node in usable if node.opens_cell and (node.label or names_any(node))],
        [node for node in usable if node.level <= BOLD],
        [
            node
            for node in usable
            if node.label and node.level < ASIDE and (node.level < ITEM or node.opens_cell or names_any(node))
        ],
    )
    for mixture in mixtures:
        labelled = sum(node.label is not None for node in mixture)
        bar = NAME if labelled >= len(mixture) / 2 else NAMES
        chosen = [node for node in mixture if node.label or max(node.named.values(), default=0.0) >= bar]
        if new(chosen):
            yield chosen, True


def with_numbers_between(alike: Sequence[Node]) -> list[Node]:
    """Of headings that look alike, those that name questions, and one for each number that is left out between two."""
    anchors = [place for place, node in enumerate(alike) if node.label and names_any(node)]
    chosen = list(anchors)
    for one, other in pairwise(anchors):
        ends = sorted(label.number for place in (one, other) if (label := alike[place].label))
        between: dict[int, int] = {}
        for place in range(one + 1, other):
            label = alike[place].label
            if label and ends[0] < label.number < ends[1] and not names_any(alike[place]):
                best = between.get(label.number)
                if best is None or _speaks(alike[place]) >= _speaks(alike[best]):
                    between[label.number] = place
        chosen += between.values()
    return [alike[place] for place in sorted(chosen)]


def in_a_row(alike: Sequence[Node]) -> list[Node]:
    """Of headings that look alike and name questions, the longest row of higher and higher numbers."""
    named = [(node.label.number, node) for node in alike if node.label and names_any(node)]
    rows: list[list[tuple[int, Node]]] = []
    for number, node in named[:MOST_IN_ROW]:
        before = max((row for row in rows if row[-1][0] < number), key=len, default=[])
        rows.append([*before, (number, node)])
    return [node for _, node in max(rows, key=len, default=[])]


def _speaks(node: Node) -> float:
    return max(node.named.values(), default=0.0)


def begins_anew(nodes: Sequence[Node]) -> bool:
    """Whether headings without names are numbered from 1 again and again: then they are parts of answers."""
    unnamed = [node.label.number for node in nodes if node.label and not names_any(node)]
    runs = [number for number, _ in groupby(unnamed)]  # "1a", "1b" go on
    times = runs.count(1) if len(runs) > 1 else unnamed.count(1)
    return times > 1 and len(unnamed) > len(nodes) / 2


def descends(nodes: Sequence[Node]) -> bool:
    """Whether headings are numbered downwards, from the last question to the first."""
    numbers = [node.label.number for node in nodes if node.label]
    return len(numbers) >= MANY and all(one > other for one, other in pairwise(numbers))


def is_row(nodes: Sequence[Node]) -> bool:
    """Whether each heading has a number of its own, higher than that before, and these are no parts of one answer: each
    begins a cell, or some numbers are left out.
    """
    numbers = [node.label.number for node in nodes if node.label and node.level <= BOLD]
    if len(numbers) < len(nodes) or any(one >= other for one, other in pairwise(numbers)):
        return False
    return all(node.opens_cell for node in nodes) or numbers != list(range(1, len(numbers) + 1))


def kind_of(node: Node) -> tuple[int, str]:
    """What makes headings look alike: level and style of number."""
    return node.level, _style(node)


def _style(node: Node) -> str:
    return "" if node.label is None else node.label.style + node.label.word


def is_worded(node: Node) -> bool:
    """Whether a word for a question or an answer stands before the number."""
    return node.label is not None and node.label.style in ("word", "ordinal")


def names_any(node: Node) -> bool:
    """Whether a heading names a question."""
    return max(node.named.values(), default=0.0) >= NAMES


def strongest_name(named: Mapping[str, float]) -> str | None:
    """The question that a heading names, if it names one at all."""
    top = max(named, key=lambda each: named[each], default=None)
    return top if top is not None and named[top] >= NAMES else None


def with_best_names(nodes: Sequence[Node]) -> list[Node]:
    """The headings; one that names a question much less well than another one does hardly names it.

    Nor does one that names several, each of which another heading names better.
    """
    best: dict[str, float] = {}
    for node in nodes:
        for question, score in node.named.items():
            best[question] = max(score, best.get(question, 0.0))

    def share(node: Node, question: str) -> float:
        lists = len(node.named) > 1 and all(score < best[other] for other, score in node.named.items())
        return OUTNAMED if lists or node.named[question] < BETTER * best[question] else 1.0

    return [
        replace(node, named={question: score * share(node, question) for question, score in node.named.items()})
        for node in nodes
    ]


def parts(nodes: Sequence[Node], are_numbered: Sequence[bool], questions: int) -> set[int]:
    """The places of headings that name nothing, where others name half of the questions: with a number of their own,
    or over text on what another heading names, amid a cell or behind all of those. `are_numbered` tells which have the
    number of a question.
    """
    titles = [place for place, node in enumerate(nodes) if names_any(node)]
    named = {strongest_name(nodes[place].named) for place in titles}
    if 2 * len(named) < questions:
        return set()

    def is_part(place: int, node: Node) -> bool:
        if are_numbered[place] or names_any(node):
            return False
        top = max(node.topics, key=lambda each: node.topics[each], default=None)
        return node.label is not None or (top in named and (not node.opens_cell or place > titles[-1]))

    return {place for place, node in enumerate(nodes) if is_part(place, node)}


def recurring_parts(nodes: Sequence[Node], questions: int) -> set[int]:
    """The places of headings without names and numbers whose titles are met again, where others name half of the
    questions: "Structure", "Advantages"."""
    named = {strongest_name(node.named) for node in nodes} - {None}
    if 2 * len(named) < questions:
        return set()
    titles = Counter(node.heading.title.lower() for node in nodes)
    return {
        place
        for place, node in enumerate(nodes)
        if node.label is None and not names_any(node) and titles[node.heading.title.lower()] > 1
    }
