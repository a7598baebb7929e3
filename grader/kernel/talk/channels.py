"""The grader's end of a kernel's channels: nothing that a kernel sends raises an error or fills the memory."""

from __future__ import annotations

import asyncio
import math
import time
import uuid
from collections.abc import Callable
from queue import Empty
from typing import Any

import zmq
import zmq.asyncio
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.channels import AsyncZMQSocketChannel
from jupyter_client.session import Session
from traitlets import Dict, Type

from grader.kernel.bounds import limits
from grader.kernel.errors import KernelLost
from grader.kernel.talk import messages

WATCH_S = 0.1
"""So often is looked whether the connection was cut."""

HEAVY_S, RESTS = 0.02, 3
"""After a message that took so much time of the processor to read, a channel rests, so many times as long: all kernels
share one event loop, and one that sends nothing else must leave most of it to the others."""


class UnguessedSession(Session):
    """Numbers requests so that nobody can reply before there is one: jupyter_client's own numbers are counted up."""

    @property
    def msg_id(self) -> str:
        """A new number."""
        return uuid.uuid4().hex


class SturdyChannel(AsyncZMQSocketChannel):
    """Hands out readable messages only, and opens its connection anew when it was cut.

    ZeroMQ cuts a connection on a message that is larger than allowed, and does not open it again.
    """

    cuts = 0
    """So many times the connection was cut."""

    _took_s = 0.0
    """So much time the last message took to read, where it was heavy."""

    only: str | None = None
    """While set, messages of other types than this are dropped: their sender means them to be taken for one."""

    def watch(self, reopen: Callable[[], zmq.asyncio.Socket]) -> None:
        """Begin to watch the connection; `reopen` makes a new socket, connected as this one was."""
        self._reopen = reopen
        self._monitor = self._own_socket().get_monitor_socket(zmq.EVENT_DISCONNECTED)

    async def get_msg(self, timeout: float | None = None) -> messages.Message:  # type: ignore[override]
        """The next readable message. Raises queue.Empty if there is none within `timeout` seconds."""
        deadline = math.inf if timeout is None else time.monotonic() + timeout
        while True:
            # Where messages come without a pause, awaiting them never lets other tasks run: the watchdog, for one.
            rest, self._took_s = RESTS * self._took_s, 0.0
            await asyncio.sleep(rest)
            left = max(0.0, deadline - time.monotonic())
            try:
                message = await super().get_msg(min(left, WATCH_S))
            except Empty:
                await self._mend()
                message = {}
            if message and self.only in (None, message["msg_type"]):
                return message
            if left == 0:
                raise Empty

    async def _recv(self, **kwargs: Any) -> messages.Message:  # type: ignore[override]
        """A message, or an empty one in the place of what cannot be read."""
        frames = await self._own_socket().recv_multipart(**kwargs)
        begun = time.thread_time()
        try:
            return self._read(frames)
        finally:
            took = time.thread_time() - begun
            self._took_s = took if took > HEAVY_S else 0.0

    def _read(self, frames: list[bytes]) -> messages.Message:
        if messages.values(frames) > limits.MAX_VALUES:
            return {}
        try:
            _, rest = self.session.feed_identities(frames)
            if any(len(head) > limits.MAX_HEAD_BYTES for head in rest[1:3]):
                return {}  # jupyter_client looks for dates in them, which takes a thousand times as long as reading
            return messages.readable(self.session.deserialize(rest)) or {}
        except Exception:
            # Whatever can be wrong with bytes: no delimiter, a bad signature, no JSON, JSON nested too deeply ...
            return {}

    async def _mend(self) -> None:
        if await self._monitor.poll(0):
            self.cuts += 1
            self.close()
            self.socket = self._reopen()
            self.watch(self._reopen)

    def close(self) -> None:
        """Close the connection."""
        if self.socket is not None:
            self.socket.disable_monitor()
        super().close()

    stop = close

    def _own_socket(self) -> zmq.asyncio.Socket:
        if self.socket is None:
            raise KernelLost("the kernel's channels are closed")
        return self.socket


class SturdyClient(AsyncKernelClient):
    """A client whose channels for requests and for output are sturdy. It has no others."""

    shell_channel_class = Type(SturdyChannel)
    iopub_channel_class = Type(SturdyChannel)

    gates = Dict(help="Where each channel is reached: see `gate`.")

    def _make_url(self, channel: str) -> str:
        return f"ipc://{self.gates[channel]}"

    def open(self) -> None:
        """Open the channels. Nobody answers questions of student code, and heartbeats say less than the process."""
        self.start_channels(stdin=False, hb=False, control=False)
        self.shell_channel.watch(lambda: self.connect_shell(identity=self.session.bsession))
        self.iopub_channel.watch(self.connect_iopub)

    def leave(self) -> None:
        """Close the channels."""
        for channel in (self._shell_channel, self._iopub_channel):
            if channel is not None:
                channel.close()


def context() -> zmq.asyncio.Context:
    """A context whose sockets take only messages of bounded size, and only a few at a time.

    What is not taken stays in the kernel's process, where the kernel's memory limit counts it.
    """
    made = zmq.asyncio.Context()
    made.setsockopt(zmq.MAXMSGSIZE, limits.MAX_MESSAGE_BYTES)
    made.setsockopt(zmq.RCVHWM, limits.MAX_WAITING_MESSAGES)
    # A request to a kernel that takes none must fail (zmq.Again), not stop the event loop.
    made.setsockopt(zmq.SNDTIMEO, 0)
    # A gate accepts at once, and a kernel that imports everything itself answers much later.
    made.setsockopt(zmq.HANDSHAKE_IVL, 0)
    return made
