"""How well the grader's verdicts on code agree with the labels of others, who had not seen it.

    python -m tests.benchmarks.code_agreement [--half tune] [--set instructor] [--questions 1 5] [--only TEXT]

Prints, for each set and half, how many right answers keep all points of their code, and how many wrong ones lose some;
then which checks the right ones lose. Answers whose label is arguable are counted apart. Of the half that is for
tuning, the messages are shown as well; of the other one no answer is, so that it stays a fair test. The points of
explanations and equations do not count: the answers have no prose.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import groupby, zip_longest
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grader.kernel.generation import Generation
from grader.kernel.pool import KernelPool
from grader.kernel.seal.offer import SEAL, offered
from grader.result.model import CheckResult, Result
from tests.corpus.samples import TITLES
from tests.grades import graded_node, question

OTHERS = Path(__file__).parents[1] / "corpus" / "others"
SETS = ("instructor", "examiner", "styles", "more_styles", "later_styles", "further_styles")
HALVES = ("tune", "evaluate")
NOT_CODE = ("explanation", "equations")
SIDE_BY_SIDE = 2
CELL = re.compile(r"^# %%(.*)\n", re.MULTILINE)


@dataclass(frozen=True)
class Answer:
    """One labelled answer: its cells, those above it, and whether it is right."""

    of: str
    half: str
    question: int
    name: str
    before: tuple[str, ...]
    cells: tuple[str, ...]
    right: bool
    error: str
    keras: tuple[Generation, ...]
    doubt: str


@dataclass
class Tally:
    """What became of the answers of one set and half whose labels are certain, or of those whose are not."""

    right: int = 0
    kept: int = 0
    wrong: int = 0
    caught: int = 0
    lost: Counter[str] = field(default_factory=Counter)

    def add(self, answer: Answer, lost: Sequence[CheckResult]) -> None:
        """Count one answer."""
        if answer.right:
            self.right += 1
            self.kept += not lost
            self.lost.update(check.id for check in lost)
        else:
            self.wrong += 1
            self.caught += bool(lost)

    def __str__(self) -> str:
        return f"{self.kept:>3} of {self.right:<3} right keep all   {self.caught:>3} of {self.wrong:<3} wrong lose some"


def answers(half: str, of: str) -> Iterator[Answer]:
    """The answers of one half of a set."""
    for item in json.loads((OTHERS / f"{of}_{half}.json").read_text(encoding="utf-8")):
        _, *parts = CELL.split("# %%\n" + item["code"].lstrip("\n"))
        pairs = [(mark.strip(), source.strip("\n")) for mark, source in zip(parts[::2], parts[1::2], strict=True)]
        generations: tuple[Generation, ...] = tuple(number for number in (3, 2) if str(number) in item["keras"].split())
        yield Answer(
            of=of,
            half=half,
            question=item["q"],
            name=item["name"],
            before=tuple(source for mark, source in pairs if mark == "before" and source),
            cells=tuple(source for mark, source in pairs if mark != "before" and source),
            right=item["right"],
            error=item["error"],
            keras=generations,
            doubt=item.get("doubt", ""),
        )


def notebooks(chosen: Sequence[Answer], wanted: Generation) -> Iterator[tuple[Generation, tuple[Answer, ...]]]:
    """As few notebooks as can be: each answers every question at most once, on a Keras that its answers run on."""
    for generation in (3, 2):
        here = [item for item in chosen if (wanted if wanted in item.keras else item.keras[0]) == generation]
        columns = [list(group) for _, group in groupby(sorted(here, key=_question), key=_question)]
        for row in zip_longest(*columns):
            yield generation, tuple(item for item in row if item is not None)


def _question(item: Answer) -> int:
    return item.question


def packed(row: Sequence[Answer]) -> NotebookNode:
    """Answers to several questions, each under its heading; what stands above one, under a heading of its own."""
    cells = []
    for item in row:
        if item.before:
            cells += [new_markdown_cell("## Data"), *map(new_code_cell, item.before)]
        cells.append(new_markdown_cell(f"## {item.question}. {TITLES[item.question - 1]}"))
        cells += map(new_code_cell, item.cells)
    made: NotebookNode = new_notebook(cells=cells)
    return made


def lost_on_code(result: Result, number: int) -> list[CheckResult]:
    """The checks of code that did not earn all of their points."""
    checks = question(result, number).checks
    return [check for check in checks if check.kind not in NOT_CODE and check.earned < check.points]


def main() -> None:
    """Grade the answers, and print what there is to say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=HALVES)
    parser.add_argument("--set", choices=SETS)
    parser.add_argument("--questions", type=int, nargs="*", default=range(1, 11))
    parser.add_argument("--only", default="")
    parser.add_argument("--keras", type=int, choices=(2, 3), default=3)
    options = parser.parse_args()
    chosen = [
        item
        for half in HALVES
        if options.half in (None, half)
        for of in SETS
        if options.set in (None, of)
        for item in answers(half, of)
        if item.question in options.questions and options.only in item.name
    ]
    seal = SEAL if offered().enough else None
    with KernelPool(seal=seal) as pool, tempfile.TemporaryDirectory() as name:

        def judged(job: tuple[int, tuple[Generation, tuple[Answer, ...]]]) -> list[tuple[Answer, list[CheckResult]]]:
            number, (generation, row) = job
            folder = Path(name) / str(number)
            folder.mkdir()
            result = graded_node(packed(row), folder, pool, keras=str(generation))
            return [(item, lost_on_code(result, item.question)) for item in row]

        with ThreadPoolExecutor(SIDE_BY_SIDE) as executor:
            jobs = enumerate(notebooks(chosen, options.keras))
            found = [pair for pairs in executor.map(judged, jobs) for pair in pairs]
    _show(found)


def _show(found: Sequence[tuple[Answer, list[CheckResult]]]) -> None:
    for item, lost in found:
        if item.half == "tune" and bool(lost) == item.right:
            print(f"\nq{item.question} {item.of}, {'right' if item.right else 'wrong'}: {item.name}")
            print(f"   {item.error}" * bool(item.error) + f"   doubt: {item.doubt}" * bool(item.doubt))
            for check in lost:
                print(f"   {check.id} {check.earned} of {check.points}, {check.status}: {check.message}")
    tallies: dict[tuple[str, str, bool], Tally] = {}
    for item, lost in found:
        tallies.setdefault((item.of, item.half, bool(item.doubt)), Tally()).add(item, lost)
    print()
    for (of, half, doubtful), tally in sorted(tallies.items()):
        print(f"{of:>14} {half:<9}{'arguable' if doubtful else '':<9} {tally}")
        print("".join(f"{'':>24}{number} x {check}\n" for check, number in tally.lost.most_common()), end="")


if __name__ == "__main__":
    main()
