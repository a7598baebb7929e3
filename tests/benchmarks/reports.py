"""How long it takes to make a class's reports anew.

Run `python -m tests.benchmarks.reports GRADES`, where GRADES is what `grader grade --out GRADES` has left: its results
are copied, with other numbers in every drawing, so that no chart is drawn twice, until there are 100 (`--many N`), and
`grader report` is timed on them.
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path


def changed(value: object, rng: random.Random) -> object:
    """The same with every measured number a little larger."""
    if isinstance(value, float):
        return value * (1 + rng.random() / 10)
    if isinstance(value, dict):
        return {key: changed(item, rng) for key, item in value.items()}
    return [changed(item, rng) for item in value] if isinstance(value, list) else value


def copies(grades: Path, many: int, folder: Path) -> None:
    """So many folders of results, made from those that are there."""
    sources = sorted(path.parent for path in grades.glob("*/result.json"))
    if not sources:
        sys.exit(f"{grades}: there are no results in the folders of this folder; grade something with --out {grades}")
    rng = random.Random(0)
    for number, source in enumerate(islice(cycle(sources), many)):
        made = folder / f"{source.name}-{number}"
        shutil.copytree(source, made)
        result = json.loads((made / "result.json").read_text(encoding="utf-8"))
        for question in result["questions"]:
            question["pictures"] = changed(question["pictures"], rng)
        (made / "result.json").write_text(json.dumps(result), encoding="utf-8")


def main() -> None:
    """Print the seconds for all reports, and for one."""
    arguments = sys.argv[1:]
    many = int(arguments.pop(arguments.index("--many") + 1)) if "--many" in arguments else 100
    grades = Path(next((item for item in arguments if not item.startswith("--")), "grades"))
    with tempfile.TemporaryDirectory() as name:
        copies(grades, many, Path(name))
        start = time.perf_counter()
        subprocess.run([sys.executable, "-m", "grader", "report", name], check=True)
        seconds = time.perf_counter() - start
        largest = max(path.stat().st_size for path in Path(name).glob("*/report.html"))
    each = f"{1000 * seconds / many:.0f} ms each"
    print(f"{many} reports in {seconds:.1f} s, {each}; the largest has {largest / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
