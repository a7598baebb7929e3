"""Time limits that are not reached by waiting for others: a loaded machine costs no student a point.

Linux counts for each thread how long it ran, and how long it was ready to run while others ran
(`/proc/PID/task/TID/schedstat`, see Documentation/scheduler/sched-stats.rst). A limit is put off by what was waited for
others, up to a limit by the clock behind it. Threads of one notebook that keep each other waiting put off nothing.

What a process runs that has ended is known where its parent waited for it, and lost where its parent ignores SIGCHLD,
or asked for that in other ways that cannot be seen from outside (SA_NOCLDWAIT). No account that every machine has
holds it: cpuacct and perf_event want rights, taskstats a privilege, and what the rest of the machine ran is hidden in
containers. So the family is looked at again and again, at moments that it does not know: where it is not of the same
processes as the last time, nothing that was waited in between puts off a limit, as if all of it was run by who has come
or gone. Children that take a processor without end are there at every moment, so that little is left to hide; a
notebook whose children run long loses a moment for each, and only on a machine that is loaded.
"""

from __future__ import annotations

import os
import random
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

BY_THE_CLOCK = 4.0
"""A time limit is reached after so many times its length, whatever was waited for."""

SHORT_S = 1.0
"""What took no longer than this is not looked into when it has ended."""

LOOK_AGAIN_S, TIMES_ITS_COST = 0.2, 20
"""So long after a look comes the next on average; later where looking was expensive."""

MOST_THREADS = 2_000
"""A larger family is not looked at as a whole, and puts off nothing."""

TICKS = os.sysconf("SC_CLK_TCK")
"""In so many parts of a second times of processes are counted."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """How a process and its descendants were scheduled, in seconds.

    For each thread how long it `waited`; and how long all together `ran`, those that have ended and were waited for
    included. `family` is who they were; None where they were too many.
    """

    waited: dict[int, float]
    ran: float = 0.0
    family: frozenset[int] | None = frozenset()

    def waited_for_others(self, before: Schedule, took_s: float, processors: int) -> float:
        """What the thread that waited longest since then has waited, but no more than others have run in its place."""
        since = (waited - before.waited.get(number, 0.0) for number, waited in self.waited.items())
        return max(0.0, min(max(since, default=0.0), took_s * processors - (self.ran - before.ran)))

    def then(self, before: Schedule, now: Schedule, took_s: float, processors: int) -> Schedule:
        """This account, and what came between two looks at the family: see above where it has changed."""
        ran = now.ran - before.ran
        waited = dict(self.waited)
        if now.family is None or now.family != before.family:
            return Schedule(waited, self.ran + max(ran, took_s * processors), now.family)
        for number, until_now in now.waited.items():
            waited[number] = waited.get(number, 0.0) + until_now - before.waited.get(number, 0.0)
        return Schedule(waited, self.ran + ran, now.family)


def look(pid: int) -> Schedule:
    """How a process and its descendants were scheduled; nothing where the system does not tell, or it has ended."""
    waited: dict[int, float] = {}
    ran = 0
    queue, family = [pid], set()
    while queue and len(waited) < MOST_THREADS:
        family.add(queue[-1])
        process = Path(f"/proc/{queue.pop()}")
        with suppress(OSError, ValueError, IndexError):  # it may end while it is looked at
            # utime, stime, cutime, cstime: see proc(5). The name may hold anything, and ends with a parenthesis.
            ran += sum(map(int, (process / "stat").read_bytes().rpartition(b")")[2].split()[11:15]))
            for task in (process / "task").iterdir():
                waited[int(task.name)] = int((task / "schedstat").read_bytes().split()[1]) / 1e9
                queue += map(int, (task / "children").read_bytes().split())
    return Schedule(waited, ran / TICKS, None if queue else frozenset(family if waited else ()))


class Patience:
    """A time limit, in seconds, for what a process and its descendants do from now on, on so many processors.

    Ask often what is `left`: that is when it is looked how they are scheduled.
    """

    def __init__(self, pid: int | None, limit_s: float, processors: int = 1, before: Schedule | None = None) -> None:
        """`before` is how they were scheduled until now, where somebody has looked."""
        self._pid = pid
        self._limit_s = limit_s
        self._processors = processors
        self._start = self._looked_at = time.monotonic()
        self._last = before or self._look()
        self._account = Schedule({})
        self._next_look_s = _some(LOOK_AGAIN_S)
        self._waited_s = 0.0

    def left(self) -> float:
        """The limit cannot be reached earlier than in so many seconds; 0 when it is reached."""
        took = self.took()
        if took >= min(self._limit_s + self._waited_s, self._next_look_s):
            self._note_waiting()
        return max(0.0, min(self._limit_s + self._waited_s, BY_THE_CLOCK * self._limit_s) - took)

    def used(self) -> float:
        """So much time was taken, without what was waited for others."""
        took = self.took()
        if took > SHORT_S:
            self._note_waiting()
        return max(0.0, took - self._waited_s)

    def took(self) -> float:
        """So much time was taken by the clock."""
        return time.monotonic() - self._start

    def _note_waiting(self) -> None:
        begun = time.monotonic()
        now = self._look()
        cost = time.monotonic() - begun
        self._account = self._account.then(self._last, now, begun - self._looked_at, self._processors)
        self._last, self._looked_at = now, begun
        self._next_look_s = self.took() + _some(max(LOOK_AGAIN_S, TIMES_ITS_COST * cost))
        waited = self._account.waited_for_others(Schedule({}), begun - self._start, self._processors)
        self._waited_s = max(self._waited_s, waited)

    def _look(self) -> Schedule:
        return Schedule({}) if self._pid is None else look(self._pid)


def _some(seconds: float) -> float:
    """So long on average, and hard to guess for who is looked at."""
    return seconds * (0.5 + random.random())
