"""What the grader makes of the errors that are planted in the right answers to some questions.

    python -m tests.mutation.verdicts 4 5 [--keras 3] [--only PART]

prints every error that earns full marks, with what it does to the numbers of the answer. `--only` names a part of an
error's name, such as `turned_signs`.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path

from grader.kernel.generation import Generation
from grader.kernel.pool import KernelPool
from grader.result.model import Result
from tests.corpus.samples import notebook
from tests.corpus.verdicts import on_code
from tests.grades import graded_node, question
from tests.mutation.effect import Effect, Judge
from tests.mutation.planted import Planted, planted, whole


def caught(item: Planted, result: Result) -> bool:
    """Whether the answer lost points of its code."""
    return any(check.earned < check.points for check in on_code(question(result, item.original.question)))


def effect(item: Planted, judge: Judge) -> Effect:
    """What the error does to the numbers of the answer."""
    return judge.effect(whole(item.original.answer.code.strip("\n")), whole(item.code))


def graded(row: Sequence[Planted], folder: Path, pool: KernelPool) -> Result:
    """Grade a notebook of answers to several questions."""
    return graded_node(notebook(tuple(item.sample for item in row)), folder, pool, keras=str(row[0].keras))


def main() -> None:
    """Grade what is planted in the answers to some questions, and print what was not noticed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("questions", type=int, nargs="+")
    parser.add_argument("--keras", type=int, choices=(2, 3), default=3)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    generation: Generation = options.keras
    columns = [
        [item for item in planted(number, generation) if options.only in f"{item.operator} {item.name}"]
        for number in options.questions
    ]
    with KernelPool() as pool, Judge(generation) as judge, tempfile.TemporaryDirectory() as folder:
        for cells in zip_longest(*columns):
            row = [item for item in cells if item is not None]
            result = graded(row, Path(folder), pool)
            for item in (item for item in row if not caught(item, result)):
                print(f"keras {generation}, {item.operator}, {item.name}: {effect(item, judge)}", flush=True)
    print(f"{sum(map(len, columns))} errors were planted")


if __name__ == "__main__":
    main()
