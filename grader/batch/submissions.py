"""Which notebooks a command means, and under which names their results are kept. Imports nothing heavy."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from grader.files.folder_names import unique
from grader.files.links import (
    NOT_GRADED,
    complaint,
    exists,
    first_link,
    is_file,
    is_folder,
    is_link,
    leads_to_folder,
    placed,
    resolved,
    turns_back,
)
from grader.files.notebook_names import is_notebook, stem, without_copies
from grader.intake.gathering import require_there
from grader.notebook.reading.notebook_errors import printable
from grader.result.names import FEEDBACK, RESULT, BadRequest

ROOM_BYTES = 1 << 16
"""A folder of results without so much room is full."""


@dataclass(frozen=True, slots=True)
class Submission:
    """A notebook to grade, and the name of the folder that its results go to.

    With a `problem`, it is not graded: that is the reason, in one line.
    """

    path: Path
    name: str
    problem: str | None = None
    chosen: str | None = None
    """Where its student has handed in several: that this one was taken, and which not."""
    flags: tuple[str, ...] = ()
    """What a person should look at in how it was handed in."""
    is_student: bool = False
    """Whether its name is that of its student's folder."""
    origin: Path | None = None
    """The file that its result is said to be of; None where it was laid somewhere for this run alone."""


def find(paths: Iterable[Path]) -> list[Submission]:
    """The submissions that the paths of a command stand for, each path once, with names that do not collide.

    A file stands for itself and is named after its stem. A folder stands for the notebooks in it, and in the folders
    in it (`<student>/any.ipynb`), which are named after the student's folder. A folder with a single notebook, given by
    its name, is a student's folder itself. What cannot be graded is a submission
    too, with or without a problem that is known already, so that one of them does not stop a whole class: a file that
    does not exist, a folder that cannot be listed, and a link. Links are not followed, but for those above the current
    folder, or above all of the paths. Raises `BadRequest` where a folder has no notebook, is given by a link, or is not
    there.
    """
    given = list(paths)
    require_there(given)
    whole = [_whole(path) for path in given]
    here, common = _current(), _common(whole)
    found: dict[Path, Submission] = {}
    for path, place in zip(given, whole, strict=True):
        base = here if here is not None and place.is_relative_to(here) else common
        for item in _meant(path, place, base):
            found.setdefault(item.path, item)
    names = unique(item.name for item in found.values())
    return [replace(item, name=name) for item, name in zip(found.values(), names, strict=True)]


def is_hidden(folder: Path) -> bool:
    """Whether a folder is nobody's: .ipynb_checkpoints and the like, and what macOS adds to archives."""
    return folder.name.startswith(".") or folder.name == "__MACOSX"


def is_feedback(path: Path) -> bool:
    """Whether a notebook was left there by a grade."""
    return path.name == FEEDBACK and is_file(path.with_name(RESULT))


def _whole(path: Path) -> Path:
    """The path from the root on, without dots: what is looked at, and what is opened."""
    try:
        return Path(os.path.abspath(path))  # noqa: PTH100 -- `resolve` would follow links
    except OSError as error:
        raise BadRequest("the current folder is not there any more; change to another one") from error


def _current() -> Path | None:
    try:
        return Path.cwd()
    except OSError:
        return None


def _common(whole: Sequence[Path]) -> Path:
    """The folder that holds all paths which do not lie in the current one."""
    here = _current()
    parents = [path.parent for path in whole if here is None or not path.is_relative_to(here)]
    return Path(os.path.commonpath(parents)) if parents else Path(os.sep)


def _meant(given: Path, path: Path, base: Path) -> list[Submission]:
    """What one path stands for; `given` is how it was written."""
    link = turns_back(given) or first_link(base, path)
    if link is not None:
        if leads_to_folder(path) and not is_notebook(path):
            raise BadRequest(
                f"{given}: {link.name} is a link, and links are not followed; this one leads to "
                f"{os.path.realpath(given)}, give that path instead"
            )
        return [_refused(path, stem(path), complaint(link, path))]
    # From here on without links above the folder: a link that is put there later is not followed.
    path = resolved(base) / path.relative_to(base)
    if not is_folder(path):
        return [Submission(path, stem(path))]
    found = list(_in_folder(path))
    if not found:
        raise BadRequest(f"{given}: there is no notebook (.ipynb) in this folder, nor in the folders in it")
    if len(found) == 1 and found[0].path.parent == path and given.name not in ("", ".."):
        return [replace(found[0], name=path.name, is_student=True)]
    return found


