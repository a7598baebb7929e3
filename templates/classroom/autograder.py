#!/usr/bin/env python3
"""Grades a submission in Classroom 50: installs the grader that lies beside this file, and runs it on the checkout.

Classroom 50 runs this in the student's checkout. It leaves result.json, release-body.md and report.html there, and
ends with 0 if grading ran, whatever the grade; any other status is an error of ours, and no grade is recorded.
Wheels of assignment packs that lie in this folder are installed as well.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ARGUMENTS: list[str] = []
SUPPORTED = ((3, 11), (3, 12), (3, 13))


def main() -> int:
    """Install and grade; returns the status to exit with."""
    if sys.version_info[:2] not in SUPPORTED:
        found = ".".join(map(str, sys.version_info[:2]))
        print(f"::error::the grader needs Python 3.11 to 3.13, and this is {found}; see runtime.json", file=sys.stderr)
        return 1
    folder = Path(tempfile.mkdtemp(prefix="grader-", dir=os.environ.get("RUNNER_TEMP") or None))
    python = folder / "bin" / "python"
    engine = "notebook_examiner-"  # the first part of the name of a wheel, which has no dashes within
    wheels = [f"{path}[common,legacy]" if path.name.startswith(engine) else str(path) for path in HERE.glob("*.whl")]
    install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-c", str(HERE / "constraints.txt")]
    # The working folder is the student's: with -I nothing in it is imported, and pip runs elsewhere.
    for command in ([sys.executable, "-I", "-m", "venv", str(folder)], [str(python), "-I", *install, *wheels]):
        status = subprocess.run(command, cwd=HERE, check=False).returncode
        if status:
            print(f"::error::the grader could not be installed: {command[0]} ended with {status}", file=sys.stderr)
            return 1
    command = [str(python), "-I", "-m", "grader", "classroom50", "grade", *ARGUMENTS]
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
