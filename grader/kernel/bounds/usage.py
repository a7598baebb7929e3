"""What a kernel and all that it started use of the machine, seen from outside, where no student code can hide it."""

from __future__ import annotations

import contextlib
import math
import os
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from grader.kernel.bounds.held import Mapped, held, locks, mapped, memory
from grader.kernel.bounds.limits import Limits

AGAIN_S, AGAIN_AFTER_EXACT_S = 0.2, 1.0
"""So soon is looked again; later where looking was expensive."""

MOST_SOCKETS = 500
"""What waits in sockets is memory in no process's account: some 200 KB in each, at most. A socket that
is in no process's descriptors is closed: none can be connected to, and none is handed over."""

MOST_OPEN, MOST_WATCHED = 20_000, 10_000
"""Of descriptors, and of those that epoll(7) watches, all processes together. What is watched is counted for the user,
and where the limit for that is reached, ZeroMQ ends every process of the user's that uses it, the grader's too."""

MOST_LOCKS = 10_000
"""On parts of files (fcntl): each takes memory that is in no process's account."""

FEW, MOST_PARTS = 16, 1_000_000
"""What the system takes for a process is bounded, and is memory that counts where there are more than a few."""

COUNTED_WITHIN_S = 1.0
"""Of a processor's time: while it is counted, more can be taken."""

SIGN = 8
"""Of the bytes that files may have, one part that the disk loses is a sign that some may have no name."""

MOST_MAPPED_NAMELESS = 32
"""Files that are mapped, and have neither a name nor a descriptor: how large they are is not told."""

_MB = 1 << 20


@dataclass(frozen=True, slots=True)
class Usage:
    """`excess` is what is over a limit, in words for the student; None where nothing is."""

    excess: str | None
    look_again_s: float = AGAIN_S


class Watch:
    """Looks at a process and its descendants again and again, and at the files in a folder of theirs.

    `counted` says that something else keeps count of files that have no name any more: see `namespaces`.
    """

    def __init__(self, pid: int, limits: Limits, files: Path | None = None, *, counted: bool = False) -> None:
        self._pid, self._limits, self._files = pid, limits, files
        self._nameless = files if not counted else None
        self._free: float = math.inf

    def look(self) -> Usage:
        """What they use now."""
        limits = self._limits
        tree = _tree(self._pid)
        if len(tree) > limits.processes:
            return Usage(f"it started more than {limits.processes} processes")
        try:
            mapped = self._mapped([one.pid for one in tree])
            if (excess := self._too_much_open([one.pid for one in tree], mapped)) is not None:
                return Usage(excess)
        except OSError as error:  # it keeps from being looked at
            return Usage(f"it kept a process of which it cannot be told what it opened ({error.strerror})")
        try:
            if self._files is not None and _too_many(self._files, limits):
                return Usage(_too_many_files(limits))
        except OSError as error:  # its rights were taken away, it is nested too deeply: whatever hides what is in it
            return Usage(f"it kept a folder in which files cannot be counted ({error.strerror})")
        return self._memory(tree, limits.memory_bytes - mapped.system_bytes)

    def _memory(self, tree: list[psutil.Process], left: int) -> Usage:
        sizes = [_size(one, exact=False) for one in tree]
        # Pages that processes share are counted once for each: an upper bound, which costs next to nothing.
        if sum(sizes) <= left:
            return Usage(None)
        if _exceeds(tree, sizes, left):
            return Usage(f"it used more than {self._limits.memory_bytes // _MB:,} MB of memory")
        return Usage(None, AGAIN_AFTER_EXACT_S)

    def _mapped(self, pids: list[int]) -> Mapped:
        """How their memory is laid out, where that could matter: to read it for all, many times a second, is dear."""
        nameless = self._nameless is not None and self._disk_shrinks(self._nameless)
        if len(pids) <= FEW and not nameless:
            return Mapped()
        return mapped(pids, MOST_PARTS, nameless=nameless)

    def _disk_shrinks(self, files: Path) -> bool:
        """Whether the disk of the files has become fuller, since it was fullest that this was told."""
        try:
            disk = os.statvfs(files)
        except OSError:
            return True
        free = disk.f_bfree * disk.f_frsize
        if free < self._free - self._limits.file_bytes / SIGN or math.isinf(self._free):
            self._free = free
            return True
        self._free = max(free, self._free)
        return False

    def _too_much_open(self, pids: list[int], mapped: Mapped) -> str | None:
        """What is too much of what these processes have open; None where nothing is. Raises OSError where one hides."""
        found = held(pids, MOST_OPEN, MOST_WATCHED)
        if found.opened > MOST_OPEN:
            return f"it opened more than {MOST_OPEN:,} files"
        if found.watched > MOST_WATCHED:
            return f"it watched more than {MOST_WATCHED:,} descriptors (epoll)"
        if found.sockets > MOST_SOCKETS:
            return f"it opened more than {MOST_SOCKETS:,} sockets"
        if locks(pids, MOST_LOCKS) > MOST_LOCKS:
            return f"it held more than {MOST_LOCKS:,} locks on parts of files"
        if mapped.parts > MOST_PARTS:
            return f"it had memory in more than {MOST_PARTS:,} parts"
        nameless = found.nameless_bytes + mapped.nameless_bytes
        if self._nameless is not None and (
            mapped.nameless > MOST_MAPPED_NAMELESS or nameless > self._limits.file_bytes
        ):
            return _too_many_files(self._limits)
        return None


def _too_many_files(limits: Limits) -> str:
    return f"it kept more than {limits.file_bytes // _MB} MB or {limits.files:,} files"


def _tree(pid: int) -> list[psutil.Process]:
    try:
        top = psutil.Process(pid)
        return [top, *top.children(recursive=True)]
    except psutil.Error:
        return []


def _size(one: psutil.Process, *, exact: bool) -> int:
    """The memory of a process in bytes; `exact` divides shared pages among who share them, where the system tells."""
    try:
        used = one.memory_full_info() if exact else one.memory_info()
    except psutil.NoSuchProcess:
        return 0
    except psutil.AccessDenied:
        return _size(one, exact=False) if exact else 0
    return int(getattr(used, "pss", used.rss) or memory(one.pid, exact=exact))


def _exceeds(tree: list[psutil.Process], sizes: list[int], most: int) -> bool:
    """Whether all have more together, the largest counted first; who makes counting long is counted whole."""
    begun, total = time.thread_time(), 0
    for size, one in sorted(zip(sizes, tree, strict=True), key=lambda pair: -pair[0]):
        total += size if time.thread_time() - begun > COUNTED_WITHIN_S else _size(one, exact=True)
        if total > most:
            return True
    return False


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
