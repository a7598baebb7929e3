"""Which file a folder of results belongs to, so that none takes the place of another's that has the same name.

The place of the file is kept beside its result, as it is found from the folder of results: both may move together.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import chain, count, takewhile
from pathlib import Path
from urllib.parse import quote, unquote_to_bytes

from grader.batch.submissions import Submission
from grader.files.folder_names import folder_name, key, numbered
from grader.files.links import exists
from grader.files.notebook_names import stem
from grader.files.opened import read_bytes
from grader.files.whole import write_text
from grader.notebook.reading.read import fingerprint
from grader.result.file import UnreadableResult, read
from grader.result.model import SubmissionInfo
from grader.result.names import RESULT

ORIGIN = ".origin"
MOST_BYTES = 1 << 16


def keep(item: Submission, out: Path) -> None:
    """Leave in a folder of results from which file they are; where that cannot be written, they do without."""
    if item.origin is not None:
        with suppress(OSError, ValueError):  # ValueError: on another drive, under Windows
            write_text(out / item.name / ORIGIN, quote(os.fsencode(os.path.relpath(item.origin, out))))


def apart(submissions: Iterable[Submission], out: Path) -> tuple[list[Submission], tuple[str, ...]]:
    """The submissions under names that are free in a folder of results, or theirs already; and what is to be told.

    A notebook that is named after its file gets a number where another file has left a result under its name. One that
    is named after its student's folder keeps that name, wherever it lies now: it is what the student has handed in
    last, and takes the place of what was there before.
    """
    items, earlier, told = list(submissions), _Earlier(out), list[str]()
    own = {item.path: earlier.own(item) for item in items if not item.is_student}
    taken = {key(name) for name in own.values() if name is not None}
    taken |= {key(item.name) for item in items if item.is_student}
    found = []
    for item in items:
        before = earlier.other(item, item.name)
        if item.is_student:
            if before is not None:
                told.append(f"{out / item.name}: the result of {before} gives way to that of {item.path}")
            found.append(replace(item, origin=item.path))
            continue
        name = own[item.path] or earlier.free(item, taken)
        taken.add(key(name))
        if before is not None and own[item.path] is None:
            told.append(
                f"{out / item.name} has the result of another file ({before}); that of {item.path} is in {name}"
            )
        found.append(replace(item, name=name, origin=item.path))
    return found, tuple(told)


@dataclass(slots=True)
class _Earlier:
    """The results that earlier runs have left in a folder, and the files of this one, each read once."""

    out: Path
    read: dict[str, SubmissionInfo | None] = field(default_factory=dict)
    origins: dict[str, str | None] = field(default_factory=dict)
    prints: dict[Path, str | None] = field(default_factory=dict)

    def own(self, item: Submission) -> str | None:
        """The name under which there is a result of this file already."""
        there = takewhile(lambda name: self.about(name) is not None, _names(item))
        return next((name for name in there if self.other(item, name) is None), None)

    def free(self, item: Submission, taken: set[str]) -> str:
        """The first name that no other submission has, and no other file's result."""
        names = (name for name in chain([item.name], _names(item)) if key(name) not in taken)
        return next(name for name in names if self.other(item, name) is None)

    def other(self, item: Submission, name: str) -> str | None:
        """Of which other file there is a result under a name; None where there is none, or it is one of this file.

        It is the same file where it lies at the same place, or has the same content.
        """
        about = self.about(name)
        if about is None or (about.sha256 is not None and about.sha256 == self._print(item.path)):
            return None
        if name not in self.origins:
            self.origins[name] = _origin(self.out / name)
        origin = self.origins[name]
        if origin is not None:
            return None if origin == os.path.abspath(item.path) else origin  # noqa: PTH100 -- `resolve` follows links
        return None if about.file == item.path.name else about.file

    def about(self, name: str) -> SubmissionInfo | None:
        """Of what there is a result under a name."""
        if name not in self.read:
            self.read[name] = None
            if exists(self.out / name / RESULT, follow=False):
                with suppress(UnreadableResult):
                    self.read[name] = read(self.out / name / RESULT).submission
        return self.read[name]

    def _print(self, path: Path) -> str | None:
        if path not in self.prints:
            self.prints[path] = fingerprint(path)
        return self.prints[path]


def _names(item: Submission) -> Iterator[str]:
    """The names that a file may have got, in this run or in an earlier one."""
    name = folder_name(stem(item.path))
    return chain([name], (numbered(name, number) for number in count(2)))


def _origin(folder: Path) -> str | None:
    try:
        kept = os.fsdecode(unquote_to_bytes(read_bytes(folder / ORIGIN, MOST_BYTES)))
    except OSError:
        return None
    return os.path.abspath(folder.parent / kept)  # noqa: PTH100
