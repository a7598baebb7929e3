"""How well doubt tells the decisions about explanations that are wrong, and the fit of its weights.

Run `python -m tests.benchmarks.doubt`: orders all decisions about the labelled answers of each half by their doubt,
and prints which part of the wrong ones is among the first; whether as many are wrong as doubt expects; and how many
flags a notebook gets that is put together from one answer to each question; and how often an equation was wrongly
refused, by the reason. `--fit` learns the weights anew of a pack
without numbers of its own (`tests.benchmarks.learning`), from the halves for tuning alone, and writes them to
`grader/language/prose/doubt.json`. What the numbers of the pack make of their own half is too good to be true: the
other one tells.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

import grader.language.prose.doubt as model
from grader.language.prose import LOOK, Coverage, Decision, cover
from grader.pack.vocabulary import Vocabulary
from reference.pack import assignment
from tests.benchmarks import equation_agreement, labelled, prose_agreement

WEIGHTS = Path(model.__file__).with_name("doubt.json")
HALVES = ("tune", "heldout")
CURVE = (0.02, 0.05, 0.1, 0.2, 0.3)
RIDGE = 1.0
UNTUNED = 3.0
"""What a decision about an answer counts that no wording was learnt from: those of the other sets err too rarely."""
WHOLE = ("explanations", "shared_prose", "later_explanations")
VERDICTS = ("said", "missing", "accused", "spared")


@dataclass(frozen=True)
class Tried:
    """One decision about a labelled answer, and whether it is wrong."""

    decision: Decision
    wrong: bool
    question: str
    answer: int
    weight: float = 1.0


def answers(half: str) -> list[labelled.Labelled]:
    """All whole answers of one half, by whomever."""
    found = [each for name in WHOLE for each in labelled.labelled(name, half)]
    if half == "tune":
        found += labelled.labelled("first_readings", half)
    others = "tune" if half == "tune" else "evaluate"
    for each in (*prose_agreement.corpus(), *prose_agreement.corpus(prose_agreement.OTHERS)):
        if each.half == others:
            text = labelled.Labelled(each.question, each.text, each.concepts, each.misconceptions, frozenset())
            found.append(text)
    return found


@lru_cache(maxsize=4)
def tried(half: str, *, alone: bool = False) -> tuple[Tried, ...]:
    """The decisions about all answers of a half that an examiner is sure of, or those of patterns alone."""
    covering = patterns_alone if alone else cover
    found = []
    for number, answer in enumerate(answers(half)):
        weight = UNTUNED if answer.id.startswith("d") else 1.0
        for each in answer.read(covering).decisions:
            if each.id in answer.doubt:
                continue
            yes = each.verdict in ("said", "accused")
            wrong = yes != (each.id in answer.concepts | answer.misconceptions)
            found.append(Tried(each, wrong, answer.question.id, number, weight))
    return tuple(found)


def patterns_alone(*texts: Any, terms: Vocabulary, **options: Any) -> Coverage:
    """Reads as `cover` does for a pack that has learnt nothing."""
    return cover(*texts, terms=replace(terms, learnt=None), **options)


def caught(decisions: Sequence[Tried], part: float) -> float:
    """The part of the wrong decisions that is among the first ones, ordered by doubt."""
    first = sorted(decisions, key=lambda each: (-each.decision.doubt, each.decision.id, each.answer))
    first = first[: round(part * len(first))]
    return sum(each.wrong for each in first) / max(sum(each.wrong for each in decisions), 1)


def fit(decisions: Iterable[Tried]) -> dict[str, dict[str, float]]:
    """Weights for each verdict, by logistic regression with a ridge, which keeps signs that say little near zero.

    One more wrong decision of mean signs is counted for each: what was never wrong may yet be.
    """
    weights = {}
    groups: dict[str, list[Tried]] = defaultdict(list)
    for each in decisions:
        groups[each.decision.verdict].append(each)
    for verdict in VERDICTS:
        names = sorted({name for each in groups[verdict] for name in each.decision.signs})
        rows = [[1.0, *(each.decision.signs[name] for name in names)] for each in groups[verdict]]
        rows.append([sum(column) / len(rows) for column in zip(*rows, strict=True)])
        wrong = np.array([*(each.wrong for each in groups[verdict]), True], dtype=float)
        counts = np.array([*(each.weight for each in groups[verdict]), 1.0])
        found = _regression(np.array(rows), wrong, counts)
        weights[verdict] = dict(zip(("constant", *names), (round(float(each), 3) for each in found), strict=True))
    return weights


def _regression(rows: Any, wrong: Any, counts: Any) -> Any:
    """Newton's method; the constant is free."""
    ridge = np.diag([1e-3, *[RIDGE] * (rows.shape[1] - 1)])
    weights = np.zeros(rows.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-rows @ weights))
        gradient = rows.T @ (counts * (wrong - chance)) - ridge @ weights
        weights += np.linalg.solve((rows.T * (counts * chance * (1 - chance))) @ rows + ridge, gradient)
    return weights


