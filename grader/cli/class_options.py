"""Options of the commands that work with a class, and where they find it."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.refuse import refuse

if TYPE_CHECKING:
    from grader.gradebook.whole_class import Where

Folder = Annotated[Path, typer.Argument(help="A folder of results, as it was given with --out.")]
Results = Annotated[Path, typer.Option("--results", help="The folder of results, as it was given with --out.")]
Url = Annotated[
    str | None,
    typer.Option("--gradebook", envvar="GRADER_GRADEBOOK", help="The URL of a server, not gradebook.db."),
]
Settings = Annotated[Path | None, typer.Option("--course", help="The settings, if not course.toml beside the results.")]
By = Annotated[str | None, typer.Option("--by", help="Whose decision it is; your login if not given.")]
HERE = Path()


def where(folder: Path, url: str | None, course: Path | None) -> Where:
    """The class; ends the command where the folder has none."""
    from grader.files.links import resolved
    from grader.gradebook.members import is_class, members
    from grader.gradebook.whole_class import Where

    with refusing():
        if not is_class(folder) and not members(folder).rows:
            refuse(f"{folder}: there are no results in this folder; give the one that was named with --out")
    return Where(resolved(folder), url, course)


@contextmanager
def refusing() -> Iterator[None]:
    """End the command with the message where it cannot be carried out as given."""
    from grader.result.names import BadRequest

    try:
        yield
    except BadRequest as error:
        refuse(str(error))


def whose(by: str | None) -> str:
    """Who decides: as told, or as the system knows them."""
    try:
        return by or getpass.getuser()
    except (KeyError, OSError, ImportError):
        refuse("--by: nobody knows who you are; give your name")
