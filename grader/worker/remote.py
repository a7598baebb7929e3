"""Kernels as a worker sees them: they are the grader's, which runs cells and asks in the worker's name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from nbformat import NotebookNode, from_dict

from grader.kernel.bounds.limits import Limits
from grader.kernel.errors import from_message
from grader.kernel.generation import Generation
from grader.kernel.runs import CellError, CellRun
from grader.protocol.operations import Request
from grader.worker.line import Line, Message


def nothing() -> None:
    """What is done meanwhile where there is nothing to do."""


class RemoteKernels:
    """A pool of kernels at the other end of a connection; see `kernel.interface.Kernels`.

    While the first one is waited for, something may be done `meanwhile`.
    """

    def __init__(self, line: Line, meanwhile: Callable[[], None] = nothing) -> None:
        self._line = line
        self._meanwhile = meanwhile

    def tell(self, done: int, total: int, text: str) -> None:
        """Say how far the grading is."""
        self._line.say(op="progress", done=done, total=total, text=text)

    @contextmanager
    def session(
        self, notebook: NotebookNode, generation: Generation, limits: Limits | None = None
    ) -> Iterator[RemoteNotebook]:
        """A notebook whose kernel is ready. Raises LaunchError.

        Its limits are those that the grader was given, but for the time of the notebook where less is asked for.
        """
        cells = [[cell.cell_type, cell.source] for cell in notebook.cells]
        within = None if limits is None else limits.notebook_s
        self._line.say(op="open", generation=generation, cells=cells, notebook_s=within)
        meanwhile, self._meanwhile = self._meanwhile, nothing
        meanwhile()
        state = heard(self._line)
        made = RemoteNotebook(self._line, notebook, state)
        try:
            yield made
        finally:
            asked(self._line, "close")


class RemoteNotebook:
    """A notebook that is run by the grader; see `kernel.interface.LiveNotebook`."""

    def __init__(self, line: Line, notebook: NotebookNode, state: Message) -> None:
        self._line = line
        self._notebook = notebook
        self._state = state

    def run_cell(self, index: int, *, seed: int | None = None, outside: bool = False) -> CellRun:
        """Run the cell at `index`; its outputs are written into the notebook."""
        reply = self._asked("run", index=index, seed=seed, outside=outside)
        cell = self._notebook.cells[index]
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [from_dict(output) for output in reply["outputs"]], reply["count"]
        run = reply["run"]
        error = run.pop("error")
        return CellRun(**run, error=None if error is None else CellError(**error))

    def ask(self, request: Request, /, *, timeout: float) -> Any:
        """Ask the probe. Raises KernelError."""
        return self._asked("ask", request=request.written(), timeout=timeout)["value"]

    def restart(self) -> None:
        """Take a new kernel. Raises LaunchError."""
        self._asked("restart")

    @property
    def alive(self) -> bool:
        """Whether there is a kernel to ask."""
        self._asked("look")
        return bool(self._state["alive"])

    @property
    def sandbox(self) -> tuple[str, ...]:
        """What holds the kernel in, by name."""
        return tuple(self._state["sandbox"])

    @property
    def silenced(self) -> bool:
        """Whether something was not asked any more, because the time was over."""
        return bool(self._state["silenced"])

    @property
    def taken_s(self) -> float:
        """So much of the notebook's time is taken, in seconds."""
        return float(self._state["taken_s"])

    def _asked(self, op: str, **parameters: Any) -> Message:
        self._state = reply = asked(self._line, op, **parameters)
        return reply


def asked(line: Line, op: str, **parameters: Any) -> Message:
    """The grader's reply. Raises the KernelError that it sends."""
    line.say(op=op, **parameters)
    return heard(line)


def heard(line: Line) -> Message:
    """The grader's reply to what was said. Raises the KernelError that it sends."""
    reply = line.hear()
    if "error" in reply:
        raise from_message(reply["error"])
    return reply
