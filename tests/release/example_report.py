"""The report in docs/example/, of a sample. `python -m tests.release.example_report` makes it anew."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.grades import ROOT

SAMPLE = ROOT / "submissions" / "keras_2_with_fake_peephole"
REPORT = ROOT / "docs" / "example" / "report.html"


def main() -> None:
    """Grade the sample, and keep its report."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "grader", "grade", str(SAMPLE), "--out", folder, "--no-record"]
        subprocess.run(command, check=True, cwd=ROOT)
        (made,) = Path(folder).glob("*/report.html")
        text = made.read_text(encoding="utf-8")
        # A warning that the notebook prints names the installation that it ran on.
        REPORT.write_text(re.sub(r"/[\w./-]*/site-packages/", "site-packages/", text), encoding="utf-8")


if __name__ == "__main__":
    main()
