"""What this machine has for grading: layers that hold student code in, and the versions that kernels run on."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from rich.table import Table

from grader.kernel.seal.landlock import version as landlock_version
from grader.kernel.seal.offer import LAYERS, offered

PACKAGES = {
    "tensorflow": "runs student code",
    "keras": "Keras 3",
    "tf-keras": "Keras 2",
    "tensorflow-addons": "optional: for notebooks that use tfa (Python 3.11)",
    "matplotlib": "plots",
}


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A table to print, and whether this machine can grade as it is."""

    rendered: Table
    can_grade: bool


def table() -> Diagnosis:
    """Find out, and put it into words."""
    offer = offered()
    rendered = Table(title="grader doctor", title_justify="left", show_header=False)
    rendered.add_row("", "Python", f"{platform.python_version()} on {platform.system()} {platform.release()}")
    for name, purpose in PACKAGES.items():
        found = _version(name)
        rendered.add_row(_sign(found is not None), name, f"{found or 'not installed'} ({purpose})")
    rendered.add_section()
    for name, purpose in LAYERS.items():
        known = f", version {landlock_version()}" if name == "landlock" and landlock_version() else ""
        rendered.add_row(_sign(name in offer.layers), name, purpose + known)
    can_grade = offer.enough and _version("tensorflow") is not None
    rendered.add_section()
    rendered.add_row(_sign(can_grade), "grading", _verdict(offer.enough, offer.problem))
    return Diagnosis(rendered, can_grade)


def _verdict(enough: bool, problem: str | None) -> str:
    if enough:
        return "student code will be held in by the layers marked above"
    return f"refused without --sandbox none: {problem or 'neither Landlock nor user namespaces hold'}"


def _sign(good: bool) -> str:
    return "✓" if good else "✗"


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
