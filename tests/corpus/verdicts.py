"""What the grader makes of an answer of the corpus, beside what it should.

    python -m tests.corpus.verdicts 4 5 [--keras 3] [--only NAME]

prints, for the answers to these questions, every verdict that is not as labelled.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path

from grader.kernel.generation import Generation
from grader.kernel.pool import KernelPool
from grader.pack.loading import load
from grader.result.model import CheckResult, QuestionResult, Result
from tests.corpus.samples import Sample, Wrong, notebook, samples
from tests.grades import accusations, graded_node, question


def on_code(result: QuestionResult) -> Iterator[CheckResult]:
    """The checks that are not about the explanation."""
    return (check for check in result.checks if check.kind != "explanation")


def mistaken(item: Sample, result: Result) -> list[str]:
    """The verdicts on an answer that are not as labelled, in words; nothing where all are."""
    judged = question(result, item.question)
    lost = {check.id for check in on_code(judged) if check.earned < check.points}
    needed = {item.answer.loses} if isinstance(item.answer, Wrong) else set()
    untrue = needed | (item.answer.also if isinstance(item.answer, Wrong) else set())
    allowed = untrue | resting_on(item.question, untrue)
    status = "error" if isinstance(item.answer, Wrong) and item.answer.breaks else "answered"
    found = [] if judged.status == status else [f"{item.name}: its status is {judged.status}"]
    for check in on_code(judged):
        if check.id in lost - allowed:
            found.append(f"{item.name}: {check.id} is lost: {check.message}")
        if check.id in needed - lost:
            found.append(f"{item.name}: {check.id} should be lost: {check.message}")
    return [*found, *(f"{item.name}: is accused: {flag}" for flag in accusations(result))]


def resting_on(number: int, checks: set[str]) -> set[str]:
    """The checks of a question that are skipped where one of these earned nothing."""
    found: set[str] = set()
    for check in load().questions[number - 1].checks:
        if check.after in checks | found:
            found.add(check.id)
    return found


def main() -> None:
    """Grade the answers to some questions, each in a notebook of its own, and print what is not as labelled."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("questions", type=int, nargs="+")
    parser.add_argument("--keras", type=int, choices=(2, 3), default=3)
    parser.add_argument("--only")
    options = parser.parse_args()
    generation: Generation = options.keras
    with KernelPool() as pool, tempfile.TemporaryDirectory() as folder:
        for item in (item for number in options.questions for item in samples(number)):
            if generation not in item.answer.keras or options.only not in (None, item.name):
                continue
            result = graded_node(notebook((item,)), Path(folder), pool, keras=str(generation))
            for line in mistaken(item, result) or [f"{item.name}: as labelled"]:
                print(f"q{item.question} {line}", flush=True)


if __name__ == "__main__":
    main()
