"""A notebook being run: one cell at a time, and questions to its live objects in between."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Protocol, TypeVar

import zmq
from nbclient.exceptions import DeadKernelError
from nbformat import NotebookNode

from grader.kernel.bounds.limits import Limits
from grader.kernel.bounds.patience import BY_THE_CLOCK, Patience
from grader.kernel.client import CellClient
from grader.kernel.errors import KernelLost, ProbeError, ProbeFailure, ProbeNonsense, ProbeTimeout
from grader.kernel.generation import Generation
from grader.kernel.kernel import POLL_S, Kernel
from grader.kernel.runs import CellRun, CellStatus, cell_error
from grader.kernel.talk.messages import clean
from grader.protocol.operations import Begin, Request

T = TypeVar("T")

BEGIN_WITHIN_S = 60.0
ASK_WITHIN_S = 30.0
MAX_PROBE_TEXT = 2_000
OVER = "the time for the whole notebook was over"


class Loop(Protocol):
    """The thread of an event loop, waited for from other threads."""

    def wait(self, work: Coroutine[Any, Any, T]) -> T:
        """Have the work done in the loop's thread; its result, or its error raised here."""


class Session:
    """A notebook and its kernel. Every method may be called from any thread and returns when its work is done."""

    def __init__(
        self,
        loop: Loop,
        notebook: NotebookNode,
        generation: Generation,
        limits: Limits,
        new_kernel: Callable[[], Awaitable[Kernel]],
    ) -> None:
        self.notebook = notebook
        self.generation = generation
        self.limits = limits
        self.ran_s, self.asked_s, self.restarted_s = 0.0, 0.0, 0.0
        """So much time the cells, the asking, and kernels after the first have taken of the notebook's limit."""
        self._clock_s = 0.0
        """What all that took by the clock, waiting for others included."""
        self.silenced = False
        """Whether something was not asked any more, because the time was over."""
        self._loop = loop
        self._new_kernel = new_kernel
        self._kernel: Kernel | None = None
        self._client: CellClient | None = None
        self._turn = asyncio.Lock()

    def run_cell(self, index: int, *, seed: int | None = None, outside: bool = False) -> CellRun:
        """Run the cell at `index`; with a seed, all randomness starts from it first.

        In one `outside` of the answers each statement runs on its own, behind one that fails, too.

        The outputs are written into the notebook, in the place of those that were saved. An error of the cell is a
        result and not raised. A cell without code is `ok`.
        """
        return self._loop.wait(self._in_turn(self._run_cell(index, seed, outside)))

    def ask(self, request: Request, /, *, timeout: float = ASK_WITHIN_S) -> Any:
        """Ask the probe in the kernel; the value of its answer, which is JSON from hostile code.

        No trace is left in the student's namespace. Raises ProbeError, ProbeTimeout, ProbeNonsense or KernelLost.
        After a timeout the kernel is interrupted, and killed if it ignores that. What asking takes is counted in the
        time of the notebook: see `Limits.asking_s`.
        """
        return self._loop.wait(self._in_turn(self._ask(request, timeout)))

    def restart(self) -> None:
        """Take a new kernel, in which nothing has run. Raises LaunchError.

        What that takes after the first kernel is counted in the time of the notebook: it ended the one before.
        """
        self._loop.wait(self._in_turn(self._restart()))

    def close(self) -> None:
        """End the kernel and all that it started, and remove its folder. May be called again."""
        if self._kernel is not None:
            self._loop.wait(self._in_turn(self._close()))

    @property
    def alive(self) -> bool:
        """Whether there is a kernel to ask."""
        return self._kernel is not None and self._loop.wait(self._kernel.alive())

    @property
    def warm(self) -> bool:
        """Whether the kernel was forked from a warm parent."""
        return self._kernel is not None and self._kernel.warm

    @property
    def sandbox(self) -> tuple[str, ...]:
        """What holds the kernel in, by name; nothing where no seal was asked for."""
        return () if self._kernel is None else self._kernel.sandbox

    @property
    def taken_s(self) -> float:
        """So much of the notebook's limit is taken."""
        return self.ran_s + self.asked_s + self.restarted_s

    async def _in_turn(self, work: Coroutine[Any, Any, T]) -> T:
        async with self._turn:
            return await work

    async def _restart(self) -> None:
        first, begun = self._kernel is None, time.monotonic()
        await self._close()
        self._kernel = kernel = await self._new_kernel()
        self._client = CellClient.of(self.notebook, kernel)
        if not first:
            took = time.monotonic() - begun
            self.restarted_s += took - kernel.waited_since_birth(took)
            self._clock_s += took

    async def _close(self) -> None:
        kernel, self._kernel, self._client = self._kernel, None, None
        if kernel is not None:
            await kernel.close()

    async def _run_cell(self, index: int, seed: int | None, outside: bool) -> CellRun:
        cell = self.notebook.cells[index]
        if cell.cell_type != "code":
            return CellRun(index, "ok", None, 0.0)
        cell.outputs, cell.execution_count = [], None
        if not cell.source.strip():
            return CellRun(index, "ok", None, 0.0)
        time_left = self._left(self.limits.notebook_s)
        kernel, client = self._kernel, self._client
        if kernel is None or client is None or time_left <= 0 or not await kernel.alive():
            return CellRun(index, "not_run", None, 0.0)
        try:
            await self._begin(Begin(index, seed, outside))
        except KernelLost:
            return CellRun(index, "dead", None, 0.0)
        patience = kernel.patience(min(self.limits.cell_s, time_left))
        watchdog = Watchdog(kernel, patience, self.limits.grace_s)
        try:
            return await self._executed(client, watchdog, index, patience)
        finally:
            await watchdog.stop()
            self.ran_s += patience.used()
            self._clock_s += patience.took()

    async def _executed(self, client: CellClient, watchdog: Watchdog, index: int, patience: Patience) -> CellRun:
        status: CellStatus
        error = None
        try:
            reply = await client.run(index, self.limits.output_bytes)
        except (DeadKernelError, zmq.Again):
            await client.kernel.kill()  # In case that it lives, but takes no requests.
            status = "timeout" if watchdog.barked else "dead"
        else:
            error = cell_error(reply) if reply["status"] == "error" else None
            status = "timeout" if watchdog.barked else "error" if error else "ok"
        return CellRun(index, status, error, patience.used(), client.allowance.dropped, client.kernel.excess)

    async def _begin(self, begin: Begin) -> None:
        """Tell the probe which cell comes. If student code has broken the probe, the cell is run all the same."""
        try:
            await self._ask(begin, BEGIN_WITHIN_S)
        except ProbeFailure:
            if self._kernel is None or not await self._kernel.alive():
                raise KernelLost("the kernel did not take up the next cell") from None

    async def _ask(self, request: Request, timeout: float) -> Any:
        kernel = self._kernel
        if kernel is None or not await kernel.alive():
            raise KernelLost("the kernel has ended; `restart` gives a new one")
        left = self._left(self.limits.notebook_s + self.limits.asking_s)
        if left <= 0:
            self.silenced = True
            raise ProbeTimeout(request.name, OVER)
        patience = kernel.patience(min(timeout, left))
        try:
            reply = await self._reply(kernel, request, patience)
        finally:
            self.asked_s += patience.used()
            self._clock_s += patience.took()
        if reply is None:
            raise ProbeTimeout(request.name, f"no answer came within {timeout:g} s" if timeout <= left else OVER)
        return _value(request.name, reply)

    async def _reply(self, kernel: Kernel, request: Request, patience: Patience) -> dict[str, Any] | None:
        """What the kernel replies, None where that takes too long; it is ready for the next request then, or dead."""
        try:
            reply = await kernel.request(request, patience)
        except ConnectionError as error:
            raise ProbeNonsense(request.name, str(error)) from error
        finally:
            await kernel.drain()
        if reply is None:
            await self._make_responsive(kernel)
        return reply

    def _left(self, limit_s: float) -> float:
        """What is left of a limit for everything; by the clock, too, there is one behind it."""
        return min(limit_s - self.taken_s, BY_THE_CLOCK * limit_s - self._clock_s)

    async def _make_responsive(self, kernel: Kernel) -> None:
        await kernel.interrupt()
        if not await kernel.responds(self.limits.grace_s):
            await kernel.kill()


