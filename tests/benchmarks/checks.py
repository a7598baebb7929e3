"""What the checks of each question cost beyond the student's own code.

    python -m tests.benchmarks.checks [NOTEBOOK] [--runs 5] [--corpus 3]

Prints, for each question, the wall time from the end of its last cell to its result: asking what the code has built,
experiments on live layers, equations, prose. For the notebook, the median of several runs; for the right answers of
the corpus, in so many notebooks for each Keras, the median over answers of each one's median, and the largest. The
last line is the mean of the ten questions. A run that warms up goes before, and is not counted.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import nbformat

from grader.grading.run import Run
from grader.kernel.bounds.limits import Limits
from grader.kernel.generation import Generation, first_generation
from grader.kernel.pool import KernelPool
from grader.kernel.seal.offer import SEAL, offered
from grader.kernel.session import Session
from grader.notebook.reading.read import read
from grader.notebook.segment import segment
from grader.pack.loading import load
from grader.pack.questions import Question
from tests.corpus.samples import BOTH, Right, notebook, notebooks

Seconds = dict[int, list[float]]
"""For each question, how long its checks took, each time."""
QUESTIONS = range(1, 11)


class Timed(Run):
    """A run that writes down how long each question is judged."""

    def __init__(self, path: Path, generation: Generation | None, pool: KernelPool) -> None:
        source, pack = read(path), load()
        self.seconds: dict[int, float] = {}
        self._generation = generation or first_generation(source, "auto")
        super().__init__(source, segment(source, pack), pack, pool, 0, Limits(), lambda done, total, text: None)

    def measure(self) -> dict[int, float]:
        """Run the notebook; the seconds for each question."""
        self.on(self._generation)
        return self.seconds

    def _judge(self, question: Question, session: Session | None) -> None:
        start = time.perf_counter()
        super()._judge(question, session)
        self.seconds[question.number] = time.perf_counter() - start


def medians(path: Path, generation: Generation | None, pool: KernelPool, runs: int) -> dict[int, float]:
    """For each question, the median of several runs."""
    measured = [Timed(path, generation, pool).measure() for _ in range(runs)]
    return {number: statistics.median(run[number] for run in measured) for number in measured[0]}


def of_corpus(generation: Generation, folder: Path, pool: KernelPool, runs: int, most: int) -> Seconds:
    """For each question, the medians of its right answers."""
    found: Seconds = {number: [] for number in QUESTIONS}
    right = (tuple(item for item in row if isinstance(item.answer, Right)) for row in notebooks(generation))
    for row in islice(right, most):
        path = folder / "corpus.ipynb"
        nbformat.write(notebook(row), path)
        seconds = medians(path, generation, pool, runs)
        for item in row:
            found[item.question].append(seconds[item.question])
    return found


def table(columns: dict[str, Seconds]) -> Iterator[str]:
    """A line for each question, and one for their mean: of each column the median and the largest."""
    yield "question " + "".join(f"{title:>26}" for title in columns)
    for number in QUESTIONS:
        yield f"{number:>8} " + "".join(_shown(column.get(number, [])) for column in columns.values())
    means = [statistics.fmean(map(statistics.median, filter(None, column.values()))) for column in columns.values()]
    yield "    mean " + "".join(f"{mean:>24.3f} s" for mean in means)


def _shown(times: list[float]) -> str:
    if not times:
        return f"{'-':>26}"
    largest = f" (at most {max(times):.3f})" if len(times) > 1 else ""
    return f"{statistics.median(times):.3f} s{largest}".rjust(26)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("notebook", type=Path, nargs="?")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--corpus", type=int, default=3)
    options = parser.parse_args()
    columns: dict[str, Seconds] = {}
    with KernelPool(seal=SEAL if offered().enough else None) as pool, tempfile.TemporaryDirectory() as name:
        if options.notebook is not None:
            medians(options.notebook, None, pool, 1)
            times = medians(options.notebook, None, pool, options.runs)
            columns["the notebook"] = {number: [seconds] for number, seconds in times.items()}
        for generation in BOTH if options.corpus else ():
            of_corpus(generation, Path(name), pool, 1, 1)
            found = of_corpus(generation, Path(name), pool, options.runs, options.corpus)
            columns[f"corpus, Keras {generation}"] = found
    print("\n".join(table(columns)))


if __name__ == "__main__":
    main()
