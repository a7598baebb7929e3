"""How the grader and its workers speak: lines of JSON over a socket, of bounded length, one at a time."""

from __future__ import annotations

import json
import socket
from contextlib import suppress
from typing import Any

from grader.kernel.errors import ProbeNonsense, as_message

MOST_BYTES = 512 << 20
"""More than this, nobody has to say."""

Message = dict[str, Any]


class Gone(Exception):
    """The other side has ended."""


class Line:
    """One side of the connection."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._reading = connection.makefile("rb")

    def say(self, **message: Any) -> None:
        """Send. Raises `Gone`, and `RecursionError` for what is nested too deeply, with nothing sent."""
        text = json.dumps(message).encode() + b"\n"
        try:
            self._connection.sendall(text)
        except OSError as error:
            raise Gone from error

    def hear(self) -> Message:
        """The next message. Raises `Gone` where none can come, or it is no message."""
        try:
            line = self._reading.readline(MOST_BYTES)
            message = json.loads(line)
        except RecursionError:  # an answer of the kernel that could just be read on the other side
            return {"error": as_message(ProbeNonsense("ask", "the answer is nested too deeply"))}
        except (OSError, ValueError) as error:
            raise Gone from error
        if not isinstance(message, dict):
            raise Gone
        return message

    def close(self) -> None:
        """End the connection, whoever waits for it."""
        with suppress(OSError):
            self._connection.shutdown(socket.SHUT_RDWR)
        self._reading.close()
        self._connection.close()
