"""Mounts, as far as this system lets: each tells whether it came about.

See mount(2), mount_setattr(2), pivot_root(2).
"""

from __future__ import annotations

import ctypes
import os
from pathlib import Path

from grader.kernel.seal import syscalls

_NOSUID, _NODEV, _NOEXEC = 2, 4, 8
_BIND, _REC, _PRIVATE = 0x1000, 0x4000, 1 << 18
_MOUNT_SETATTR, _HERE, _RECURSIVE, _READ_ONLY = 442, -100, 0x8000, 1
_DETACH = 2


class _Attributes(ctypes.Structure):
    """`struct mount_attr` of mount_setattr(2)."""

    _fields_ = tuple((name, ctypes.c_uint64) for name in ("set", "clear", "propagation", "user_namespace"))


def keep_to_oneself() -> bool:
    """Mounts of this namespace reach no other."""
    return _mounted(None, Path("/"), None, _REC | _PRIVATE)


def bind(source: Path, target: Path, *, alone: bool = False) -> bool:
    """Show a file or folder at another place; `alone`: without what is mounted in it."""
    return _mounted(str(source), target, None, _BIND | (0 if alone else _REC))


def in_memory(path: Path, size: int, files: int, mode: int = 0o700) -> bool:
    """Lay a file system over a folder that is empty, holds so much, and vanishes with the namespace."""
    return _mounted("tmpfs", path, "tmpfs", _NOSUID | _NODEV, f"size={size},nr_inodes={files},mode={mode:o}")


def processes(path: Path) -> bool:
    """A /proc of the own processes. Containers that hide parts of theirs allow no second one."""
    return _mounted("proc", path, "proc", _NOSUID | _NODEV | _NOEXEC)


def read_only(path: Path) -> bool:
    """Nothing below can be changed: also not its rights and times, which Landlock leaves out."""
    return _attributes(path, _RECURSIVE, _Attributes(set=_READ_ONLY))


def writable(path: Path) -> bool:
    """Take that back for one mount."""
    return _attributes(path, 0, _Attributes(clear=_READ_ONLY))


def unmounted(path: Path) -> bool:
    """Take away a mount and all in it, for those who do not use it already."""
    return _done("umount2", str(path).encode(), _DETACH)


def become_root(path: Path) -> bool:
    """Make a mount the root of this process, and leave the old one, which nobody can reach from now on."""
    os.chdir(path)
    # With the same folder twice the old root lies on the new one, and can be taken away there.
    moved = _done("pivot_root", b".", b".") and unmounted(Path())
    os.chdir("/")
    return moved


def _mounted(source: str | None, target: Path, kind: str | None, flags: int, options: str | None = None) -> bool:
    encoded = [None if text is None else os.fsencode(text) for text in (source, str(target), kind)]
    return _done("mount", *encoded, ctypes.c_ulong(flags), None if options is None else options.encode())


def _attributes(path: Path, flags: int, wanted: _Attributes) -> bool:
    size = ctypes.c_size_t(ctypes.sizeof(wanted))
    try:
        syscalls.raw(
            _MOUNT_SETATTR, ctypes.c_int(_HERE), os.fsencode(path), ctypes.c_uint(flags), ctypes.byref(wanted), size
        )
    except OSError:
        return False
    return True


def _done(name: str, *arguments: object) -> bool:
    try:
        syscalls.call(name, *arguments)
    except OSError:
        return False
    return True
