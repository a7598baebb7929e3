"""The seal: all layers that this system has, in the order in which they can be put on."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from grader.kernel.seal import landlock, namespaces, paths, resources


class NoSandbox(RuntimeError):
    """Neither Landlock nor namespaces are to be had, so student code would not be held by anything."""


def seal(folder: str) -> Sequence[str]:
    """Lock this process in: from now on it can change nothing outside of `folder`, and reach no network.

    Call it in a process of one thread before any student code; it returns in the process that is to become the
    kernel. Returns the names of the layers that hold. Raises `NoSandbox` where none of the strong ones does.
    """
    if sys.platform != "linux":
        raise NoSandbox("this system is not Linux")
    holding = namespaces.enter()
    own_proc = "pid-namespace" in holding and Path("/proc/self").resolve().name == "1"
    holding += resources.restrict(resources.Resources())
    readable = list(paths.readable(own_proc=own_proc))
    if "user-namespace" in holding:
        namespaces.drop_capabilities()
        holding.append("no-capabilities")
    if landlock.version():
        holding += landlock.restrict(readable, paths.listable(), [Path(folder), *map(Path, paths.DEVICES)])
        holding.append("no-new-privileges")
    if "landlock" not in holding and "user-namespace" not in holding:
        raise NoSandbox("this system has neither Landlock nor user namespaces")
    return holding
