"""How well the grader agrees with those who labelled answers: all sets, in one table.

    python -m tests.benchmarks.agreement [--code]

One line for each set and half: outlines (questions that get their own text), explanations (precision, recall and
quadratic weighted kappa of statements, precision and recall of accusations), whole answers of all sets together with
the kappa of each question, equations (roles judged as labelled,
wrong ones that passed), whole notebooks (points by reading). `--code` runs answers as well, which takes minutes. The
benchmark of each kind lists its mistakes. When each set was written and labelled is in the last column.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from reference.pack import assignment
from tests.benchmarks import code_agreement, doubt, equation_agreement, labelled, outlines, whole_notebooks
from tests.benchmarks.prose_agreement import quadratic_weighted_kappa
from tests.notebook.labelled import FRESH, FRESH_KEPT, KEPT
from tests.notebook.labelled import outlines as outlines_of

WRITTEN = "November 2026"
OUTLINES = {"tuned": None, "fresh": FRESH, "fresh kept": FRESH_KEPT, "kept": KEPT}


def of_outlines() -> Iterator[tuple[str, str]]:
    """The share of questions of which most is given to them."""
    for name, folder in OUTLINES.items():
        scores, _ = outlines.measured(outlines_of() if folder is None else outlines_of(folder))
        questions = sum(score.questions for score in scores)
        right = sum(score.mostly_right for score in scores)
        yield name, f"{right:>4} of {questions:>4} questions {right / max(1, questions):7.1%}"


def of_explanations() -> Iterator[tuple[str, str]]:
    """Statements and accusations; where a set has sentences alone, there are no points to compare."""
    for name in (*labelled.SETS, *labelled.LATER):
        for half in labelled.HALVES:
            found = labelled.figures(labelled.labelled(name, half))
            said, accused = found.statements, found.accusations
            whole = name in ("explanations", "shared_prose", "later_explanations")
            statements = f"statements P {said.precision:.3f} R {said.recall:.3f}  " if said.true + said.missed else ""
            kappa = f"kappa {quadratic_weighted_kappa(found.points):.3f}  " if whole else ""
            yield (
                f"{name} {half}",
                f"{statements}{kappa}accusations P {accused.precision:.3f} R {accused.recall:.3f} "
                f"({accused.true + accused.false})",
            )


def of_whole_answers() -> Iterator[tuple[str, str]]:
    """All whole answers, by whomever, and the kappa of each question."""
    for half in doubt.HALVES:
        answers = doubt.answers(half)
        found = labelled.figures(answers)
        said = found.statements
        kappas = []
        for question in assignment.questions:
            mine = [each for each, of in zip(found.points, answers, strict=True) if of.question is question]
            kappas.append(f"{question.id} {quadratic_weighted_kappa(mine):.2f}")
        kappa = quadratic_weighted_kappa(found.points)
        yield half, f"statements P {said.precision:.3f} R {said.recall:.3f}  kappa {kappa:.3f}: {', '.join(kappas)}"


def of_equations() -> Iterator[tuple[str, str]]:
    """Roles of systems of equations."""
    folders = [path for path in equation_agreement.CORPUS.iterdir() if path.is_dir()]
    for folder in (*sorted(folders), equation_agreement.LATER):
        for half in equation_agreement.HALVES:
            found = equation_agreement.agreement(equation_agreement.corpus(folder, half))
            yield (
                f"{folder.name} {half}",
                f"{found.agreed:>4} of {found.roles:>4} roles {found.share:7.1%}, "
                f"{found.passed} of {found.wrong_roles} wrong ones passed",
            )


def of_whole_notebooks() -> Iterator[tuple[str, str]]:
    """What is earned without running anything."""
    for name, labels in sorted(whole_notebooks.labels().items()):
        results = whole_notebooks.by_reading(whole_notebooks.WHOLE / f"{name}.ipynb")
        found = list(whole_notebooks.compared(results, labels, with_code=False))
        read = [each for each in found if each.is_read]
        agreed = sum(each.examiner == each.grader for each in read)
        points = f"{sum(each.grader for each in read):>3} of {sum(each.examiner for each in read):>3} points"
        yield name, f"{agreed:>4} of {len(read):>4} labels {agreed / len(read):7.1%}, {points}"


KINDS = {
    "outlines": of_outlines,
    "explanations": of_explanations,
    "whole answers": of_whole_answers,
    "equations": of_equations,
    "whole notebooks": of_whole_notebooks,
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--code", action="store_true")
    options = parser.parse_args()
    for kind, measure in KINDS.items():
        print(f"{kind}, labelled in {WRITTEN}")
        for name, line in measure():
            print(f"{name:>22}  {line}", flush=True)
    if options.code:
        print(f"code, labelled in {WRITTEN}")
        sys.argv = sys.argv[:1]
        code_agreement.main()


if __name__ == "__main__":
    main()
