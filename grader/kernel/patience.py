"""Time limits that are not reached by waiting for others: a loaded machine costs no student a point.

Linux counts for each thread how long it ran, and how long it was ready to run while others ran
(`/proc/PID/task/TID/schedstat`, see Documentation/scheduler/sched-stats.rst). A limit is put off by what was waited for
others, up to a limit by the clock behind it. Threads of one notebook that keep each other waiting put off nothing.
"""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

BY_THE_CLOCK = 4.0
"""A time limit is reached after so many times its length, whatever was waited for."""

SHORT_S = 1.0
"""What took no longer than this is not looked into."""

MOST_THREADS = 2_000


@dataclass(frozen=True, slots=True)
class Schedule:
    """For each thread of a process and its descendants, how long it ran and how long it waited, in seconds."""

    threads: dict[int, tuple[float, float]]

    def waited_for_others(self, before: Schedule, took_s: float, processors: int) -> float:
        """What the thread that waited longest since then has waited, but no more than others have run in its place."""
        since = [
            (ran - before.threads.get(number, (0.0, 0.0))[0], waited - before.threads.get(number, (0.0, 0.0))[1])
            for number, (ran, waited) in self.threads.items()
        ]
        longest = max((waited for _, waited in since), default=0.0)
        own = sum(ran for ran, _ in since)
        return max(0.0, min(longest, took_s * processors - own))


def look(pid: int) -> Schedule:
    """How a process and its descendants were scheduled; nothing where the system does not tell, or it has ended."""
    found: dict[int, tuple[float, float]] = {}
    queue = [pid]
    while queue and len(found) < MOST_THREADS:
        tasks = Path(f"/proc/{queue.pop()}/task")
        with suppress(OSError, ValueError, IndexError):  # it may end while it is looked at
            for task in tasks.iterdir():
                ran, waited, *_ = (task / "schedstat").read_bytes().split()
                found[int(task.name)] = int(ran) / 1e9, int(waited) / 1e9
                queue += map(int, (task / "children").read_bytes().split())
    return Schedule(found)


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
        took = time.monotonic() - self._start
        if took >= self._limit_s + self._waited_s:
            self._note_waiting(took)
        return max(0.0, min(self._limit_s + self._waited_s, BY_THE_CLOCK * self._limit_s) - took)

    def used(self) -> float:
        """So much time was taken, without what was waited for others."""
        took = time.monotonic() - self._start
        if took > SHORT_S:
            self._note_waiting(took)
        return max(0.0, took - self._waited_s)

    def _note_waiting(self, took: float) -> None:
        waited = self._look().waited_for_others(self._before, took, self._processors)
        self._waited_s = max(self._waited_s, waited)

    def _look(self) -> Schedule:
        return Schedule({}) if self._pid is None else look(self._pid)
