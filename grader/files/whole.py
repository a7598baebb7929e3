"""Writing a file whole or not at all."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO


def write_text(path: Path, text: str) -> str:
    r"""Write a text as UTF-8 so that the file is never seen half written; its folder must exist.

    What UTF-8 cannot hold (a lone surrogate) becomes `\udXXX`, which in a JSON string still means the same. Raises
    `OSError` where the file cannot be written; an older file of that name is then as it was. Returns the digest of what
    was written, whatever is in the place of the file by then.
    """
    return write_bytes(path, text.encode("utf-8", errors="backslashreplace"))


def write_bytes(path: Path, content: bytes) -> str:
    """Write a file so that it is never seen half written; its folder must exist. Raises `OSError`, as `write_text`."""
    with written(path) as file:
        file.write(content)
    return digest(content)


@contextmanager
def written(path: Path) -> Iterator[IO[bytes]]:
    """A file to write to, which is in the place of another when the block ends well; else nothing has changed."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:100]}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        # mkstemp makes the file for its owner alone; results are read by others too (a web server, a teacher).
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(path)
    except BaseException:
        with suppress(FileNotFoundError):
            Path(name).unlink()
        raise


def digest(content: bytes) -> str:
    """SHA-256, in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def _umask() -> int:
    # The mask can only be read by setting it, which every thread of the process would see for a moment.
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text().splitlines():
            if line.startswith("Umask:"):
                return int(line.split()[1], 8)
    return 0o022
