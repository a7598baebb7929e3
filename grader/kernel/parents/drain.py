"""What a kernel's process writes beside its channels: taken from a pipe, so that the kernel holds no file of ours."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

KEPT, TAKEN = 64 << 10, 1 << 20
"""So many bytes of it are written to a file, and so many are taken at all; then nobody listens any more."""

_AT_ONCE = 1 << 16


@dataclass(slots=True)
class Drain:
    """The reading end of a pipe, and the file that the first of it is written to."""

    end: int
    log: Path
    taken: int = 0

    def take(self) -> bool:
        """Take what has come, without waiting. Whether more may come; if not, the end is closed."""
        try:
            said = os.read(self.end, _AT_ONCE)
        except BlockingIOError:
            return True
        except OSError:
            said = b""
        kept = said[: max(0, KEPT - self.taken)]
        self.taken += len(said)
        if kept:
            with suppress(OSError):  # a full disk, a folder that is gone
                self._keep(kept)
        if said and self.taken < TAKEN:
            return True
        os.close(self.end)
        return False

    def _keep(self, said: bytes) -> None:
        descriptor = os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(said)


def empty() -> int:
    """The reading end of a pipe that nothing comes from: an input that is no file of the machine."""
    reading, writing = os.pipe()
    os.close(writing)
    return reading
