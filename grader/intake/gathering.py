"""What lies in the folders and archives that a command names. No link below them is followed."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from grader.files.links import NOT_GRADED, exists, is_folder, is_link, leads_to_folder, placed, resolved
from grader.files.notebook_names import is_notebook
from grader.intake.allowance import Scratch
from grader.intake.archives import Refused, unpacked
from grader.intake.handed import GIT, HandedIn, is_nobodys, is_zip, without_files
from grader.result.names import FEEDBACK, REPORT, RESULT, BadRequest

DEEPEST, MOST_ITEMS = 12, 200_000


@dataclass(frozen=True, slots=True)
class Given:
    """One path of a command, and what is in it. `top` is the name of the folder, or of the archive."""

    path: Path
    top: str
    items: tuple[HandedIn, ...]
    zipped: bool = False


def gathered(paths: Sequence[Path], scratch: Scratch) -> list[Given]:
    """What the paths of a command hold, archives unpacked. Raises `BadRequest` for what is not there, or is no such."""
    return [_given(path, scratch) for path in paths]


def require_there(paths: Sequence[Path]) -> None:
    """Raise `BadRequest` where one of the paths is a slip: nothing is there, and it is no notebook among others."""
    missing = [path for path in paths if _is_missing(path)]
    for path in missing:
        if not is_notebook(path) or len(missing) == len(paths):
            raise BadRequest(f"{path}: there is no such file or folder; check the name")


def _is_missing(path: Path) -> bool:
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except (OSError, ValueError):  # it cannot be looked at, which is said of it later
        return False
    return False


def _given(path: Path, scratch: Scratch) -> Given:
    if is_link(path):
        if is_notebook(path):
            return Given(path, "", (HandedIn((path.name,), problem=f"{NOT_GRADED}; hand in the file itself"),))
        raise BadRequest(f"{path}: is a link, and links are not followed; give {os.path.realpath(path)}")
    place = placed(path) if path.name else resolved(path)
    if is_folder(place):
        return Given(place, place.name, tuple(_of_folder(place, scratch)))
    if is_zip(path.name) and exists(path):
        try:
            return Given(place, place.name[: -len(".zip")], tuple(unpacked(place, scratch)), zipped=True)
        except Refused as error:
            raise BadRequest(f"{path}: {error}") from error
    return Given(place, "", (HandedIn((path.name,), place, _modified(place)),))


def _of_folder(folder: Path, scratch: Scratch) -> Iterator[HandedIn]:
    files: dict[tuple[str, ...], Path] = {}
    folders = set[tuple[str, ...]]()
    for place, path, is_one in _walk(folder, ()):
        if is_one:
            if not exists(path / RESULT, follow=False):
                folders.add(place)
        elif not _is_ours(path):
            files[place] = path
        if len(files) + len(folders) > MOST_ITEMS:
            raise BadRequest(
                f"{folder}: holds more than {MOST_ITEMS:,} files; give the folder of the submissions alone"
            )
    if () in files:
        raise BadRequest(f"{folder}: this folder cannot be opened; see who may read it")
    yield from without_files(files, folders)
    for place, path in files.items():
        if not is_nobodys(place):
            yield from _of_file(place, path, scratch)


def _of_file(place: tuple[str, ...], path: Path, scratch: Scratch) -> Iterator[HandedIn]:
    if is_link(path):
        if is_notebook(path) or is_zip(path.name):
            yield HandedIn(place, problem=f"{NOT_GRADED}; hand in the file itself")
        elif leads_to_folder(path) or not (exists(path) or path.suffix):
            yield HandedIn(place, problem=f"{NOT_GRADED}; hand in the folder itself")
    elif is_folder(path):
        yield HandedIn(place, problem="cannot be opened, so nothing in it was graded; see who may read it")
    elif is_zip(path.name):
        try:
            inside = unpacked(path, scratch.part())
        except Refused as error:
            yield HandedIn(place, problem=str(error))
            return
        yield from (item.below(*place) for item in inside) if inside else [HandedIn(place)]
    else:
        yield HandedIn(place, path, _modified(path))


def _walk(folder: Path, above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Path, bool]]:
    """All below a folder, with whether it is one; a folder that cannot be looked into is a file."""
    try:
        found = sorted(folder.iterdir())
    except OSError:
        yield above, folder, False
        return
    for path in found:
        place = (*above, path.name)
        if not is_folder(path):
            yield place, path, False
        elif path.name == GIT or is_nobodys(place) or len(place) > DEEPEST:
            yield place, path, True
        else:
            yield place, path, True
            yield from _walk(path, place)


def _is_ours(path: Path) -> bool:
    """Whether a file was left there by a grade."""
    return path.name in (FEEDBACK, RESULT, REPORT) and exists(path.with_name(RESULT), follow=False)


def _modified(path: Path) -> datetime | None:
    try:
        status = path.lstat()
        return datetime.fromtimestamp(status.st_mtime, UTC) if stat.S_ISREG(status.st_mode) else None
    except (OSError, ValueError, OverflowError):
        return None
