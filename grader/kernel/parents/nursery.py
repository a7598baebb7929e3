"""The parent of kernels: a process that forks a kernel when asked, and outlives none of them.

It is warm when it has everything imported, so that a kernel is ready at once; a cold one leaves the import to each
kernel. It knows no secret and runs no student code. It has one thread and has started no part of TensorFlow's runtime,
which is what makes forking it safe. It speaks with the grader over one socket, in lines of JSON:

    grader: {"keras": 3}                         parent: {"ready": true}
    grader: {"fork": 7, "birth": {...}}          parent: {"forked": 7, "pid": 123} or {"refused": 7, "reason": "..."}
    grader: {"signal": 9, "pid": 123}            parent: {"exited": 123, "status": -9}

The first line is the grader's: until it comes, what both generations of Keras need is imported. When the socket ends,
the grader has ended, however it ended: the parent then ends all kernels and all that they started, removes its folder,
and ends.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import json
import os
import select
import signal
import socket
import sys
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

from grader.kernel import environment
from grader.kernel.parents.drain import Drain
from grader.kernel.process import birth, folder, prctl

THREADS_END_WITHIN_S = 5.0
"""A thread that an import started for a moment (matplotlib's font cache does) is waited for this long."""


class Nursery:
    """The loop of the parent, and the kernels that it has."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._unread = b""
        self._waiting: list[dict[str, Any]] = []
        self._kernels: set[int] = set()
        self._drains: dict[int, Drain] = {}
        """Of kernels, by process id."""
        self._ended = False
        self.warm = False
        """Whether what kernels need is imported here."""
        self._wakeup, self._wakeup_end = os.pipe()
        os.set_blocking(self._wakeup, False)
        os.set_blocking(self._wakeup_end, False)

    def generation(self) -> int | None:
        """Wait to be told the generation of Keras; None if the grader has ended instead."""
        while not self._ended and not self._waiting:
            self._waiting += map(json.loads, self._lines())
        return int(self._waiting.pop(0)["keras"]) if self._waiting else None

    def run(self) -> birth.Birth | None:
        """Serve until the grader ends. Returns twice: None in the parent, and in each fork what it is to become."""
        signal.set_wakeup_fd(self._wakeup_end, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, _noted)
        signal.signal(signal.SIGTERM, self._end)
        self._say(ready=True)
        while not self._ended:
            # Not epoll: a fork shares its registrations with the parent.
            at_once = 0 if self._waiting else None
            ends = {drain.end: pid for pid, drain in self._drains.items()}
            readable, _, _ = select.select([self._connection.fileno(), self._wakeup, *ends], [], [], at_once)
            if self._wakeup in readable:
                os.read(self._wakeup, 4096)
            for end in ends.keys() & set(readable):
                self._drain(ends[end])
            self._bury()
            if self._connection.fileno() in readable:
                self._waiting += map(json.loads, self._lines())
            while self._waiting:
                born = self._obey(self._waiting.pop(0))
                if born is not None:
                    return born
        self._end_all()
        return None

    def _end(self, signum: int, frame: FrameType | None) -> None:
        self._ended = True

    def _say(self, **message: Any) -> None:
        try:
            self._connection.sendall(json.dumps(message).encode() + b"\n")
        except OSError:
            self._ended = True

    def _lines(self) -> list[bytes]:
        try:
            received = self._connection.recv(1 << 16)
        except OSError:
            received = b""
        self._ended = self._ended or not received
        *lines, self._unread = (self._unread + received).split(b"\n")
        return lines

    def _obey(self, message: dict[str, Any]) -> birth.Birth | None:
        if "fork" in message:
            return self._fork(message["fork"], birth.Birth.of(message["birth"]))
        # A process that was not yet waited for keeps its id, so that no other process can be meant.
        if message["pid"] in self._kernels:
            _signal(message["pid"], message["signal"])
        return None

    def _fork(self, number: int, child: birth.Birth) -> birth.Birth | None:
        if child.plots and self.warm:
            _warm_for_plots()
        threads = prctl.threads()
        if threads != 1:
            self._say(
                refused=number, reason=f"the parent of kernels has {threads} threads; only one can be forked safely"
            )
            return None
        parent = os.getpid()
        reading, writing = os.pipe()
        try:
            pid = os.fork()
        except OSError as error:
            os.close(reading)
            self._say(refused=number, reason=f"the system refuses another process: {error}")
            return None
        finally:
            if os.getpid() == parent:
                os.close(writing)
        if pid == 0:
            self._leave(parent, writing)
            return child
        os.set_blocking(reading, False)
        self._kernels.add(pid)
        self._drains[pid] = Drain(reading, Path(child.log))
        self._say(forked=number, pid=pid)
        return None

    def _leave(self, parent: int, writing: int) -> None:
        """In the fork: give up everything that is the parent's, and write to the pipe that is drained there."""
        signal.set_wakeup_fd(-1)
        for signum in (signal.SIGCHLD, signal.SIGTERM):
            signal.signal(signum, signal.SIG_DFL)
        os.setsid()
        prctl.die_with_parent(signal.SIGKILL, parent)
        self._connection.detach()  # closed below, with all else
        birth.leave_all_but(writing)

    def _drain(self, pid: int) -> None:
        if not self._drains[pid].take():
            del self._drains[pid]

    def _bury(self) -> None:
        """Take note of every process that ended; with a kernel, end all that it started."""
        for pid, status in _ended_children(self._kernels):
            if pid in self._kernels:
                self._kernels.discard(pid)
                self._end_orphans()
                self._close_drain(pid)
                self._say(exited=pid, status=status)

    def _close_drain(self, pid: int) -> None:
        """Take the last words of a kernel that has ended, which may say why, and listen no longer."""
        if pid in self._drains:
            self._drain(pid)
        if (drain := self._drains.pop(pid, None)) is not None:
            os.close(drain.end)

    def _end_orphans(self) -> None:
        """End processes that left their kernel's group and outlived their own parent; they are children here now."""
        orphans = prctl.children() - self._kernels
        while orphans:
            for pid in orphans:  # all before any is waited for: some have a child, and end, time and again
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.kill(pid, signal.SIGKILL)
            for pid in orphans:
                with contextlib.suppress(ChildProcessError):
                    os.waitpid(pid, 0)
            orphans = prctl.children() - self._kernels

    def _end_all(self) -> None:
        for pid in self._kernels:
            _signal(pid, signal.SIGKILL)
        while self._kernels:
            for pid, _ in _ended_children(self._kernels):
                self._kernels.discard(pid)
            time.sleep(0.01)
        self._end_orphans()


def _noted(signum: int, frame: FrameType | None) -> None:
    """The wakeup descriptor does the work; without a handler there would be no wakeup."""


def _signal(pid: int, signum: int) -> None:
    """Signal a kernel and all in its group; a fork that has not come to open its group is alone."""
    try:
        os.killpg(pid, signum)
    except ProcessLookupError:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signum)


