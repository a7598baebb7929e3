"""How long a grade takes beside `jupyter nbconvert --execute`, in alternating runs on this machine.

    python -m tests.benchmarks.speed NOTEBOOK [--runs 5] [--many 8] [--jobs 2]

Prints medians and ratios of wall time: one notebook, cold, whole process; and, with --many, so many copies of it graded
side by side against as many sequential runs of nbconvert, also in CPU time (user and system, with all children).
nbconvert runs the notebook with the Keras that the notebook is for (TF_USE_LEGACY_KERAS=1 where that is Keras 2).
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from grader.kernel.generation import guess
from grader.notebook.read import read


@dataclass(frozen=True)
class Cost:
    """Wall and CPU time of a command, in seconds."""

    wall: float
    cpu: float


def measure(command: list[str], environment: dict[str, str]) -> Cost:
    """Run a command to its end; if it fails, this ends too, with what the command said."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    ended = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
    if ended.returncode:
        sys.exit(f"{' '.join(command)} ended with status {ended.returncode}:\n{ended.stderr}")
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def nbconvert(notebook: Path, folder: Path) -> Cost:
    """One run of nbconvert on the notebook."""
    command = [sys.executable, "-m", "jupyter", "nbconvert", "--to", "notebook", "--execute", "--allow-errors"]
    legacy = {"TF_USE_LEGACY_KERAS": "1"} if guess(read(notebook)).generation == 2 else {}
    return measure([*command, "--output-dir", str(folder), str(notebook)], {**os.environ, **legacy})


def grade(target: Path, folder: Path, jobs: int = 1) -> Cost:
    """One run of the grader on a notebook or a folder of them."""
    command = [sys.executable, "-m", "grader", "grade", str(target), "--out", str(folder), "--jobs", str(jobs)]
    return measure([*command, "--again", "--quiet"], dict(os.environ))


def show(what: str, ours: list[Cost], theirs: list[Cost], times: int = 1) -> None:
    """Print medians and their ratio."""
    for kind in ("wall", "cpu"):
        mine = statistics.median(getattr(cost, kind) for cost in ours)
        other = times * statistics.median(getattr(cost, kind) for cost in theirs)
        print(f"{what:<28} {kind:<4}  grader {mine:7.2f} s   nbconvert {other:7.2f} s   ratio {mine / other:.2f}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("notebook", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--many", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours, theirs, many = [], [], []
        (folder / "many").mkdir()
        for number in range(options.many):
            shutil.copy(options.notebook, folder / "many" / f"student{number}.ipynb")
        for _ in range(options.runs):
            theirs.append(nbconvert(options.notebook, folder / "nbconvert"))
            ours.append(grade(options.notebook, folder / "one"))
            if options.many:
                many.append(grade(folder / "many", folder / "all", options.jobs))
        show("one notebook, cold", ours, theirs)
        if many:
            show(f"{options.many} notebooks, --jobs {options.jobs}", many, theirs, options.many)


if __name__ == "__main__":
    main()
