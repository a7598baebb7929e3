"""The versions that the grader was tested with, wherever it is installed: a file for pip."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parents[1]
FILE = "constraints.txt"


def path(package: Path = PACKAGE) -> Path:
    """Inside the installed package, or in a checkout. Raises `FileNotFoundError` that says where it was looked for."""
    candidates = (package / FILE, package.parent / ".ci" / FILE)
    for candidate in candidates:
        if candidate.is_file():
            return candidate
    looked = " and ".join(map(str, candidates))
    raise FileNotFoundError(f"the list of versions is missing (looked in {looked}); install the grader again")
