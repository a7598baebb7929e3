"""Headings over the answers to several questions: "Questions 9 and 10", "Q7 ..., Q9 ..., Q10 ...: one class for all".

What speaks of one of them is given to it; the rest of what stands below is read for each, until a heading of one alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set

from grader.notebook.headings.naming import compares
from grader.notebook.outline.aligned import Placed
from grader.notebook.outline.heading_kinds import NAMES
from grader.notebook.outline.outline import Node
from grader.pack.questions import Question

MOST = 4
"""A heading with more numbers is a list of questions."""

_WORD = r"(?:qs?|ques|ans|no|nr|questions?|answers?|tasks?|exercises?|problems?|numbers?)"
_NUMBER = re.compile(
    rf"(?<![\w.])(?:(?P<word>{_WORD})[ .#]{{0,3}})?(?P<number>\d{{1,2}})(?![\w%]|[ ]?(?:points|marks|pts))",
    re.IGNORECASE,
)
_AT_START = re.compile(r"[\s#*_>=(\-–—]{0,20}")
_JOINS = re.compile(r"[\s).:*_]{0,4}(?:[,;&+/]|and|und|et|y)[\s(*_]{0,4}(?:and\s)?", re.IGNORECASE)
_RANGE = re.compile(r"[ \t]{0,3}[-–—][ \t]{0,3}")
_REFERS = re.compile(r"(?:see|cf|of|from|like|as in|than|unlike|with|to|after|before)[\s.]{1,2}$", re.IGNORECASE)
_LONGEST = 160


def several(line: str, ids: Mapping[int, str]) -> frozenset[str]:
    """The questions over whose answers a heading stands, if it has the numbers of two to four of them."""
    text = line[:_LONGEST]
    start = _AT_START.match(text)
    numbers, end = list[int](), start.end() if start else 0
    for found in _NUMBER.finditer(text):
        between = text[end : found.start()]
        if not numbers and between:
            break
        is_next = bool(numbers) and int(found["number"]) == numbers[-1] + 1 and _RANGE.fullmatch(between) is not None
        is_joined = is_next or _JOINS.fullmatch(between) or (found["word"] and not _REFERS.search(between))
        if numbers and not is_joined:
            continue
        numbers.append(int(found["number"]))
        end = found.end()
    named = frozenset(ids[number] for number in numbers if number in ids)
    return named if 2 <= len(named) <= MOST else frozenset()


def partners(placed: Placed, owned: Set[str], ids: Mapping[int, str]) -> frozenset[str]:
    """The questions for which a heading stands, if they are two or more; `owned` are those with a heading."""
    node = placed.node
    if placed.question is None or not placed.is_own:
        return frozenset()
    others = set(several(node.line, ids))
    top = max(node.named.values(), default=0.0)
    if not compares(node.heading.title):
        others |= {question for question, score in node.named.items() if score == top >= NAMES}
    asked = {placed.question, *(others - owned)}
    return frozenset(asked) if len(asked) > 1 else frozenset()


def read_for(
    labels: Sequence[str | None], nodes: Sequence[Node], questions: Sequence[Question]
) -> list[frozenset[str]]:
    """For each unit the questions for whose answers it is read; empty where that is the one of its label, or none."""
    ids = {question.number: question.id for question in questions}
    by_unit = {node.unit: node for node in nodes if not node.is_listed}
    found = [frozenset[str]()] * len(labels)
    group = now = frozenset[str]()
    stretch: list[int] = []
    for index, label in enumerate(labels):
        node = by_unit.get(index)
        if node is not None and label in (named := several(node.line, ids)):
            _keep_apart(found, stretch, labels)
            group, now, stretch = named, named, []
        elif label is not None and label not in group:
            group = now = frozenset()
        elif node is not None and (alone := _alone(node, group, ids)):
            now = frozenset({alone})
        found[index] = now if label is not None else frozenset()
        if found[index]:
            stretch.append(index)
    _keep_apart(found, stretch, labels)
    return found


def _keep_apart(found: list[frozenset[str]], stretch: Sequence[int], labels: Sequence[str | None]) -> None:
    """A question that has text of its own below their heading, by what it speaks of, does not need that of others."""
    told = {labels[index] for index in stretch[1:] if len(found[index]) > 1}
    own = told if len(told) > 1 else set()
    for index in stretch:
        label = labels[index]
        if len(found[index]) > 1 and label is not None:
            found[index] = (found[index] - own) | {label}
            found[index] = found[index] if len(found[index]) > 1 else frozenset()


def _alone(node: Node, among: frozenset[str], ids: Mapping[int, str]) -> str | None:
    """The one of several questions to which a heading below theirs belongs, by its number."""
    question = ids.get(node.label.number) if node.label else None
    return question if question in among else None
