"""Kernels on request: one warm parent per Keras generation, ordinary kernels where that is not possible."""

from __future__ import annotations

import asyncio
import concurrent.futures
import logging
import sys
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from nbformat import NotebookNode

from grader.kernel import environment, folder
from grader.kernel.birth import Birth
from grader.kernel.errors import LaunchError
from grader.kernel.generation import Generation
from grader.kernel.kernel import Kernel
from grader.kernel.limits import Limits
from grader.kernel.provisioner import ordinary_spec
from grader.kernel.session import Session
from grader.kernel.warm import WarmParent

T = TypeVar("T")
log = logging.getLogger("grader.kernel")


class LoopThread:
    """An event loop in a thread of its own."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="kernels", daemon=True)
        self._thread.start()

    def wait(self, work: Coroutine[Any, Any, T]) -> T:
        """Have the work done; its result, or its error raised here. An interrupt here cancels it there."""
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
        """Wait for helpers and end the thread."""
        self.wait(self._loop.shutdown_default_executor())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


class KernelPool:
    """Starts kernels, and ends them all when it is left.

    `seed` is the randomness that kernels are told (`GRADER_SEED`). With `warm=False` every kernel is an ordinary one,
    as also happens by itself where there is no Linux or the warm parent cannot work; `why_ordinary` then says why.
    `seal` names a function, `module:function`, that locks a kernel's process in: see `birth.Seal`.
    """

    def __init__(self, *, seed: int = 0, warm: bool = True, seal: str | None = None) -> None:
        self.seed = seed
        self.seal = seal
        self.why_ordinary: dict[Generation, str] = {}
        self._warm = warm and sys.platform == "linux"
        self._parents: dict[Generation, WarmParent] = {}
        self._starting = {2: asyncio.Lock(), 3: asyncio.Lock()}
        self._sessions: set[Session] = set()
        self._born = 0

    def __enter__(self) -> KernelPool:
        self._folder = folder.make()
        self._loop = LoopThread()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            for session in list(self._sessions):
                session.close()
            self._loop.wait(self._close_parents())
        finally:
            self._loop.stop()
            folder.remove(self._folder)

    def prepare(self, *generations: Generation) -> None:
        """Begin to import in the background, so that the first kernel of each generation comes sooner."""
        for generation in generations:
            self._loop.start(self._parent(generation))

    @contextmanager
    def session(
        self, notebook: NotebookNode, generation: Generation, limits: Limits | None = None
    ) -> Iterator[Session]:
        """Run a notebook: a session whose kernel is ready, and is ended when the block is left.

        `notebook` is written to as cells run. Raises LaunchError if no kernel can be started.
        """
        given = limits or Limits()
        session = Session(self._loop, notebook, generation, given, lambda: self._kernel(generation, given))
        self._sessions.add(session)
        try:
            session.restart()
            yield session
        finally:
            session.close()
            self._sessions.discard(session)

    async def _kernel(self, generation: Generation, limits: Limits) -> Kernel:
        parent = await self._parent(generation)
        if parent is not None:
            try:
                return await Kernel.fork(parent, self._birth(generation, parent.folder), limits.start_s)
            except LaunchError as error:
                self._note(generation, error)
        birth = self._birth(generation, self._folder)
        return await Kernel.run(ordinary_spec(generation, birth, self.seal), birth, limits.start_s)

    async def _parent(self, generation: Generation) -> WarmParent | None:
        """The warm parent, started if there is none or it has ended; None where it cannot work."""
        async with self._starting[generation]:
            parent = self._parents.get(generation)
            if parent is not None and parent.alive:
                return parent
            if parent is not None:
                await parent.close()
                del self._parents[generation]
            if not self._warm or generation in self.why_ordinary:
                return None
            try:
                self._parents[generation] = await WarmParent.start(generation, self.seed, self.seal)
            except LaunchError as error:
                self._note(generation, error)
            return self._parents.get(generation)

    def _note(self, generation: Generation, error: LaunchError) -> None:
        self.why_ordinary[generation] = str(error)
        log.warning("kernels of Keras %d are started anew each time: %s", generation, error)

    def _birth(self, generation: Generation, inside: Path) -> Birth:
        self._born += 1
        own = inside / f"k{self._born}"
        variables = environment.variables(generation, self.seed, own)
        return Birth(str(own), str(own / "connection.json"), variables, f"{own}.log")

    async def _close_parents(self) -> None:
        for parent in self._parents.values():
            await parent.close()
        self._parents.clear()
