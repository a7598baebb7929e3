"""Where the words of a text speak against what its patterns decided: the decision is turned round, if that is likely.

A statement that patterns found counts, unless its words make it likely that they fitted something else. One that they
did not find counts where a sentence says it in so many words of its own that it is likely there. What is listed, copied
or wrong was left out before (`heard.py`); what contradicts itself, or is held at a distance, stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from grader.language.prose.doubt import Decision, probability
from grader.language.prose.english import AUXILIARIES, STOPWORDS
from grader.language.prose.findings import ConceptFinding, MisconceptionFinding
from grader.language.prose.heard import Heard, can_be_heard, heard
from grader.language.prose.learnt import Learnt
from grader.language.prose.passages import Passage
from grader.language.prose.stated import quoted
from grader.language.prose.words import stem

MOST = 400
"""So many passages are weighed: one who writes more has said what there is to say."""
_HELD = 0.2
_AUXILIARIES, _SMALL_WORDS = (frozenset(map(stem, words)) for words in (AUXILIARIES, STOPWORDS))
_MORE = 0.3
"""So much is said beyond the words of the question (logarithm of odds): they name the subject, and state nothing."""
_STRONG = 6.0
"""Beyond this logarithm of odds words say no more."""


def reconsidered(
    found: Sequence[ConceptFinding],
    decisions: Sequence[Decision],
    passages: Iterable[Passage],
    shown: Sequence[MisconceptionFinding],
    learnt: Learnt,
    asked: frozenset[str] = frozenset(),
) -> tuple[list[ConceptFinding], list[Decision]]:
    """The findings about concepts, and the decisions about them in the same order, as words and patterns together see
    them. `shown` are the misconceptions of the text: their sentences say nothing right, and each that cost nothing yet
    costs what words add."""
    wrong = {sentence for each in shown for sentence in each.sentences}
    said = [each for each in passages if can_be_heard(each, wrong)][:MOST]
    best = heard([each.concept.id for each in found], said, learnt, asked)
    pairs = [_weighed(*each, best.get(each[0].concept.id), learnt) for each in zip(found, decisions, strict=True)]
    spoiling = [each.spoiled for each in found]
    free = [each for each in shown if each.plain and each not in spoiling]
    return [_charged(after, before, free) for (after, _), before in zip(pairs, found, strict=True)], [
        decision for _, decision in pairs
    ]


def signs_of(best: Heard | None) -> dict[str, float]:
    """What words add to the signs of a decision: how much they say, and how little."""
    weight = max(-_STRONG, min(_STRONG, best.weight if best else -_STRONG))
    return {"heard": weight, "unheard": min(0.0, weight + 1.0)}


def _weighed(
    finding: ConceptFinding, decision: Decision, best: Heard | None, learnt: Learnt
) -> tuple[ConceptFinding, Decision]:
    signs = {**decision.signs, **signs_of(best)}
    doubt = probability(learnt.verdicts[decision.verdict], signs)
    turned = doubt >= learnt.bounds[decision.verdict]
    if decision.verdict == "said" and turned:
        now = replace(decision, verdict="missing", doubt=1 - doubt, signs=signs)
        return replace(finding, covered=False, near=True), now
    free = finding.spoiled is None and finding.contrary is None
    if decision.verdict == "missing" and turned and free and best is not None and _is_said(best):
        sentence = quoted(best.passage.text)
        now = replace(decision, verdict="said", sentence=sentence, doubt=1 - doubt, signs=signs, words=best.words)
        return replace(finding, covered=True, near=True, sentence=sentence), now
    return finding, replace(decision, doubt=doubt, signs=signs)


def _is_said(best: Heard) -> bool:
    """Whether it is a sentence, which tells something with a verb and small words, the author stands for nearly all of
    it, and it says more than the question does. What is supposed is not said.
    """
    passage = best.passage
    acts = passage.tells and (bool(passage.verbs) or not _AUXILIARIES.isdisjoint(passage.stems))
    told = acts and not _SMALL_WORDS.isdisjoint(passage.stems)
    return told and best.beyond >= _MORE and len(passage.held | passage.supposed) <= _HELD * len(passage.stems)


def _charged(after: ConceptFinding, before: ConceptFinding, free: list[MisconceptionFinding]) -> ConceptFinding:
    """A point that words add pays for a misconception that nothing paid for."""
    if after.covered and not before.covered and free:
        return replace(after, spoiled=free.pop(0))
    return after
