"""Learns what words say for statements, and when a decision is to be turned round, from the halves for tuning alone.

    python -m tests.benchmarks.learning [--write]

Prints what cross-validation makes of it: examples are parted by their texts, and each is judged by numbers that were
learnt from the other parts. `--write` learns once more from all of them, into the folder of the pack.

A text is labelled as a whole, so which of its sentences makes a statement is learnt along with what its words say: of a
text that makes it, the sentence that the patterns found is taken, then the one that the words say most for (Andrews,
Tsochantaridis and Hofmann, 2003); of one that does not, all are.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from grader.language.prose.doubt import probability
from grader.language.prose.heard import PAIR, UNIT, Heard
from grader.language.prose.learnt import DECISIONS
from grader.language.prose.passages import Passage
from grader.language.prose.reconsidering import signs_of
from reference.pack import assignment
from tests.benchmarks.examples import ALIKE, DIRECTIONS, UNTUNED, Example, examples
from tests.benchmarks.prose_agreement import quadratic_weighted_kappa
from tests.benchmarks.regression import logistic

FOLDS, ROUNDS, RIDGE, SELDOM, KEPT = 10, 3, 1.0, 2, 150
DECISIONS_RIDGE = 1.0
COUNTS = {
    "first_readings": 3.0,
    "later_explanations": 3.0,
    "fresh_statements": 0.5,
    "statements": 0.0,
    "says": 0.0,
    "general talk": 0.1,
}
"""What a decision counts: of texts from which patterns were learnt a third, as they err too rarely there."""
TUNED = 0.5
BOUNDS = {"said": 0.48, "missing": 0.55}
Words = dict[str, int]


@dataclass(frozen=True)
class Family:
    """Statements that are learnt together, in this order, each with an id in every question."""

    name: str
    questions: tuple[str, ...]
    statements: tuple[tuple[str, ...], ...]


def families() -> list[Family]:
    """One for each question, and one for the three that ask the same."""
    ids = {question.id: [concept.id for concept in question.concepts] for question in assignment.questions}
    alone = [Family(name, (name,), tuple((each,) for each in ids[name])) for name in ids if name not in DIRECTIONS]
    return [*alone, Family("directions", DIRECTIONS, tuple(zip(*(ids[name] for name in DIRECTIONS), strict=True)))]


class Table:
    """The words of examples as rows of 0 and 1, a column for each word that is not too seldom."""

    def __init__(self, known: Sequence[Example]) -> None:
        counts = Counter(word for each in known for word in frozenset().union(*each.words))
        self.columns = {word: at for at, word in enumerate(sorted(w for w, n in counts.items() if n >= SELDOM))}

    def rows(self, example: Example) -> Any:
        """(passages, words)"""
        found = np.zeros((len(example.words), len(self.columns)))
        for row, words in zip(found, example.words, strict=True):
            row[[self.columns[word] for word in words if word in self.columns]] = 1.0
        return found


def learnt(known: Sequence[Example], ids: Sequence[str]) -> tuple[int, Words]:
    """The constant and the weights for one statement."""
    table = Table(known)
    told = [(each, each.label(_id(each, ids))) for each in known if each.words]
    against = [table.rows(each) for each, label in told if label is False]
    for_it = [(each, table.rows(each)) for each, label in told if label]
    no = np.concatenate(against)
    no_counts = np.concatenate([np.full(len(rows), len(rows) ** -0.5) for rows in against])
    weights: Any = None
    constant = 0.0
    for _ in range(ROUNDS):
        chosen = [(rows, _chosen(each, ids, rows, weights)) for each, rows in for_it]
        if not any(len(at) for _, at in chosen):
            chosen = [(rows, list(range(len(rows)))) for _, rows in for_it]
        yes = np.concatenate([rows[at] for rows, at in chosen if len(at)])
        yes_counts = np.concatenate([np.full(len(at), 1 / len(at)) for _, at in chosen if len(at)])
        rows, counts = np.concatenate([yes, no]), np.concatenate([yes_counts, no_counts])
        weights, constant = logistic(rows, np.arange(len(rows)) < len(yes), counts, RIDGE)
    most = sorted(table.columns, key=lambda word: (-abs(weights[table.columns[word]]), word))[:KEPT]
    found = {word: round(UNIT * float(weights[table.columns[word]])) for word in sorted(most)}
    return round(UNIT * constant), {word: weight for word, weight in found.items() if weight}


def _chosen(example: Example, ids: Sequence[str], rows: Any, weights: Any) -> list[int]:
    """The passages of an example that are taken to make the statement."""
    if weights is not None:
        pairs = np.array([each.pair for each in example.passages])
        return [int((rows @ weights - PAIR / UNIT * pairs).argmax())]
    decision = example.decision(_id(example, ids))
    quoted = decision.sentence or "" if decision.verdict in ("said", "accused") else ""
    found = [at for at, each in enumerate(example.passages) if each.text in quoted]
    return found or ([0] if len(rows) == 1 else [])


def _id(example: Example, ids: Sequence[str]) -> str:
    return next(each for each in ids if each.startswith(f"{example.question}."))


@dataclass(frozen=True)
class Judged:
    """A statement of an example, with what patterns and words have to say of it."""

    example: Example
    id: str
    label: bool
    said: bool
    signs: dict[str, float]

    @property
    def counts(self) -> float:
        """How much it counts when decisions are learnt."""
        return COUNTS.get(self.example.source, TUNED)


def judged(known: Sequence[Example]) -> Iterator[Judged]:
    """All statements of all examples, each heard with words that were learnt from the others."""
    for family in families():
        mine = [each for each in known if each.question in family.questions]
        for fold in range(FOLDS):
            rest = [each for each in mine if each.fold(FOLDS) != fold]
            for ids in family.statements:
                constant, words = learnt(rest, ids)
                for each in mine:
                    label = each.label(_id(each, ids))
                    if each.fold(FOLDS) == fold and label is not None:
                        yield _judged(each, _id(each, ids), label, constant, words)


def _judged(example: Example, id_: str, label: bool, constant: int, words: Words) -> Judged:
    best: Heard | None = None
    for passage, mine in zip(example.passages, example.words, strict=True):
        weight = _weight(passage, mine, constant, words) / UNIT
        if best is None or weight > best.weight:
            best = Heard(weight, passage, (), weight)
    decision = example.decision(id_)
    return Judged(example, id_, label, decision.verdict == "said", {**decision.signs, **signs_of(best)})


def _weight(passage: Passage, mine: frozenset[str], constant: int, words: Words) -> int:
    return constant + sum(words[word] for word in mine & words.keys()) - PAIR * passage.pair


def decided(cases: Sequence[Judged]) -> dict[str, dict[str, float]]:
    """For each verdict of the patterns the weights of the signs that it is wrong."""
    found = {}
    for verdict, said in (("said", True), ("missing", False)):
        mine = [each for each in cases if each.said is said and each.counts]
        names = sorted(mine[0].signs)
        rows = np.array([[each.signs[name] for name in names] for each in mine])
        wrong = np.array([each.label is not said for each in mine])
        weights, constant = logistic(rows, wrong, np.array([each.counts for each in mine]), DECISIONS_RIDGE)
        found[verdict] = {"constant": round(constant, 3)} | {
            name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)
        }
    return found


def crossed(cases: Sequence[Judged]) -> list[float]:
    """For each case the probability that the patterns are wrong about it, learnt from the other parts."""
    found = [0.0] * len(cases)
    for fold in range(FOLDS):
        weights = decided([each for each in cases if each.example.fold(FOLDS) != fold])
        for at, each in enumerate(cases):
            if each.example.fold(FOLDS) == fold:
                found[at] = probability(weights["said" if each.said else "missing"], each.signs)
    return found


def show(cases: Sequence[Judged], chances: Sequence[float]) -> None:
    """Print what comes of it: patterns alone, and with words, by set."""
    now = [_now(*each) for each in zip(cases, chances, strict=True)]
    sets = {"untuned": UNTUNED} | {each: (each,) for each in dict.fromkeys(case.example.source for case in cases)}
    for name, sources in sets.items():
        mine = [(each, yes) for each, yes in zip(cases, now, strict=True) if each.example.source in sources]
        before = _figures([(each, each.said) for each, _ in mine])
        print(f"{name:>20} {before}   with words {_figures(mine)}")


def _now(case: Judged, chance: float) -> bool:
    """Whether it counts as said; what contradicts itself stays as it is."""
    if case.said:
        return chance < BOUNDS["said"]
    return chance >= BOUNDS["missing"] and not case.signs["contrary"]


def _figures(cases: Sequence[tuple[Judged, bool]]) -> str:
    true = sum(yes and each.label for each, yes in cases)
    found, wanted = sum(yes for _, yes in cases), sum(each.label for each, _ in cases)
    points: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for each, yes in cases:
        points[id(each.example)][0] += each.label
        points[id(each.example)][1] += yes
    kappa = quadratic_weighted_kappa([(one, other) for one, other in points.values()])
    return f"P {true / max(found, 1):.3f} R {true / max(wanted, 1):.3f} kappa {kappa:.3f}"


def write(known: Sequence[Example], cases: Sequence[Judged], folder: Path) -> None:
    """Learn from all examples. What was learnt of misconceptions stays (`tests.benchmarks.learning_wrong`)."""
    for family in families():
        mine = [each for each in known if each.question in family.questions]
        found = {}
        for ids in family.statements:
            constant, words = learnt(mine, ids)
            found[" ".join(ids)] = {"constant": constant, "words": words}
        alike = ALIKE if family.questions == DIRECTIONS else {}
        data = {"alike": alike, "statements": found}
        (folder / f"{family.name}.json").write_text(_text(data), encoding="utf-8")
    data = json.loads((folder / DECISIONS).read_text(encoding="utf-8"))
    data["verdicts"] |= decided(cases)
    data["bounds"] |= BOUNDS
    (folder / DECISIONS).write_text(_text(data), encoding="utf-8")


def _text(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def main() -> None:
    """Measure, print, and write if asked to."""
    known = examples()
    cases = list(judged(known))
    show(cases, crossed(cases))
    if "--write" in sys.argv and assignment.vocabulary.learnt is not None:
        write(known, cases, assignment.vocabulary.learnt)


if __name__ == "__main__":
    main()
