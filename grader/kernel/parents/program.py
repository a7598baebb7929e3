"""The program that forks kernels (`nursery`): starting it as early as possible, telling it its Keras, ending it.

Importing TensorFlow takes longer than all else that a command does before the first cell runs, so this is started
first, and imports nothing heavy itself.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import psutil

from grader.kernel import environment
from grader.kernel.errors import LaunchError
from grader.kernel.generation import Generation
from grader.kernel.process import folder

ENDS_WITHIN_S, FORCED_WITHIN_S = 10.0, 0.5
CAN_BE_WARM = sys.platform == "linux"
"""After the import of Apple's libraries a process can no longer be forked safely."""


@dataclass(slots=True)
class Program:
    """A nursery that runs. It waits for `choose` with what both generations of Keras need already imported."""

    process: subprocess.Popen[bytes]
    connection: socket.socket
    folder: Path
    warm: bool
    generation: Generation | None = None

    def __enter__(self) -> Program:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    @property
    def log(self) -> Path:
        """What it writes before it can speak for itself."""
        return self.folder / "parent.log"

    def choose(self, generation: Generation) -> None:
        """Have the Keras of this generation imported. The first choice is final."""
        if self.generation is None:
            self.generation = generation
            with contextlib.suppress(OSError):  # one that has ended is noticed when it should answer
                self.connection.sendall(json.dumps({"keras": generation}).encode() + b"\n")

    def end(self, within_s: float = ENDS_WITHIN_S) -> None:
        """End it, all its kernels and all that they started, and remove its folder. May be called again."""
        self.process.terminate()  # One that still imports does not listen to the socket.
        try:
            self.process.wait(within_s)
        except subprocess.TimeoutExpired:
            self._force()
        self.connection.close()
        folder.remove(self.folder)

    def _force(self) -> None:
        """End it without asking, and what it would have ended: kernels that were not sealed outlive it."""
        with contextlib.suppress(psutil.Error):
            started = psutil.Process(self.process.pid).children(recursive=True)
            self.process.kill()
            for one in started:
                with contextlib.suppress(psutil.Error):
                    one.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(FORCED_WITHIN_S)


def launch(seed: int, *, warm: bool = True, seal: str | None = None, home: Path | None = None) -> Program:
    """Start a nursery; a warm one begins to import. Call it from a thread that lives as long as it is needed.

    `seal` names the module that locks kernels in: see `birth.Seal`. `home` is the folder for all that it keeps, where
    `folder.make` has made one. Raises LaunchError where this system cannot.
    """
    if not hasattr(os, "fork"):
        raise LaunchError("this system cannot fork processes; use Linux or macOS, or on Windows the WSL")
    home = home or folder.make(folder.place())
    try:
        folder.furnish(home / "parent")
        ours, theirs = socket.socketpair()
        with theirs:
            process = _run(seed, home, theirs, [] if seal is None else ["--seal", seal], warm=warm)
    except OSError as error:
        folder.remove(home)
        raise LaunchError(f"the parent of kernels cannot be started: {error}") from error
    return Program(process, ours, home, warm)


def _run(seed: int, home: Path, theirs: socket.socket, options: list[str], *, warm: bool) -> subprocess.Popen[bytes]:
    # -P: what lies in the current folder must not be importable.
    command = [sys.executable, "-P", "-m", "grader.kernel.parents.nursery", "--socket", str(theirs.fileno())]
    command += ["--folder", str(home), "--parent", str(os.getpid()), *options, *([] if warm else ["--cold"])]
    with (home / "parent.log").open("wb") as log:
        return subprocess.Popen(
            command,
            env=environment.variables(seed, home / "parent"),
            cwd=folder.work(home / "parent"),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=[theirs.fileno()],
            start_new_session=True,
        )
