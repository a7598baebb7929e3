"""A kernel's first moments, inside its own process: take its own environment and folder, lock the door, be a kernel.

Used by a fork of the warm parent, and run as a program by an ordinary kernel. Imports nothing heavy by itself, since
student code will live in this process.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from grader.kernel import process

Seal = Callable[[str], object]
"""Locks the calling process in, for good. It is given the kernel's own folder, and is called in a process of one
thread, after the fork and before the kernel starts; it may fork once more if it returns only in the last process.
Raising means that the kernel must not start."""


@dataclass(frozen=True, slots=True)
class Birth:
    """What a new kernel must know: its folder (with `work/` in it), its connection file, its environment variables."""

    folder: str
    connection_file: str
    environment: dict[str, str]
    log: str

    def to_json(self) -> str:
        """One line of JSON."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Birth:
        """The reverse of `to_json`."""
        return cls(**json.loads(text))


def load_seal(target: str | None) -> Seal | None:
    """The function named by `module:function`, or None where no seal is wanted."""
    if target is None:
        return None
    module, _, name = target.partition(":")
    function: Seal = getattr(importlib.import_module(module), name)
    return function


def become(birth: Birth, seal: Seal | None) -> None:
    """Be the kernel of `birth` until it is told to shut down. Call it in a fresh process of one thread."""
    os.environ.clear()
    os.environ.update(birth.environment)
    if hasattr(time, "tzset"):
        time.tzset()
    tempfile.tempdir = None  # Computed from the parent's variables, if at all.
    # This module ties itself to IPython's shell when it is imported. Imported before there is a shell, it would never
    # show a figure by itself; forgotten, it is imported again when the student first plots.
    sys.modules.pop("matplotlib_inline.backend_inline", None)
    os.chdir(Path(birth.folder) / "work")
    if seal is not None:
        seal(birth.folder)
    from grader import probe

    probe.start(birth.connection_file)


def redirect(log: str) -> None:
    """Read nothing from the terminal; write what is said before the kernel takes over the output to `log`."""
    for path, flags, targets in (
        (os.devnull, os.O_RDONLY, (0,)),
        (log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, (1, 2)),
    ):
        descriptor = os.open(path, flags, 0o600)
        for target in targets:
            os.dup2(descriptor, target)
        os.close(descriptor)


def main() -> None:
    """The program of an ordinary kernel: import everything in this one process, then be a kernel."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--generation", type=int, required=True)
    parser.add_argument("--parent", type=int, required=True)
    parser.add_argument("--seal")
    parser.add_argument("birth", type=Birth.from_json)
    options = parser.parse_args()
    process.die_with_parent(signal.SIGKILL, options.parent)
    redirect(options.birth.log)
    sys.argv = ["kernel"]
    from grader import probe

    probe.warm(options.generation)
    become(options.birth, load_seal(options.seal))


if __name__ == "__main__":
    main()