def _in_folder(folder: Path) -> Iterator[Submission]:
    items = _items(folder)
    if isinstance(items, Submission):
        yield items
        return
    for file in _notebooks(items):
        yield _row(file, stem(file))
    for student in items:
        if is_folder(student) and not is_hidden(student):
            yield from _of_student(student)
        elif _stands_for_a_folder(student):
            yield _refused(student, student.name, f"{NOT_GRADED}; hand in the folder itself")


def _of_student(folder: Path) -> Iterator[Submission]:
    items = _items(folder)
    if isinstance(items, Submission):
        yield items
        return
    files = _notebooks(items)
    for file in files:
        name = folder.name if len(files) == 1 else f"{folder.name}-{stem(file)}"
        yield replace(_row(file, name), is_student=True)
    if not files:
        yield from _of_none(folder, items)


def _of_none(folder: Path, items: Iterable[Path]) -> Iterator[Submission]:
    """A folder without a notebook: nobody's, unless it has something else in the place of one."""
    for item in items:
        if is_notebook(item) and is_folder(item):
            problem = f"{printable(item.name)} in it is a folder, and no notebook; hand in the file itself"
            yield _refused(folder, folder.name, problem)
            return
        if _stands_for_a_folder(item):
            yield _refused(
                folder, folder.name, f"{printable(item.name)} in it {NOT_GRADED}; hand in the files themselves"
            )
            return
    if is_notebook(folder):
        yield _refused(folder, folder.name, "is a folder, and there is no notebook in it; hand in the file itself")


def _items(folder: Path) -> list[Path] | Submission:
    """What is in a folder, in the order of names; or that it cannot be looked into."""
    try:
        return sorted(folder.iterdir())
    except OSError as error:
        problem = f"this folder cannot be opened ({error.strerror}), so nothing in it was graded; see who may read it"
        return _refused(folder, folder.name, problem)


def _notebooks(items: Iterable[Path]) -> list[Path]:
    """The notebooks among the items of a folder, without those that a grade has left there."""
    found = [item for item in items if is_notebook(item) and not is_folder(item) and not is_feedback(item)]
    return without_copies(found)


def _stands_for_a_folder(path: Path) -> bool:
    """Whether a link is in the place of a student's folder: it leads to one, or nowhere and has a folder's name."""
    if not is_link(path) or is_notebook(path) or is_hidden(path):
        return False
    return leads_to_folder(path) or not (exists(path) or path.suffix)


def _row(file: Path, name: str) -> Submission:
    return _refused(file, name, complaint(file, file)) if is_link(file) else Submission(file, name)


def _refused(path: Path, name: str, problem: str) -> Submission:
    # By its name alone: the same file has the same result on every machine.
    return Submission(path, name, printable(f"{path.name}: {problem}"))


def prepare(out: Path, submissions: Sequence[Submission]) -> Path:
    """Make the folder of results; where it is, whatever links of the instructor's own lead to it.

    Raises `BadRequest` where it cannot be made or written to, and where a submission lies in the place of results: they
    could overwrite it, and what a student has put beside it could be taken for them.
    """
    place = resolved(out)
    held = {above: item.path for item in submissions for above in _above(item.path)}
    for item in submissions:
        within = held.get(place / item.name)
        if within is not None:
            raise BadRequest(
                f"--out {out}: the results of {item.name} would lie in {out / item.name}, where {within} is, which was "
                "handed in. They could overwrite it, or be taken from there; choose another folder, outside of that"
            )
    try:
        place.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise BadRequest(f"--out {out}: there is a file in the place of this folder; choose another one") from error
    except OSError as error:
        raise BadRequest(f"--out {out}: this folder cannot be made ({error.strerror}); choose another one") from error
    try:
        with tempfile.TemporaryFile(dir=place) as file:
            file.write(bytes(ROOM_BYTES))
    except OSError as error:
        raise BadRequest(
            f"--out {out}: nothing can be written there ({error.strerror}); choose another folder, or make room"
        ) from error
    return place


def _above(path: Path) -> tuple[Path, ...]:
    """Where a submission is, and all folders in which it lies."""
    place = placed(path)
    return (place, *place.parents)
