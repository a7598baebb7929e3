"""What processes hold open: descriptors, what they watch, and files that have no name any more.

Each function counts for several processes together, and for all that can be seen of them; a process whose first thread
has ended goes on in the others, and is then looked at through one of those.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

BLOCK = 512
PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
_DELETED = b" (deleted)"
_SHARES = re.compile(rb"^Pss: +(\d{1,15}) kB$", re.MULTILINE)
_MAPPED = re.compile(
    rb"^([0-9a-f]+)-([0-9a-f]+) \S+ ([0-9a-f]+) ([0-9a-f]+:[0-9a-f]+) ([1-9]\d*) +(?!/dev/zero )/.* \(deleted\)$",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Held:
    """So many descriptors, so many of them watched by epoll(7), and the bytes of the files without a name."""

    opened: int = 0
    watched: int = 0
    nameless_bytes: int = 0


def living(pid: int) -> str:
    """Where in /proc a process can be looked at: where its first thread has ended, at one that goes on."""
    whole = f"/proc/{pid}"
    with contextlib.suppress(OSError):
        if _has_memory(whole):
            return whole
        for thread in os.listdir(f"{whole}/task"):  # noqa: PTH208
            if _has_memory(f"{whole}/task/{thread}"):
                return f"{whole}/task/{thread}"
    return whole


def memory(pid: int, *, exact: bool) -> int:
    """The bytes of a process of which psutil sees none; 0 where there are none.

    `exact` divides shared pages among those who share them.
    """
    place = Path(living(pid))
    try:
        if exact:
            return 1024 * sum(map(int, _SHARES.findall((place / "smaps").read_bytes())))
        return int((place / "statm").read_bytes().split()[1]) * PAGE
    except (OSError, IndexError):
        return 0


def held(pids: Iterable[int], most_opened: int, most_watched: int) -> Held:
    """What they have open, counted until it is more than allowed. Raises OSError where one cannot be looked at."""
    opened = watched = 0
    nameless: dict[tuple[int, int], int] = {}
    for pid in pids:
        place = living(pid)
        try:
            for entry in os.scandir(f"{place}/fd"):
                opened += 1
                with contextlib.suppress(FileNotFoundError):
                    leads_to = os.readlink(entry.path)  # noqa: PTH115 -- of each descriptor, many times a second
                    if "eventpoll" in leads_to:
                        watched += Path(f"{place}/fdinfo/{entry.name}").read_bytes().count(b"tfd:")
                    elif leads_to.endswith(" (deleted)"):
                        status = os.stat(entry.path)  # noqa: PTH116
                        nameless[status.st_dev, status.st_ino] = status.st_blocks * BLOCK
                if opened > most_opened or watched > most_watched:
                    return Held(opened, watched, sum(nameless.values()))
        except (FileNotFoundError, ProcessLookupError):  # it has ended, or this system has no such folder
            continue
    return Held(opened, watched, sum(nameless.values()))


def mapped_nameless(pids: Iterable[int]) -> tuple[int, int]:
    """Of files without a name that are mapped into memory: how many, and the bytes up to the last one that is mapped.

    Raises OSError where a process cannot be looked at.
    """
    ends: dict[tuple[bytes, bytes], int] = {}
    for pid in pids:
        try:
            maps = Path(living(pid), "maps").read_bytes()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if _DELETED in maps:
            for start, end, offset, device, inode in _MAPPED.findall(maps):
                reach = int(offset, 16) + int(end, 16) - int(start, 16)
                ends[device, inode] = max(reach, ends.get((device, inode), 0))
    return len(ends), sum(ends.values())


def _has_memory(place: str) -> bool:
    return not Path(place, "statm").read_bytes().startswith(b"0 ")
