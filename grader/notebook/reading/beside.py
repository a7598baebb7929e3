"""The files that lie beside a notebook, and those that an instructor offers: what its code may read.

Only where the folder holds one notebook is it known whose files these are. Links are never followed.
"""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from grader.files.links import is_folder, is_link, resolved
from grader.files.notebook_names import is_notebook, stem
from grader.files.opened import open_without_links
from grader.notebook.reading.notebook_errors import printable

MOST_BYTES, MOST_FILES, DEEPEST = 32_000_000, 500, 5
"""So much is brought into a kernel; folders are looked into so deep."""

MOST_OFFERED_BYTES = 300_000_000
"""The same of what an instructor offers."""

HOME = "~/.keras/datasets"
"""Where Keras looks for data sets."""

MOST_ITEMS = 2_000
RESULT = "result.json"
DATA_SETS = "keras-datasets"
"""The folder among an instructor's files that has them."""

LEFT_OUT = frozenset({"__pycache__", "__MACOSX", "node_modules", "venv", "env", "grades"})
KINDS = frozenset(
    {
        *(".py", ".csv", ".tsv", ".txt", ".json", ".jsonl", ".md", ".yaml", ".yml", ".npy", ".npz", ".pkl", ".pickle"),
        *(".h5", ".hdf5", ".keras", ".weights", ".parquet", ".xlsx", ".dat", ".data", ".gz", ".png", ".jpg", ".jpeg"),
    }
)
"""What code reads; documents are left where they are, for what is brought a notebook can show."""

COMMON_PLACES = frozenset({"Downloads", "Desktop", "Documents"})
"""Folders of a person's own, in which a notebook may lie among anything."""
OURS = ("pyproject.toml", "action.yml")
"""A folder with both of them holds a grader, and perhaps the answers of a pack."""


@dataclass(frozen=True, slots=True)
class Brought:
    """Files by their places below the working folder, and what was left out, in a sentence."""

    files: tuple[tuple[str, Path], ...]
    left_out: str | None = None


def beside(notebook: Path) -> Brought:
    """What lies beside a notebook that is the only one in its folder, and the folders in it: all of it, or nothing."""
    folder = notebook.parent
    if is_link(folder) or _is_a_persons(folder) or all((folder / name).exists() for name in OURS):
        return Brought(())
    found, size = list[tuple[str, Path]](), 0
    for place, path in islice(_walk(folder, 0), MOST_ITEMS):
        if is_notebook(path):
            if path.name != notebook.name and stem(path) != stem(notebook):
                return Brought(())
            continue
        length = _size(path)
        if length is None or path.suffix.lower() not in KINDS:
            continue
        size += length
        if size > MOST_BYTES or len(found) >= MOST_FILES:
            limit = f"{MOST_BYTES // 1_000_000} MB or {MOST_FILES} files"
            return Brought((), f"beside the notebook lie more than {limit}, so its code was given none of them")
        found.append((place, path))
    return Brought(tuple(found))


def offered(folder: Path, sources: Sequence[str]) -> Brought:
    """What an instructor offers to all; of data sets, those that the notebook names."""
    found, size = list[tuple[str, Path]](), 0
    for place, path in _walk(folder, 0):
        length = _size(path)
        if length is None or not _is_wanted(place, sources):
            continue
        size += length
        if size > MOST_OFFERED_BYTES:
            return Brought(tuple(found), f"--files {printable(str(folder))}: {printable(place)} does not fit any more")
        target = f"{HOME}/{place.partition('/')[2]}" if place.startswith(f"{DATA_SETS}/") else place
        found.append((target, path))
    return Brought(tuple(found))


def all_offered(folder: Path) -> Iterator[tuple[str, Path]]:
    """All that an instructor offers, whoever names it, with its place below the folder."""
    return (item for item in _walk(folder, 0) if _size(item[1]) is not None)


def read_part(path: Path, offset: int, size: int) -> bytes:
    """A part of a file, never through a link; empty behind its end. Raises `OSError`."""
    handle = open_without_links(path)
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            return b""
        file.seek(offset)
        return file.read(size)


def _is_a_persons(folder: Path) -> bool:
    own = (resolved(Path.home()), resolved(Path(tempfile.gettempdir())))
    return folder.name in COMMON_PLACES or resolved(folder) in own


def _is_wanted(place: str, sources: Sequence[str]) -> bool:
    if not place.startswith(f"{DATA_SETS}/"):
        return True
    name = place.partition("/")[2].partition(".")[0].partition("_word_index")[0]
    name = name.partition("/")[0].removesuffix("-batches-py").removesuffix("-python").replace("-", "")
    return any(name.replace("_", "") in source.replace("_", "").replace("-", "") for source in sources)


def _walk(folder: Path, depth: int, before: str = "") -> Iterator[tuple[str, Path]]:
    """Ordinary files in the order of their names, with their places; nothing hidden, no link, no name for a trick."""
    items = list[Path]()
    with suppress(OSError):
        items = sorted(islice(folder.iterdir(), MOST_ITEMS))
    if any(item.name == RESULT for item in items):  # what a grade has left there
        return
    for item in items:
        if item.name.startswith(".") or item.name in LEFT_OUT or is_link(item) or not _is_plain(item.name):
            continue
        if not is_folder(item):
            yield before + item.name, item
        elif depth < DEEPEST and not (item / "pyvenv.cfg").exists():
            yield from _walk(item, depth + 1, f"{before}{item.name}/")


def _is_plain(name: str) -> bool:
    return name.isprintable() and "\\" not in name and len(name.encode(errors="replace")) <= 200


def _size(path: Path) -> int | None:
    try:
        status = os.lstat(path)
    except (OSError, ValueError):
        return None
    return status.st_size if stat.S_ISREG(status.st_mode) else None
