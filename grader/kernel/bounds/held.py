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
PART = 256
"""So many bytes the system itself takes for each part of a process's memory; see vm_area_struct in its sources."""

USUAL_LINE, AT_ONCE = 128, 1 << 20
_DELETED = b" (deleted)\n"
_TABLES = re.compile(rb"^VmPTE:\s*(\d{1,15}) kB$", re.MULTILINE)
_LOCKS = re.compile(rb"^\d+: (?:-> )?\w+ +\w+ +\w+ (\d+) ", re.MULTILINE)
_SHARES = re.compile(rb"^Pss: +(\d{1,15}) kB$", re.MULTILINE)
_MAPPED = re.compile(rb"([0-9a-f]+)-([0-9a-f]+) \S+ ([0-9a-f]+) ([0-9a-f]+:[0-9a-f]+) ([1-9]\d*) +(?!/dev/zero )/")


@dataclass(frozen=True, slots=True)
class Held:
    """So many descriptors, so many of them watched by epoll(7), so many sockets that they lead to, each counted once,
    and the bytes of the files without a name."""

    opened: int = 0
    watched: int = 0
    sockets: int = 0
    nameless_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Mapped:
    """How memory is laid out: in so many parts, and what the system takes for that and for its tables, in bytes.

    Of files without a name that are mapped: how many, and the bytes up to the last one that is mapped.
    """

    parts: int = 0
    system_bytes: int = 0
    nameless: int = 0
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
    sockets: set[str] = set()
    for pid in pids:
        place = living(pid)
        try:
            for entry in os.scandir(f"{place}/fd"):
                opened += 1
                with contextlib.suppress(FileNotFoundError):
                    leads_to = os.readlink(entry.path)  # noqa: PTH115 -- of each descriptor, many times a second
                    if "eventpoll" in leads_to:
                        watched += Path(f"{place}/fdinfo/{entry.name}").read_bytes().count(b"tfd:")
                    elif leads_to.startswith("socket:"):
                        sockets.add(leads_to)
                    elif leads_to.endswith(" (deleted)"):
                        status = os.stat(entry.path)  # noqa: PTH116
                        nameless[status.st_dev, status.st_ino] = status.st_blocks * BLOCK
                if opened > most_opened or watched > most_watched:
                    return Held(opened, watched, len(sockets), sum(nameless.values()))
        except (FileNotFoundError, ProcessLookupError):  # it has ended, or this system has no such folder
            continue
    return Held(opened, watched, len(sockets), sum(nameless.values()))


def mapped(pids: Iterable[int], most: int, *, nameless: bool) -> Mapped:
    """How their memory is laid out, until it is in more than `most` parts; files only where `nameless` are wanted.

    Raises OSError where a process cannot be looked at.
    """
    parts = tables = text = 0
    ends: dict[tuple[bytes, bytes], int] = {}
    for pid in pids:
        place = living(pid)
        try:
            tables += 1024 * sum(map(int, _TABLES.findall(Path(place, "status").read_bytes())))
            with Path(place, "maps").open("rb") as maps:
                # A path may be long, and there for each part.
                while parts <= most and text <= most * USUAL_LINE and (lines := maps.readlines(AT_ONCE)):
                    parts += len(lines)
                    text += sum(map(len, lines))
                    if nameless:
                        _note_nameless(lines, ends)
        except (FileNotFoundError, ProcessLookupError):
            continue
        if text > most * USUAL_LINE:
            parts = most + 1
    return Mapped(parts, parts * PART + tables, len(ends), sum(ends.values()))


def locks(pids: Iterable[int], most: int) -> int:
    """The locks on parts of files that they have; 0 where all of the machine are not more than `most`."""
    try:
        every = Path("/proc/locks").read_bytes()
    except OSError:
        return 0
    if every.count(b"\n") <= most:
        return 0
    wanted = {str(pid).encode() for pid in pids}
    return sum(whose in wanted for whose in _LOCKS.findall(every))


def _note_nameless(lines: list[bytes], ends: dict[tuple[bytes, bytes], int]) -> None:
    for line in lines:
        if line.endswith(_DELETED) and (found := _MAPPED.match(line)):
            start, end, offset, device, inode = found.groups()
            reach = int(offset, 16) + int(end, 16) - int(start, 16)
            ends[device, inode] = max(reach, ends.get((device, inode), 0))


def _has_memory(place: str) -> bool:
    return not Path(place, "statm").read_bytes().startswith(b"0 ")
