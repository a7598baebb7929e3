"""Writing files so that a reader finds the old text or the new one, and never half of either."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write_text(path: Path, text: str) -> None:
    """Write `text` to `path` in UTF-8, in one step: a temporary file in the same folder takes the file's place.

    The folder must exist. Raises `OSError` where the text cannot be written; then the old file, if any, is untouched.
    """
    # Lone surrogates, which a hostile notebook can hold, have no UTF-8: they are written as question marks.
    data = text.encode("utf-8", errors="replace")
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(_mode(path))
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _mode(path: Path) -> int:
    """The permissions of the file that is replaced, or those of an ordinary new file."""
    # mkstemp makes files that their owner alone can read, which is wrong for a report that a teacher shares.
    try:
        return path.stat().st_mode & 0o777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
