"""A first look at what was given, by its bytes alone, while nothing is read yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from grader.files.links import placed
from grader.files.opened import read_bytes

MOST_FILES, MOST_BYTES = 20, 1_000_000
_TEXT, _CODE = b'"cell_type"', b'"code"'


def may_have_code(paths: Iterable[Path]) -> bool:
    """Whether there may be a cell of code in the notebooks; False only where all are seen, and none has any.

    So no kernel is warmed for what is text alone. Archives, links, large files and those that are no notebooks may.
    """
    files = list(islice(_files(paths), MOST_FILES + 1))
    return not files or len(files) > MOST_FILES or not all(_is_text_alone(path) for path in files)


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir() and not path.is_symlink():
            yield from path.rglob("*.ipynb")
        else:
            yield path


def _is_text_alone(path: Path) -> bool:
    try:
        read = read_bytes(placed(path), MOST_BYTES)
    except OSError:
        return False
    return _TEXT in read and _CODE not in read
