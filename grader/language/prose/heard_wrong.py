"""What words say for misconceptions: an accusation that its own words do not bear out is only asked about.

A pattern of a misconception fits true sentences, too, that nobody foresaw. Their other words tell: where what was
learnt from labelled sentences says clearly that such a sentence is none of it, nobody is accused. Of what is spared,
words say how likely it is there all the same, so that a person looks.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

from grader.language.prose.doubt import Decision, probability
from grader.language.prose.findings import MisconceptionFinding
from grader.language.prose.heard import heard
from grader.language.prose.learnt import Learnt
from grader.language.prose.passages import Passage
from grader.language.prose.reconsidering import signs_of

_LEAST = 1e-6


def borne_out(
    shown: Iterable[MisconceptionFinding], passages: Sequence[Passage], learnt: Learnt, asked: frozenset[str]
) -> list[MisconceptionFinding]:
    """The findings, of which those are plain that their words bear out; what nothing was learnt of stays."""
    return [replace(each, plain=each.plain and _is_borne_out(each, passages, learnt, asked)) for each in shown]


def _is_borne_out(
    finding: MisconceptionFinding, passages: Sequence[Passage], learnt: Learnt, asked: frozenset[str]
) -> bool:
    name = finding.misconception.id
    mine = (each for each in passages if each.text in finding.sentences)
    best = heard([name], mine, learnt, asked).get(name)
    return best is None or best.weight >= learnt.bounds.get("accused", -math.inf)


def with_words(
    decisions: Sequence[Decision], passages: Sequence[Passage], learnt: Learnt, asked: frozenset[str]
) -> list[Decision]:
    """Decisions about misconceptions, those that were spared with the doubt that words and patterns have together."""
    weights = learnt.verdicts.get("spared")
    if weights is None:
        return list(decisions)
    best = heard([each.id for each in decisions if each.verdict == "spared"], passages, learnt, asked)
    found = []
    for each in decisions:
        if each.verdict == "spared":
            signs = {**each.signs, **signs_of(best.get(each.id)), "patterns": odds(each.doubt)}
            each = replace(each, doubt=probability(weights, signs), signs=signs)
        found.append(each)
    return found


def odds(chance: float) -> float:
    """The logarithm of the odds of a probability, which is bounded."""
    bounded = min(max(chance, _LEAST), 1 - _LEAST)
    return math.log(bounded / (1 - bounded))
