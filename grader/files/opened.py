"""Opening files of a folder that others can write to: never through a link, and without waiting for anybody."""

from __future__ import annotations

import errno
import os
import stat
from io import BufferedReader
from pathlib import Path

# Neither through a link that has just been put there, nor waiting for who writes into a pipe.
OPEN = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
LINK = "is a link, and links are not followed"
NO_FILE = "is no ordinary file"


def opened(path: Path) -> BufferedReader:
    """An ordinary file, open for reading. Raises `OSError`, whose `strerror` says so of a link and of what is no file.

    What lies in the place of the file is looked at before it is opened, since some devices act on that, and once more
    afterwards, since it may be another one by then.
    """
    _require_file(path, os.lstat(path))
    handle = os.open(path, OPEN)
    try:
        _require_file(path, os.fstat(handle))
        return os.fdopen(handle, "rb")
    except BaseException:
        os.close(handle)
        raise


def read_bytes(path: Path, most: int) -> bytes:
    """What is in an ordinary file of at most so many bytes. Raises `OSError`, as `opened` does."""
    with opened(path) as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise OSError(errno.EFBIG, f"is larger than {most // 2**20} MB", str(path))
    return content


def _require_file(path: Path, status: os.stat_result) -> None:
    if stat.S_ISLNK(status.st_mode):
        raise OSError(errno.ELOOP, LINK, str(path))
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, NO_FILE, str(path))
