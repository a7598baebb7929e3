"""The server of a review: on this machine alone, until it is interrupted."""

from __future__ import annotations

import secrets
import signal
import socket
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread

import uvicorn

from grader.gradebook.whole_class import Where, settled
from grader.result.names import BadRequest
from grader.review.app import Pages, application
from grader.review.entrance import Guard
from grader.review.publishing import Publisher
from grader.review.state import Sitting

HOST = "127.0.0.1"


def serve(where: Where, by: str, port: int, say: Callable[[str], None], *, browse: bool) -> None:
    """Serve the review of a class until it is interrupted; `say` tells the address, and what goes wrong.

    Raises `BadRequest` where the class or the port cannot be had.
    """
    title = settled(where).title or where.folder.name
    listening = _listening(port)
    own = listening.getsockname()[1]
    guard = Guard(secrets.token_urlsafe(32), own)
    publisher = Publisher(where, say)
    publisher.start()
    app = application(Pages(Sitting(where, by), publisher, title), guard)
    config = uvicorn.Config(app, log_level="error", access_log=False, server_header=False, lifespan="off", ws="none")
    address = f"http://{HOST}:{own}/?key={guard.secret}"
    say(f"Review {title}: {address}")
    if browse:
        Thread(target=webbrowser.open, args=(address,), daemon=True).start()
    try:
        _Server(config).run(sockets=[listening])
    finally:
        say("Ending: the reports are made anew")
        listening.close()
        publisher.end()


class _Server(uvicorn.Server):
    """Ends when it is told to, and then lets this process go on: the reports are still to be made."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Have an interrupt end the server alone."""
        before = {number: signal.signal(number, self.handle_exit) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def _listening(port: int) -> socket.socket:
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((HOST, port))
        found.listen()
    except (OSError, OverflowError) as error:
        found.close()
        raise BadRequest(f"--port {port}: cannot be had ({error}); choose another, or 0 for any") from error
    return found
