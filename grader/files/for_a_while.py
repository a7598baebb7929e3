"""What a command has for a while: folders to work in, programs at work. It is undone however the command ends."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import subprocess

ENDS_WITHIN_S = 1.5
"""So long it is waited for a program that was asked to end; then it is ended."""
PAUSE_S = 0.01

_to_undo: list[Callable[[], object]] = []
"""Of this process, for who ends it without unwinding anything; see `undo_all`."""


@contextmanager
def undone_at_the_end(undo: Callable[[], object]) -> Iterator[None]:
    """Undo something when the block ends, or the process is asked to end meanwhile. It may be called twice."""
    _to_undo.append(undo)
    try:
        yield
    finally:
        undo()
        _to_undo.remove(undo)


def undo_all() -> None:
    """Undo what was done for a while, the last first: for a process that ends now, in the middle of anything."""
    for undo in reversed(_to_undo):
        with suppress(Exception):
            undo()


@contextmanager
def folder_for_a_while(prefix: str, within: Path | None = None) -> Iterator[Path]:
    """A new folder that only this user can enter, and that is removed. Raises `OSError`."""
    import shutil
    import tempfile

    made = Path(tempfile.mkdtemp(prefix=prefix, dir=within))
    with undone_at_the_end(lambda: shutil.rmtree(made, ignore_errors=True)):
        yield made


def run(command: Sequence[str], **options: Any) -> int:
    """Run a program to its end, which is asked of it where this process is asked to end; its exit status."""
    import subprocess

    process = subprocess.Popen(command, **options)
    with undone_at_the_end(lambda: _end(process)):
        return process.wait()


def _end(process: subprocess.Popen[Any]) -> None:
    """End a program; by its number, for this may have interrupted a wait for it, which holds a lock."""
    if process.returncode is not None:
        return
    with suppress(OSError):  # it has ended, and was waited for
        os.kill(process.pid, signal.SIGTERM)
        end = time.monotonic() + ENDS_WITHIN_S
        while os.waitpid(process.pid, os.WNOHANG)[0] == 0:
            if time.monotonic() > end:
                os.kill(process.pid, signal.SIGKILL)
                return
            time.sleep(PAUSE_S)
