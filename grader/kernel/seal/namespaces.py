"""Namespaces: a network without a way out, processes that see no others, mounts and memory of their own.

See namespaces(7), user_namespaces(7), pid_namespaces(7).
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
from pathlib import Path
from typing import NoReturn

from grader.kernel.seal import syscalls

_NEWNS, _NEWUTS, _NEWIPC, _NEWUSER, _NEWPID, _NEWNET = (
    0x00020000,
    0x04000000,
    0x08000000,
    0x10000000,
    0x20000000,
    0x40000000,
)
NAMES = {_NEWNS: "mount", _NEWUTS: "uts", _NEWIPC: "ipc", _NEWPID: "pid", _NEWNET: "network"}
_REC, _PRIVATE, _NOSUID, _NODEV, _NOEXEC = 0x4000, 1 << 18, 2, 4, 8
_PR_SET_PDEATHSIG, _PR_CAPBSET_DROP = 1, 24
_LAST_CAPABILITY = 63
_CAPABILITY_VERSION_3 = 0x20080522
NOBODY = 65534


def enter() -> list[str]:
    """Enter namespaces of its own, as far as this system lets; the caller goes on as the first process of them.

    Call it in a process of one thread. The process that called stays behind as the keeper: it passes on the exit
    status, and when it is killed, all that is inside dies. Returns the names of what was entered.
    """
    entered = _unshare()
    if "pid" in entered:
        _become_first()
    if "mount" in entered:
        _own_mounts(own_proc="pid" in entered)
    return [f"{name}-namespace" for name in entered]


def _unshare() -> list[str]:
    """All namespaces at once in a user namespace; without one, those that privilege allows."""
    everything = 0
    for flag in NAMES:
        everything |= flag
    user, group = os.getuid(), os.getgid()
    try:
        syscalls.call("unshare", ctypes.c_int(_NEWUSER | everything))
    except OSError:
        return [name for flag, name in NAMES.items() if _unshared(flag)]
    _map_identity(user, group)
    return ["user", *NAMES.values()]


def _unshared(flag: int) -> bool:
    try:
        syscalls.call("unshare", ctypes.c_int(flag))
    except OSError:
        return False
    return True


def _map_identity(user: int, group: int) -> None:
    """Inside, nobody; outside, who it was: files in its own folder stay its own, and root's rights are gone."""
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{NOBODY} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{NOBODY} {group} 1")


def _become_first() -> None:
    """Fork into the new process namespace; the child returns, this process keeps watch until it ends."""
    child = os.fork()
    if child:
        _keep(child)
    syscalls.call("prctl", _PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def _keep(child: int) -> NoReturn:
    for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(signum, signal.SIG_IGN)  # they reach the child too, which stands in the same group
    os.closerange(0, 3)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status < 0:  # end as it ended, so that the parent of kernels sees the signal
        with contextlib.suppress(OSError):
            signal.signal(-status, signal.SIG_DFL)
        os.kill(os.getpid(), -status)
    os._exit(max(status, 0))


def _own_mounts(*, own_proc: bool) -> None:
    """No change of mounts reaches the outside, and /proc shows the own processes alone."""
    _mount(None, "/", None, _REC | _PRIVATE)
    if own_proc:
        with contextlib.suppress(OSError):  # containers that hide parts of /proc allow no second one
            _mount("proc", "/proc", "proc", _NOSUID | _NODEV | _NOEXEC)


def _mount(source: str | None, target: str, kind: str | None, flags: int) -> None:
    encoded = [None if text is None else text.encode() for text in (source, target, kind)]
    syscalls.call("mount", *encoded, ctypes.c_ulong(flags), None)


def drop_capabilities() -> None:
    """Give up all privileges, also those that a user namespace gave."""
    for capability in range(_LAST_CAPABILITY + 1):
        with contextlib.suppress(OSError):
            syscalls.call("prctl", _PR_CAPBSET_DROP, capability, 0, 0, 0)
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    nothing = (ctypes.c_uint32 * 6)()
    syscalls.call("capset", header, nothing)
