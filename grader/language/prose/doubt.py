"""How likely a decision about an explanation is wrong, so that a person looks where looking is worth it.

Reading decides about each concept whether it is said or missing, and about each misconception whether a text is accused
of it or spared. What a decision rests on is described by a handful of numbers, its signs (`signs.py`); a logistic
regression makes a probability of them. Its weights lie in `doubt.json` and are learnt from answers that an examiner
labelled, by `python -m tests.benchmarks.doubt --fit`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Literal

Verdict = Literal["said", "missing", "accused", "spared"]

LOOK = 0.45
"""From this doubt on a person is asked to look, unless a course sets another bound."""

_WEIGHTS = Path(__file__).with_name("doubt.json")
_CLOSEST = 35.0
"""Beyond this logarithm of the odds a probability is 0 or 1."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about one statement, from which sentence, and how likely that is wrong.

    `id` and `statement` are those of a concept or a misconception; `sentence` is the one that decided, or came closest.
    `words` are the stems that decided, where no pattern fits.
    """

    id: str
    statement: str
    verdict: Verdict
    sentence: str | None
    doubt: float
    signs: Mapping[str, float] = field(default_factory=dict, compare=False)
    words: tuple[str, ...] = ()


def doubt_of(verdict: Verdict, signs: Mapping[str, float]) -> float:
    """The probability that a decision with these signs is wrong, from 0 to 1. Signs without a weight count nothing."""
    return probability(_weights()[verdict], signs)


def probability(weights: Mapping[str, float], signs: Mapping[str, float]) -> float:
    """What a logistic regression with these weights makes of signs; those without a weight count nothing."""
    odds = weights["constant"] + sum(value * weights.get(name, 0.0) for name, value in sorted(signs.items()))
    return 1 / (1 + math.exp(-max(-_CLOSEST, min(_CLOSEST, odds))))


def ordered(decisions: Iterable[Decision]) -> list[Decision]:
    """Those to be looked at first in front; equal ones in the order of their ids."""
    return sorted(decisions, key=lambda each: (-each.doubt, each.id))


def to_look_at(decisions: Iterable[Decision], bound: float = LOOK) -> list[Decision]:
    """Those that are wrong with at least this probability, the most doubtful one in front."""
    return [each for each in ordered(decisions) if each.doubt >= bound]


@lru_cache(maxsize=1)
def _weights() -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = json.loads(_WEIGHTS.read_text(encoding="utf-8"))
    return found