class Watchdog:
    """Watches one cell: interrupts its kernel when the time is up, and kills it after the grace.

    Also kills a kernel whose reply can no longer come, because it was too large to be taken.
    """

    def __init__(self, kernel: Kernel, patience: Patience, grace_s: float) -> None:
        self.barked = False
        self._kernel = kernel
        self._patience, self._grace_s = patience, grace_s
        self._task = asyncio.create_task(self._watch())

    async def _watch(self) -> None:
        channel = self._kernel.client.shell_channel
        cuts = channel.cuts
        while (left := self._patience.left()) > 0:
            await asyncio.sleep(min(left, POLL_S))
            if channel.cuts > cuts:
                await self._kernel.kill()
                return
        self.barked = True
        await self._kernel.interrupt()
        grace = self._kernel.patience(self._grace_s)
        while (left := grace.left()) > 0:
            await asyncio.sleep(min(left, POLL_S))
        await self._kernel.kill()

    async def stop(self) -> None:
        """The cell has ended."""
        self._task.cancel()
        await asyncio.wait([self._task])


def _value(op: str, reply: dict[str, Any]) -> Any:
    if reply.get("ok") is True and "value" in reply:
        return reply["value"]
    error = reply.get("error")
    if reply.get("ok") is not False or not isinstance(error, dict):
        raise ProbeNonsense(op, "the answer is not in the form of one")
    raise ProbeError(op, clean(error.get("type"), 200), clean(error.get("message"), MAX_PROBE_TEXT))
