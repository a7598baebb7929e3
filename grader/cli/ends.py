"""How a command ends: its exit statuses, an interrupt, an output that cannot be written."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any, TextIO, cast

from grader.files.for_a_while import undo_all

FAILED_UNDER, BAD_REQUEST, NOT_ALL_GRADED, OUTPUT_LOST = 1, 2, 3, 4
OWN_MISTAKE = 70
"""What sysexits(3) calls an internal software error."""
BY_SIGNAL = 128
"""And the number of the signal, as shells have it."""
INTERRUPTED = BY_SIGNAL + signal.SIGINT
ENDINGS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGXCPU") if hasattr(signal, name)
)
"""What a person, a shell, a service manager or a limit of the machine's asks a process to end with. All but SIGKILL,
which nobody can heed, and what programs are told other things with."""
TOLD_TWICE = tuple(getattr(signal, name) for name in ("SIGHUP",) if hasattr(signal, name))
"""Shells pass a hangup on to what the system has told of it already, and service managers send one behind every
SIGTERM: that it comes again says of nobody that he does not want to wait."""

_STDIN, _STDOUT, _STDERR = 0, 1, 2
_CURSOR = b"\r\x1b[J\x1b[?25h"
"""Takes a progress bar away, and shows the cursor that it hid."""


class _Guarded:
    """An output that may be written to whether or not anybody can read it: a command goes on to its end, and nothing
    that is said elsewhere is left out. Why something could not be written is kept."""

    def __init__(self, output: TextIO) -> None:
        self._output = output
        self.lost: str | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._output, name)

    def write(self, text: str) -> int:
        with self._noted():
            self._output.write(text)
        return len(text)

    def flush(self) -> None:
        with self._noted():
            self._output.flush()

    @contextmanager
    def _noted(self) -> Iterator[None]:
        try:
            yield
        except (OSError, ValueError) as error:  # ValueError: it was closed
            self.lost = self.lost or getattr(error, "strerror", None) or str(error)


def fill_closed() -> None:
    """Have the standard descriptors open that were closed, before any file takes the number of one.

    From the input nothing can be read then, the standard output cannot be written, as before, and what is written to
    standard error goes nowhere.
    """
    for number, way in ((_STDIN, os.O_RDONLY), (_STDOUT, os.O_RDONLY), (_STDERR, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            # The lowest number that is free is this one, since those below it are open.
            os.set_inheritable(os.open(os.devnull, way), True)


def guard_outputs() -> None:
    """From now on an output that cannot be written is no traceback."""
    if sys.stdout is None:  # it was closed: see `fill_closed`
        sys.stdout = os.fdopen(_STDOUT, "w", closefd=False)
    sys.stdout = cast("TextIO", _Guarded(sys.stdout))
    if sys.stderr is not None:
        sys.stderr = cast("TextIO", _Guarded(sys.stderr))


def ended(status: int) -> int:
    """Write what still waits to be written; the status of a command that ended so, of which somebody is to read all.

    Where the standard output could not be written, that is said. What was asked for and could not be done is the more
    important: its status stands.
    """
    for output in (sys.stdout, sys.stderr):
        if output is not None:
            output.flush()
    lost = getattr(sys.stdout, "lost", None)
    if lost is None:
        return status
    _abandon_output()
    _tell(f"grader: standard output cannot be written ({lost}); what is in files is complete")
    return OUTPUT_LOST if status in (0, FAILED_UNDER) else status


def _abandon_output() -> None:
    """Let what cannot be written go nowhere, so that the end of this process does not try once more."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, _STDOUT)
    os.close(nowhere)


@contextmanager
def on_interrupt(stop: Callable[[], None], said: Callable[[], str]) -> Iterator[None]:
    """While the block runs, an interrupt ends this process: stop what it has started, say what is complete, and end.

    So does what else asks it to end: a terminal that is closed, a machine that is shut down. Nothing is unwound, so
    nothing can hang on what it waits for; a second interrupt does not even wait for what the first one stops, but a
    hangup does (`TOLD_TWICE`). What is complete is said once. What was there for a while goes as well (`for_a_while`).
    What is ignored, as interrupts are in a shell's background job, still is.
    """
    before = {each: signal.getsignal(each) for each in ENDINGS}
    heeded = [each for each, handler in before.items() if handler is not signal.SIG_IGN]

    def stopping(signum: int, frame: FrameType | None) -> None:
        _have(heeded, ending)
        _have(TOLD_TWICE, signal.SIG_IGN)
        with suppress(Exception):
            stop()
        undo_all()
        ending(signum, frame)

    def ending(signum: int, frame: FrameType | None) -> None:
        _have(heeded, _at_once)
        _have(TOLD_TWICE, signal.SIG_IGN)
        with suppress(Exception):
            _tell(said())
        _at_once(signum, frame)

    _have(heeded, stopping)
    try:
        yield
    finally:
        for each in heeded:
            signal.signal(each, before[each])


def _have(
    signals: Iterable[signal.Signals], handler: Callable[[int, FrameType | None], None] | signal.Handlers
) -> None:
    for each in signals:
        signal.signal(each, handler)


def _at_once(signum: int, frame: FrameType | None) -> None:
    os._exit(BY_SIGNAL + signum)


def _tell(text: str) -> None:
    # Not through sys.stderr: this may have interrupted somebody in the middle of writing to it.
    with suppress(OSError):
        os.write(_STDERR, (_CURSOR if os.isatty(_STDERR) else b"") + text.encode(errors="replace") + b"\n")
