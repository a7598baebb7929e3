"""What can go wrong with a kernel.

KernelError                 something about a kernel, never about the grader's own logic
├── LaunchError             no kernel could be started; the message says why and what to do
├── KernelLost              the kernel is dead, so nothing can be asked until `restart`
└── ProbeFailure            one question to the kernel was not answered
    ├── ProbeError          the kernel answered that carrying out the question raised an error
    ├── ProbeTimeout        no answer came in time
    └── ProbeNonsense       what came is not an answer: malformed, too large, or the connection was cut
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class KernelError(Exception):
    """Something about a kernel, never about the grader's own logic."""


class LaunchError(KernelError):
    """No kernel could be started; the message says why and what to do."""


class KernelLost(KernelError):
    """The kernel is dead, so nothing can be asked until `restart`."""


class ProbeFailure(KernelError):
    """One question to the kernel was not answered. `op` is the question's operation."""

    def __init__(self, op: str, message: str) -> None:
        super().__init__(f"{op}: {message}")
        self.op = op
        self.message = message


class ProbeError(ProbeFailure):
    """The kernel answered that carrying out the question raised an error: `type` names its class."""

    def __init__(self, op: str, type_: str, message: str) -> None:
        super().__init__(op, f"{type_}: {message}")
        self.type = type_
        self.message = message


class ProbeTimeout(ProbeFailure):
    """No answer came in time."""


class ProbeNonsense(ProbeFailure):
    """What came is not an answer: malformed, too large, or the connection was cut."""


def as_message(error: KernelError) -> dict[str, Any]:
    """An error as JSON, as it is sent and kept."""
    if isinstance(error, ProbeError):
        parts = [error.op, error.type, error.message]
    elif isinstance(error, ProbeFailure):
        parts = [error.op, error.message]
    else:
        parts = [str(error)]
    return {"kind": type(error).__name__, "parts": parts}


def from_message(message: Mapping[str, Any]) -> KernelError:
    """The error that was written so."""
    kinds = (LaunchError, KernelLost, ProbeError, ProbeTimeout, ProbeNonsense)
    kind = {each.__name__: each for each in kinds}.get(str(message["kind"]), LaunchError)
    return kind(*message["parts"])
