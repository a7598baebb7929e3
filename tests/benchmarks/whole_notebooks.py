"""Ten whole notebooks, written and labelled by an examiner who had seen the marking scheme and not the grader.

    python -m tests.benchmarks.whole_notebooks [--code] [--errors]

Prints for each notebook the points of an examiner beside those of the grader, and how many labels they share: for what
is read, and with `--code` for what runs. Labels about which examiners may differ count neither way.

They were written on 30 November 2026. Two kinds of headings were mended on what n06, n07 and n08 showed: what they
give now is no measure of unseen notebooks. `wrong` lists false sentences; what they cost is not in the labels.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.answer.answer import Answer
from grader.grading.judge import Reading, judge
from grader.grading.options import Options
from grader.grading.submission import grade
from grader.kernel.pool import KernelPool
from grader.kernel.seal.offer import SEAL, offered
from grader.notebook.reading.read import read
from grader.notebook.segment import segment
from grader.pack.loading import load
from grader.result.model import QuestionResult

WHOLE = Path(__file__).parents[1] / "corpus" / "whole"
READ = ("explanation", "equations")


@dataclass(frozen=True)
class Compared:
    """One check of one notebook: what an examiner gives it, and what the grader does."""

    check: str
    is_read: bool
    examiner: int
    grader: int


def labels() -> dict[str, Any]:
    """The labels of all notebooks, by name and question."""
    found: dict[str, Any] = json.loads((WHOLE / "labels.json").read_text(encoding="utf-8"))
    return found


def by_reading(path: Path) -> list[QuestionResult]:
    """What a notebook earns without running anything."""
    pack = load()
    found = segment(read(path), pack)
    prompts = [question.prompt for question in pack.questions]
    results = []
    for question in pack.questions:
        blocks = found.answer(question.id)
        texts = {
            "prose": [block.text for block in blocks.prose],
            "code": [block.text for block in blocks.code],
            "shown": [block.text for block in blocks.shown_code],
        }
        answer = Answer(question.id, **texts) if blocks.cells else None
        results.append(judge(question, answer, Reading(blocks.cells, blocks.confidence), prompts).result)
    return results


def compared(results: list[QuestionResult], labelled: dict[str, Any], *, with_code: bool) -> Iterator[Compared]:
    """Each label that is not in doubt, beside what was earned."""
    for question in results:
        of = labelled[question.id]
        for check in question.checks:
            is_read = check.kind in READ
            if check.id in of["points"] and check.id not in of.get("doubt", ()) and (is_read or with_code):
                yield Compared(check.id, is_read, of["points"][check.id], check.earned)


def _show(name: str, found: list[Compared], *, errors: bool) -> None:
    for is_read in (True, False):
        kind = [each for each in found if each.is_read is is_read]
        if kind:
            agreed = sum(each.examiner == each.grader for each in kind)
            points = f"{sum(each.grader for each in kind):>4} of {sum(each.examiner for each in kind):>3} points"
            print(f"{name:>6} {'read' if is_read else 'run':<5} {points}   {agreed:>3} of {len(kind):>3} labels")
    for each in found if errors else ():
        if each.examiner != each.grader:
            print(f"          {each.check}: {each.grader} where the examiner gives {each.examiner}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--code", action="store_true")
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    everything: list[Compared] = []
    with KernelPool(seal=SEAL if offered().enough else None) as pool:
        for name, labelled in sorted(labels().items()):
            path = WHOLE / f"{name}.ipynb"
            graded = grade(path, name, load(), pool, Options()).result.questions if options.code else by_reading(path)
            found = list(compared(list(graded), labelled, with_code=options.code))
            _show(name, found, errors=options.errors)
            everything += found
    _show("all", everything, errors=False)


if __name__ == "__main__":
    main()
