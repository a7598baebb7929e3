"""How long every export of a class takes, and its list.

    python -m tests.benchmarks.class_exports [STUDENTS] [--reports KB]

Makes a folder of so many results (10,000) with the questions and checks of a real one, takes it into a gradebook, and
exports it in each format: each a process of its own, as a user starts it. Prints seconds of wall and of processor; each
export and the list are to stay under 5 s.
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

from grader.result.model import Result
from tests.gradebook.classes import call_the_roll, row
from tests.report import samples

COMMANDS = {
    "taking up": ["gradebook"],
    "list": ["gradebook"],
    "csv": ["export", "csv"],
    "xlsx": ["export", "xlsx"],
    "canvas": ["export", "canvas"],
    "moodle": ["export", "moodle"],
    "worksheet": ["export", "moodle", "--worksheet"],
    "brightspace": ["export", "brightspace"],
    "blackboard": ["export", "blackboard"],
    "feedback": ["export", "feedback", "--layout", "moodle"],
}
WITHIN_S = 5.0
SETTINGS = "deadline = 2026-11-30T23:59:00\ntotal = 20\n[penalty]\npercent = 10\n[weights]\nexplanation = 2\n"


def make(root: Path, students: int, report_kb: int) -> None:
    """A class: the text of a real result, with another name and digest for each."""
    whole = samples.graded()
    text, page = (
        whole.to_json(),
        ("<p>What stands in a report, and what it looks like, is not always the same.</p>\n" * 14),
    )
    rows = []
    for number in range(students):
        name = f"student-{number:05}"
        folder = root / name
        folder.mkdir(parents=True)
        own = text.replace(whole.submission.name, name).replace(str(whole.submission.sha256), f"{number:064x}")
        (folder / "result.json").write_text(own)
        (folder / "report.html").write_text(f"<title>{name}</title>" + page * report_kb)
        person = {"id": f"{number:06}", "lms_id": str(number), "email": f"{name}@example.org"}
        rows.append(row(name, name, person=person))
    Result.model_validate_json(own)
    call_the_roll(root, rows, lms="moodle")
    (root / "course.toml").write_text(SETTINGS)


def main() -> None:
    """Measure, and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("students", type=int, nargs="?", default=10_000)
    asked.add_argument("--reports", type=int, default=60, help="KB of each report")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as home:
        root = Path(home) / "class"
        make(root, given.students, given.reports)
        for name, words in COMMANDS.items():
            out = [] if words[0] == "gradebook" else ["--out", str(Path(home) / "out")]
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            began = time.perf_counter()
            command = [sys.executable, "-m", "grader", *words, str(root), *out]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=dict(os.environ))
            wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
            used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            slow = "  too slow" if name != "taking up" and used > WITHIN_S else ""
            print(f"{name:12} {wall:7.2f} s, {used:6.2f} s of processor{slow}", flush=True)


if __name__ == "__main__":
    main()
