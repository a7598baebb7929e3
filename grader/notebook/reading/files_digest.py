"""What the files were that a notebook's code may have read: with others, its grade may be another."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from grader.notebook.reading.beside import all_offered, beside, read_part

PART_BYTES = 1 << 20


def digest_of_offered(folder: Path) -> str | None:
    """SHA-256, in hexadecimal digits, of all that an instructor offers; None where that is nothing."""
    return _digest(all_offered(folder))


def digest_of_all(notebook: Path, offered: str | None) -> str | None:
    """The same of what lies beside a notebook, and what is offered; None where neither is there."""
    own = _digest(beside(notebook).files)
    found = [each for each in (own, offered) if each is not None]
    return hashlib.sha256("/".join(found).encode()).hexdigest() if found else None


def _digest(files: Iterable[tuple[str, Path]]) -> str | None:
    sums = [f"{_sum(path)} {place}" for place, path in files]
    return hashlib.sha256("\0".join(sums).encode(errors="surrogateescape")).hexdigest() if sums else None


def _sum(path: Path) -> str:
    """Of one file; of one that cannot be read, which code is not given either, a word in its place."""
    found, offset = hashlib.sha256(), 0
    try:
        while content := read_part(path, offset, PART_BYTES):
            found.update(content)
            offset += len(content)
    except OSError as error:
        return os.strerror(error.errno or 0)
    return found.hexdigest()
