"""A worker that only tells for which Keras a notebook was written, so that its import can begin early."""

from __future__ import annotations

import socket
from pathlib import Path

from grader.kernel.generation import first_generation
from grader.notebook.reading.notebook_errors import UnreadableNotebook
from grader.notebook.reading.read import read
from grader.worker.line import Gone, Line


def be(connection: socket.socket) -> None:
    """Read the notebook that is named, and tell; nothing where it cannot be read."""
    line = Line(connection)
    try:
        job = line.hear()
        line.say(generation=first_generation(read(Path(job["path"])), job["keras"]))
    except (Gone, UnreadableNotebook):
        pass
