"""Namespaces: a network without a way out, processes that see no others, mounts and memory of their own.

See namespaces(7), user_namespaces(7), pid_namespaces(7).
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from grader.kernel.bounds.limits import Limits
from grader.kernel.process import folder, prctl
from grader.kernel.seal import mounts, root, syscalls

_NEWNS, _NEWUTS, _NEWIPC, _NEWUSER, _NEWPID, _NEWNET = (
    0x00020000,
    0x04000000,
    0x08000000,
    0x10000000,
    0x20000000,
    0x40000000,
)
_NEWCGROUP = 0x02000000
"""Hides where this machine counts what a process uses; not every machine has it."""
NAMES = {_NEWNS: "mount", _NEWUTS: "uts", _NEWIPC: "ipc", _NEWPID: "pid", _NEWNET: "network"}
_PR_SET_PDEATHSIG, _PR_CAPBSET_DROP = 1, 24
_LAST_CAPABILITY = 63
_CAPABILITY_VERSION_3 = 0x20080522
NOBODY, HOST = 65534, b"kernel"
_BY_SIGNAL = 128
SHARED = Path("/dev/shm")  # noqa: S108 (inside, it is the kernel's own)
SHARED_BYTES = 64 << 20


@dataclass(frozen=True, slots=True)
class Entered:
    """What was entered, by name, and which of the own mounts came about."""

    names: tuple[str, ...] = ()
    own_root: bool = False
    own_proc: bool = False
    own_files: bool = False
    read_only: bool = False
    own_shared: bool = False

    @property
    def layers(self) -> list[str]:
        """The names of the layers that hold."""
        own = {"own-root": self.own_root, "read-only": self.read_only, "own-files": self.own_files}
        return [*(f"{name}-namespace" for name in self.names), *(name for name, there in own.items() if there)]


def work_here() -> bool:
    """Whether a process may have a user namespace of its own, with all others in it: tried by one that then ends."""
    child = os.fork()
    if child == 0:
        status = 1
        with contextlib.suppress(BaseException):
            _in_user_namespace()
            status = 0
        os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def enter(own: Path, limits: Limits, *, as_user: bool) -> Entered:
    """Enter namespaces of its own, as far as this system lets; the caller goes on as a process inside them.

    `as_user`: in a user namespace, which `work_here` has tried; without one privilege decides what can be entered.
    In a mount namespace the files of the kernel's `own` folder are in memory: limited, and gone with the namespace.
    Call it in a process of one thread. The process that called stays behind: it passes on the exit status, and when it
    is killed, all that is inside dies.
    """
    names = _in_user_namespace() if as_user else [name for flag, name in NAMES.items() if _unshared(flag)]
    _unshared(_NEWCGROUP)
    if "uts" in names:
        with contextlib.suppress(OSError):
            syscalls.call("sethostname", HOST, len(HOST))
    if "pid" in names:
        _start_anew()
    else:
        _stay_behind()
    if "mount" not in names or not mounts.keep_to_oneself():
        return Entered(tuple(names))
    return _in_own_mounts(tuple(names), own, limits)


def _in_own_mounts(names: tuple[str, ...], own: Path, limits: Limits) -> Entered:
    own_root = root.enter(own, own_proc="pid" in names)
    read_only = own_root is not None or _read_only_but(own)
    own_files = mounts.in_memory(folder.files(own), limits.file_bytes, limits.files)
    if own_files:
        folder.furnish_files(own)
    shared = min(SHARED_BYTES, limits.file_bytes // 2)
    return Entered(
        names,
        own_root=own_root is not None,
        own_proc=own_root.own_proc if own_root else "pid" in names and mounts.processes(Path("/proc")),
        own_files=own_files,
        read_only=read_only,
        own_shared=SHARED.is_dir() and mounts.in_memory(SHARED, shared, limits.files),
    )


def _read_only_but(own: Path) -> bool:
    """Nothing outside of one's own folder can be changed, where the system gives no root of one's own."""
    return mounts.bind(own, own, alone=True) and mounts.read_only(Path("/")) and mounts.writable(own)


def _in_user_namespace() -> list[str]:
    """All namespaces at once in a user namespace. Raises OSError."""
    everything = _NEWUSER
    for flag in NAMES:
        everything |= flag
    user, group = os.getuid(), os.getgid()
    syscalls.call("unshare", ctypes.c_int(everything))
    # Inside, nobody; outside, who it was: files in its own folder stay its own, and root's rights are gone.
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{NOBODY} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{NOBODY} {group} 1")
    return ["user", *NAMES.values()]


def _unshared(flag: int) -> bool:
    try:
        syscalls.call("unshare", ctypes.c_int(flag))
    except OSError:
        return False
    return True


def _start_anew() -> None:
    """Fork into the new process namespace, and there once more: the last child returns, the others keep watch.

    The first process of a namespace inherits all whose parent has ended, and must bury them when they end.
    """
    first = os.fork()
    if first:
        _watch_over(first)
    syscalls.call("prctl", _PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    _stay_behind()


def _stay_behind() -> None:
    """Fork: the child returns, and all that it starts stays in the family of who keeps watch, whoever started it."""
    prctl.adopt_orphans()
    child = os.fork()
    if child:
        _watch_over(child)
    syscalls.call("prctl", _PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def _watch_over(child: int) -> NoReturn:
    """Bury every process that ends, until the child does; then end as it ended."""
    for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(signum, signal.SIG_IGN)  # they reach the child too, which stands in the same group
    prctl.close_from(0)
    ended, status = 0, 0
    while ended != child:
        ended, status = os.wait()
    code = os.waitstatus_to_exitcode(status)
    if code < 0:  # so that the parent of kernels sees the signal, which the first process of a namespace cannot get
        with contextlib.suppress(OSError):
            signal.signal(-code, signal.SIG_DFL)
        os.kill(os.getpid(), -code)
        code = _BY_SIGNAL - code
    os._exit(code)


def drop_capabilities() -> None:
    """Give up all privileges, also those that a user namespace gave."""
    for capability in range(_LAST_CAPABILITY + 1):
        with contextlib.suppress(OSError):
            syscalls.call("prctl", _PR_CAPBSET_DROP, capability, 0, 0, 0)
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    nothing = (ctypes.c_uint32 * 6)()
    syscalls.call("capset", header, nothing)
