"""Whether a notebook has the same grade whatever else the machine does.

    python -m tests.benchmarks.fairness NOTEBOOK [--times 20]

Grades the notebook that many times: half of them alone, one after the other, each by a grader of its own; the other
half by one grader with several jobs side by side, while a busy process holds every core. Prints whether all results are
equal but for `duration_s`, and every difference by its JSON path. Exits with status 1 if there is one.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

SIDE_BY_SIDE = 2
"""Jobs for each core, beside the busy process that it has."""

NOT_OF_THE_GRADE = (("duration_s",), ("submission", "name"))


@contextlib.contextmanager
def busy() -> Iterator[None]:
    """For a while every core has a process that never rests."""
    command = [sys.executable, "-c", "while True: pass"]
    working = [subprocess.Popen(command) for _ in range(os.cpu_count() or 1)]
    try:
        yield
    finally:
        for process in working:
            process.kill()
            process.wait()


def differences(results: Sequence[Any]) -> dict[str, Counter[str]]:
    """Where results differ: the values found there, as JSON with how often each was found, by JSON path."""
    flat = [dict(_leaves(result)) for result in results]
    found = {}
    for path in dict.fromkeys(path for leaves in flat for path in leaves):
        values = Counter(json.dumps(leaves[path]) if path in leaves else "nothing" for leaves in flat)
        if len(values) > 1:
            found["$" + "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)] = values
    return found


def _leaves(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """The values that hold no others, and the empty ones that could, each with its path."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list | tuple) else ()
    if not items or not value:
        yield path, value
    for key, inner in items:
        if (*path, key) not in NOT_OF_THE_GRADE:
            yield from _leaves(inner, (*path, key))


def grade(paths: Sequence[Path], out: Path, jobs: int) -> list[Any]:
    """The results of the command line, in a process of its own; if it fails, this ends too, with what it said."""
    command = [sys.executable, "-m", "grader", "grade", *map(str, paths), "--out", str(out), "--jobs", str(jobs), "-q"]
    ended = subprocess.run(command, check=False, capture_output=True, text=True)
    if ended.returncode:
        sys.exit(f"{' '.join(command)} ended with status {ended.returncode}:\n{ended.stderr}")
    return [json.loads(file.read_text(encoding="utf-8")) for file in sorted(out.glob("*/result.json"))]


def main() -> None:
    """The benchmark as a script."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("notebook", type=Path)
    parser.add_argument("--times", type=int, default=20)
    options = parser.parse_args()
    beside = options.times // 2
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        results = []
        for number in range(options.times - beside):
            results += grade([options.notebook], folder / f"alone{number}", 1)
        for number in range(beside):
            (folder / "class" / f"student{number}").mkdir(parents=True)
            shutil.copy(options.notebook, folder / "class" / f"student{number}" / options.notebook.name)
        if beside:
            with busy():
                results += grade([folder / "class"], folder / "beside", SIDE_BY_SIDE * (os.cpu_count() or 1))
    scores = Counter(result["score"] for result in results)
    times = sorted(result["duration_s"] for result in results)
    print(f"{len(results)} results, scores {dict(scores)}, each in {times[0]:.1f} to {times[-1]:.1f} s")
    found = differences(results)
    print("all are equal but for duration_s" if not found else f"they differ in {len(found)} places:")
    for path, values in found.items():
        print(f"  {path}: " + ", ".join(f"{value} ({count} times)" for value, count in values.most_common()))
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
