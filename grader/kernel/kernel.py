"""One running kernel: its folder, its process, its channels."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import json
import logging
import math
import os
import shutil
import signal
import time
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty
from typing import cast

import zmq
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager

from grader.kernel.bounds import usage
from grader.kernel.bounds.limits import MAX_MESSAGE_BYTES
from grader.kernel.bounds.patience import Patience, Schedule, look
from grader.kernel.errors import KernelLost, LaunchError
from grader.kernel.parents.parent import Parent, tail
from grader.kernel.parents.provisioner import ForkProvisioner
from grader.kernel.process import folder
from grader.kernel.process.birth import Birth
from grader.kernel.talk import channels, messages
from grader.kernel.talk.gate import Gate
from grader.protocol.operations import REPLY, REQUEST, Request

POLL_S = 0.1
LOOK_AGAIN_S = 1.0
"""So often is looked whether the kernel lives."""

ENDS_WITHIN_S = 5.0
ENDS_BY_ITSELF_WITHIN_S = 0.3
ENDS_AFTER_CUT_WITHIN_S = 2.0
DRAIN_S = 0.2
ROOM = 1 << 16
"""So many bytes must be free for what a kernel writes when it starts."""


log = logging.getLogger("grader.kernel")
log.addHandler(logging.NullHandler())


def _manager(birth: Birth, spec: KernelSpec) -> AsyncKernelManager:
    """The manager of a kernel that is not yet started, over Unix sockets in the kernel's own folder."""
    manager = AsyncKernelManager(
        transport="ipc",
        connection_file=birth.connection_file,
        ip=str(Path(birth.folder) / "s"),
        context=channels.context(),
        client_factory=channels.SturdyClient,
        session=channels.UnguessedSession(),
        log=log,
    )
    manager._kernel_spec = spec
    return manager


