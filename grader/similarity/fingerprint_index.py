"""Which works of a class share much, by an inverted index of their fingerprints.

Each pair is looked at that shares `FEWEST_RARE` fingerprints which no more than `MOST_SHARING` works have; there all
fingerprints count. So what is to be done grows with the number of fingerprints, and not with its square.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from grader.similarity.lexing import prose_cell
from grader.similarity.winnowing import NONE, Hashes, hashes
from grader.similarity.works import GRAINS, Part, Work

FEWEST_RARE, MOST_SHARING = 4, 150
COMMON_SHARE, FEWEST_COMMON = 1 / 3, 3
"""What more than a third of a class has, and more than three of it, is everybody's: the starter, a usual phrase."""


@dataclass(frozen=True, slots=True)
class Limit:
    """From when on a part of two works is worth a look: so many fingerprints shared, and so much of the smaller one."""

    shared: int
    share: float


LIMITS: dict[Part, Limit] = {"code": Limit(14, 0.45), "prose": Limit(12, 0.25)}
"""Honest answers of the corpora share up to 0.36 of their code and 0.16 of their prose (`tests/similarity`)."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What two works have in common, of one part: fingerprints, and which share of the smaller work they are."""

    count: int
    share: float


@dataclass(frozen=True, slots=True)
class Pair:
    """Two works, by name, and what they share."""

    names: tuple[str, str]
    shared: dict[Part, Shared]

    @property
    def weight(self) -> float:
        """By which the pairs to be looked at first come first."""
        return max(each.share for each in self.shared.values()) + sum(each.share for each in self.shared.values()) / 10


@dataclass(frozen=True, slots=True)
class Comparison:
    """The pairs that are worth a look, those that share most first; `common` are fingerprints that say nothing."""

    pairs: tuple[Pair, ...]
    common: dict[Part, Hashes]


def compare(works: Sequence[Work], prompts: Iterable[str] = ()) -> Comparison:
    """Compare all works of a class. What the `prompts` say, and what a third of the class has, is left out."""
    found: dict[tuple[int, int], dict[Part, Shared]] = {}
    common: dict[Part, Hashes] = {}
    asked = [prose_cell(prompt, ()) for prompt in prompts]
    for part, grain in GRAINS.items():
        known = [hashes(getattr(each, part).values, grain) for each in asked]
        prints = [work.prints[part] for work in works]
        common[part] = np.union1d(np.concatenate([NONE, *known]), _of_many(prints))
        for both, shared in _compared(prints, common[part]):
            found.setdefault(both, {})[part] = shared
    told = [
        Pair((works[one].name, works[other].name), shared)
        for (one, other), shared in found.items()
        if any(_is_much(part, each) for part, each in shared.items())
    ]
    return Comparison(tuple(sorted(told, key=lambda pair: (-pair.weight, pair.names))), common)


def _of_many(prints: Sequence[Hashes]) -> Hashes:
    values, counts = np.unique(np.concatenate([NONE, *prints]), return_counts=True)
    return values[counts > max(FEWEST_COMMON, COMMON_SHARE * len(prints))]


def _is_much(part: Part, shared: Shared) -> bool:
    limit = LIMITS[part]
    return shared.count >= limit.shared and shared.share >= limit.share


def _compared(prints: Sequence[Hashes], common: Hashes) -> Iterable[tuple[tuple[int, int], Shared]]:
    """Each pair of works that shares something rare, with all that it shares."""
    kept = [np.setdiff1d(each, common, assume_unique=True) for each in prints]
    owners = np.repeat(np.arange(len(kept)), [len(each) for each in kept])
    values, index, counts = np.unique(np.concatenate([NONE, *kept]), return_inverse=True, return_counts=True)
    order = np.argsort(index, kind="stable")
    starts = np.searchsorted(index[order], np.arange(len(values) + 1))
    of_value, by_owner = owners[order], np.searchsorted(owners, np.arange(len(prints) + 1))
    for one in range(len(prints)):
        mine = index[by_owner[one] : by_owner[one + 1]]
        rare = mine[(counts[mine] > 1) & (counts[mine] <= MOST_SHARING)]
        times = np.bincount(_joined(of_value, starts, rare), minlength=len(prints))
        for other in (np.flatnonzero(times[one + 1 :] >= FEWEST_RARE) + one + 1).tolist():
            count = len(np.intersect1d(kept[one], kept[other], assume_unique=True))
            yield (one, other), Shared(count, count / min(len(kept[one]), len(kept[other])))


def _joined(of_value: NDArray[np.int64], starts: NDArray[np.int64], values: NDArray[np.int64]) -> NDArray[np.int64]:
    """The owners of some fingerprints, one after the other, each as often as it has one of them."""
    parts = [of_value[starts[value] : starts[value + 1]] for value in values.tolist()]
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)
