"""Private folders for kernels: making them where sockets fit, and removing them whatever a student left inside."""

from __future__ import annotations

import secrets
import shutil
import subprocess
import tempfile
from pathlib import Path

from grader.kernel.errors import LaunchError

MAX_SOCKET_PATH = 107
"""The longest path of a Unix socket on Linux, without the final zero (sun_path in unix(7)); macOS allows 103."""

LONGEST_TAIL = "/k000000/s-5"


def place() -> Path:
    """Where a new folder can be made: a name that nobody knows, and a path short enough for sockets inside it.

    Raises LaunchError where there is none.
    """
    try:
        for parent in (tempfile.gettempdir(), "/tmp"):  # noqa: S108 (the name is unguessable)
            room = MAX_SOCKET_PATH - 4 - len(LONGEST_TAIL) - len("/grader-12345678")
            if len(str(Path(parent).resolve())) <= room and Path(parent).is_dir():
                return Path(parent).resolve() / f"grader-{secrets.token_hex(4)}"
    except OSError as error:
        raise _none_made(error) from error
    raise LaunchError(
        f"the path of the temporary folder {tempfile.gettempdir()} is too long for sockets "
        f"(at most {MAX_SOCKET_PATH} characters); set TMPDIR to a shorter one"
    )


def make(folder: Path) -> Path:
    """Make a folder that only this user can enter. Raises LaunchError where that cannot be done."""
    try:
        folder.mkdir(mode=0o700)
    except OSError as error:
        raise _none_made(error) from error
    return folder


def _none_made(error: OSError) -> LaunchError:
    return LaunchError(f"no temporary folder can be made: {error}; set TMPDIR to another place")


def files(folder: Path) -> Path:
    """The part of a kernel's folder that student code may fill; the rest is for the kernel's sockets."""
    return folder / "files"


def work(folder: Path) -> Path:
    """Where student code starts: empty."""
    return files(folder) / "work"


def home(folder: Path) -> Path:
    """The home of student code: empty."""
    return files(folder) / "home"


def temporary(folder: Path) -> Path:
    """For the temporary files of student code."""
    return files(folder) / "tmp"


def furnish(folder: Path) -> None:
    """Make a kernel's own folder with all its parts."""
    for part in (folder, files(folder)):
        part.mkdir(mode=0o700)
    furnish_files(folder)


def furnish_files(folder: Path) -> None:
    """Make the parts that student code may fill."""
    for part in (work(folder), home(folder), temporary(folder)):
        part.mkdir(mode=0o700)


def remove(folder: Path) -> None:
    """Remove a folder and all in it: also what is write-protected, and nested deeper than Python can recurse."""
    try:
        shutil.rmtree(folder)
    except FileNotFoundError:
        return
    except (OSError, RecursionError):
        for command in (["chmod", "-R", "u+rwX", "--", str(folder)], ["rm", "-rf", "--", str(folder)]):
            subprocess.run(command, check=False, capture_output=True)
