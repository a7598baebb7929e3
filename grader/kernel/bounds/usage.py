"""What a kernel and all that it started use of the machine, seen from outside, where no student code can hide it."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path

import psutil

from grader.kernel.bounds.held import held, mapped_nameless, memory
from grader.kernel.bounds.limits import Limits

AGAIN_S, AGAIN_AFTER_EXACT_S = 0.2, 1.0
"""So soon is looked again; later where looking was expensive."""

MOST_SOCKETS = 500
"""What waits in sockets is memory in no process's account: some 200 KB in each, at most."""

MOST_OPEN, MOST_WATCHED = 20_000, 10_000
"""Of descriptors, and of those that epoll(7) watches, all processes together. What is watched is counted for the user,
and where the limit for that is reached, ZeroMQ ends every process of the user's that uses it, the grader's too."""

MOST_MAPPED_NAMELESS = 32
"""Files that are mapped, and have neither a name nor a descriptor: how large they are is not told."""

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
    try:
        if (excess := _too_much_open(tree, limits, counting_files=files is not None)) is not None:
            return Usage(excess)
    except OSError as error:  # it keeps from being looked at
        return Usage(f"it kept a process of which it cannot be told what it opened ({error.strerror})")
    try:
        if files is not None and _too_many(files, limits):
            return Usage(_too_many_files(limits))
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


def _too_much_open(tree: list[psutil.Process], limits: Limits, *, counting_files: bool) -> str | None:
    """What is too much of what these processes have open; None where nothing is. Raises OSError where one hides it."""
    pids = [one.pid for one in tree]
    found = held(pids, MOST_OPEN, MOST_WATCHED)
    if found.opened > MOST_OPEN:
        return f"it opened more than {MOST_OPEN:,} files"
    if found.watched > MOST_WATCHED:
        return f"it watched more than {MOST_WATCHED:,} descriptors (epoll)"
    if counting_files:
        count, size = mapped_nameless(pids)
        if count > MOST_MAPPED_NAMELESS or found.nameless_bytes + size > limits.file_bytes:
            return _too_many_files(limits)
    return None


def _too_many_files(limits: Limits) -> str:
    return f"it kept more than {limits.file_bytes // _MB} MB or {limits.files:,} files"


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
            total += getattr(used, "pss", used.rss) or memory(one.pid, exact=exact)
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
