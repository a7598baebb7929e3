"""Kernels on request: one warm parent per Keras generation, a cold one where that is not possible."""

from __future__ import annotations

import asyncio
import concurrent.futures
import logging
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any, TypeVar

from nbformat import NotebookNode

from grader.kernel import environment
from grader.kernel.bounds.limits import Limits
from grader.kernel.bounds.processors import Processors
from grader.kernel.errors import KernelLost, LaunchError
from grader.kernel.generation import Generation
from grader.kernel.kernel import Kernel
from grader.kernel.parents.parent import Parent
from grader.kernel.parents.program import CAN_BE_WARM, Program, launch
from grader.kernel.process.birth import Birth
from grader.kernel.session import Session

ABORTED_WITHIN_S = 1.0

T = TypeVar("T")
log = logging.getLogger("grader.kernel")


class LoopThread:
    """An event loop in a thread of its own."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="kernels", daemon=True)
        self._thread.start()

    def wait(self, work: Coroutine[Any, Any, T]) -> T:
        """Have the work done; its result, or its error raised here. An interrupt here cancels it there.

        Raises KernelLost if the thread has ended.
        """
        if self._loop.is_closed():
            work.close()
            raise KernelLost("the pool of kernels was left")
        future = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return future.result()
        except BaseException:
            future.cancel()
            raise

    def start(self, work: Coroutine[Any, Any, T]) -> concurrent.futures.Future[T]:
        """Have the work begun."""
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def stop(self) -> None:
        """Cancel what is still under way, wait for helpers, and end the thread."""
        self.wait(_cancel_others())
        self.wait(self._loop.shutdown_default_executor())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


async def _cancel_others() -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


class KernelPool:
    """Starts kernels, and ends them all when it is left.

    `seed` is the randomness that kernels are told (`GRADER_SEED`). With `warm=False` every kernel imports TensorFlow
    itself; this also happens where a warm parent cannot work, and `why_cold` then says why. `seal` names the module
    that locks a kernel's process in: see `birth.Seal`. `started` is a program that was launched earlier, with the same
    seed and seal, so that it had time to import; the pool ends it. So many kernels `beside` one another have processors
    of their own each.
    """

    def __init__(
        self,
        *,
        seed: int = 0,
        warm: bool = True,
        seal: str | None = None,
        started: Program | None = None,
        beside: int = 1,
    ) -> None:
        self.seed = seed
        self.seal = seal
        self._started = started
        self.why_cold: dict[Generation, str] = {}
        self._warm = warm and CAN_BE_WARM
        self._parents: dict[Generation, Parent] = {}
        self._starting: dict[Generation, asyncio.Lock] = {2: asyncio.Lock(), 3: asyncio.Lock()}
        self._preparing: list[concurrent.futures.Future[Parent]] = []
        self._sessions: set[Session] = set()
        self._launching = threading.Lock()
        self._programs: list[Program] = [] if started is None else [started]
        self._processors = Processors(beside)
        self._born = 0
        self.left = False

    def __enter__(self) -> KernelPool:
        self._loop = LoopThread()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.left = True
        try:
            if error is not None:  # What still runs in other threads ends with its kernel.
                self._loop.wait(self._close_parents())
            for session in list(self._sessions):
                session.close()
            for started in self._preparing:
                started.cancel()
            self._loop.wait(self._close_parents())
            if self._started is not None:
                self._started.end()
        finally:
            self._loop.stop()

    def abort(self) -> None:
        """End all programs, kernels and all that they started, now. May be called while others work with the pool."""
        self.left = True
        with self._launching:  # what is being launched is on the list then, and nothing comes after it
            pass
        for program in self._programs:
            program.process.terminate()
        for program in self._programs:
            program.end(ABORTED_WITHIN_S)

    def prepare(self, *generations: Generation) -> None:
        """Begin to import in the background, so that the first kernel of each generation comes sooner."""
        for generation in generations:
            self._preparing.append(self._loop.start(self._parent(generation)))

    @contextmanager
    def session(
        self, notebook: NotebookNode, generation: Generation, limits: Limits | None = None
    ) -> Iterator[Session]:
        """Run a notebook: a session whose kernel is ready, and is ended when the block is left.

        `notebook` is written to as cells run. Raises LaunchError if no kernel can be started.
        """
        given = limits or Limits()
        with self._processors.part() as processors:
            session = Session(
                self._loop, notebook, generation, given, lambda: self._kernel(notebook, generation, given, processors)
            )
            self._sessions.add(session)
            try:
                session.restart()
                yield session
            finally:
                session.close()
                self._sessions.discard(session)

    async def _kernel(
        self, notebook: NotebookNode, generation: Generation, limits: Limits, processors: tuple[int, ...]
    ) -> Kernel:
        if self.left:
            raise KernelLost("the pool of kernels was left")
        parent = await self._parent(generation)
        self._born += 1
        own = parent.folder / f"k{self._born}"
        variables = {**environment.variables(self.seed, own), **environment.of_keras(generation)}
        plots = any("matplotlib" in cell.source for cell in notebook.cells)
        return await Kernel.fork(parent, Birth(str(own), variables, limits, plots, processors))

    async def _parent(self, generation: Generation) -> Parent:
        """The generation's parent, started if there is none or it has ended; a cold one where no warm one works."""
        async with self._starting[generation]:
            parent = self._parents.pop(generation, None)
            if parent is not None and not parent.alive:
                await parent.close()
                parent = None
            self._parents[generation] = parent = parent or await self._start(generation)
            return parent

    async def _start(self, generation: Generation) -> Parent:
        if self._warm and generation not in self.why_cold:
            try:
                return await Parent.of(self._program(generation), generation)
            except LaunchError as error:
                self.why_cold[generation] = str(error)
                log.warning("each kernel of Keras %d imports TensorFlow itself: %s", generation, error)
        return await Parent.of(self._launched(warm=False), generation)

    def _program(self, generation: Generation) -> Program:
        """A warm program: the one that was started before, if it was told this generation or none."""
        if self._started is not None and self._started.generation in (None, generation):
            started, self._started = self._started, None
            return started
        return self._launched(warm=True)

    def _launched(self, *, warm: bool) -> Program:
        with self._launching:
            if self.left:
                raise LaunchError("the pool of kernels was left")
            program = launch(self.seed, warm=warm, seal=self.seal)
            self._programs.append(program)
            return program

    async def _close_parents(self) -> None:
        for generation, starting in self._starting.items():
            async with starting:
                parent = self._parents.pop(generation, None)
                if parent is not None:
                    await parent.close()
