"""Run a command as on a system that has less: `python -m tests.kernel.poor CALL[,CALL...] COMMAND...`.

The named system calls fail as they do where the system does not have them; `uid_map` stands for a system that lets
nobody map users in a user namespace, as some distributions configure theirs.
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys

NEWUSER = 0x10000000


def lose(calls: list[str]) -> None:
    """Take the calls away from this process and all that it starts."""
    import pyseccomp

    if "uid_map" in calls:
        # In a user namespace where no user is mapped none can be mapped in those inside it.
        assert ctypes.CDLL(None).unshare(NEWUSER) == 0
        calls.remove("uid_map")
    lost = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
    for call in calls:
        lost.add_rule(pyseccomp.ERRNO(errno.EPERM if call == "mount" else errno.ENOSYS), call)
    lost.load()


if __name__ == "__main__":
    lose(sys.argv[1].split(","))
    os.execvp(sys.argv[2], sys.argv[2:])
