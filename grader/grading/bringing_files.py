"""Bringing files into a kernel, part by part."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from contextlib import suppress
from itertools import count
from pathlib import Path

from grader.grading.surveying import ASK_SECONDS
from grader.kernel.errors import KernelError
from grader.kernel.interface import LiveNotebook
from grader.notebook.reading.beside import read_part
from grader.protocol import operations as ops

PART_BYTES = 4 << 20


def bring(session: LiveNotebook, files: Iterable[tuple[str, Path]]) -> None:
    """Write files into a kernel's working folder, in which nothing has run; what cannot be read is left out."""
    for place, path in files:
        with suppress(OSError, KernelError):
            for part in count():
                content = read_part(path, part * PART_BYTES, PART_BYTES)
                if part and not content:
                    break
                text = base64.b64encode(content).decode()
                session.ask(ops.Bring(place, text), timeout=ASK_SECONDS)
