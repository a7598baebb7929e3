"""How well the reading of explanations agrees with a human examiner, on the labelled corpus.

Run `python -m tests.benchmarks.prose_agreement`: prints precision and recall over concepts, and quadratic weighted
kappa over the points of an answer, per question and for each half of the corpus. `--errors` lists the disagreements
of the half that was used for tuning; those of the other half are not shown, so that it stays a fair test. At the end
stands the same for answers that were written and labelled by others, and for the sets of an examiner
(`tests.benchmarks.labelled`), with the misconceptions that answers are accused of. `--matcher semantic` reads with the
optional matcher (extra `semantic`).
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.language.prose import Cover, Coverage, cover
from grader.pack.questions import Question
from reference.pack import assignment
from tests.benchmarks import labelled

CORPUS = Path(__file__).parents[1] / "language" / "prose" / "corpus"
OTHERS = CORPUS / "others"
"""Answers by somebody who had seen the concepts, but neither their ways to be said nor the matcher."""

HALVES = ("tune", "evaluate")


@dataclass(frozen=True)
class Answer:
    """One labelled answer: its concepts and misconceptions by their full ids."""

    question: Question
    half: str
    kind: str
    text: str
    concepts: frozenset[str]
    misconceptions: frozenset[str]

    def read(self, covering: Cover = cover) -> Coverage:
        """What the grader finds in it."""
        prompts = [question.prompt for question in assignment.questions]
        question = self.question
        return covering(
            [self.text],
            question.concepts,
            question.misconceptions,
            copied_from=prompts,
            subject=question.subject,
            terms=assignment.vocabulary,
        )


@dataclass(frozen=True)
class Agreement:
    """Counts over concepts, and the pairs of points (human, grader) of the answers."""

    true: int
    false: int
    missed: int
    points: tuple[tuple[int, int], ...]

    @property
    def precision(self) -> float:
        """Of the concepts that the grader found, how many the human found."""
        return self.true / max(self.true + self.false, 1)

    @property
    def recall(self) -> float:
        """Of the concepts that the human found, how many the grader found."""
        return self.true / max(self.true + self.missed, 1)

    @property
    def kappa(self) -> float:
        """Cohen's kappa with quadratic weights over the points of an answer."""
        return quadratic_weighted_kappa(self.points)


