"""System calls that Python has no name for. Everything here is Linux."""

from __future__ import annotations

import ctypes
import os
from typing import Any

_LIBC = ctypes.CDLL(None, use_errno=True)


def call(name: str, *arguments: Any) -> int:
    """Call a function of libc by its name. Raises OSError with the error that the system gave."""
    return _checked(getattr(_LIBC, name)(*arguments), name)


def raw(number: int, *arguments: Any) -> int:
    """Call by number what libc does not wrap. Raises OSError."""
    return _checked(_LIBC.syscall(ctypes.c_long(number), *arguments), f"system call {number}")


def _checked(result: int, name: str) -> int:
    if result < 0:
        error = ctypes.get_errno()
        raise OSError(error, f"{name}: {os.strerror(error)}")
    return result
