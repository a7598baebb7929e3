"""A file as it was handed in: what it is called, and where its content is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from grader.files.notebook_names import is_notebook
from grader.notebook.reading.beside import KINDS, LEFT_OUT

GIT = ".git"
NOBODYS = frozenset({"thumbs.db", "desktop.ini", "icon\r"})
"""What systems leave in folders; see also `is_nobodys`."""


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A file, or a folder in which there is nothing.

    `place` are the names of the folders above it, from the top of what was given, and its own. There is no `path` where
    its content was not taken: it is of no use, or refused, which a `problem` says in one line. `modified` is when the
    archive or the disk says it was changed.
    """

    place: tuple[str, ...]
    path: Path | None = None
    modified: datetime | None = None
    problem: str | None = None
    is_empty_folder: bool = False

    @property
    def name(self) -> str:
        """Its own name."""
        return self.place[-1]

    @property
    def is_notebook(self) -> bool:
        """Whether it has a notebook's name."""
        return not self.is_empty_folder and is_notebook(Path(self.name))

    def below(self, *above: str) -> HandedIn:
        """The same, in a folder."""
        return replace(self, place=(*above, *self.place))


def is_zip(name: str) -> bool:
    """Whether a file has the name of a zip."""
    return name.lower().endswith(".zip")


def is_nobodys(place: tuple[str, ...]) -> bool:
    """Whether a file is nobody's: hidden, a checkpoint, what systems and tools lay beside files."""
    own = place[-1]
    return (
        any(part.startswith(".") or part in LEFT_OUT for part in place[:-1])
        or own.startswith(".")
        or own in LEFT_OUT
        or own.lower() in NOBODYS
    )


def is_of_use(name: str) -> bool:
    """Whether the content of a file can be needed: a notebook, what code reads, or an archive of them."""
    return is_notebook(Path(name)) or is_zip(name) or Path(name).suffix.lower() in KINDS


def without_files(files: Iterable[tuple[str, ...]], folders: Iterable[tuple[str, ...]]) -> Iterator[HandedIn]:
    """The folders in which there is nothing that counts, and those that tell of a clone."""
    kept = {place[:length] for place in files if not is_nobodys(place) for length in range(1, len(place))}
    all_of_them = {*folders, *(place[:length] for place in files for length in range(1, len(place)))}
    theirs = {place for place in all_of_them if not is_nobodys(place)}
    above = kept | {place[:length] for place in theirs for length in range(1, len(place))}
    for place in sorted(all_of_them):
        if (place in theirs and place not in above) or place[-1] == GIT:
            yield HandedIn(place, is_empty_folder=True)
