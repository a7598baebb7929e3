"""Workers as the grader sees them: it starts their home, gives each its job, and hears what came of it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType

from grader.kernel.errors import ProbeNonsense, as_message
from grader.kernel.generation import Generation
from grader.worker import budget
from grader.worker.budget import Budget
from grader.worker.line import Gone, Line, Message

ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
"""Processes are forked from one that has a single thread; what they compute is small."""

Service = Callable[[Message], Message]


class WorkFailed(Exception):
    """A worker has not done its job; the message says why, for the submission's result."""


class Refused(Exception):
    """The pack, or the reader of explanations, is not there; the message says what to change."""


class HomeLost(Exception):
    """The program that forks workers has ended."""


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker is to do, and what it is given to do it with."""

    request: Message
    serve: Service = lambda message: {}
    """Replies to what it asks for on the way: see `serve.KernelService`."""
    progress: Callable[[int, int, str], None] = lambda done, total, text: None


class Workers:
    """Forks workers, each for one job, and ends them all when it is left. May be used from several threads."""

    def __init__(
        self,
        pack: str | None,
        matcher: str = "patterns",
        allowed: Budget | None = None,
        wordings: Path | None = None,
    ) -> None:
        self._allowed = allowed or Budget()
        self._one_at_a_time = threading.Lock()
        self._connection, theirs = socket.socketpair()
        setting = {"pack": pack, "matcher": matcher, "path": sys.path, **asdict(self._allowed)}
        setting["wordings"] = None if wordings is None else str(wordings.resolve())
        with theirs:
            self._process = _launch(theirs, setting)
        self._reading = self._connection.makefile("rb")
        self._about: Message | None = None

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def guess(self, path: Path, keras: str) -> Generation | None:
        """For which Keras a notebook was written; None where it cannot be read. Only before all else."""
        with self._forked("guess") as (line, _):
            try:
                line.say(path=str(path), keras=keras)
                return 2 if line.hear()["generation"] == 2 else 3
            except (Gone, KeyError):
                return None

    def about(self) -> Message:
        """The assignment and its most points. Raises `Refused`."""
        if self._about is None:
            self._about = self._request({"about": True})
        if "refused" in self._about:
            raise Refused(self._about["refused"])
        return self._about

    def do(self, job: Job) -> Message:
        """Have a job done by a worker of its own. Raises `WorkFailed`, and `HomeLost`."""
        doing = "reading"
        with self._forked("fork", job.request["kind"]) as (line, pid):
            try:
                line.say(**job.request)
                while (message := line.hear())["op"] != "done":
                    if message["op"] == "progress":
                        doing = "judging"
                        job.progress(message["done"], message["total"], message["text"])
                    elif message["op"] == "report":
                        doing = "reporting"
                    else:
                        _answer(line, job.serve(message))
            except (Gone, KeyError):
                raise WorkFailed(budget.why(self._request({"end": pid})["status"], self._allowed, doing)) from None
        self._request({"end": pid})
        if message.get("memory"):
            raise WorkFailed(budget.too_large(self._allowed, doing))
        if "failed" in message:
            raise WorkFailed(message["failed"])
        return message

    def end(self) -> None:
        """End all workers and their home, at once."""
        self._process.kill()
        self._process.wait()
        self._connection.close()

    @contextmanager
    def _forked(self, request: str, kind: str = "") -> Iterator[tuple[Line, int]]:
        ours, theirs = socket.socketpair()
        with theirs:
            pid = self._request({request: kind}, theirs.fileno())["pid"]
        line = Line(ours)
        try:
            yield line, pid
        finally:
            line.close()

    def _request(self, message: Message, *descriptors: int) -> Message:
        with self._one_at_a_time:
            try:
                self._send(message, *descriptors)
                reply: Message = json.loads(self._reading.readline())
            except (OSError, ValueError) as error:
                raise HomeLost("the process that reads notebooks has ended") from error
            return reply

    def _send(self, message: Message, *descriptors: int) -> None:
        text = json.dumps(message).encode() + b"\n"
        sent = socket.send_fds(self._connection, [text], descriptors)
        self._connection.sendall(text[sent:])


def _answer(line: Line, reply: Message) -> None:
    try:
        line.say(**reply)
    except RecursionError:
        line.say(error=as_message(ProbeNonsense("ask", "the answer is nested too deeply")))


def _launch(theirs: socket.socket, setting: Message) -> subprocess.Popen[bytes]:
    # -P: what lies in the current folder, which may be a student's, must not be importable.
    command = [sys.executable, "-P", "-m", "grader.worker.home", "--setting", json.dumps(setting)]
    return subprocess.Popen(
        [*command, "--parent", str(os.getpid()), "--socket", str(theirs.fileno())],
        env={**os.environ, **ONE_THREAD},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        pass_fds=[theirs.fileno()],
        start_new_session=True,  # an interrupt is the grader's to hear
    )
