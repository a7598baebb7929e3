"""System calls that student code has no use for, refused: see seccomp(2). The filters are written by libseccomp.

Two filters: one for the kernel's whole life, and one for the time after its own sockets are open. The second is what
keeps student code from sockets in the file system (a container engine's, say), which no namespace of networks hides.
"""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

AF_UNIX = 1
SOCK_DGRAM, SOCK_RAW, SOCK_TYPES = 2, 3, 0xF
"""Of the family of files, a raw socket is one of datagrams."""
CLONE_FILES, CLONE_PARENT, CLONE_THREAD, CLOSE_RANGE_UNSHARE = 0x400, 0x8000, 0x10000, 2
NEW_NAMESPACES = (0x00020000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000, 0x00000080)
"""The flags of clone(2) that make a namespace."""

NEVER = (
    # Other processes, and the kernel of the system.
    *("ptrace", "process_vm_readv", "process_vm_writev", "kcmp", "pidfd_getfd", "perf_event_open", "bpf"),
    *("kexec_load", "kexec_file_load", "init_module", "finit_module", "delete_module", "reboot", "syslog", "acct"),
    *("keyctl", "add_key", "request_key", "iopl", "ioperm", "lookup_dcookie", "nfsservctl", "vhangup", "quotactl"),
    *("userfaultfd", "process_madvise", "process_mrelease", "pidfd_send_signal"),
    # Would tell of files that cannot be opened, and of what happens to them.
    *("inotify_init", "inotify_init1", "inotify_add_watch", "fanotify_init", "fanotify_mark"),
    # The processors that a kernel was given are shared with nobody.
    "sched_setaffinity",
    # Mounts and namespaces.
    *("mount", "umount", "umount2", "pivot_root", "chroot", "move_mount", "open_tree", "fsopen", "fsconfig", "fsmount"),
    *("fspick", "mount_setattr", "unshare", "setns", "swapon", "swapoff", "open_by_handle_at"),
    # Clocks and names of the machine.
    *("settimeofday", "clock_settime", "clock_adjtime", "adjtimex", "stime", "sethostname", "setdomainname"),
    # Rights and marks of files, of its own folder on the machine's disk, too, which Landlock leaves out.
    *("setxattr", "lsetxattr", "fsetxattr", "removexattr", "lremovexattr", "fremovexattr"),
    # Requests are counted for the whole machine.
    *("io_setup", "io_submit"),
    # Does all of this behind a filter's back.
    *("io_uring_setup", "io_uring_enter", "io_uring_register"),
)
MEMORY_OF_NOBODY = (
    *("shmget", "shmat", "semget", "msgget", "memfd_create", "memfd_secret"),
    *("vmsplice", "splice", "tee", "sendfile", "sendfile64"),
)
"""Is in no process's account of memory; by key (System V), it may outlive the kernel as well. What is spliced into a
pipe stays there whole, for one byte of it."""
SHARED_BY_NOBODY, OF_THE_MACHINE = 0x21, 0x40000
"""MAP_SHARED and MAP_ANONYMOUS: such pages stay where no process has them any more. And MAP_HUGETLB: of pages that the
machine has set aside, which are in no process's account either."""

OF_MOUNTS = (443, 457, 458)
"""By number, which libseccomp may have no names for: quotactl_fd, statmount, listmount. They tell of the machine's
disks what /proc/self/mountinfo does not, such as what is left to the user."""

NEWER = range(463, 600)
"""Calls that came after all that is named here, on every processor with these numbers: to programs, an older system."""

OF_OTHERS = {
    "prlimit64": 0,
    "migrate_pages": 0,
    "move_pages": 0,
    "setpriority": 1,
    "ioprio_set": 1,
}
"""Calls that change other processes of the user, and which argument says whose: 0 is oneself."""
OF_THE_USER = {"setpriority": 2, "ioprio_set": 3}
"""Those that change all of the user's at once, by this first argument."""
OF_OLDER_ONES = {
    "kill": 1,
    "tkill": 1,
    "tgkill": 2,
    "rt_sigqueueinfo": 1,
    "rt_tgsigqueueinfo": 2,
    "sched_setscheduler": 1,
    "sched_setparam": 1,
    "sched_setattr": 1,
}
"""Calls that end or slow down other processes, and how many arguments say which."""

FILE_TYPE, SOCKET = 0o170000, 0o140000
SOL_SOCKET, BUFFERS = 1, (7, 8, 32, 33)
SET_OWNER, SET_OWNER_EX, SET_LEASE, NOTIFY = 8, 15, 1024, 1026
LOCKS_OF_AN_OPEN_FILE = (37, 38)
PR_SET_SECCOMP = 22
SET_OWNER_OF = (0x8901, 0x8902)
"""FIOSETOWN and SIOCSPGRP."""
INT, LARGEST = 0xFFFFFFFF, 0x7FFFFFFF
"""The system reads of such an argument its lower half alone, and a filter all of it."""
AFTER_START = (
    *("socket", "connect", "bind", "listen", "sendmsg", "sendmmsg"),
    *("seccomp", "landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self"),
)
"""With sendmsg go descriptors, of which a user may have so many under way, all his processes together. Filters of one's
own, and rules, are memory that is counted nowhere, and the machine has room for so many filters alone."""

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
    first = _new()
    for name, arguments in _refused(pyseccomp.Arg, pyseccomp.NE, pyseccomp.MASKED_EQ):
        _refuse(first, pyseccomp.ERRNO(errno.EPERM), name, *arguments)
    # Its flags are in memory, where no filter can look; told that there is none, libc takes clone.
    for name in ("clone3", *MEMORY_OF_NOBODY, *OF_MOUNTS, *NEWER):
        # As on a system without them, for which libraries are prepared.
        _refuse(first, pyseccomp.ERRNO(errno.ENOSYS), name)
    return Filters(first, _second(second_names=second_names))


