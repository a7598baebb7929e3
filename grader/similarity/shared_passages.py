"""What two works share, cell beside cell: which passages of each stand in the other, too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from grader.similarity.lexing import Tokens
from grader.similarity.winnowing import Hashes, hashes
from grader.similarity.works import GRAINS, Part, Source, Work, tokens_of

Spans = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Marked:
    """A cell, and the stretches of its text that are shared."""

    cell: Source
    spans: tuple[tuple[int, int], ...]
    prints: frozenset[int]


def shared_prints(one: Work, other: Work, common: Mapping[Part, Hashes]) -> dict[Part, Hashes]:
    """The fingerprints that two works have, without those that say nothing."""
    return {
        part: np.setdiff1d(np.intersect1d(one.prints[part], other.prints[part], assume_unique=True), common[part])
        for part in GRAINS
    }


def marked(cells: Sequence[Source], shared: Mapping[Part, Hashes]) -> list[Marked]:
    """The cells of a work in which something shared stands."""
    found = []
    for cell, tokens in zip(cells, tokens_of(cells), strict=True):
        spans: Spans = []
        prints: set[int] = set()
        for part in GRAINS:
            own: Tokens = getattr(tokens, part)
            run = GRAINS[part].run
            made = hashes(own.values, GRAINS[part])
            places = np.flatnonzero(np.isin(made, shared[part])).tolist()
            spans += [(own.starts[place], own.ends[place + run - 1]) for place in places]
            prints.update(made[places].tolist())
        if spans:
            found.append(Marked(cell, tuple(_joined(spans)), frozenset(prints)))
    return found


def _joined(spans: Iterable[tuple[int, int]]) -> Spans:
    made: Spans = []
    for start, end in sorted(spans):
        if made and start <= made[-1][1] + 1:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((start, end))
    return made


def side_by_side(one: Sequence[Marked], other: Sequence[Marked]) -> list[tuple[Marked | None, Marked | None]]:
    """Each marked cell of one work beside the cell of the other with which it shares most; then what is left there."""
    owners: dict[int, list[int]] = {}
    for place, cell in enumerate(other):
        for value in cell.prints:
            owners.setdefault(value, []).append(place)
    free = set(range(len(other)))
    rows: list[tuple[Marked | None, Marked | None]] = []
    for cell in one:
        near = Counter(place for value in cell.prints for place in owners.get(value, ()) if place in free)
        best = min(near, key=lambda place: (-near[place], place), default=None)
        free.discard(-1 if best is None else best)
        rows.append((cell, None if best is None else other[best]))
    return [*rows, *((None, other[place]) for place in sorted(free))]
