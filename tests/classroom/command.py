"""The command line in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path


def run(
    *arguments: object, cwd: Path | None = None, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run `grader` with these arguments, and no variables of a workflow but those that are given."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "GRADER_", "RUNNER_"))}
    return subprocess.run(
        [sys.executable, "-I", "-m", "grader", *map(str, arguments)],
        cwd=cwd,
        env={**kept, **(environment or {})},
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
