"""A gate before each socket of a kernel: no message is longer than allowed, whatever it is made of.

ZeroMQ bounds each frame of a message and not their number, and keeps them all until the last one has come: a kernel
that never sends the last would fill the grader's memory, and an empty frame takes two bytes on the way and some sixty
there. The gate passes bytes on in both directions, counts the bytes and frames of each message that comes from the
kernel, and cuts the connection on one that is too long. All kernels share one event loop: counting is done in small
turns, and a gate where it takes long (ZeroMQ drops millions of empty commands unseen) rests in between. See ZMTP 3.1
(rfc.zeromq.org, specification 37) for greeting and frames.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from dataclasses import dataclass, field
from pathlib import Path

GREETING, VERSION = 64, 10
"""The length of the greeting, and the place of the version in it."""

MORE, LONG, COMMAND = 0b001, 0b010, 0b100

MAX_FRAMES = 100
"""So many frames a message may have; one of Jupyter has some ten, with a widget's buffers a few more."""

AT_ONCE = 1 << 18
COUNTED_AT_ONCE = 1 << 14
"""Of so many bytes the frames are counted before others have their turn: some milliseconds, if all are empty."""

REST_AFTER_S, RESTS = 0.001, 9
"""After so much time of a processor a gate rests, so many times as long as it took."""

POLL_S = 0.02


class TooLong(Exception):
    """A message is longer than allowed, or what comes is not the protocol."""


@dataclass(slots=True)
class Count:
    """Counts the bytes and frames of each message in a stream of ZMTP 3."""

    limit: int
    _unread: bytearray = field(default_factory=bytearray)
    """The beginning of a greeting or of a frame's head."""
    _greeted: bool = False
    _body: int = 0
    """So many bytes of the frame are to come."""
    _message: int = 0
    _frames: int = 0
    _more: bool = False

    def take(self, data: bytes) -> None:
        """Count what has come. Raises `TooLong`."""
        at = 0
        while at < len(data):
            if self._body:
                passed = min(self._body, len(data) - at)
                self._body -= passed
                at += passed
            else:
                self._unread.append(data[at])
                at += 1
                self._head()

    def _head(self) -> None:
        head = self._unread
        if not self._greeted:
            # A signature, and a version of at least 3: older ones count otherwise.
            if len(head) == VERSION + 1 and (head[0], head[9], head[VERSION] >= 3) != (0xFF, 0x7F, True):
                raise TooLong
            if len(head) == GREETING:
                self._greeted = True
                head.clear()
            return
        long = bool(head[0] & LONG)
        if len(head) < (9 if long else 2):
            return
        self._body = int.from_bytes(head[1:], "big")
        if not self._more:
            self._message = self._frames = 0
        self._message += self._body + len(head)
        self._frames += 1
        if not head[0] & COMMAND:  # which may come in the middle of a message, and does not end it
            self._more = bool(head[0] & MORE)
        head.clear()
        if self._message > self.limit or self._frames > MAX_FRAMES:
            raise TooLong


class Gate:
    """Listens at a place of its own for one socket of a kernel."""

    def __init__(self, inside: Path, outside: Path, limit: int) -> None:
        self._inside, self.outside = inside, outside
        self._limit = limit
        self._passing: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None
        self._closed = False

    async def open(self) -> None:
        """Begin to listen. Raises OSError."""
        self._server = await asyncio.start_unix_server(self._accept, self.outside, limit=AT_ONCE)

    async def close(self) -> None:
        """Cut all connections, and listen no longer."""
        self._closed = True
        if self._server is not None:
            self._server.close()
        for task in self._passing:
            task.cancel()
        await asyncio.gather(*self._passing, return_exceptions=True)
        self.outside.unlink(missing_ok=True)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # No coroutine: the streams of asyncio would make its task, and log that it was cancelled.
        if self._closed:  # it came before the end, and was accepted behind it
            writer.transport.abort()
            return
        task = asyncio.create_task(self._pass(reader, writer))
        self._passing.add(task)
        task.add_done_callback(self._passing.discard)

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        ends = [writer]
        try:
            theirs, to_them = await self._connected()
            ends.append(to_them)
            async with asyncio.TaskGroup() as group:
                group.create_task(_pump(reader, to_them, None))
                group.create_task(_pump(theirs, writer, Count(self._limit)))
        except* (OSError, TooLong, EOFError):
            pass  # one end is gone, or must be
        finally:
            for end in ends:
                with contextlib.suppress(OSError, RuntimeError):
                    end.transport.abort()

    async def _connected(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """The connection to the kernel, as soon as it listens."""
        while True:
            with contextlib.suppress(FileNotFoundError, ConnectionRefusedError):
                return await asyncio.open_unix_connection(self._inside, limit=AT_ONCE)
            await asyncio.sleep(POLL_S)


async def _pump(source: asyncio.StreamReader, target: asyncio.StreamWriter, count: Count | None) -> None:
    """Pass on until the source ends, which ends the other direction, too."""
    spent = 0.0
    while data := await source.read(AT_ONCE if count is None else COUNTED_AT_ONCE):
        if count is not None:
            begun = time.thread_time()
            count.take(data)
            spent += time.thread_time() - begun
        target.write(data)
        await target.drain()
        # What has come already is read without waiting, and gives no turn to others.
        await asyncio.sleep(0 if spent < REST_AFTER_S else RESTS * spent)
        spent = spent if spent < REST_AFTER_S else 0.0
    raise EOFError
