"""Telling a student why a download fails: at once, and in words."""

from __future__ import annotations

import socket
from typing import Any, NoReturn

MESSAGE = "a notebook has no network while it is graded; hand in the data with it, or make it in the notebook"


def explain() -> None:
    """Have the look-up of any host fail with that message: whatever loads data begins with it."""
    socket.getaddrinfo = _no_network


def _no_network(*_: Any, **__: Any) -> NoReturn:
    raise socket.gaierror(socket.EAI_FAIL, MESSAGE)
