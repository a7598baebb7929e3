"""How long judging a class again takes, from what was recorded.

    python -m tests.benchmarks.regrade [STUDENTS]

Grades so many copies (40) of a complete sample, each of another student, and judges them again: once where nothing has
changed, and once where people have decided a sentence of every question, so that all explanations are read again. Says
what it takes by the clock and of processor, and of processor for each notebook beyond the first; that is to be 50 ms.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat

from grader.language.prose.wordings import Sentences, Wordings
from grader.pack.loading import load
from tests.grades import ROOT

SAMPLE = ROOT / "submissions" / "complete" / "assignment3_functional.ipynb"
WITHIN_MS = 50


def make(folder: Path, students: int) -> None:
    """Copies of the sample that differ in what no cell says."""
    folder.mkdir()
    node = nbformat.read(SAMPLE, as_version=4)
    for number in range(students):
        node.metadata["student"] = number
        nbformat.write(node, folder / f"student-{number:04}.ipynb")


def decide(path: Path, word: str) -> Path:
    """A sentence that somebody decided, in every question."""
    pack = load()
    statements = {
        question.concepts[0].id: Sentences(said=(f"What it says of the {word} is said.",))
        for question in pack.questions
        if question.concepts
    }
    path.write_text(Wordings(assignment=pack.id, statements=statements).to_json())
    return path


def took(*words: object) -> tuple[float, float]:
    """Seconds of wall and of processor that a command takes."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "grader", *map(str, words)], env=os.environ, capture_output=True, text=True, check=False
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    print(f"  {done.stdout.splitlines()[0] if done.stdout else ''}")
    return time.monotonic() - begun, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print what it takes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("students", type=int, nargs="?", default=40)
    students = parser.parse_args().students
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        for name, count in (("one", 1), ("all", students)):
            make(root / name, count)
            took("grade", root / name, "--out", root / f"out-{name}", "--quiet", "--jobs", 1)
        for what, options in (("nothing", []), ("wording", ["--wordings", decide(root / "decided.json", "gate")])):
            wall, one = took("regrade", root / "out-one", "--jobs", 1, *options)
            wall, every = took("regrade", root / "out-all", "--jobs", 1, *options)
            each = 1000 * (every - one) / (students - 1)
            print(f"{what:8} {wall:6.2f} s, {every:6.2f} s of processor; {each:5.1f} ms for each (at most {WITHIN_MS})")


if __name__ == "__main__":
    main()
