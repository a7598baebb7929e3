"""The program that workers are forked from: it has imported all that they need, and has read nothing of students.

It speaks with the grader over one socket, in lines of JSON, one request and one reply at a time; with `fork` comes the
socket of the new worker (see `work`), and with `end` is asked how a worker has ended, once its socket is closed:

    grader: {"about": true}     home: {"assignment": {...}, "max_score": 100} or {"refused": "there is no pack ..."}
    grader: {"fork": "grade"}   home: {"pid": 123}
    grader: {"end": 123}        home: {"status": 0}, negative for a signal
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from grader.kernel.process import prctl
from grader.worker import budget
from grader.worker.budget import Budget

ENDS_WITHIN_S = 5.0
"""A worker that has closed its socket ends within this time, or is ended."""

MANY = frozenset({"grade", "regrade", "report"})
"""The kinds of jobs of which there may be many."""

Message = dict[str, Any]


class Control:
    """The connection to the grader."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def hear(self) -> tuple[Message, int | None]:
        """The next request, with a descriptor that came along. Ends this process where there is none any more."""
        text, given = b"", []
        while not text.endswith(b"\n"):
            part, descriptors, _, _ = socket.recv_fds(self._connection, 1 << 16, 1)
            given += descriptors
            text += part
            if not part:
                os._exit(0)
        message = json.loads(text)
        return message, given[0] if given else None

    def say(self, **message: Any) -> None:
        """Reply."""
        with suppress(OSError):  # the grader has ended, which will be heard
            self._connection.sendall(json.dumps(message).encode() + b"\n")

    def close(self) -> None:
        """In a worker: leave the connection to its parent."""
        self._connection.close()


def fork(control: Control, descriptor: int, allowed: Budget, be: Callable[[socket.socket], None]) -> int:
    """Fork a worker, which does its work and ends. Its process id."""
    home = os.getpid()
    pid = os.fork()
    if pid == 0:
        try:
            prctl.die_with_parent(signal.SIGKILL, home)
            control.close()
            budget.keep_to(allowed)
            be(socket.socket(fileno=descriptor))
        finally:
            os._exit(0)
    os.close(descriptor)
    return pid


def ended(pid: int) -> int:
    """How a worker has ended; one that does not end is ended."""
    deadline = time.monotonic() + ENDS_WITHIN_S
    while time.monotonic() < deadline:
        found, status = os.waitpid(pid, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.001)
    os.kill(pid, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _serve(control: Control, setting: Message) -> None:
    from grader.worker import guess

    allowed = Budget(setting["processor_s"], setting["memory_bytes"])
    message, descriptor = control.hear()
    if "guess" in message and descriptor is not None:  # what the parents of kernels wait for comes first
        control.say(pid=fork(control, descriptor, allowed, guess.be))
        message, descriptor = control.hear()

    from grader.worker import work

    # Behind all else: what lies in the current folder must hide no module of ours.
    sys.path += [entry for entry in setting["path"] if entry not in sys.path]
    desk = work.Desk.of(setting["pack"], setting["matcher"], setting["wordings"])
    gc.freeze()
    had = set[str]()
    while True:
        if "fork" in message and descriptor is not None:
            kind = message["fork"]
            # The first one is waited for, and prepares itself while it waits for its kernel.
            if kind in had & MANY and not desk.is_prepared:
                desk = desk.prepared()
                gc.freeze()
            had.add(kind)
            control.say(pid=fork(control, descriptor, allowed, desk.be))
        elif "end" in message:
            control.say(status=ended(message["end"]))
        else:
            control.say(**desk.about)
        message, descriptor = control.hear()


def main() -> None:
    """The program."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--parent", type=int, required=True)
    parser.add_argument("--socket", type=int, required=True)
    parser.add_argument("--setting", type=json.loads, required=True)
    options = parser.parse_args()
    prctl.die_with_parent(signal.SIGKILL, options.parent)
    _serve(Control(socket.socket(fileno=options.socket)), options.setting)


if __name__ == "__main__":
    main()
