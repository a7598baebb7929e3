"""The seal (see `birth.Seal`): all layers that this system has, in the order in which they can be put on."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.kernel.bounds.limits import Limits
from grader.kernel.process import folder as folders
from grader.kernel.seal import calls, landlock, namespaces, network, paths, resources

RunInThreads = Callable[[Callable[[], None]], None]
"""Runs a function in each thread but this in which student code can run, and returns when it has."""


class NoSandbox(RuntimeError):
    """Neither Landlock nor namespaces are to be had, so student code would not be held by anything."""


@dataclass(slots=True)
class _System:
    """What this system lets a process do, found out once, before anything is imported that makes a fork slow."""

    user_namespaces: bool
    filters: calls.Filters | None


_system: list[_System] = []


def prepare() -> None:
    """Find out what this system lets a process do. Raises NoSandbox where it is not Linux."""
    if sys.platform != "linux":
        raise NoSandbox("this system is not Linux")
    _system[:] = [_System(namespaces.work_here(), calls.filters(second_names=landlock.version() > 0))]
    paths.own_packages()  # which takes a while, and is the same for every kernel


def lock(folder: str, limits: Limits) -> Sequence[str]:
    """Lock this process in: from now on it can change nothing outside of `folder`, and reach no network.

    Call it in a process of one thread before any student code, after `prepare`; it returns in the process that is to
    become the kernel. Returns the names of the layers that hold. Raises NoSandbox where none of the strong ones does.
    """
    [system] = _system
    own = Path(folder)
    entered = namespaces.enter(own, limits, as_user=system.user_namespaces)
    holding = entered.layers
    holding += resources.restrict(limits, counted_apart="user" in entered.names)
    readable = list(paths.readable(own_proc=entered.own_proc))
    writable = [folders.files(own), *map(Path, paths.DEVICES), *([namespaces.SHARED] if entered.own_shared else [])]
    namespaces.drop_capabilities()
    holding.append("no-capabilities")
    landlock.no_new_privileges()
    holding.append("no-new-privileges")
    if landlock.version():
        holding += landlock.restrict(readable, paths.listable(), writable, sockets=own)
    if "landlock" not in holding and "user" not in entered.names:
        raise NoSandbox("this system has neither Landlock nor user namespaces")
    if system.filters is not None:
        system.filters.first.load()
        if "pid" not in entered.names and "landlock-scopes" not in holding:
            calls.keep_from_older_processes(os.getpid())
    return holding


def shut(run_in_others: RunInThreads) -> Sequence[str]:
    """No more sockets: the kernel has its own. Returns the names of the layers that hold from now on."""
    [system] = _system
    network.explain()
    if landlock.version():  # which holds for one thread, and for all that it starts
        landlock.no_more_sockets()
        run_in_others(landlock.no_more_sockets)
    if system.filters is None:
        return []
    system.filters.second.load()
    return ["seccomp"]
