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
    """Hold a folder while the block runs. Raises `Held` where another process does, or has just removed it, and
    `OSError` where it cannot be opened.

    A system or a file system that has no such thing lets everybody in, as it would without us.
    """
    if sys.platform == "win32":  # which opens no folders
        yield
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        if not (hold(handle) and _is_still(folder, handle)):
            raise Held(str(folder))
        yield
    finally:
        os.close(handle)


def _is_still(folder: Path, handle: int) -> bool:
    """Whether a path leads to the folder that was opened by it: who held it before may have removed it."""
    try:
        return os.path.samestat(folder.stat(), os.fstat(handle))
    except FileNotFoundError:
        return False


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
