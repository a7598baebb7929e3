"""What a person should look at in explanations: the decisions that are likely wrong, the most doubtful one first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from grader.language.prose import LOOK, Coverage, Decision, to_look_at
from grader.pack.questions import Misconception
from grader.result.doubts import with_doubt
from grader.result.model import Finding

WORTH_KEEPING = 0.05
"""A decision that is wrong less often than this is not kept for an instructor."""


def unsure(decisions: Iterable[Decision], bound: float | None) -> Iterator[str]:
    """Flags, each of which names the question, the statement and the sentence. Without a bound it is the grader's."""
    for each in to_look_at(decisions, LOOK if bound is None else bound):
        yield with_doubt(f"{each.id}: please look, {_said(each)}", each.doubt)


def findings(
    decisions: Iterable[Decision], coverage: Coverage, misconceptions: Iterable[Misconception]
) -> Iterator[Finding]:
    """Decisions as a result keeps them, each with the check whose point rests on it."""
    concepts = {each.concept.id for each in coverage.concepts}
    charged = {each.spoiled.misconception.id: each.concept.id for each in coverage.concepts if each.spoiled}
    against = {each.id: each.against for each in misconceptions}
    for each in decisions:
        if each.doubt < WORTH_KEEPING:
            continue
        rests = charged.get(each.id) if each.verdict == "accused" else against.get(each.id, each.id)
        yield Finding(
            id=each.id,
            check=rests if rests in concepts else None,
            statement=each.statement,
            verdict=each.verdict,
            sentence=each.sentence,
            words=each.words,
            doubt=round(each.doubt, 4),
        )


def _said(decision: Decision) -> str:
    statement = decision.statement.rstrip(".")
    sentence = f"“{decision.sentence}”"
    if decision.verdict == "said":
        words = f", by its words {', '.join(decision.words)}" if decision.words else ""
        return f"“{statement}” counts as said, for {sentence}{words}"
    if decision.verdict == "missing":
        nearest = f"the nearest to it is {sentence}" if decision.sentence else "nothing is near to it"
        return f"“{statement}” counts as missing, {nearest}"
    mistake = statement.partition(". ")[0]
    if decision.verdict == "accused":
        return f"{sentence} counts as wrong, because “{mistake}”"
    return f"{sentence if decision.sentence else 'the explanation'} is not held against “{mistake}”"