def _ended_children(leaders: set[int]) -> Iterator[tuple[int, int]]:
    """Children that ended, with their exit status; with a leader, its group is ended too."""
    with contextlib.suppress(ChildProcessError):
        while True:
            # Until it is waited for, a child keeps its id: this is when no other group can be meant. (macOS has
            # waitid only since Python 3.13.)
            if hasattr(os, "waitid"):
                found = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
                if found is not None and found.si_pid in leaders:
                    _signal(found.si_pid, signal.SIGKILL)
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            yield pid, os.waitstatus_to_exitcode(status)


def _warm(generation: int) -> None:
    from grader import probe

    os.environ.update(environment.of_keras(2 if generation == 2 else 3))
    probe.warm(generation)
    _wait_for_threads()
    if prctl.threads() > 1:
        raise RuntimeError(f"importing left {prctl.threads()} threads running; only one can be forked safely")
    _freeze()


def _warm_for_plots() -> None:
    """What the first plot takes longest for; in Keras 3 it is there already."""
    from grader import probe

    if probe.warm_for_plots():
        _wait_for_threads()
        _freeze()


def _freeze() -> None:
    """What exists now is never looked at again by the collector, so that its pages stay shared with the forks."""
    gc.freeze()
    gc.enable()


def _wait_for_threads() -> None:
    deadline = time.monotonic() + THREADS_END_WITHIN_S
    while prctl.threads() > 1 and time.monotonic() < deadline:
        time.sleep(0.01)


def _serve(nursery: Nursery, options: argparse.Namespace) -> None:
    """Import, fork kernels, and in each fork be that kernel."""
    from grader import probe

    seal = birth.load_seal(options.seal)
    if not options.cold:
        probe.warm_for_all()
    generation = nursery.generation()
    if generation is None:
        return
    if not options.cold:
        _warm(generation)
        nursery.warm = True
    born = nursery.run()
    if born is not None:
        if options.cold:
            _warm(generation)
        birth.become(born, seal)
        sys.exit()


def main() -> None:
    """The program of the parent."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--parent", type=int, required=True)
    parser.add_argument("--socket", type=int, required=True)
    parser.add_argument("--folder", required=True)
    parser.add_argument("--seal")
    parser.add_argument("--cold", action="store_true")
    options = parser.parse_args()

    def leave(*_: object, status: int = 0) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)  # A second one must not leave in the middle of leaving.
        folder.remove(Path(options.folder))
        os._exit(status)  # An ordinary exit would wait for threads, and take modules apart one by one.

    signal.signal(signal.SIGTERM, leave)
    prctl.die_with_parent(signal.SIGTERM, options.parent)
    prctl.adopt_orphans()
    sys.argv = ["kernel"]
    gc.disable()  # What imports make stays: to look for garbage among it takes a tenth of their time.
    try:
        _serve(Nursery(socket.socket(fileno=options.socket)), options)
    except Exception:
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)  # The grader reads what was printed, and removes the folder.
    leave()


if __name__ == "__main__":
    main()
