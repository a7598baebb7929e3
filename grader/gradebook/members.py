"""Who is in a class: the roll beside the results, or, where there is none, a student for each folder with a result."""

from __future__ import annotations

from pathlib import Path

from grader.files.links import is_folder
from grader.gradebook.course import COURSE
from grader.result.names import RESULT, BadRequest
from grader.roll.roll import ROLL, Person, Roll, Row, read_roll

GRADEBOOK = "gradebook.db"
"""The name of the gradebook in a folder of results."""


def members(folder: Path) -> Roll:
    """The roll of a class. Raises `BadRequest` where what lies in its place is none, or there is no such folder."""
    if not folder.is_dir():
        raise BadRequest(f"{folder}: this is no folder; give the one that was named with --out")
    try:
        found = read_roll(folder)
    except (ValueError, OSError) as error:
        raise BadRequest(f"{folder / ROLL} cannot be read; grade the class again ({type(error).__name__})") from error
    return found if found is not None else Roll(rows=tuple(_row(name) for name in _folders(folder)))


def is_class(folder: Path) -> bool:
    """Whether somebody has kept a gradebook for the results in a folder, called its roll, or has settings for it."""
    return any((folder / name).exists() for name in (GRADEBOOK, ROLL, COURSE))


def _row(name: str) -> Row:
    return Row(key=name, person=Person(name=name), on_roster=False, folder=name)


def _folders(folder: Path) -> list[str]:
    # A link leads to what belongs to others.
    return sorted(item.name for item in folder.iterdir() if is_folder(item) and (item / RESULT).is_file())
