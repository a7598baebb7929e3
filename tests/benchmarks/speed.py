"""How long a grade takes beside `jupyter nbconvert --execute`, in alternating runs on this machine.

    python -m tests.benchmarks.speed NOTEBOOK [--runs 5] [--many 8] [--jobs 2]

Prints medians and ratios of wall time: one notebook, cold, whole process; and, with --many, so many copies of it graded
side by side against as many sequential runs of nbconvert, also in CPU time (user and system, with all children).
Also the peak memory of the grader's own process, and its overhead: the time that a notebook takes in a warm grader,
from its file to its report, beyond the time that its cells run. nbconvert runs the notebook with the Keras that the
notebook is for (TF_USE_LEGACY_KERAS=1 where that is Keras 2).
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
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from grader.grading import submission
from grader.grading.options import Options
from grader.kernel.bounds.limits import Limits
from grader.kernel.generation import Generation, guess
from grader.kernel.pool import KernelPool
from grader.kernel.seal.offer import SEAL, offered
from grader.kernel.session import Session
from grader.notebook.reading.read import read
from grader.pack.loading import load
from grader.worker.files import write

LOOK_EVERY_S = 0.05


@dataclass(frozen=True)
class Cost:
    """Wall and CPU time of a command, in seconds, and the largest memory of its own process in MB."""

    wall: float
    cpu: float
    peak: float


def measure(command: list[str], environment: dict[str, str]) -> Cost:
    """Run a command to its end; if it fails, this ends too, with what the command said."""
    with tempfile.TemporaryFile() as said:
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        process = subprocess.Popen(command, env=environment, stdout=said, stderr=said)
        peak = 0.0
        while process.poll() is None:
            peak = peak_memory(process.pid) or peak
            with suppress(subprocess.TimeoutExpired):
                process.wait(LOOK_EVERY_S)
        wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
        if process.returncode:
            said.seek(0)
            sys.exit(f"{' '.join(command)} ended with status {process.returncode}:\n{said.read().decode()}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(wall, cpu, peak)


def peak_memory(pid: int) -> float | None:
    """The largest memory that a process has had so far, in MB; None once it has ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return None
    lines = [line for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(lines[0].split()[1]) / 1024 if lines else None


class Timed(KernelPool):
    """A pool that adds up how long cells ran."""

    cells_s = 0.0

    @contextmanager
    def session(
        self, notebook: NotebookNode, generation: Generation, limits: Limits | None = None
    ) -> Iterator[Session]:
        """As in any pool."""
        with super().session(notebook, generation, limits) as session:
            yield session
            self.cells_s += session.ran_s


def overheads(notebook: Path, folder: Path, runs: int) -> list[float]:
    """What each of several grades takes beyond its cells, in one warm process; the first, which warms, left out."""
    found = []
    assignment = load(None)
    with Timed(seal=SEAL if offered().enough else None) as pool:
        for _ in range(runs + 1):
            pool.cells_s, start = 0.0, time.perf_counter()
            write(submission.grade(notebook, "one", assignment, pool, Options()), folder / "warm")
            found.append(time.perf_counter() - start - pool.cells_s)
    return found[1:]


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
        print(f"the grader's own process: {max(cost.peak for cost in [*ours, *many]):.0f} MB at most")
        beyond = overheads(options.notebook, folder, options.runs)
        print(f"beyond the cells, when warm: {statistics.median(beyond):.2f} s")
        if many:
            show(f"{options.many} notebooks, --jobs {options.jobs}", many, theirs, options.many)


if __name__ == "__main__":
    main()
