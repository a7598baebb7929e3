"""Which text answers which question, on labelled notebooks in a hundred styles.

    python -m tests.benchmarks.outlines [--failures]

Patterns are chosen on both halves: on the odd numbers from the beginning, on the even ones since 29 November 2026.
Until then the even ones measured only, last at 88.6 % of the questions; what they give now is no measure of unseen
notebooks. The same holds of the fresh ones, of which 90.8 % were right at first, and of the later ones, of which
96.6 % were. The kept ones are measured only.

Prints for each half, and for the other sets, the share of lines that are given to the right question,
the share of questions of which most is right, and the milliseconds of the processor for a notebook. With `--failures`,
the lines of the halves that go wrong.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence

from grader.notebook.segment import segment
from grader.pack.loading import load
from tests.notebook.labelled import (
    COURSE,
    COURSE_KEPT,
    CROWD,
    CROWD_KEPT,
    FRESH,
    FRESH_KEPT,
    KEPT,
    LATER,
    LATER_KEPT,
    VARIED,
    VARIED_KEPT,
    Outline,
    Score,
    failures,
    outlines,
    score,
)


def measured(half: Sequence[Outline]) -> tuple[list[Score], float]:
    """The scores of some notebooks, and the milliseconds of the processor that each took."""
    pack = load()
    start = time.process_time()
    segmentations = [segment(item.notebook, pack) for item in half]
    spent = (time.process_time() - start) * 1000 / max(1, len(half))
    return [score(item, found) for item, found in zip(half, segmentations, strict=True)], spent


def summary(name: str, half: Sequence[Outline], scores: Sequence[Score], spent: float) -> str:
    """One line."""
    lines = sum(item.right + len(item.wrong) for item in scores)
    questions = sum(item.questions for item in scores)
    right = sum(item.right for item in scores) / max(1, lines)
    mostly = sum(item.mostly_right for item in scores) / max(1, questions)
    whole = sum(not item.wrong for item in scores)
    return (
        f"{name:>11}: {right:6.1%} of {lines} lines, {mostly:6.1%} of {questions} questions, "
        f"{whole} of {len(half)} notebooks without a fault, {spent:.0f} ms each"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--failures", action="store_true")
    options = parser.parse_args()
    known = outlines()
    sets = {
        "odd": [item for item in known if not item.is_even],
        "even": [item for item in known if item.is_even],
        "fresh": outlines(FRESH),
        "later": outlines(LATER),
        "varied": outlines(VARIED),
        "crowd": outlines(CROWD),
        "course": outlines(COURSE),
        "fresh kept": outlines(FRESH_KEPT),
        "later kept": outlines(LATER_KEPT),
        "varied kept": outlines(VARIED_KEPT),
        "crowd kept": outlines(CROWD_KEPT),
        "course kept": outlines(COURSE_KEPT),
        "kept": outlines(KEPT),
    }
    for name, half in sets.items():
        scores, spent = measured(half)
        print(summary(name, half, scores, spent))
        for item, scored in zip(half, scores, strict=True):
            if scored.wrong and options.failures and "kept" not in name:
                print(f"  {item.name}: {len(scored.wrong)} wrong, {scored.right} right")
                for line in list(failures(scored))[:12]:
                    print(f"      {line}")


if __name__ == "__main__":
    main()
