"""Resource limits of one process: see setrlimit(2). What a whole tree of processes may use is watched from outside."""

from __future__ import annotations

import resource
from pathlib import Path

from grader.kernel.bounds.limits import Limits

OPEN_FILES = 1_024
SIGNALS = 1_000
"""So many signals may wait, each timer (timer_create) counts as one; they are counted for the user, like processes."""

THREADS_EACH = 5
"""The system counts threads as processes: a kernel with TensorFlow has some twenty, most processes one."""

AMONG_OTHERS = 4
"""Where all are counted together, so many times as many more may come: what keeps a bomb from being endless."""

ADDRESS_SPACE = 4
"""Address space is not memory: TensorFlow reserves a multiple of what it uses."""


def restrict(limits: Limits, *, counted_apart: bool) -> list[str]:
    """Set the limits for this process and all that it starts; none can be raised again.

    Processes are counted per user: where the kernel's are not `counted_apart` from all others of the user, in a user
    namespace, there is room for what others start meanwhile; the watch from outside is stricter, and slower.
    """
    wanted = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: limits.file_bytes,
        resource.RLIMIT_NOFILE: OPEN_FILES,
        resource.RLIMIT_DATA: limits.memory_bytes,
        resource.RLIMIT_AS: ADDRESS_SPACE * limits.memory_bytes,
        resource.RLIMIT_MEMLOCK: 64 * 1024,
        resource.RLIMIT_MSGQUEUE: 0,
        resource.RLIMIT_SIGPENDING: SIGNALS,
    }
    own = THREADS_EACH * limits.processes
    wanted[resource.RLIMIT_NPROC] = own if counted_apart else _threads_of_all() + AMONG_OTHERS * own
    for kind, value in wanted.items():
        hard = resource.getrlimit(kind)[1]
        allowed = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (allowed, allowed))
    return ["rlimits"]


def _threads_of_all() -> int:
    """The threads that there are on this machine now."""
    return int(Path("/proc/loadavg").read_text().split()[3].partition("/")[2])
