"""What grading asks of kernels, wherever they are: in this process, or behind a connection."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any, Protocol

from nbformat import NotebookNode

from grader.kernel.bounds.limits import Limits
from grader.kernel.generation import Generation
from grader.kernel.runs import CellRun
from grader.protocol.operations import Request


class LiveNotebook(Protocol):
    """A notebook being run: see `session.Session`, which says more of each."""

    def run_cell(self, index: int, *, seed: int | None = None, outside: bool = False) -> CellRun:
        """Run the cell at `index`; its outputs are written into the notebook."""

    def ask(self, request: Request, /, *, timeout: float) -> Any:
        """Ask the probe; what it answers is not validated yet. Raises KernelError."""

    def restart(self) -> None:
        """Take a new kernel. Raises LaunchError."""

    @property
    def alive(self) -> bool:
        """Whether there is a kernel to ask."""

    @property
    def sandbox(self) -> tuple[str, ...]:
        """What holds the kernel in, by name."""

    @property
    def silenced(self) -> bool:
        """Whether something was not asked any more, because the time was over."""

    @property
    def taken_s(self) -> float:
        """So much of the notebook's time is taken, in seconds."""


class Kernels(Protocol):
    """Starts kernels."""

    def session(
        self, notebook: NotebookNode, generation: Generation, limits: Limits | None = None
    ) -> AbstractContextManager[LiveNotebook]:
        """A notebook whose kernel is ready, until the block is left. Raises LaunchError."""
