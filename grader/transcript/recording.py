"""Kernels whose every answer is kept in a transcript."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from typing import Any

from nbformat import NotebookNode

from grader.kernel.bounds.limits import Limits
from grader.kernel.errors import KernelError, as_message
from grader.kernel.generation import Generation
from grader.kernel.interface import Kernels, LiveNotebook
from grader.kernel.runs import CellRun
from grader.protocol.operations import Request
from grader.transcript.transcript import Place, Ran, Reply, Sitting, Transcript, digest_of


class RecordingKernels:
    """The given kernels; what they do is written into the `transcript`. See `kernel.interface.Kernels`."""

    def __init__(self, kernels: Kernels) -> None:
        self.transcript = Transcript()
        self._kernels = kernels

    @contextmanager
    def session(
        self, notebook: NotebookNode, generation: Generation, limits: Limits | None = None
    ) -> Iterator[RecordingNotebook]:
        """A notebook whose kernel is ready. Raises LaunchError."""
        sitting = Sitting(generation=generation, places=[Place()])
        self.transcript.sittings.append(sitting)
        with ExitStack() as stack:
            try:
                live = stack.enter_context(self._kernels.session(notebook, generation, limits))
            except KernelError as error:
                sitting.error = as_message(error)
                raise
            try:
                yield RecordingNotebook(live, notebook, sitting)
            finally:
                sitting.sandbox, sitting.silenced, sitting.taken_s = live.sandbox, live.silenced, live.taken_s


class RecordingNotebook:
    """A notebook that is run, and its record; see `kernel.interface.LiveNotebook`."""

    def __init__(self, live: LiveNotebook, notebook: NotebookNode, sitting: Sitting) -> None:
        self._live, self._notebook, self._sitting = live, notebook, sitting

    def run_cell(self, index: int, *, seed: int | None = None, outside: bool = False) -> CellRun:
        """Run the cell at `index`; its outputs are written into the notebook."""
        run = self._live.run_cell(index, seed=seed, outside=outside)
        cell = self._notebook.cells[index]
        ran = Ran(index=index, seed=seed, outside=outside, run=asdict(run))
        if cell.cell_type == "code":
            ran.outputs, ran.count = [dict(output) for output in cell.outputs], cell.execution_count
        self._sitting.places.append(Place(ran=ran))
        return run

    def ask(self, request: Request, /, *, timeout: float) -> Any:
        """Ask the probe. Raises KernelError."""
        replies = self._here.asked.setdefault(digest_of(request), [])
        try:
            value = self._live.ask(request, timeout=timeout)
        except KernelError as error:
            replies.append(Reply(error=as_message(error)))
            raise
        replies.append(Reply(value=value))
        return value

    def restart(self) -> None:
        """Take a new kernel. Raises LaunchError."""
        self._sitting.places.append(Place())
        try:
            self._live.restart()
        except KernelError as error:
            self._here.error = as_message(error)
            raise

    @property
    def alive(self) -> bool:
        """Whether there is a kernel to ask."""
        alive = self._live.alive
        self._here.alive.append(alive)
        return alive

    @property
    def sandbox(self) -> tuple[str, ...]:
        """What holds the kernel in, by name."""
        return self._live.sandbox

    @property
    def silenced(self) -> bool:
        """Whether something was not asked any more, because the time was over."""
        return self._live.silenced

    @property
    def taken_s(self) -> float:
        """So much of the notebook's time is taken, in seconds."""
        return self._live.taken_s

    @property
    def _here(self) -> Place:
        return self._sitting.places[-1]
