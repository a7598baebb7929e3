"""The grader's side of a parent of kernels: starting it, having kernels forked, hearing of their ends."""

from __future__ import annotations

import asyncio
import contextlib
import json
import signal
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from grader.kernel.errors import LaunchError
from grader.kernel.generation import Generation
from grader.kernel.parents.program import Program
from grader.kernel.process.birth import Birth

READY_WITHIN_S = 120.0
"""Importing TensorFlow takes 3 to 5 s, and a minute or more from a cold disk."""

LOG_TAIL = 2_000


def tail(log: Path) -> str:
    """The end of what a process wrote before it could speak for itself."""
    with contextlib.suppress(OSError), log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - LOG_TAIL))
        return file.read(LOG_TAIL).decode("utf-8", "replace").strip()
    return ""


@dataclass(slots=True)
class Child:
    """A forked kernel. `exited` gives its exit status: the code, or the negative number of a signal."""

    pid: int
    exited: asyncio.Future[int]


@dataclass(slots=True)
class Parent:
    """A running program that is ready to fork. All methods belong to the event loop's thread, which must outlive it."""

    program: Program
    _reader: asyncio.StreamReader
    _writer: asyncio.StreamWriter
    _listening: asyncio.Task[None] | None = None
    _asked: dict[int, asyncio.Future[Child]] = field(default_factory=dict)
    _children: dict[int, Child] = field(default_factory=dict)
    _count: int = 0

    @classmethod
    async def of(cls, program: Program, generation: Generation) -> Parent:
        """Wait until a program is ready to fork kernels of this generation: a warm one imports everything first.

        Raises LaunchError that says what was in the way; the program has ended then.
        """
        program.choose(generation)
        parent = cls(program, *await asyncio.open_connection(sock=program.connection))
        try:
            async with asyncio.timeout(READY_WITHIN_S):
                await parent._hello()
        except BaseException as error:
            await parent.close()
            if isinstance(error, TimeoutError):
                raise LaunchError(f"the parent of kernels was not ready after {READY_WITHIN_S:.0f} s") from error
            raise
        parent._listening = asyncio.create_task(parent._listen())
        return parent

    @property
    def folder(self) -> Path:
        """Where the folders of its kernels are."""
        return self.program.folder

    @property
    def warm(self) -> bool:
        """Whether kernels have everything imported."""
        return self.program.warm

    @property
    def alive(self) -> bool:
        """Whether kernels can still be asked for."""
        return self._listening is not None and not self._listening.done()

    async def fork(self, birth: Birth) -> Child:
        """Have a kernel forked. Raises LaunchError where that is refused or the parent is gone."""
        if not self.alive:
            raise LaunchError("the parent of kernels has ended")
        self._count += 1
        asked: asyncio.Future[Child] = asyncio.get_running_loop().create_future()
        self._asked[self._count] = asked
        self._send({"fork": self._count, "birth": asdict(birth)})
        return await asked

    def signal(self, child: Child, signum: int) -> None:
        """Signal a kernel and all processes of its group. Does nothing once it has ended."""
        if not child.exited.done():
            self._send({"signal": int(signum), "pid": child.pid})

    async def close(self) -> None:
        """End the parent, all its kernels and all that they started, and remove its folder."""
        self._writer.close()
        if self._listening is not None:
            self._listening.cancel()
        await asyncio.to_thread(self.program.end)
        self._lost()

    async def _hello(self) -> None:
        line = b""
        with contextlib.suppress(OSError):  # it ended without having read what it was told
            line = await self._reader.readline()
        if not line:
            said = tail(self.program.log)
            raise LaunchError(f"the parent of kernels ended while importing: {said or 'it said nothing'}")

    async def _listen(self) -> None:
        try:
            while line := await self._reader.readline():
                self._hear(json.loads(line))
        except OSError:
            pass
        finally:
            self._lost()

    def _hear(self, message: dict[str, Any]) -> None:
        if "exited" in message:
            child = self._children.pop(message["exited"])
            child.exited.set_result(message["status"])
            return
        asked = self._asked.pop(message["forked"] if "forked" in message else message["refused"])
        if "refused" in message:
            asked.set_exception(LaunchError(message["reason"]))
            return
        child = Child(message["pid"], asyncio.get_running_loop().create_future())
        self._children[child.pid] = child
        if asked.cancelled():
            self.signal(child, signal.SIGKILL)
        else:
            asked.set_result(child)

    def _send(self, message: dict[str, Any]) -> None:
        with contextlib.suppress(OSError, RuntimeError):
            self._writer.write(json.dumps(message).encode() + b"\n")

    def _lost(self) -> None:
        """The parent is gone, and so are its kernels."""
        for asked in self._asked.values():
            if not asked.done():
                asked.set_exception(LaunchError("the parent of kernels has ended"))
        for child in self._children.values():
            if not child.exited.done():
                child.exited.set_result(-signal.SIGKILL)
        self._asked.clear()
        self._children.clear()