def notebooks(decisions: Sequence[Tried]) -> list[int]:
    """The flags of notebooks that are put together from the answers of a half, the next one of each question."""
    flags: dict[str, dict[int, int]] = defaultdict(dict)
    for each in decisions:
        mine = flags[each.question]
        mine[each.answer] = mine.get(each.answer, 0) + (each.decision.doubt >= LOOK)
    columns = [list(flags[question.id].values()) for question in assignment.questions]
    return [sum(column[number % len(column)] for column in columns) for number in range(max(map(len, columns)))]


def show(half: str) -> None:
    """Print the curve of one half, and how well doubt is calibrated."""
    decisions = tried(half)
    wrong = sum(each.wrong for each in decisions)
    expected = sum(each.decision.doubt for each in decisions)
    curve = "  ".join(f"{part:.0%}: {caught(decisions, part):.0%}" for part in CURVE)
    print(f"{half:>8} {len(decisions)} decisions, {wrong} wrong, {expected:.0f} expected; in the first  {curve}")
    for verdict in VERDICTS:
        mine = [each for each in decisions if each.decision.verdict == verdict]
        off = sum(each.wrong for each in mine)
        print(f"{verdict:>17} {len(mine):>6} {off:>4} wrong, {sum(e.decision.doubt for e in mine):>5.1f} expected")
    for low, high in ((0, 0.02), (0.02, 0.05), (0.05, 0.1), (0.1, 0.2), (0.2, 0.3), (0.3, 0.5), (0.5, 1.01)):
        mine = [each for each in decisions if low <= each.decision.doubt < high]
        share = sum(each.wrong for each in mine) / max(len(mine), 1)
        print(f"{low:>12.2f} to {min(high, 1):.2f} {len(mine):>6} {share:>6.1%} wrong")
    flags = sorted(notebooks(decisions))
    flagged = [each for each in decisions if each.decision.doubt >= LOOK]
    right = sum(each.wrong for each in flagged) / max(len(flagged), 1)
    most = flags[int(0.9 * (len(flags) - 1))]
    print(f"{'':>8} at {LOOK}: {len(flagged)} flags, {right:.0%} of them rightly;", end=" ")
    print(f"a notebook has {flags[len(flags) // 2]}, nine of ten have at most {most}\n")


def show_equations(half: str) -> None:
    """Print how often an equation of one half that lost its point is right, by what became of it."""
    lost: dict[str, list[bool]] = defaultdict(list)
    for system in equation_agreement.systems(half):
        verdicts = system.verdicts()
        others = any(each.status == "right" for each in verdicts.values())
        for role, each in verdicts.items():
            if each.status != "right":
                lost[f"{each.status}, {'others' if others else 'none'} right"].append(role not in system.wrong)
    for name, wrong in sorted(lost.items()):
        print(f"{half:>8} equations {name:<26} {len(wrong):>3}, {sum(wrong):>3} of them wrongly")


def main() -> None:
    """Fit, if asked to, and print."""
    if "--fit" in sys.argv:
        weights = fit(tried("tune", alone=True))
        WEIGHTS.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")
        print("written; run it once more without --fit")
        return
    for half in HALVES:
        show(half)
    for half in equation_agreement.HALVES:
        show_equations(half)


if __name__ == "__main__":
    main()