@dataclass(slots=True)
class Kernel:
    """A kernel that answered once. Belongs to the event loop's thread."""

    manager: AsyncKernelManager
    birth: Birth
    warm: bool
    sandbox: tuple[str, ...] = ()
    """What the kernel's seal says that holds it."""
    excess: str | None = None
    """Why it was ended, where it used more than it may; in words for the student."""
    _seen: Schedule = field(default_factory=lambda: Schedule({}))
    _looked_at: float = -math.inf
    _watching: asyncio.Task[None] | None = None
    _client: channels.SturdyClient | None = None
    _gates: dict[str, Gate] = field(default_factory=dict)

    @property
    def client(self) -> channels.SturdyClient:
        """The channels, while the kernel is open."""
        if self._client is None:
            raise KernelLost("the kernel is closed")
        return self._client

    @classmethod
    async def fork(cls, parent: Parent, birth: Birth) -> Kernel:
        """Have one forked by a parent.

        Raises LaunchError if it is not ready within the limit for starting, or the system lacks what it needs.
        """
        try:
            return await cls._forked(parent, birth)
        except (OSError, zmq.ZMQError) as error:
            where = Path(birth.folder).parent.parent
            raise LaunchError(
                f"no kernel could be started: {error.strerror} (its files are in {where}; TMPDIR names another place)"
            ) from error

    @classmethod
    async def _forked(cls, parent: Parent, birth: Birth) -> Kernel:
        spec = KernelSpec(argv=[], display_name="grader", language="python")
        manager = _manager(birth, spec)
        provisioner = ForkProvisioner(kernel_id="", kernel_spec=spec, parent=manager)
        provisioner.birth, provisioner.parent_of_kernels = birth, parent
        manager.provisioner = provisioner
        kernel = cls(manager, birth, parent.warm)
        try:
            await asyncio.to_thread(folder.furnish, Path(birth.folder))
            await manager.start_kernel()
            await kernel._await_ready(birth.limits.start_s)
            kernel.sandbox = _sandbox(birth)
            kernel._watching = asyncio.create_task(kernel._watch())
        except BaseException:
            await kernel.close()
            raise
        return kernel

    async def _await_ready(self, within_s: float) -> None:
        self._client = cast("channels.SturdyClient", self.manager.client(context=self.manager.context))
        await self._open_gates(self._client)
        self._client.open()
        asked = self.client.kernel_info()
        deadline = time.monotonic() + within_s
        while True:
            try:
                reply = await self.client.shell_channel.get_msg(timeout=POLL_S)
            except Empty:
                await self._check_start(deadline, within_s)
                continue
            if reply["parent_header"].get("msg_id") == asked:
                break
        await self._await_output_channel(deadline, within_s)

    async def _open_gates(self, client: channels.SturdyClient) -> None:
        ports = {"shell": client.shell_port, "iopub": client.iopub_port}
        own = Path(self.birth.folder)
        self._gates = {
            channel: Gate(own / f"s-{port}", own.with_name(f"{own.name}.{port}"), MAX_MESSAGE_BYTES)
            for channel, port in ports.items()
        }
        for gate in self._gates.values():
            await gate.open()
        client.gates = {channel: gate.outside for channel, gate in self._gates.items()}

    async def _await_output_channel(self, deadline: float, within_s: float) -> None:
        """Output before the subscription has reached the kernel would be lost: wait for the first message."""
        while True:
            try:
                await self.client.iopub_channel.get_msg(timeout=POLL_S)
            except Empty:
                await self._check_start(deadline, within_s)
                self.client.kernel_info()
            else:
                return

    async def _watch(self) -> None:
        """End the kernel when it, and all that it started, use more than they may."""
        # With files in memory, only names of sockets can be made in it, which is where a kernel has its own.
        files = Path(self.birth.folder)
        provisioner = cast("ForkProvisioner", self.manager.provisioner)
        if provisioner.child is None:
            return
        counted = "own-files" in self.sandbox
        watch = usage.Watch(provisioner.child.pid, self.birth.limits, files, counted=counted)
        while provisioner.child is not None:
            used = await asyncio.to_thread(watch.look)
            if used.excess is not None:
                self.excess = used.excess
                await self.kill()
                return
            await asyncio.sleep(used.look_again_s)

    async def _check_start(self, deadline: float, within_s: float) -> None:
        if not await self.alive():
            raise LaunchError(f"the kernel ended while starting: {self._last_words()}")
        if time.monotonic() > deadline:
            raise LaunchError(f"the kernel was not ready after {within_s:.0f} s: {self._last_words()}")

    def _last_words(self) -> str:
        """What a kernel said that did not come to start; on a full disk that is not to be had either."""
        where = Path(self.birth.folder).parent
        with contextlib.suppress(OSError):
            if shutil.disk_usage(where).free < ROOM:
                return f"{os.strerror(errno.ENOSPC)} in {where.parent} (TMPDIR names another place)"
        return tail(Path(self.birth.log)) or "it said nothing"

    async def alive(self) -> bool:
        """Whether the process runs."""
        return bool(await self.manager.is_alive())

    def patience(self, limit_s: float) -> Patience:
        """A time limit for what runs in it from now on, which is not reached by waiting for others."""
        provisioner = cast("ForkProvisioner", self.manager.provisioner)
        pid = None if provisioner is None or provisioner.child is None else provisioner.child.pid
        if pid is not None and time.monotonic() - self._looked_at > LOOK_AGAIN_S:
            self._seen, self._looked_at = look(pid), time.monotonic()
        return Patience(pid, limit_s, max(1, len(self.birth.processors)), self._seen)

    def waited_since_birth(self, took_s: float) -> float:
        """So much of the time that its birth took was waited for others."""
        provisioner = cast("ForkProvisioner", self.manager.provisioner)
        if provisioner is None or provisioner.child is None:
            return 0.0
        since = look(provisioner.child.pid)
        return since.waited_for_others(Schedule({}), took_s, max(1, len(self.birth.processors)))

    async def interrupt(self) -> None:
        """Raise KeyboardInterrupt in what runs."""
        if await self.alive():
            await self.manager.signal_kernel(signal.SIGINT)

    async def kill(self) -> None:
        """End the process and wait for its end."""
        provisioner = self.manager.provisioner
        if provisioner is not None and provisioner.has_process:
            await provisioner.kill()
            # A process that does not end on this is stuck in the operating system; its parent waits for it.
            await self._wait_for_end(ENDS_WITHIN_S)

    async def _ask_to_end(self) -> None:
        """Let the process end by itself, so that the time that it took is counted by those who wait for it."""
        provisioner = self.manager.provisioner
        if provisioner is not None and provisioner.has_process:
            await provisioner.terminate()
            await self._wait_for_end(ENDS_BY_ITSELF_WITHIN_S)

    async def _wait_for_end(self, within_s: float) -> None:
        provisioner = self.manager.provisioner
        if provisioner is not None:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(within_s):
                    await provisioner.wait()

    async def close(self) -> None:
        """End the process, close the channels, remove the folder."""
        if self._watching is not None:
            self._watching.cancel()
        try:
            await self._ask_to_end()
            await self.kill()
        finally:
            if self._client is not None:
                self._client.leave()
                self._client = None
            self.manager.context.destroy(linger=0)
            for gate in self._gates.values():
                await gate.close()
            await asyncio.to_thread(folder.remove, Path(self.birth.folder))
            for left in (self.birth.log, self.birth.sealed):
                Path(left).unlink(missing_ok=True)

    async def request(self, asked: Request, patience: Patience) -> messages.Message | None:
        """Ask the probe; the content of its reply, or None if none came within the limit.

        Replies to earlier requests are skipped. Raises KernelLost if the kernel ends, and ConnectionError if it
        sends more than `MAX_MESSAGE_BYTES`.
        """
        channel = self.client.shell_channel
        cuts = channel.cuts
        message = self.client.session.msg(REQUEST, asked.written())
        try:
            channel.send(message)
        except zmq.Again:
            raise ConnectionError("the kernel takes no requests") from None
        while (left := patience.left()) > 0:
            try:
                reply = await channel.get_msg(timeout=min(left, POLL_S))
            except Empty:
                cut = channel.cuts > cuts
                if cut:  # A process that ends closes its sockets before its end is known.
                    await self._wait_for_end(ENDS_AFTER_CUT_WITHIN_S)
                if not await self.alive():
                    raise KernelLost("the kernel ended while it was asked") from None
                if cut:
                    limit = f"{MAX_MESSAGE_BYTES >> 20} MB"
                    raise ConnectionError(f"the kernel sent more than {limit} or closed its channel") from None
                continue
            if reply["msg_type"] == REPLY and reply["parent_header"].get("msg_id") == message["msg_id"]:
                return reply["content"]  # type: ignore[no-any-return]
        return None

    async def responds(self, within_s: float) -> bool:
        """Whether the kernel has time for a new request."""
        try:
            asked = self.client.kernel_info()
        except zmq.Again:
            return False
        patience = self.patience(within_s)
        while (left := patience.left()) > 0:
            try:
                reply = await self.client.shell_channel.get_msg(timeout=min(left, POLL_S))
            except Empty:
                if not await self.alive():
                    return False
                continue
            if reply["parent_header"].get("msg_id") == asked:
                return True
        return False

    async def drain(self) -> None:
        """Take what waits on the output channel: it belongs to no cell, and its place is needed."""
        end = time.monotonic() + DRAIN_S
        with contextlib.suppress(Empty):
            while time.monotonic() < end:
                await self.client.iopub_channel.get_msg(timeout=0)


def _sandbox(birth: Birth) -> tuple[str, ...]:
    written = Path(birth.sealed)
    return tuple(json.loads(written.read_text())) if written.exists() else ()