def corpus(folder: Path = CORPUS) -> list[Answer]:
    """All labelled answers in a folder."""
    questions = {question.number: question for question in assignment.questions}
    answers = []
    for path in sorted(folder.glob("q*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        question = questions[data["question"]]
        for entry in data["answer"]:
            concepts = frozenset(f"{question.id}.{name}" for name in entry["concepts"])
            wrong = frozenset(f"{question.id}.{name}" for name in entry.get("misconceptions", ()))
            answers.append(Answer(question, entry["half"], entry["kind"], entry["text"], concepts, wrong))
    return answers


def quadratic_weighted_kappa(pairs: Sequence[tuple[int, int]]) -> float:
    """Agreement of two raters beyond chance: 1 - observed / expected squared differences (J. Cohen, 1968)."""
    observed = sum((one - other) ** 2 for one, other in pairs) / len(pairs)
    expected = sum((one - other) ** 2 for one, _ in pairs for _, other in pairs) / len(pairs) ** 2
    return 1.0 if expected == 0 else 1 - observed / expected


def agreement(answers: Iterable[Answer], covering: Cover = cover) -> Agreement:
    """Compare the grader with the labels."""
    true = false = missed = 0
    points = []
    for answer in answers:
        found = {finding.concept.id for finding in answer.read(covering).concepts if finding.covered}
        true += len(found & answer.concepts)
        false += len(found - answer.concepts)
        missed += len(answer.concepts - found)
        points.append((len(answer.concepts), len(found)))
    return Agreement(true, false, missed, tuple(points))


def misconception_agreement(answers: Iterable[Answer]) -> Agreement:
    """The same for misconceptions."""
    true = false = missed = 0
    points = []
    for answer in answers:
        found = {finding.misconception.id for finding in answer.read().misconceptions}
        true += len(found & answer.misconceptions)
        false += len(found - answer.misconceptions)
        missed += len(answer.misconceptions - found)
        points.append((len(answer.misconceptions), len(found)))
    return Agreement(true, false, missed, tuple(points))


def _show_errors(answers: Iterable[Answer]) -> None:
    for answer in answers:
        coverage = answer.read()
        found = {finding.concept.id: finding.sentence for finding in coverage.concepts if finding.covered}
        wrong = {finding.misconception.id: finding.sentence for finding in coverage.misconceptions}
        pairs = ((found, answer.concepts), (wrong, answer.misconceptions))
        excess = [(key, text) for got, want in pairs for key, text in got.items() if key not in want]
        lacking = [key for got, want in pairs for key in sorted(want) if key not in got]
        if excess or lacking:
            print(f"\n[{answer.question.id} {answer.kind}] {answer.text}")
            for key, text in excess:
                print(f"   + {key}: {text}")
            for key in lacking:
                print(f"   - {key}")


def _show_examiner(covering: Cover) -> None:
    """The sets of an examiner: statements and accusations; the misconceptions of sentences that only sound like one."""
    head = f"{'':>26} {'texts':>6} {'precision':>10} {'recall':>8} {'kappa':>8} {'accused right':>14} {'wrong':>6}"
    print(f"\n{head} {'missed':>7} {'precision':>10} {'recall':>8}")
    for name in labelled.SETS:
        for half in labelled.HALVES:
            answers = labelled.labelled(name, half)
            groups = [(f"{name} {half}", answers)]
            if name not in {"sentences", "claims", "accused"}:
                groups += [(q.id, [a for a in answers if a.question is q]) for q in assignment.questions]
            for title, group in groups:
                _show_figures(title, group, covering)


def _show_figures(title: str, group: Sequence[labelled.Labelled], covering: Cover) -> None:
    found = labelled.figures(group, covering)
    said, accused = found.statements, found.accusations
    kappa = quadratic_weighted_kappa(found.points)
    statements = f"{said.precision:>10.3f} {said.recall:>8.3f} {kappa:>8.3f}"
    if not any(answer.concepts for answer in group):
        statements = f"{'':>10} {'':>8} {'':>8}"
    counts = f"{accused.true:>14} {accused.false:>6} {accused.missed:>7}"
    print(f"{title:>26} {len(group):>6} {statements} {counts} {accused.precision:>10.3f} {accused.recall:>8.3f}")


def main() -> None:
    """Print the figures, and with `--errors` the disagreements of the tuning half."""
    answers, covering = corpus(), cover
    if "semantic" in sys.argv:
        from grader.language.prose.semantic import SemanticCover

        covering = SemanticCover()
    print(f"{'':>10} {'answers':>8} {'precision':>10} {'recall':>8} {'kappa':>8} {'near':>6}")
    for half in HALVES:
        of_half = [answer for answer in answers if answer.half == half]
        groups = [(question.id, [a for a in of_half if a.question is question]) for question in assignment.questions]
        for name, group in [*groups, (half, of_half)]:
            figures = agreement(group, covering)
            near = sum(finding.near for answer in group for finding in answer.read(covering).concepts)
            shown = f"{figures.precision:>10.3f} {figures.recall:>8.3f} {figures.kappa:>8.3f}"
            print(f"{name:>10} {len(group):>8} {shown} {near:>6}")
        wrong = misconception_agreement(of_half)
        print(f"{'wrong':>10} {len(of_half):>8} {wrong.precision:>10.3f} {wrong.recall:>8.3f}\n")
    others = corpus(OTHERS)
    for half in HALVES:
        of_half = [answer for answer in others if answer.half == half]
        figures = agreement(of_half, covering)
        shown = f"{figures.precision:>10.3f} {figures.recall:>8.3f} {figures.kappa:>8.3f}"
        print(f"{half:>10} {len(of_half):>8} {shown}  by others")
        wrong = misconception_agreement(of_half)
        print(f"{'wrong':>10} {len(of_half):>8} {wrong.precision:>10.3f} {wrong.recall:>8.3f}  by others")
    _show_examiner(covering)
    if "--errors" in sys.argv:
        _show_errors(answer for answer in (*answers, *others) if answer.half == "tune")


if __name__ == "__main__":
    main()
