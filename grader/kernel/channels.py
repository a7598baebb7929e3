"""The grader's end of a kernel's channels: nothing that a kernel sends raises an error or fills the memory."""

from __future__ import annotations

import asyncio
import time
from queue import Empty
from typing import Any

import zmq
import zmq.asyncio
from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.channels import AsyncZMQSocketChannel
from traitlets import Type

from grader.kernel import limits, messages


class SturdyChannel(AsyncZMQSocketChannel):
    """Hands out readable messages only and skips all others."""

    async def get_msg(self, timeout: float | None = None) -> messages.Message:
        """The next readable message. Raises queue.Empty if there is none within `timeout` seconds."""
        deadline = None if timeout is None else time.monotonic() + timeout
        while True:
            # Where messages come without a pause, awaiting them never lets other tasks run: the watchdog, for one.
            await asyncio.sleep(0)
            left = None if deadline is None else max(0.0, deadline - time.monotonic())
            message = await super().get_msg(left)
            if message:
                return message
            if left == 0:
                raise Empty

    async def _recv(self, **kwargs: Any) -> messages.Message:
        """A message, or an empty one in the place of what cannot be read."""
        if self.socket is None:
            raise Empty
        frames = await self.socket.recv_multipart(**kwargs)
        try:
            _, rest = self.session.feed_identities(frames)
            return messages.readable(self.session.deserialize(rest)) or {}
        except Exception:
            # Whatever can be wrong with bytes: no delimiter, a bad signature, no JSON, JSON nested too deeply ...
            return {}


class SturdyClient(AsyncKernelClient):
    """A client of sturdy channels, which also notices when a connection is cut because a message was too large."""

    shell_channel_class = Type(SturdyChannel)  # type: ignore[assignment]
    iopub_channel_class = Type(SturdyChannel)  # type: ignore[assignment]

    _monitor: zmq.asyncio.Socket | None = None

    def watch(self) -> None:
        """Begin to watch the shell channel's connection."""
        socket = self.shell_channel.socket
        self._monitor = socket.get_monitor_socket(zmq.EVENT_DISCONNECTED)

    async def was_cut(self) -> bool:
        """Whether the connection was cut since this was last asked."""
        cut = False
        while self._monitor is not None and await self._monitor.poll(0):
            await self._monitor.recv_multipart()
            cut = True
        return cut

    def leave(self) -> None:
        """Close the channels."""
        if self._monitor is not None:
            self.shell_channel.socket.disable_monitor()
            self._monitor = None
        for channel in (self._shell_channel, self._iopub_channel):
            if channel is not None:
                channel.stop()


def context() -> zmq.asyncio.Context:
    """A context whose sockets take only messages of bounded size, and only a few at a time.

    What is not taken stays in the kernel's process, where the kernel's memory limit counts it.
    """
    made = zmq.asyncio.Context()
    made.setsockopt(zmq.MAXMSGSIZE, limits.MAX_MESSAGE_BYTES)
    made.setsockopt(zmq.RCVHWM, limits.MAX_WAITING_MESSAGES)
    return made