def _refused(argument: Any, differs: Any, masked: Any) -> Iterator[tuple[str, Sequence[Any]]]:
    """What the first filter refuses: a call, and what its arguments are then."""
    for name in NEVER:
        yield name, ()
    yield "socket", [argument(0, differs, AF_UNIX)]
    # Whoever opens a file that is leased waits for the lease to end: everybody on the machine who starts Python.
    # A notification tells what happens in a folder, as inotify does. An owner, who may be anybody, is sent signals.
    for command in (SET_OWNER, SET_OWNER_EX, SET_LEASE, NOTIFY):
        yield "fcntl", [argument(1, masked, INT, command)]
    for request in SET_OWNER_OF:
        yield "ioctl", [argument(1, masked, INT, request)]
    for option in BUFFERS:
        # What waits in sockets is in no process's account; so each holds no more than sockets do by themselves.
        yield "setsockopt", [argument(1, masked, INT, SOL_SOCKET), argument(2, masked, INT, option)]
    # A pair of datagram sockets can send to others than each other.
    for type_ in (SOCK_DGRAM, SOCK_RAW):
        yield "socketpair", [argument(1, masked, SOCK_TYPES, type_)]
    for flag in NEW_NAMESPACES[:-1]:
        yield "clone", [argument(0, masked, flag, flag)]
    # Of a process the descriptors of one thread are counted, so all threads have the same, and no two processes.
    for one in (CLONE_THREAD, CLONE_FILES):
        yield "clone", [argument(0, masked, CLONE_THREAD | CLONE_FILES, one)]
    yield "clone", [argument(0, masked, CLONE_THREAD | CLONE_PARENT, CLONE_PARENT)]
    # Such a lock outlives who made it, so that it cannot be told whose it is.
    for command in LOCKS_OF_AN_OPEN_FILE:
        yield "fcntl", [argument(1, masked, INT, command)]
    yield "close_range", [argument(2, masked, CLOSE_RANGE_UNSHARE, CLOSE_RANGE_UNSHARE)]
    for name in ("mmap", "mmap2"):
        for flags in (SHARED_BY_NOBODY, OF_THE_MACHINE):
            yield name, [argument(3, masked, flags, flags)]
    for name, whose in OF_OTHERS.items():
        yield name, [argument(whose, differs, 0)]
    for name, all_of_the_user in OF_THE_USER.items():
        yield name, [argument(0, masked, INT, all_of_the_user)]


def _second(*, second_names: bool) -> Any:
    """The filter for the time after the kernel's own sockets are open."""
    import pyseccomp

    second, refuse = _new(), pyseccomp.ERRNO(errno.EPERM)
    for name in (*AFTER_START, *(() if second_names else SECOND_NAMES)):
        _refuse(second, refuse, name)
    _refuse(second, refuse, "prctl", pyseccomp.Arg(0, pyseccomp.MASKED_EQ, INT, PR_SET_SECCOMP))
    for name, mode in (("mknod", 1), ("mknodat", 2)):
        # The one kind of file that Landlock lets a kernel make beside its own sockets, on the machine's disk.
        _refuse(second, refuse, name, pyseccomp.Arg(mode, pyseccomp.MASKED_EQ, FILE_TYPE, SOCKET))
    second.set_attr(pyseccomp.Attr.CTL_TSYNC, 1)  # the kernel has several threads by then
    return second


def keep_from_older_processes(own: int) -> None:
    """No signals to processes that were there before this one (`own`, its number): the grader, its user's programs.

    For systems where neither a namespace of processes nor Landlock keeps student code from those of its user: what it
    starts itself has larger numbers. Groups of processes, which have negative ones, are refused as well.
    """
    import pyseccomp

    kept = _new()
    for name, places in OF_OLDER_ONES.items():
        for place in range(places):
            _refuse(kept, pyseccomp.ERRNO(errno.EPERM), name, pyseccomp.Arg(place, pyseccomp.LT, own))
            _refuse(kept, pyseccomp.ERRNO(errno.EPERM), name, pyseccomp.Arg(place, pyseccomp.GT, LARGEST))
    kept.load()


def _new() -> Any:
    """A filter without rules. A call of another architecture, of which it knows nothing, ends the whole process: were
    only the thread ended, the cell would be waited for until its time is over."""
    import pyseccomp

    made = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
    made.set_attr(pyseccomp.Attr.ACT_BADARCH, pyseccomp.KILL_PROCESS)
    return made


def _refuse(filter_: Any, action: int, name: str | int, *arguments: Any) -> None:
    with contextlib.suppress(OSError):  # a call that this processor or this libseccomp does not know
        filter_.add_rule(action, name, *arguments)
