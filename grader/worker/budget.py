"""What the reading, judging and reporting of one notebook may cost; see setrlimit(2)."""

from __future__ import annotations

import resource
import signal
from dataclasses import dataclass
from pathlib import Path

GRACE_S = 5
"""Between the signal that a process has used up its time, and its end by force."""


@dataclass(frozen=True, slots=True)
class Budget:
    """Time in seconds of a processor, so that waiting for kernels and for others costs nothing; memory in bytes."""

    processor_s: int = 120
    memory_bytes: int = 2 << 30


def keep_to(budget: Budget) -> None:
    """This process ends when it has used so much time from now on, and gets no more than so much memory."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = round(used.ru_utime + used.ru_stime) + budget.processor_s
    _limit(resource.RLIMIT_CPU, seconds, seconds + GRACE_S)
    _limit(resource.RLIMIT_CORE, 0, 0)
    memory = _memory() + budget.memory_bytes
    _limit(resource.RLIMIT_DATA, memory, memory)


def why(status: int, budget: Budget, doing: str) -> str:
    """What ended a process with this status, negative for a signal, while it was `doing` something with a notebook."""
    if -status in (signal.SIGXCPU, signal.SIGKILL):
        return f"not graded: {doing} took too long: more than {budget.processor_s} s of a processor"
    return f"not graded: {doing} failed: the process ended with status {status}"


def too_large(budget: Budget, doing: str) -> str:
    """What to say where memory has run out."""
    return f"not graded: {doing} took too much memory: more than {budget.memory_bytes >> 20:,} MB"


def _limit(kind: int, soft: int, hard: int) -> None:
    most = resource.getrlimit(kind)[1]
    if most != resource.RLIM_INFINITY:
        soft, hard = min(soft, most), min(hard, most)
    resource.setrlimit(kind, (soft, hard))


def _memory() -> int:
    """What this process has already, in bytes."""
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text().splitlines():
            if line.startswith("VmData:"):
                return int(line.split()[1]) << 10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10
