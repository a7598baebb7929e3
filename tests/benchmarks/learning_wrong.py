"""Learns what words say for misconceptions, from the halves for tuning alone.

    python -m tests.benchmarks.learning_wrong [--write]

Prints which accusations stand at each bound when their words were learnt from other texts, so that a bound can be
chosen by which at least `WANTED` of them are right; `--write` learns once more from all texts, and what is likely there
of that which was spared.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from grader.language.prose.heard import UNIT
from grader.language.prose.heard_wrong import odds
from grader.language.prose.learnt import DECISIONS
from grader.language.prose.passages import Passage
from reference.pack import assignment
from tests.benchmarks import labelled, learning, prose_agreement
from tests.benchmarks.examples import ALIKE, ANSWERS, DIRECTIONS, Example, reading_of
from tests.benchmarks.labelled import Labelled
from tests.benchmarks.regression import logistic

SENTENCES = ("sentences", "claims", "accused", "true_ones", "sounding_alike", "plain_and_near", "later_sentences")
WHOLE = (*ANSWERS, "corpus")
FOLDS, WANTED, RIDGE = 5, 0.98, 1.0
BOUNDS = (-6.0, -4.0, -3.0, -2.5, -2.0, -1.5, -1.0, 0.0)
BOUND = -2.6
"""About the first of those at which as many accusations are right as is wanted; what the pack itself says is wrong is
held to be so."""


@dataclass(frozen=True)
class Wrong(Example):
    """A text that is labelled for misconceptions."""

    def label(self, concept: str) -> bool | None:
        """Whether an examiner finds the misconception in it; None where it is doubtful."""
        return None if concept in self.answer.doubt else concept in self.answer.misconceptions

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Its statements, wrong or not."""
        return tuple(each for each in reading_of(self.answer).sentences if each.statement)


def examples() -> list[Wrong]:
    """All of them."""
    found = [Wrong(each, name) for name in (*SENTENCES, *ANSWERS) for each in labelled.labelled(name, "tune")]
    for each in (*prose_agreement.corpus(), *prose_agreement.corpus(prose_agreement.OTHERS)):
        if each.half == "tune":
            text = Labelled(each.question, each.text, each.concepts, each.misconceptions, frozenset())
            found.append(Wrong(text, "corpus"))
    none: frozenset[str] = frozenset()
    for question in assignment.questions:
        for wrong in question.misconceptions:
            others = frozenset(each.id for each in question.misconceptions) - {wrong.id}
            said = [Labelled(question, text, none, frozenset({wrong.id}), others) for text in wrong.says]
            said += [Labelled(question, text, none, none, others) for text in wrong.says_not]
            found += [Wrong(each, "says") for each in said]
    return found


def families() -> list[tuple[str, ...]]:
    """The ids of each misconception: questions that ask the same share theirs."""
    found: dict[str, list[str]] = defaultdict(list)
    for question in assignment.questions:
        for wrong in question.misconceptions:
            found[wrong.id.split(".")[1] if question.id in DIRECTIONS else wrong.id].append(wrong.id)
    return [tuple(ids) for ids in found.values()]


def of(known: Sequence[Wrong], ids: Sequence[str]) -> list[tuple[Wrong, str]]:
    """The texts that are labelled for a misconception, each with its id there."""
    names = {each.split(".")[0]: each for each in ids}
    return [(each, names[each.question]) for each in known if each.question in names]


@dataclass(frozen=True)
class Judged:
    """A misconception of a text: what was decided, and what words say that were learnt from other texts."""

    source: str
    label: bool
    verdict: str
    doubt: float
    weight: float


def judged(known: Sequence[Wrong]) -> list[Judged]:
    """All that is labelled."""
    found = []
    for ids in families():
        mine = of(known, ids)
        for fold in range(FOLDS):
            numbers = learning.learnt([each for each, _ in mine if each.fold(FOLDS) != fold], ids)
            for each, name in mine:
                label = each.label(name)
                if label is not None and each.fold(FOLDS) == fold:
                    decision = each.decision(name)
                    weight = weight_of(each, *numbers)
                    found.append(Judged(each.source, label, decision.verdict, decision.doubt, weight))
    return found


def weight_of(example: Wrong, constant: int, words: dict[str, int]) -> float:
    """What the words of the sentence say that says most for it, as a logarithm of odds."""
    sums = [constant + sum(words[word] for word in mine & words.keys()) for mine in example.words]
    return max(sums, default=-6 * UNIT) / UNIT


def spared(cases: Sequence[Judged]) -> dict[str, float]:
    """The weights with which what was spared is there all the same, from whole answers."""
    mine = [each for each in cases if each.verdict == "spared" and each.source in WHOLE]
    weights = [max(-6.0, min(6.0, each.weight)) for each in mine]
    rows = [[odds(each.doubt), weight, min(0.0, weight + 1)] for each, weight in zip(mine, weights, strict=True)]
    wrong = np.array([each.label for each in mine])
    found, constant = logistic(np.array(rows), wrong, np.ones(len(mine)), RIDGE)
    names = ("patterns", "heard", "unheard")
    return {"constant": round(constant, 3)} | {n: round(float(w), 3) for n, w in zip(names, found, strict=True)}


def show(cases: Sequence[Judged]) -> None:
    """Print what stands at each bound."""
    for bound in BOUNDS:
        mine = [e for e in cases if e.verdict == "accused" and e.source != "says" and e.weight >= bound]
        right = sum(each.label for each in mine)
        print(f"{bound:>6} {len(mine):>4} accusations, {right / max(len(mine), 1):.3f} of them right")


def write(known: Sequence[Wrong], cases: Sequence[Judged], folder: Path) -> None:
    """Learn from all texts."""
    for name, alike in (("wrong", {}), ("wrong_directions", ALIKE)):
        found = {}
        for ids in families():
            if (ids[0].split(".")[0] in DIRECTIONS) is bool(alike):
                constant, words = learning.learnt([each for each, _ in of(known, ids)], ids)
                found[" ".join(ids)] = {"constant": constant, "words": words}
        text = json.dumps({"alike": alike, "statements": found}, ensure_ascii=False, indent=1)
        (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    data = json.loads((folder / DECISIONS).read_text(encoding="utf-8"))
    data["verdicts"]["spared"] = spared(cases)
    data["bounds"]["accused"] = BOUND
    (folder / DECISIONS).write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Measure, print, and write if asked to."""
    known = examples()
    cases = judged(known)
    show(cases)
    if "--write" in sys.argv and assignment.vocabulary.learnt is not None:
        write(known, cases, assignment.vocabulary.learnt)


if __name__ == "__main__":
    main()
