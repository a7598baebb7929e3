"""Kernels that run nothing: they say again what a transcript tells."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from nbformat import NotebookNode, from_dict

from grader.kernel.bounds.limits import Limits
from grader.kernel.errors import from_message
from grader.kernel.generation import Generation
from grader.kernel.runs import CellError, CellRun
from grader.protocol.operations import Request
from grader.transcript.transcript import Place, Sitting, Transcript, digest_of


class NeverAsked(BaseException):
    """What a transcript does not tell was asked for: the notebook has to be run.

    No `Exception`, for no tolerance towards a student's code, or our own mistakes, may take it for an answer.
    """


class RecordedKernels:
    """The kernels of a transcript; see `kernel.interface.Kernels`. A sitting may be had once."""

    def __init__(self, transcript: Transcript) -> None:
        self._sittings = list(transcript.sittings)

    @contextmanager
    def session(
        self, notebook: NotebookNode, generation: Generation, limits: Limits | None = None
    ) -> Iterator[RecordedNotebook]:
        """A notebook as it was run. Raises the LaunchError that was raised, and `NeverAsked`."""
        found = [each for each in self._sittings if each.generation == generation]
        if not found:
            raise NeverAsked(f"it was not run on Keras {generation}")
        self._sittings.remove(found[0])
        if found[0].error is not None:
            raise from_message(found[0].error)
        yield RecordedNotebook(found[0], notebook)


class RecordedNotebook:
    """A notebook that is not run; see `kernel.interface.LiveNotebook`."""

    def __init__(self, sitting: Sitting, notebook: NotebookNode) -> None:
        self._sitting, self._notebook = sitting, notebook
        self._at = 0
        self._asked: dict[tuple[int, str], int] = {}
        self._looked: dict[int, int] = {}

    def run_cell(self, index: int, *, seed: int | None = None, outside: bool = False) -> CellRun:
        """How the cell ended; its outputs are written into the notebook. Raises `NeverAsked`."""
        ran = self._next().ran
        if ran is None or (ran.index, ran.seed, ran.outside) != (index, seed, outside):
            raise NeverAsked(f"cell {index + 1} was not run so, or in another order")
        cell = self._notebook.cells[index]
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [from_dict(output) for output in ran.outputs], ran.count
        error = ran.run["error"]
        return CellRun(**{**ran.run, "error": None if error is None else CellError(**error)})

    def ask(self, request: Request, /, *, timeout: float) -> Any:
        """What was answered here; once more, where it is asked more often. Raises KernelError and `NeverAsked`."""
        digest = digest_of(request)
        replies = self._here.asked.get(digest)
        if not replies:
            raise NeverAsked(f"{request.name} was not asked so")
        times = self._asked.get((self._at, digest), 0)
        self._asked[self._at, digest] = times + 1
        reply = replies[min(times, len(replies) - 1)]
        if reply.error is not None:
            raise from_message(reply.error)
        return reply.value

    def restart(self) -> None:
        """The next kernel. Raises the LaunchError that was raised, and `NeverAsked`."""
        place = self._next()
        if place.ran is not None:
            raise NeverAsked("no new kernel was taken here")
        if place.error is not None:
            raise from_message(place.error)

    @property
    def alive(self) -> bool:
        """Whether there was a kernel to ask. Raises `NeverAsked`."""
        times = self._looked.get(self._at, 0)
        self._looked[self._at] = times + 1
        if not self._here.alive:
            raise NeverAsked("nobody looked whether the kernel was there")
        return self._here.alive[min(times, len(self._here.alive) - 1)]

    @property
    def sandbox(self) -> tuple[str, ...]:
        """What held the kernel in, by name."""
        return self._sitting.sandbox

    @property
    def silenced(self) -> bool:
        """Whether something was not asked any more, because the time was over."""
        return self._sitting.silenced

    @property
    def taken_s(self) -> float:
        """So much of the notebook's time was taken, in seconds."""
        return self._sitting.taken_s

    @property
    def _here(self) -> Place:
        return self._sitting.places[self._at]

    def _next(self) -> Place:
        self._at += 1
        if self._at >= len(self._sitting.places):
            raise NeverAsked("the notebook was not run so far")
        return self._here
