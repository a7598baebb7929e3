"""A folder for each notebook that is graded, with what its student has laid beside it, under the names they gave.

Code that reads `data.csv` finds it so, whatever the LMS had put before its name; and nobody's files lie beside those of
another.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from grader.files.folder_names import folder_name, key
from grader.files.notebook_names import ENDINGS, is_notebook
from grader.files.opened import opened
from grader.intake.archives import MOST_OF_ENTRY
from grader.intake.ownership import Claim
from grader.notebook.reading.beside import KINDS, MOST_BYTES
from grader.result.names import BadRequest

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
MOST_STEM = 100
"""Bytes of a file's name without its ending."""


def staged(claim: Claim, claims: Sequence[Claim], folder: Path, scratch: Path) -> Path:
    """Lay a notebook into a new folder, with what lies beside it and below; where it is then.

    What was unpacked into the `scratch` folder is linked, which takes no room; other files are copied, and never
    through a link. Raises `OSError` where the notebook cannot be read, and `BadRequest` where the folder takes nothing.
    """
    if claim.file.path is None:
        raise FileNotFoundError(errno.ENOENT, "has no content", claim.name[-1])
    place = folder / file_name(claim.name[-1])
    with _with_room(folder):
        scratch.mkdir(mode=0o700, exist_ok=True)
        folder.mkdir(mode=0o700, parents=True)
        _lay(claim.file.path, place, scratch)
    for path, target in _beside(claim, claims, folder):
        # A file that has gone, or that two names stand for on this system, costs nobody the notebook.
        with suppress(OSError), _with_room(folder):
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _lay(path, target, scratch)
    return place


@contextmanager
def _with_room(folder: Path) -> Iterator[None]:
    """Raise `BadRequest` where there is no room, which is nobody's fault."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise BadRequest(f"{folder}: is full ({error.strerror}); make room, or set TMPDIR") from error
        raise


def file_name(name: str) -> str:
    """A name for a file that says the same, is no way to another place, and ends as it did."""
    ending = next((end for end in ENDINGS if name.lower().endswith(end)), Path(name).suffix)
    bare = folder_name(name[: len(name) - len(ending)] or name)
    short = bare.encode()[:MOST_STEM].decode(errors="ignore").rstrip(" .") or "file"
    made = folder_name(f"{short}{ending}")
    return made if made.endswith(ending) or not ending.isascii() else f"{short}{ending}"


def _beside(claim: Claim, claims: Sequence[Claim], folder: Path) -> Iterator[tuple[Path, Path]]:
    """What lies in the notebook's folder, and the folders in it, and where each goes; no other notebook."""
    above, size, taken = claim.name[:-1], 0, {key(file_name(claim.name[-1]))}
    for other in claims:
        path, within = other.file.path, other.name[len(above) :]
        if path is None or other.name[: len(above)] != above or not within or other.whose.typed:
            continue
        if is_notebook(Path(within[-1])) or Path(within[-1]).suffix.lower() not in KINDS or size > MOST_BYTES:
            continue
        names = [file_name(part) for part in within]
        if key("/".join(names)) not in taken:
            taken.add(key("/".join(names)))
            with suppress(OSError):
                size += path.lstat().st_size
                yield path, folder.joinpath(*names)


def _lay(path: Path, target: Path, scratch: Path) -> None:
    if path.is_relative_to(scratch):
        try:
            os.link(path, target)
        except FileExistsError:
            raise
        except OSError:  # a file system without links
            shutil.copyfile(path, target)
        return
    with opened(path) as source, target.open("xb") as copy:
        left = MOST_OF_ENTRY
        while left > 0 and (part := source.read(min(1 << 20, left))):
            left -= len(part)
            copy.write(part)
