"""Time limits that are not reached by waiting for others: a loaded machine costs no student a point.

Linux counts for each thread how long it ran, and how long it was ready to run while others ran
(`/proc/PID/task/TID/schedstat`, see Documentation/scheduler/sched-stats.rst). A limit is put off by what was waited for
others, up to a limit by the clock behind it. Threads of one notebook that keep each other waiting put off nothing.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

BY_THE_CLOCK = 4.0
"""A time limit is reached after so many times its length, whatever was waited for."""

SHORT_S = 1.0
"""What took no longer than this is not looked into."""

MOST_THREADS = 2_000
TICKS = os.sysconf("SC_CLK_TCK")
"""In so many parts of a second times of processes are counted."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """How a process and its descendants were scheduled, in seconds.

    For each thread how long it `waited`; and how long all together `ran`, those that have ended and were waited for
    included.
    """

    waited: dict[int, float]
    ran: float = 0.0

    def waited_for_others(self, before: Schedule, took_s: float, processors: int) -> float:
        """What the thread that waited longest since then has waited, but no more than others have run in its place."""
        since = (waited - before.waited.get(number, 0.0) for number, waited in self.waited.items())
        return max(0.0, min(max(since, default=0.0), took_s * processors - (self.ran - before.ran)))


def look(pid: int) -> Schedule:
    """How a process and its descendants were scheduled; nothing where the system does not tell, or it has ended."""
    waited: dict[int, float] = {}
    ran = 0
    queue = [pid]
    while queue and len(waited) < MOST_THREADS:
        process = Path(f"/proc/{queue.pop()}")
        with suppress(OSError, ValueError, IndexError):  # it may end while it is looked at
            # utime, stime, cutime, cstime: see proc(5). The name may hold anything, and ends with a parenthesis.
            ran += sum(map(int, (process / "stat").read_bytes().rpartition(b")")[2].split()[11:15]))
            for task in (process / "task").iterdir():
                waited[int(task.name)] = int((task / "schedstat").read_bytes().split()[1]) / 1e9
                queue += map(int, (task / "children").read_bytes().split())
    return Schedule(waited, ran / TICKS)


class Patience:
    """A time limit, in seconds, for what a process and its descendants do from now on, on so many processors."""

    def __init__(self, pid: int | None, limit_s: float, processors: int = 1, before: Schedule | None = None) -> None:
        """`before` is how they were scheduled until now, where somebody has looked."""
        self._pid = pid
        self._limit_s = limit_s
        self._processors = processors
        self._start = time.monotonic()
        self._before = before or self._look()
        self._waited_s = 0.0

    def left(self) -> float:
        """The limit cannot be reached earlier than in so many seconds; 0 when it is reached."""
        took = self.took()
        if took >= self._limit_s + self._waited_s:
            self._note_waiting(took)
        return max(0.0, min(self._limit_s + self._waited_s, BY_THE_CLOCK * self._limit_s) - took)

    def used(self) -> float:
        """So much time was taken, without what was waited for others."""
        took = self.took()
        if took > SHORT_S:
            self._note_waiting(took)
        return max(0.0, took - self._waited_s)

    def took(self) -> float:
        """So much time was taken by the clock."""
        return time.monotonic() - self._start

    def _note_waiting(self, took: float) -> None:
        waited = self._look().waited_for_others(self._before, took, self._processors)
        self._waited_s = max(self._waited_s, waited)

    def _look(self) -> Schedule:
        return Schedule({}) if self._pid is None else look(self._pid)
