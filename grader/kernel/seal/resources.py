"""Resource limits of one process: see setrlimit(2). What a whole tree of processes may use is watched from outside."""

from __future__ import annotations

import resource

from grader.kernel.bounds.limits import Limits

OPEN_FILES = 1_024
SIGNALS = 1_000
"""So many signals may wait, each timer (timer_create) counts as one; they are counted for the user, like processes."""

THREADS_EACH = 5
"""The system counts threads as processes: a kernel with TensorFlow has some twenty, most processes one."""

ADDRESS_SPACE = 4
"""Address space is not memory: TensorFlow reserves a multiple of what it uses."""


def restrict(limits: Limits, *, counted_apart: bool) -> list[str]:
    """Set the limits for this process and all that it starts; none can be raised again.

    Processes are counted per user: where the kernel's are not `counted_apart` from all others of the user, in a user
    namespace, they are left to the watch from outside.
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
    if counted_apart:
        wanted[resource.RLIMIT_NPROC] = THREADS_EACH * limits.processes
    for kind, value in wanted.items():
        hard = resource.getrlimit(kind)[1]
        allowed = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (allowed, allowed))
    return ["rlimits"]
