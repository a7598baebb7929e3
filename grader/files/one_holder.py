"""Holding a folder or a file while a process works in it: the system lets go of it however that process ends."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BUSY = (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES)


class Held(Exception):
    """Somebody else holds it."""


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold a folder while the block runs. Raises `Held` where another process does.

    A system or a file system that has no such thing lets everybody in, as it would without us.
    """
    if sys.platform == "win32":  # which opens no folders
        yield
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        if not hold(handle):
            raise Held(str(folder))
        yield
    finally:
        os.close(handle)


def hold(handle: int) -> bool:
    """Hold what a descriptor stands for until it is closed; False where somebody else does."""
    if sys.platform == "win32":
        return True
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in BUSY
    return True
