"""Which text answers which question, on labelled notebooks in sixty styles.

    python -m tests.benchmarks.outlines [--failures] [--held-out-failures]

Prints, for the half that patterns are chosen on and for the half that is held out, the share of lines that are given to
the right question, the share of questions of which most is right, and the milliseconds for a notebook. With
`--failures`, the lines of the first half that go wrong.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence

from grader.notebook.segment import segment
from grader.pack.loading import load
from tests.notebook.labelled import Outline, Score, failures, outlines, score


def measured(half: Sequence[Outline]) -> tuple[list[Score], float]:
    """The scores of some notebooks, and the milliseconds each took."""
    pack = load()
    start = time.perf_counter()
    segmentations = [segment(item.notebook, pack) for item in half]
    spent = (time.perf_counter() - start) * 1000 / max(1, len(half))
    return [score(item, found) for item, found in zip(half, segmentations, strict=True)], spent


def summary(name: str, half: Sequence[Outline], scores: Sequence[Score], spent: float) -> str:
    """One line."""
    lines = sum(item.right + len(item.wrong) for item in scores)
    questions = sum(item.questions for item in scores)
    right = sum(item.right for item in scores) / max(1, lines)
    mostly = sum(item.mostly_right for item in scores) / max(1, questions)
    whole = sum(not item.wrong for item in scores)
    return (
        f"{name:>9}: {right:6.1%} of {lines} lines, {mostly:6.1%} of {questions} questions, "
        f"{whole} of {len(half)} notebooks without a fault, {spent:.0f} ms each"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--failures", action="store_true")
    parser.add_argument("--held-out-failures", action="store_true")
    options = parser.parse_args()
    for name, held_out in (("tuning", False), ("held out", True)):
        half = [item for item in outlines() if item.is_held_out == held_out]
        scores, spent = measured(half)
        print(summary(name, half, scores, spent))
        for item, scored in zip(half, scores, strict=True):
            if scored.wrong and (options.held_out_failures if held_out else options.failures):
                print(f"  {item.name}: {len(scored.wrong)} wrong, {scored.right} right")
                for line in list(failures(scored))[:12]:
                    print(f"      {line}")


if __name__ == "__main__":
    main()
