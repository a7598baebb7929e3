"""Questions set out before the answers, each as a heading in a cell of its own: a template that was filled below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from grader.notebook.outline.heading_kinds import strongest_name
from grader.notebook.outline.outline import Node

FEWEST = 3
"""So many questions one after the other, with nothing below them, may be a template."""

ANSWERED_LATER = 0.7
"""This share of them must have headings once more."""


def without_templates(nodes: Sequence[Node]) -> list[Node]:
    """The headings; those that only set out questions which have headings once more, further down, are listed."""
    found: set[int] = set()
    for run in _runs(nodes):
        asked = {each for place in run for each in _asked(nodes[place])[:1]}
        later = {each for node in nodes[run[-1] + 1 :] for each in _asked(node)}
        known = [place for place in run if any(each in later for each in _asked(nodes[place]))]
        if len(asked) >= FEWEST and len(known) >= ANSWERED_LATER * len(run):
            found.update(run)
    return [replace(node, is_listed=True) if place in found else node for place, node in enumerate(nodes)]


def _runs(nodes: Sequence[Node]) -> Iterator[list[int]]:
    """Places of headings that look alike, each in a cell of its own and with nothing but another heading below it."""
    run: list[int] = []
    said: set[str | int] = set()
    for place, (node, after) in enumerate(pairwise(nodes)):
        asked = set(_asked(node))
        is_empty = node.opens_cell and node.heading.is_alone and after.unit == node.unit + 1 and after.cell != node.cell
        goes_on = bool(run) and nodes[run[-1]].level == node.level and run[-1] + 1 == place and not asked & said
        if run and not (is_empty and goes_on):
            yield run
            run, said = [], set()
        if is_empty and asked:
            run.append(place)
            said |= asked
    if run:
        yield run


def _asked(node: Node) -> list[str | int]:
    """What a heading asks for: the question that it names, and its number."""
    name, number = strongest_name(node.named), node.label.number if node.label else None
    return [each for each in (name, number) if each is not None]
