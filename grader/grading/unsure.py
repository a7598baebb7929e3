"""What a person should look at in explanations: the decisions that are likely wrong, the most doubtful one first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from grader.language.prose import LOOK, Decision, to_look_at
from grader.result.doubts import with_doubt


def unsure(decisions: Iterable[Decision], bound: float | None) -> Iterator[str]:
    """Flags, each of which names the question, the statement and the sentence. Without a bound it is the grader's."""
    for each in to_look_at(decisions, LOOK if bound is None else bound):
        yield with_doubt(f"{each.id}: please look, {_said(each)}", each.doubt)


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
