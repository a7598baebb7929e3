"""Files from the top of the project that an installation carries in the package: templates, versions, the action."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parents[1]
CHECKOUT = {"constraints.txt": ".ci/constraints.txt", "action.yml": "action.yml"}
"""Where files lie in a checkout that have another place in the package."""


def path(name: str, package: Path = PACKAGE) -> Path:
    """Where a file is: in the installed package, or at the top of a checkout.

    Raises `FileNotFoundError` that says where it was looked for.
    """
    candidates = (package / name, package.parent / CHECKOUT.get(name, name))
    for candidate in candidates:
        if candidate.is_file():
            return candidate
    looked = " and ".join(map(str, candidates))
    raise FileNotFoundError(f"{name} is missing (looked in {looked}); install the grader again")


def text(name: str) -> str:
    """What stands in the file."""
    return path(name).read_text(encoding="utf-8")
