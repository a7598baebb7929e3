"""How long and how much a notebook may. What it waits for others is not counted in its times: see `patience`."""

from __future__ import annotations

from dataclasses import dataclass, replace

MAX_MESSAGE_BYTES = 32 << 20
"""The largest part of a message that is taken from a kernel; the connection is cut on a larger one."""

MAX_VALUES = 1_000_000
"""So many values of JSON a message may have: each takes up to a hundred bytes when it is read, and two on the wire."""

MAX_HEAD_BYTES = 16_384
"""So long may the header of a message be, and that of its parent: the protocol puts some 300 bytes into each."""

MAX_WAITING_MESSAGES = 8
"""So many messages of a kernel wait in the grader's memory per channel; more stay in the kernel's."""

ASKING = 0.25
"""Of the time for the notebook."""

ONCE_MORE = 0.25
"""The same: so much a second run has at least."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Times in seconds, sizes in bytes (of text, in characters)."""

    cell_s: float = 60.0
    """One cell may run this long. Then it is interrupted, and after the grace its kernel is killed."""

    notebook_s: float = 600.0
    """All cells together may run this long, and what the checks ask is counted in. Cells after that are not run."""

    grace_s: float = 3.0
    """The time between an interrupt and the kill."""

    output_bytes: int = 1_000_000
    """This much of one cell's output is kept; the rest is counted and dropped."""

    start_s: float = 120.0
    """A kernel must be ready after this time."""

    memory_bytes: int = 4 << 30
    """A kernel and all processes that it started may have this much memory together."""

    processes: int = 200
    """So many processes they may be."""

    file_bytes: int = 256 << 20
    """All files that they keep may take this much together."""

    files: int = 20_000
    """So many files and folders they may be."""

    @property
    def asking_s(self) -> float:
        """So much longer the checks may ask: of answers whose own code has taken all the time, too."""
        return ASKING * self.notebook_s

    def after(self, taken_s: float) -> Limits:
        """Those of a second run, on another Keras: the time of a notebook is one, and so much of it was taken."""
        return replace(self, notebook_s=max(self.notebook_s - taken_s, ONCE_MORE * self.notebook_s))
