"""A kernel's first moments, inside its own process: take its own environment and folder, lock the door, be a kernel.

Runs in a fork of the nursery. Imports nothing heavy by itself, since student code will live in this process.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, cast

from grader.kernel.bounds.limits import Limits
from grader.kernel.bounds.processors import keep_to
from grader.kernel.parents import drain
from grader.kernel.process import prctl
from grader.kernel.process.folder import work


class Seal(Protocol):
    """A module that locks a process in, in two steps. Raising in one of them means that the kernel must not start."""

    def prepare(self) -> None:
        """Called once, in the parent: import what is needed, find out what this system lets one do."""

    def lock(self, folder: str, limits: Limits) -> Sequence[str]:
        """Lock the calling process in, for good, and name what now holds it ("landlock", ...).

        It is given the kernel's own folder, and is called in a process of one thread, after the fork and before the
        kernel starts; it may fork once more if it returns only in the last process.
        """

    def shut(self, run_in_others: Callable[[Callable[[], None]], None], /) -> Sequence[str]:
        """Lock what could not be locked before the kernel's sockets were open; there may be several threads now.

        What it gives to `run_in_others` is run in each of those, besides this one, in which student code can run.
        """


@dataclass(frozen=True, slots=True)
class Birth:
    """What a new kernel must know: its own folder, its environment variables, and what it may use.

    `plots` says that its notebook seems to draw, so that what this takes should be imported before it is forked. It
    runs on its `processors` alone, or on any where none are named.
    """

    folder: str
    environment: dict[str, str]
    limits: Limits
    plots: bool = False
    processors: tuple[int, ...] = ()

    @classmethod
    def of(cls, message: dict[str, Any]) -> Birth:
        """From the form that `dataclasses.asdict` gave it."""
        processors = tuple(message["processors"])
        return cls(message["folder"], message["environment"], Limits(**message["limits"]), message["plots"], processors)

    @property
    def connection_file(self) -> str:
        """Where its channels and its key are written."""
        return f"{self.folder}/connection.json"

    @property
    def log(self) -> str:
        """What its process says before the kernel takes over the output, written by its parent: see `drain`."""
        return f"{self.folder}.log"

    @property
    def sealed(self) -> str:
        """What its seal returned, as JSON. Outside of its folder, and closed before student code runs."""
        return f"{self.folder}.sealed"


def load_seal(target: str | None) -> Seal | None:
    """The module of that name, prepared; None where no seal is wanted."""
    if target is None:
        return None
    seal = cast("Seal", importlib.import_module(target))
    seal.prepare()
    return seal


def become(birth: Birth, seal: Seal | None) -> None:
    """Be the kernel of `birth` until it is told to shut down. Call it in a fresh process of one thread."""
    keep_to(birth.processors)
    prctl.go_first_when_memory_ends()
    os.environ.clear()
    os.environ.update(birth.environment)
    if hasattr(time, "tzset"):
        time.tzset()
    tempfile.tempdir = None  # Computed from the parent's variables, if at all.
    # This module ties itself to IPython's shell when it is imported. Imported before there is a shell, it would never
    # show a figure by itself; forgotten, it is imported again when the student first plots.
    sys.modules.pop("matplotlib_inline.backend_inline", None)
    from grader import probe

    if seal is None:
        os.chdir(work(Path(birth.folder)))
        probe.start(birth.connection_file)
        return
    # Opened first: behind the seal nothing outside of the folder can be written.
    with Path(birth.sealed).open("w") as file:
        holding = list(seal.lock(birth.folder, birth.limits))
        os.chdir(work(Path(birth.folder)))  # which the seal may have laid anew

        log = os.dup(2)  # for as long as nothing of the student's runs

        def shut(run_in_others: Callable[[Callable[[], None]], None]) -> None:
            try:
                json.dump([*holding, *seal.shut(run_in_others)], file)
            except BaseException:
                os.write(log, traceback.format_exc().encode())
                os._exit(1)
            file.close()
            os.close(log)

        probe.start(birth.connection_file, shut)


def leave_all_but(writing: int) -> None:
    """Close every descriptor that a fork has from its parent; read nothing, and write to `writing` for both outputs.

    What is open now would stay open behind the seal, with the rights that it was opened with.
    """
    for source, targets in ((drain.empty(), (0,)), (writing, (1, 2))):
        for target in targets:
            os.dup2(source, target)
    prctl.close_from(3)
