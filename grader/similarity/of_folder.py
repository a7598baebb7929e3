"""The similar submissions of a folder of results: found once for what is in it, and shown on a page of their own.

The cells are those of the executed notebooks, which lie beside the results. What was found is kept in `.similar.json`,
so that the page of a class can be made anew after every decision without comparing anything. It is for the instructor:
no student's report tells of it, and no export takes it along.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from grader.files.links import exists
from grader.files.opened import read_bytes
from grader.files.whole import remove, write_text
from grader.report.index import is_ours
from grader.result.names import FEEDBACK, BadRequest
from grader.similarity.fingerprint_index import Comparison, Pair, compare
from grader.similarity.similar_page import SIMILAR, Shown, render
from grader.similarity.winnowing import Hashes
from grader.similarity.works import GRAINS, Part, Source, cells_of, work_of
from grader.statistics.alike import Alike

KEPT = ".similar.json"
VERSION = 1
"""Of how works are compared: with another one all are compared again."""
MOST_KEPT_BYTES = 64 << 20
MOST_SHOWN = 60
"""So many pairs have their texts on the page; of more, the rest is named."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """What was found, and of what: `made_of` is a digest of all that it rests on."""

    made_of: str
    pairs: tuple[Alike, ...]
    common: dict[Part, Hashes]

    def to_json(self) -> str:
        pairs = [[*each.names, each.code, each.prose] for each in self.pairs]
        common = {part: values.tolist() for part, values in self.common.items()}
        return json.dumps({"made_of": self.made_of, "pairs": pairs, "common": common})

    @classmethod
    def read(cls, path: Path) -> _Kept | None:
        """What a file holds; None where that is nothing of ours."""
        try:
            held = json.loads(read_bytes(path, MOST_KEPT_BYTES))
            pairs = tuple(Alike((str(one), str(two)), float(a), float(b)) for one, two, a, b in held["pairs"])
            common: dict[Part, Hashes] = {part: np.array(held["common"][part], dtype=np.uint64) for part in GRAINS}
            return cls(str(held["made_of"]), pairs, common)
        except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
            return None


def similar_in(root: Path, digests: Mapping[str, str | None], prompts: Sequence[str]) -> tuple[Alike, ...]:
    """The pairs among the submissions in a folder, by the names of their folders; writes their page.

    `digests` has the digest of what each handed in, which tells whether anything has changed. Raises `OSError`, and
    `BadRequest` where a page of somebody else's has the name of ours.
    """
    page = root / SIMILAR
    if exists(page, follow=False) and not is_ours(page):
        raise BadRequest(f"{page} was not written by the grader, and stays as it is; give another folder, or move it")
    made_of = hashlib.sha256(json.dumps([VERSION, sorted(digests.items()), list(prompts)]).encode()).hexdigest()
    kept = _Kept.read(root / KEPT)
    if kept is None or kept.made_of != made_of:
        kept = _compared(root, digests, prompts, made_of)
        write_text(root / KEPT, kept.to_json())
    if kept.pairs:
        write_text(page, render(_shown(root, digests, kept), kept.pairs[MOST_SHOWN:], len(digests)))
    else:
        remove(page)
    return kept.pairs


def _compared(root: Path, digests: Mapping[str, str | None], prompts: Sequence[str], made_of: str) -> _Kept:
    works = [work_of(name, _cells(root, name, digests)) for name in sorted(digests)]
    found: Comparison = compare(works, prompts)
    return _Kept(made_of, tuple(map(_alike, found.pairs)), found.common)


def _alike(pair: Pair) -> Alike:
    shares = {part: round(shared.share, 4) for part, shared in pair.shared.items()}
    return Alike(pair.names, shares.get("code", 0.0), shares.get("prose", 0.0))


def _cells(root: Path, name: str, digests: Mapping[str, str | None]) -> list[Source]:
    return cells_of(root / name / FEEDBACK, digests[name])


def _shown(root: Path, digests: Mapping[str, str | None], kept: _Kept) -> Iterable[Shown]:
    for pair in kept.pairs[:MOST_SHOWN]:
        one, other = (_cells(root, name, digests) for name in pair.names)
        yield Shown.of(pair, one, other, kept.common)
