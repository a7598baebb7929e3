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

from grader.kernel import folder
from grader.kernel.limits import Limits
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
_BIND, _REC, _PRIVATE, _NOSUID, _NODEV, _NOEXEC = 0x1000, 0x4000, 1 << 18, 2, 4, 8
_MOUNT_SETATTR, _HERE, _RECURSIVE, _READ_ONLY = 442, -100, 0x8000, 1
_PR_SET_PDEATHSIG, _PR_CAPBSET_DROP = 1, 24
_LAST_CAPABILITY = 63
_CAPABILITY_VERSION_3 = 0x20080522
NOBODY = 65534
_BY_SIGNAL = 128
SHARED = Path("/dev/shm")  # noqa: S108 (inside, it is the kernel's own)
SHARED_BYTES = 64 << 20


@dataclass(frozen=True, slots=True)
class Entered:
    """What was entered, by name, and which of the own mounts came about."""

    names: tuple[str, ...] = ()
    own_proc: bool = False
    own_files: bool = False
    read_only: bool = False
    own_shared: bool = False

    @property
    def layers(self) -> list[str]:
        """The names of the layers that hold."""
        mounts = {"read-only": self.read_only, "own-files": self.own_files}
        return [*(f"{name}-namespace" for name in self.names), *(name for name, there in mounts.items() if there)]


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
    if "pid" in names:
        _start_anew()
    if "mount" not in names or not _mounted(None, "/", None, _REC | _PRIVATE):
        return Entered(tuple(names))
    own_root = _read_only_but(own)
    half = limits.file_bytes // 2
    own_files = _in_memory(folder.files(own), limits.file_bytes, limits.files)
    if own_files:
        folder.furnish_files(own)
    return Entered(
        tuple(names),
        # Containers that hide parts of /proc allow no second one.
        own_proc="pid" in names and _mounted("proc", "/proc", "proc", _NOSUID | _NODEV | _NOEXEC),
        own_files=own_files,
        read_only=own_root,
        own_shared=SHARED.is_dir() and _in_memory(SHARED, min(SHARED_BYTES, half), limits.files),
    )


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
    child = os.fork()
    if child:
        _watch_over(child)


def _watch_over(child: int) -> NoReturn:
    """Bury every process that ends, until the child does; then end as it ended."""
    for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(signum, signal.SIG_IGN)  # they reach the child too, which stands in the same group
    os.closerange(0, 3)
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


class _Attributes(ctypes.Structure):
    """`struct mount_attr` of mount_setattr(2)."""

    _fields_ = tuple((name, ctypes.c_uint64) for name in ("set", "clear", "propagation", "user_namespace"))


def _read_only_but(own: Path) -> bool:
    """Nothing outside of one's own folder can be changed: also not its rights and times, which Landlock leaves out."""
    return (
        _mounted(str(own), str(own), None, _BIND)
        and _attributes("/", _RECURSIVE, _Attributes(set=_READ_ONLY))
        and _attributes(str(own), 0, _Attributes(clear=_READ_ONLY))
    )


def _attributes(path: str, flags: int, wanted: _Attributes) -> bool:
    size = ctypes.c_size_t(ctypes.sizeof(wanted))
    try:
        syscalls.raw(
            _MOUNT_SETATTR, ctypes.c_int(_HERE), path.encode(), ctypes.c_uint(flags), ctypes.byref(wanted), size
        )
    except OSError:
        return False
    return True


def _in_memory(path: Path, size: int, files: int) -> bool:
    """Lay a file system over a folder that is empty, holds so much, and vanishes with the namespace."""
    return _mounted("tmpfs", str(path), "tmpfs", _NOSUID | _NODEV, f"size={size},nr_inodes={files},mode=0700")


def _mounted(source: str | None, target: str, kind: str | None, flags: int, options: str | None = None) -> bool:
    encoded = [None if text is None else text.encode() for text in (source, target, kind)]
    try:
        syscalls.call("mount", *encoded, ctypes.c_ulong(flags), None if options is None else options.encode())
    except OSError:
        return False
    return True


def drop_capabilities() -> None:
    """Give up all privileges, also those that a user namespace gave."""
    for capability in range(_LAST_CAPABILITY + 1):
        with contextlib.suppress(OSError):
            syscalls.call("prctl", _PR_CAPBSET_DROP, capability, 0, 0, 0)
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    nothing = (ctypes.c_uint32 * 6)()
    syscalls.call("capset", header, nothing)
