"""Numbers that a pack has learnt from labelled answers: how much each word of a sentence says for a statement.

A pack that has such numbers names their folder (`Vocabulary.learnt`). In it lie:

- `classes.txt`: words that say the same, a class a line (`SHRINK: fade shrink dwindle ...`);
- `*.json`: for each statement (several ids of the same one stand between blanks) a constant and the weights of words,
  and under `alike` words that are taken for one another in these questions;
- `decisions.json`: the weights of signs (`doubt.py`) with which a decision is likely wrong, for each verdict, and under
  `bounds` from which probability on it is turned round.

They are learnt by `python -m tests.benchmarks.learning`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from grader.language.prose.words import stem, tokens

DECISIONS = "decisions.json"
CLASSES = "classes.txt"


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each word, or class of words, says for a statement, in hundredths of the logarithm
    of odds."""

    constant: int
    words: Mapping[str, int]
    alike: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Learnt:
    """All numbers of a pack. `classes` are those of each stem; `statements` go by the ids of concepts."""

    classes: Mapping[str, tuple[str, ...]]
    statements: Mapping[str, Weights]
    verdicts: Mapping[str, Mapping[str, float]]
    bounds: Mapping[str, float]


@lru_cache(maxsize=4)
def learnt(folder: Path) -> Learnt:
    """The numbers in a folder. Raises `OSError` or `ValueError` if they cannot be read."""
    statements: dict[str, Weights] = {}
    kinds: dict[str, Mapping[str, str]] = {}
    for path in sorted(folder.glob("*.json")):
        if path.name != DECISIONS:
            data = json.loads(path.read_text(encoding="utf-8"))
            alike = kinds.setdefault(json.dumps(data["alike"], sort_keys=True), data["alike"])
            for ids, each in data["statements"].items():
                statements |= dict.fromkeys(ids.split(), Weights(each["constant"], each["words"], alike))
    decisions = json.loads((folder / DECISIONS).read_text(encoding="utf-8"))
    return Learnt(classes_in(folder), statements, decisions["verdicts"], decisions["bounds"])


@lru_cache(maxsize=4)
def classes_in(folder: Path) -> Mapping[str, tuple[str, ...]]:
    """The classes of each stem, in the order of the file; a word may be in several."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for line in (folder / CLASSES).read_text(encoding="utf-8").splitlines():
        name, _, words = line.partition(":")
        for word in words.split():
            for part in tokens(word):
                found[stem(part)][name] = None
    return {word: tuple(names) for word, names in found.items()}
