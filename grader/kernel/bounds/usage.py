"""What a kernel and all that it started use of the machine, seen from outside, where no student code can hide it."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path

import psutil

from grader.kernel.bounds.limits import Limits

AGAIN_S, AGAIN_AFTER_EXACT_S = 0.2, 1.0
"""So soon is looked again; later where looking was expensive."""

MOST_SOCKETS = 500
"""What waits in sockets is memory in no process's account: some 200 KB in each, at most."""

MOST_OPEN, MOST_WATCHED = 20_000, 10_000
"""Of descriptors, and of those that epoll(7) watches, all processes together. What is watched is counted for the user,
and where the limit for that is reached, ZeroMQ ends every process of the user's that uses it, the grader's too."""

_MB = 1 << 20


@dataclass(frozen=True, slots=True)
class Usage:
    """`excess` is what is over a limit, in words for the student; None where nothing is."""

    excess: str | None
    look_again_s: float = AGAIN_S


def look(pid: int, limits: Limits, files: Path | None = None) -> Usage:
    """What the process and its descendants use; and the files in a folder."""
    tree = _tree(pid)
    if len(tree) > limits.processes:
        return Usage(f"it started more than {limits.processes} processes")
    if _sockets(pid) > MOST_SOCKETS:
        return Usage(f"it opened more than {MOST_SOCKETS:,} sockets")
    if (excess := _open_in(tree)) is not None:
        return Usage(excess)
    try:
        if files is not None and _too_many(files, limits):
            return Usage(f"it kept more than {limits.file_bytes // _MB} MB or {limits.files:,} files")
    except OSError as error:  # its rights were taken away, it is nested too deeply: whatever hides what is in it
        return Usage(f"it kept a folder in which files cannot be counted ({error.strerror})")
    # Pages that processes share are counted once for each: an upper bound, which costs next to nothing.
    if _sum(tree, exact=False) <= limits.memory_bytes:
        return Usage(None)
    if _sum(tree, exact=True) > limits.memory_bytes:
        return Usage(f"it used more than {limits.memory_bytes // _MB:,} MB of memory")
    return Usage(None, AGAIN_AFTER_EXACT_S)


def _sockets(pid: int) -> int:
    """The sockets in the network of a process, where it has one of its own; 0 where that cannot be told."""
    try:
        if Path(f"/proc/{pid}/ns/net").stat().st_ino == Path("/proc/self/ns/net").stat().st_ino:
            return 0
        return Path(f"/proc/{pid}/net/unix").read_bytes().count(b"\n")
    except OSError:
        return 0


def _open_in(tree: list[psutil.Process]) -> str | None:
    """What is too much of what these processes have open; None where nothing is, or where no process can be seen."""
    count = watched = 0
    for one in tree:
        try:
            for entry in os.scandir(f"/proc/{one.pid}/fd"):
                count += 1
                with contextlib.suppress(FileNotFoundError):
                    if "eventpoll" in os.readlink(entry.path):  # noqa: PTH115 -- of each descriptor, many times a second
                        watched += Path(f"/proc/{one.pid}/fdinfo/{entry.name}").read_bytes().count(b"tfd:")
                if count > MOST_OPEN:
                    return f"it opened more than {MOST_OPEN:,} files"
                if watched > MOST_WATCHED:
                    return f"it watched more than {MOST_WATCHED:,} descriptors (epoll)"
        except (FileNotFoundError, ProcessLookupError):  # it has ended, or this system has no such folder
            continue
        except OSError as error:  # it keeps from being looked at
            return f"it kept a process of which it cannot be told what it opened ({error.strerror})"
    return None


def _tree(pid: int) -> list[psutil.Process]:
    try:
        top = psutil.Process(pid)
        return [top, *top.children(recursive=True)]
    except psutil.Error:
        return []


def _sum(tree: list[psutil.Process], *, exact: bool) -> int:
    """Memory in bytes; `exact` divides shared pages among those who share them, where the system tells."""
    total = 0
    for one in tree:
        with contextlib.suppress(psutil.NoSuchProcess):
            try:
                used = one.memory_full_info() if exact else one.memory_info()
            except psutil.AccessDenied:
                used = one.memory_info()
            total += getattr(used, "pss", used.rss)
    return total


def _too_many(folder: Path, limits: Limits) -> bool:
    """Whether a folder holds more than allowed. Raises OSError where that cannot be told."""
    count = size = 0
    for parent, folders, files in os.walk(folder, onerror=_unless_gone):
        count += len(folders) + len(files)
        for name in files:
            with contextlib.suppress(OSError):
                size += os.lstat(os.path.join(parent, name)).st_blocks * 512  # noqa: PTH118
        if count > limits.files or size > limits.file_bytes:
            return True
    return False


def _unless_gone(error: OSError) -> None:
    """A folder may be removed, or replaced, while it is looked at; all else is raised."""
    if not isinstance(error, (FileNotFoundError, NotADirectoryError)):
        raise error
