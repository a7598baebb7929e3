"""The checkout of a student's repository: which notebook in it is meant, and that nothing in it grades."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import grader
from grader.batch.submissions import is_hidden
from grader.files.links import complaint, first_link, is_file, is_folder
from grader.files.notebook_names import is_notebook
from grader.pack.loading import home
from grader.pack.registered import GROUP
from grader.result.names import FEEDBACK, RESULT, BadRequest
from grader.result.phrases import listed
from grader.text import neutral

SHOWN = 6
"""How many notebooks are named where there are too many."""


def notebook(workspace: Path, named: str | None = None) -> Path:
    """The notebook that is meant: the one that is named, from the top of the repository, or the only one in it.

    Raises `BadRequest` where there is none, where there are several, and where it is a link or lies behind one: what
    that leads to is not the student's.
    """
    workspace = workspace.resolve()
    path = _named(workspace, named) if named else _only(workspace)
    link = first_link(workspace, path)
    if link is not None:
        raise BadRequest(f"{_shown(path, workspace)} {neutral(complaint(link, path))}")
    return path


def _named(workspace: Path, named: str) -> Path:
    path = workspace / named
    if leads_out(named):
        raise BadRequest(f"{neutral(named, 200)} leads out of the repository; give the path from its top")
    if first_link(workspace, path) is None and not is_file(path):
        there = [_shown(item, workspace) for item in _notebooks(workspace)][:SHOWN]
        raise BadRequest(
            f"there is no file {neutral(named, 200)} in this repository; "
            + (f"its notebooks: {listed(there)}" if there else "nor is there any other notebook in it")
        )
    return path


def leads_out(named: str) -> bool:
    """Whether a path does not stay below the folder from which it is given."""
    return Path(named).is_absolute() or ".." in Path(named).parts


def _only(workspace: Path) -> Path:
    found = list(_notebooks(workspace))
    if not found:
        raise BadRequest("there is no notebook (.ipynb) in this repository; add yours, commit it and push again")
    if len(found) > 1:
        more = len(found) - SHOWN
        names = [_shown(item, workspace) for item in found[:SHOWN]] + ([f"{more} more"] if more > 0 else [])
        raise BadRequest(
            f"there are {len(found)} notebooks in this repository ({listed(names)}), and it is not clear which one to "
            "grade; keep one, or have it named (`notebook` in the workflow)"
        )
    return found[0]


def _notebooks(workspace: Path) -> Iterator[Path]:
    """In the order of their names; without what is hidden, such as .ipynb_checkpoints, and what a grade has left.

    No link is followed; one that has a notebook's name is taken for one.
    """
    folders = [str(workspace)]
    while folders:  # os.walk calls itself for each level, and git can store more of them than that can be done
        try:
            items = sorted(os.scandir(folders.pop()), key=lambda item: item.name)
            inner = [item for item in items if item.is_dir(follow_symlinks=False)]
        except OSError:  # such as a path that is too long
            continue
        folders += [item.path for item in reversed(inner) if not is_hidden(Path(item.path))]
        graded = any(item.name == RESULT for item in items)
        shown = [Path(item.path) for item in items if not item.name.startswith(".")]
        for path in shown:
            if is_notebook(path) and not is_folder(path) and not (path.name == FEEDBACK and graded):
                yield path


def _shown(path: Path, workspace: Path) -> str:
    return neutral(str(path.relative_to(workspace)), 200)


def require_registered(pack: str | None) -> None:
    """Raise `BadRequest` for a pack that is named as module:attribute: notebooks can read what is not registered."""
    if pack is not None and ":" in pack:
        raise BadRequest(f"{neutral(pack, 200)}: name a pack that is registered (entry point group {GROUP})")


def require_foreign(workspace: Path, pack: str | None) -> None:
    """Raise `BadRequest` if the grader or the pack that would judge lies in the repository that is to be judged.

    Whoever can write there could write the grade. Raises `PackError` where no pack has this name.
    """
    workspace = workspace.resolve()
    places = [("grader", Path(grader.__file__)), *(("pack", place) for place in home(pack))]
    for what, place in places:
        if place.resolve().is_relative_to(workspace):
            raise BadRequest(
                f"the {what} lies in the repository that is to be graded ({_shown(place.resolve(), workspace)}), where "
                "the student could change it. Use the action from a repository of your own (`uses: OWNER/REPOSITORY@"
                "VERSION`), and a pack that is installed with it"
            )
