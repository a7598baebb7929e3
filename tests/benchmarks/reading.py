"""What it costs to read a notebook's explanations and equations, and to read nonsense.

    python -m tests.benchmarks.reading NOTEBOOK [--runs 5]

Prints, for each question, the median milliseconds of the processor for its explanation and for its equations, their
sum over the notebook, and the same for texts of 100,000 characters that are made to be slow. Parsers and tables are
built before, as they are while kernels start.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from grader.answer.answer import Answer
from grader.language.prose import cover
from grader.notebook.reading.read import read
from grader.notebook.segment import segment
from grader.pack.loading import load
from grader.pack.questions import Assignment, Question
from reference.checks.written import judged
from reference.recurrent.equations import LSTM

LONG = 100_000
NONSENSE = {
    "one word": "gate " * (LONG // 5),
    "one letter": "a" * LONG,
    "opening brackets": "(" * LONG,
    "an endless equation": "f_t = " + "σ(W x_t + " * (LONG // 10),
    "many equations": "f_t = σ(W_f x_t + U_f h_{t-1})\n" * (LONG // 31),
    "many wrong ones": "c_t = f_t * c_t + = σ(\n" * (LONG // 23),
    "LaTeX commands": "\\frac{" * (LONG // 6),
    "dollars": "$x$" * (LONG // 3),
    "negations": "not no never without " * (LONG // 21),
}


def median(work: Callable[[], object], runs: int) -> float:
    """Milliseconds of the processor, the median of several runs: what else the machine does is not in them."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        work()
        times.append((time.process_time() - start) * 1000)
    return statistics.median(times)


def explanation(question: Question, prose: tuple[str, ...], pack: Assignment) -> object:
    """Read it as the grader does."""
    prompts = [item.prompt for item in pack.questions]
    return cover(
        prose,
        question.concepts,
        question.misconceptions,
        copied_from=prompts,
        subject=question.subject,
        terms=pack.vocabulary,
    )


def equations(question: Question, prose: tuple[str, ...], shown: tuple[str, ...]) -> list[object]:
    """Judge those that the question asks for, and those on which it remarks."""
    answer = Answer(question.id, prose=prose, shown=shown)
    said: list[object] = [list(remark(answer)) for remark in question.remarks]
    if any(check.kind == "equations" for check in question.checks):
        said.append(judged(answer, LSTM))
    return said


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("notebook", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    pack = load()
    pack.prepare()
    segmentation = segment(read(options.notebook), pack)
    total = 0.0
    print(f"{'':>20} {'explanation':>12} {'equations':>12}")
    for question in pack.questions:
        blocks = segmentation.answer(question.id)
        prose = tuple(block.text for block in blocks.prose)
        shown = tuple(block.text for block in blocks.shown_code)
        times = (
            median(lambda q=question, p=prose: explanation(q, p, pack), options.runs),
            median(lambda q=question, p=prose, s=shown: equations(q, p, s), options.runs),
        )
        total += sum(times)
        print(f"{question.id:>20} {times[0]:>9.1f} ms {times[1]:>9.1f} ms")
    print(f"{'the notebook':>20} {total:>9.1f} ms\n")
    eighth = next(question for question in pack.questions if question.number == 8)
    for name, text in NONSENSE.items():
        times = (
            median(lambda t=text: explanation(eighth, (t,), pack), 1),
            median(lambda t=text: equations(eighth, (t,), ()), 1),
        )
        print(f"{name:>20} {times[0]:>9.1f} ms {times[1]:>9.1f} ms")


if __name__ == "__main__":
    main()
