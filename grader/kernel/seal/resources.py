"""Resource limits of one process: see setrlimit(2). What a whole tree of processes may use is watched from outside."""

from __future__ import annotations

import resource
from dataclasses import dataclass

_MB = 1 << 20


@dataclass(frozen=True, slots=True)
class Resources:
    """What one process may have. Address space is not memory: TensorFlow reserves far more than it uses."""

    file_bytes: int = 256 * _MB
    open_files: int = 1_024
    address_space: int = 16_384 * _MB
    processes: int = 200


def restrict(limits: Resources) -> list[str]:
    """Set the limits for this process and all that it starts; none can be raised again."""
    wanted = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: limits.file_bytes,
        resource.RLIMIT_NOFILE: limits.open_files,
        resource.RLIMIT_AS: limits.address_space,
        resource.RLIMIT_NPROC: limits.processes,
        resource.RLIMIT_MEMLOCK: 64 * 1024,
        resource.RLIMIT_MSGQUEUE: 0,
    }
    for kind, value in wanted.items():
        hard = resource.getrlimit(kind)[1]
        allowed = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (allowed, allowed))
    return ["rlimits"]
