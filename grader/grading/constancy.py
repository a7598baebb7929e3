"""Whether what earned points is the same when nobody looks: as its author called it, and in graphs as out of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from grader.answer import evidence
from grader.answer.answer import Answer
from grader.answer.evidence import LayerFacts, Nonsense
from grader.answer.layer import Raised
from grader.grading.tampering import PREFIX
from grader.pack.verdict import Unanswerable
from grader.protocol import operations as ops
from grader.result.model import QuestionResult

MOST = 6
KINDS = frozenset({"structure", "behaviour", "training"})
WAYS = {
    "asked": "gives other numbers for the same when it is asked than when its cell ran",
    "training": "gives other numbers in a training, as its author called it, though nothing in it is left to chance",
    "graph": "gives other numbers in a graph, as in a training, than outside of one",
}


def differing(answer: Answer, result: QuestionResult) -> Iterator[str]:
    """A flag for each object with code of the answer's own that is not the same, where the code earned points."""
    own = [facts for facts in answer.survey.objects if not facts.hidden and may_differ(facts)]
    if not own or not any(check.earned and check.kind in KINDS for check in result.checks):
        return
    known = {facts.ref: facts for facts in own}
    found: tuple[evidence.Other, ...] = ()
    with suppress(Raised, Unanswerable, Nonsense):
        told = answer.ask(ops.Differing(tuple(list(known)[-MOST:])))
        found = evidence.read(evidence.Differing, {"found": told}).found
    for other in found:
        facts = known.get(other.ref)
        if facts is not None:
            place = f"cell {facts.place.cell + 1}" + (f", line {facts.place.line}" if facts.place.line else "")
            yield from (f"{PREFIX}{place}: {facts.class_name} {WAYS[way]}" for way in other.ways)


def may_differ(facts: LayerFacts) -> bool:
    """Whether it was run."""
    return bool(facts.calls)
