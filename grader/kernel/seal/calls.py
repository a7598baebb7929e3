"""System calls that student code has no use for, refused: see seccomp(2). The filters are written by libseccomp.

Two filters: one for the kernel's whole life, and one for the time after its own sockets are open. The second is what
keeps student code from sockets in the file system (a container engine's, say), which no namespace of networks hides.
"""

from __future__ import annotations

import contextlib
import errno
from dataclasses import dataclass
from typing import Any

AF_UNIX = 1
SOCK_DGRAM, SOCK_TYPES = 2, 0xF
NEW_NAMESPACES = (0x00020000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000, 0x00000080)
"""The flags of clone(2) that make a namespace."""

NEVER = (
    # Other processes, and the kernel of the system.
    *("ptrace", "process_vm_readv", "process_vm_writev", "kcmp", "pidfd_getfd", "perf_event_open", "bpf"),
    *("kexec_load", "kexec_file_load", "init_module", "finit_module", "delete_module", "reboot", "syslog", "acct"),
    *("keyctl", "add_key", "request_key", "iopl", "ioperm", "lookup_dcookie", "nfsservctl", "vhangup", "quotactl"),
    "userfaultfd",
    # Would tell of files that cannot be opened, and of what happens to them.
    *("inotify_init", "inotify_init1", "inotify_add_watch", "fanotify_init", "fanotify_mark"),
    # The processors that a kernel was given are shared with nobody.
    "sched_setaffinity",
    # Mounts and namespaces.
    *("mount", "umount", "umount2", "pivot_root", "chroot", "move_mount", "open_tree", "fsopen", "fsconfig", "fsmount"),
    *("fspick", "mount_setattr", "unshare", "setns", "swapon", "swapoff", "open_by_handle_at"),
    # Clocks and names of the machine.
    *("settimeofday", "clock_settime", "clock_adjtime", "adjtimex", "stime", "sethostname", "setdomainname"),
    # Requests are counted for the whole machine.
    *("io_setup", "io_submit"),
    # Does all of this behind a filter's back.
    *("io_uring_setup", "io_uring_enter", "io_uring_register"),
)
MEMORY_OF_NOBODY = ("shmget", "shmat", "semget", "msgget", "memfd_create", "memfd_secret")
"""Is in no process's account of memory; by key (System V), it may outlive the kernel as well."""

FILE_TYPE, SOCKET = 0o170000, 0o140000
SET_LEASE, NOTIFY, SOL_SOCKET, BUFFERS = 1024, 1026, 1, (7, 8, 32, 33)
INT = 0xFFFFFFFF
"""The system reads of such an argument its lower half alone, and a filter all of it."""
AFTER_START = ("socket", "connect", "bind", "listen", "sendmsg", "sendmmsg")
"""With sendmsg go descriptors, of which a user may have so many under way, all his processes together."""

SECOND_NAMES = ("link", "linkat")
"""What a kernel could make of one of its sockets on the machine's disk, where Landlock does not keep it from that.
Locks between processes (`sem_open`) need them."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Two filters, ready to be loaded."""

    first: Any
    second: Any


def filters(*, second_names: bool) -> Filters | None:
    """None where libseccomp is not to be had. `second_names`: whether files may have some."""
    try:
        import pyseccomp
    except (ImportError, OSError, RuntimeError, AttributeError):
        return None
    first, second = pyseccomp.SyscallFilter(pyseccomp.ALLOW), pyseccomp.SyscallFilter(pyseccomp.ALLOW)
    refuse = pyseccomp.ERRNO(errno.EPERM)
    for name in NEVER:
        _refuse(first, refuse, name)
    _refuse(first, refuse, "socket", pyseccomp.Arg(0, pyseccomp.NE, AF_UNIX))
    # Whoever opens a file that is leased waits for the lease to end: everybody on the machine who starts Python.
    # A notification tells what happens in a folder, as inotify does.
    for command in (SET_LEASE, NOTIFY):
        _refuse(first, refuse, "fcntl", pyseccomp.Arg(1, pyseccomp.MASKED_EQ, INT, command))
    for option in BUFFERS:
        # What waits in sockets is in no process's account; so each holds no more than sockets do by themselves.
        wanted = ((1, SOL_SOCKET), (2, option))
        masked = [pyseccomp.Arg(place, pyseccomp.MASKED_EQ, INT, value) for place, value in wanted]
        _refuse(first, refuse, "setsockopt", *masked)
    # A pair of datagram sockets can send to others than each other.
    _refuse(first, refuse, "socketpair", pyseccomp.Arg(1, pyseccomp.MASKED_EQ, SOCK_TYPES, SOCK_DGRAM))
    for flag in NEW_NAMESPACES[:-1]:
        _refuse(first, refuse, "clone", pyseccomp.Arg(0, pyseccomp.MASKED_EQ, flag, flag))
    # Its flags are in memory, where no filter can look; told that there is none, libc takes clone.
    _refuse(first, pyseccomp.ERRNO(errno.ENOSYS), "clone3")
    for name in (*AFTER_START, *(() if second_names else SECOND_NAMES)):
        _refuse(second, refuse, name)
    for name, mode in (("mknod", 1), ("mknodat", 2)):
        # The one kind of file that Landlock lets a kernel make beside its own sockets, on the machine's disk.
        _refuse(second, refuse, name, pyseccomp.Arg(mode, pyseccomp.MASKED_EQ, FILE_TYPE, SOCKET))
    for name in MEMORY_OF_NOBODY:
        # As on a system without them, for which libraries are prepared.
        _refuse(first, pyseccomp.ERRNO(errno.ENOSYS), name)
    second.set_attr(pyseccomp.Attr.CTL_TSYNC, 1)  # the kernel has several threads by then
    return Filters(first, second)


def _refuse(filter_: Any, action: int, name: str, *arguments: Any) -> None:
    with contextlib.suppress(OSError):  # a call that this processor or this libseccomp does not know
        filter_.add_rule(action, name, *arguments)
