"""Writing a file whole or not at all, and never through a link."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from grader.files.links import is_file, is_folder
from grader.files.one_holder import hold
from grader.files.opened import folder_without_links, open_without_links

PART = ".part"
"""How the names of files end that are being written."""
BYTES = 8
"""So many random ones are in such a name, in hexadecimal digits."""
LEFT = f".*.{'[0-9a-f]' * 2 * BYTES}{PART}"
NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def write_text(path: Path, text: str) -> str:
    r"""Write a text as UTF-8 so that the file is never seen half written; its folder must exist.

    What UTF-8 cannot hold (a lone surrogate) becomes `\udXXX`, which in a JSON string still means the same. Raises
    `OSError` where the file cannot be written, or lies behind a link (see `links.placed` for what an instructor has
    named); an older file of that name is then as it was. Returns the digest of what was written, whatever is in the
    place of the file by then.
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
    with _folder(path) as (folder, within):
        name = within / f".{path.name[:100]}.{secrets.token_hex(BYTES)}{PART}"
        # Results are read by others too (a web server, a teacher), as far as the user's mask lets them.
        handle = os.open(name, NEW, 0o666, dir_fd=folder)
        try:
            with os.fdopen(handle, "wb") as file:
                hold(handle)
                yield file
                file.flush()
                os.fsync(file.fileno())
            os.replace(name, within / path.name, src_dir_fd=folder, dst_dir_fd=folder)
        except BaseException:
            with suppress(FileNotFoundError):
                os.unlink(name, dir_fd=folder)
            raise


def sweep(root: Path) -> None:
    """Remove from a folder, and the folders in it, what was half written when its writer was killed."""
    for folder in (root, *filter(is_folder, root.iterdir())):
        for path in folder.glob(LEFT):
            with suppress(OSError):
                if is_file(path) and _is_nobodys(path):
                    path.unlink()


def _is_nobodys(path: Path) -> bool:
    handle = open_without_links(path)
    try:
        return hold(handle)
    finally:
        os.close(handle)


def remove(path: Path) -> None:
    """Remove a file, if there is one. Raises `OSError` where that cannot be done, or it lies behind a link."""
    with _folder(path) as (folder, within), suppress(FileNotFoundError):
        os.unlink(within / path.name, dir_fd=folder)


def digest(content: bytes) -> str:
    """SHA-256, in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


@contextmanager
def _folder(path: Path) -> Iterator[tuple[int | None, Path]]:
    """The folder of a file, open, and where its files are from there; where this system has no such thing, its path."""
    if not {os.open, os.rename, os.unlink} <= os.supports_dir_fd:
        yield None, path.parent
        return
    folder = folder_without_links(path)
    try:
        yield folder, Path()
    finally:
        os.close(folder)
