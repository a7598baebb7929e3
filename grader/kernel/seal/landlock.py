"""Landlock: which files a process may touch, for good, also without any privilege.

See landlock(7) and the kernel's userspace-api/landlock.rst. Rights that this kernel does not know are left out.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterable
from pathlib import Path

from grader.kernel.seal import syscalls

_CREATE, _ADD, _RESTRICT = 444, 445, 446
_VERSION_FLAG = 1
_PATH_BENEATH = 1
_PR_SET_NO_NEW_PRIVS = 38

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_ALL_BY_VERSION = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
REMOVE_FILE, MAKE_SOCK = 1 << 5, 1 << 9
IOCTL_DEV, TRUNCATE = 1 << 15, 1 << 14
READ = EXECUTE | READ_FILE | READ_DIR
_OF_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV
_TCP = 0b11
_SCOPES = 0b11
TCP_SINCE, SCOPES_SINCE = 4, 6


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _PathRule(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent_fd", ctypes.c_int32))


def version() -> int:
    """The version of Landlock that this kernel has; 0 where it has none."""
    try:
        return syscalls.raw(_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint32(_VERSION_FLAG))
    except (OSError, AttributeError):
        return 0


def no_new_privileges() -> None:
    """From now on no program gives this process more rights than it has; Landlock asks for it."""
    syscalls.call("prctl", _PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)


def restrict(readable: Iterable[Path], listable: Iterable[Path], writable: Iterable[Path], sockets: Path) -> list[str]:
    """From now on only read (and run) what is beneath `readable`, and do anything beneath `writable`.

    Beneath `listable`, names can be read and nothing else; in `sockets`, sockets can be made and files read. Also no
    TCP, and no signals or abstract sockets to processes outside, where this kernel's version knows them. Paths that do
    not exist are left out. Returns what holds, by name; raises OSError where Landlock cannot be had.
    """
    known = version()
    if known == 0:
        raise OSError("this kernel has no Landlock")
    files = (1 << _ALL_BY_VERSION.get(known, 16)) - 1
    net = _TCP if known >= TCP_SINCE else 0
    scoped = _SCOPES if known >= SCOPES_SINCE else 0
    attributes = _Ruleset(files, net, scoped)
    size = 8 if known < TCP_SINCE else 16 if known < SCOPES_SINCE else 24
    ruleset = syscalls.raw(_CREATE, ctypes.byref(attributes), ctypes.c_size_t(size), ctypes.c_uint32(0))
    try:
        for path in readable:
            _allow(ruleset, path, READ & files)
        for path in listable:
            _allow(ruleset, path, READ_DIR)
        for path in writable:
            _allow(ruleset, path, files)
        _allow(ruleset, sockets, READ_FILE | REMOVE_FILE | MAKE_SOCK)
        syscalls.raw(_RESTRICT, ctypes.c_int(ruleset), ctypes.c_uint32(0))
    finally:
        os.close(ruleset)
    return ["landlock", *(["landlock-tcp"] if net else []), *(["landlock-scopes"] if scoped else [])]


def no_more_sockets() -> None:
    """From now on this thread, and what it starts, makes no socket anywhere, also no second name for one.

    Raises OSError where Landlock cannot be had.
    """
    attributes = _Ruleset(MAKE_SOCK, 0, 0)
    ruleset = syscalls.raw(_CREATE, ctypes.byref(attributes), ctypes.c_size_t(8), ctypes.c_uint32(0))
    try:
        syscalls.raw(_RESTRICT, ctypes.c_int(ruleset), ctypes.c_uint32(0))
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: Path, rights: int) -> None:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        allowed = rights if path.is_dir() else rights & _OF_FILES
        rule = _PathRule(allowed, descriptor)
        syscalls.raw(_ADD, ctypes.c_int(ruleset), ctypes.c_int(_PATH_BENEATH), ctypes.byref(rule), ctypes.c_uint32(0))
    finally:
        os.close(descriptor)
