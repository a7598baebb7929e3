"""Opening files of a folder that others can write to: never through a link, and without waiting for anybody."""

from __future__ import annotations

import errno
import os
import stat
from io import BufferedReader
from pathlib import Path

# Neither through a link that has just been put there, nor waiting for who writes into a pipe.
OPEN = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
FOLDER = getattr(os, "O_PATH", os.O_RDONLY) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_DIRECTORY", 0)
LINK = "is a link, and links are not followed"
NO_FILE = "is no ordinary file"


def opened(path: Path) -> BufferedReader:
    """An ordinary file, open for reading. Raises `OSError`, whose `strerror` says so of a link and of what is no file.

    What lies in the place of the file is looked at before it is opened, since some devices act on that, and once more
    afterwards, since it may be another one by then.
    """
    _require_file(path, os.lstat(path))
    handle = open_without_links(path)
    try:
        _require_file(path, os.fstat(handle))
        return os.fdopen(handle, "rb")
    except BaseException:
        os.close(handle)
        raise


def open_without_links(path: Path) -> int:
    """The descriptor of a file, reached through folders alone: a link anywhere in the path raises `OSError`.

    Whoever may write there may put a link in a folder's place at any time, so looking before is not enough. What the
    instructor named has been looked up before (`links.resolved`); a relative path goes on from the current folder.
    """
    if os.open not in os.supports_dir_fd:
        return os.open(path, OPEN)
    folder = folder_without_links(path)
    try:
        return os.open(path.name, OPEN, dir_fd=folder)
    finally:
        os.close(folder)


def folder_without_links(path: Path) -> int:
    """The descriptor of the folder of a file, reached in the same way: what is done there is done nowhere else."""
    folder = os.open(path.anchor or os.curdir, FOLDER)
    try:
        for part in path.parent.parts[bool(path.anchor) :]:
            inner = _open_folder(part, folder, path)
            os.close(folder)
            folder = inner
    except BaseException:
        os.close(folder)
        raise
    return folder


def _open_folder(name: str, within: int, path: Path) -> int:
    try:
        return os.open(name, FOLDER, dir_fd=within)
    except OSError:
        if stat.S_ISLNK(os.lstat(name, dir_fd=within).st_mode):
            raise OSError(errno.ELOOP, "lies behind a link, and links are not followed", str(path)) from None
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
