"""What a process asks of its operating system: to die with its parent, to inherit orphans, to count its threads."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
from pathlib import Path

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
"""From linux/prctl.h."""

FIRST_TO_GO = "1000"
"""See proc_pid_oom_score_adj(5): nobody can lower it without a privilege."""

TASKS = Path("/proc/self/task")


def die_with_parent(signum: signal.Signals, parent_pid: int) -> None:
    """Have `signum` sent to this process when its parent ends, whatever ends it. Linux only; elsewhere nothing.

    The kernel of Linux means the parent *thread*: who starts this process must do so from a thread that lives as
    long as the process is needed.
    """
    if _prctl(PR_SET_PDEATHSIG, signum) and os.getppid() != parent_pid:
        os.kill(os.getpid(), signum)  # The parent ended before the line above.


def adopt_orphans() -> None:
    """Become the parent of descendants whose own parent ends, so that they can be ended too. Linux only."""
    _prctl(PR_SET_CHILD_SUBREAPER, 1)


def go_first_when_memory_ends() -> None:
    """Where the machine runs out of memory, this process and what it starts is ended before all others. Linux only."""
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(FIRST_TO_GO)


def _prctl(option: int, value: int) -> bool:
    if sys.platform != "linux":
        return False
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    return bool(prctl(option, ctypes.c_ulong(value), 0, 0, 0) == 0)


def threads() -> int:
    """How many threads this process has, as the operating system counts them; 1 where it does not say."""
    return sum(1 for _ in TASKS.iterdir()) if TASKS.is_dir() else 1


def children() -> set[int]:
    """The process ids of this process's children; empty where the operating system does not say."""
    try:
        # Where Linux keeps a list of them, it is read before most could have a child of their own, and end.
        return {int(pid) for task in TASKS.iterdir() for pid in (task / "children").read_bytes().split()}
    except OSError:
        return _children_by_search()


def _children_by_search() -> set[int]:
    own = os.getpid()
    found = set()
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            # The name stands in parentheses and may itself contain anything; the parent is two fields after it.
            fields = entry.read_bytes().rpartition(b")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == own:
            found.add(int(entry.parent.name))
    return found


def close_from(lowest: int) -> None:
    """Close all descriptors of this process from that number on."""
    os.closerange(lowest, os.sysconf("SC_OPEN_MAX"))
