"""The grader's side of a worker's kernels: opens them, runs cells, asks, as the worker says."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import asdict, replace
from typing import Any

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grader.kernel.bounds.limits import Limits
from grader.kernel.errors import KernelError, LaunchError, as_message
from grader.kernel.interface import Kernels
from grader.kernel.session import Session
from grader.protocol import operations
from grader.worker.line import Message


class KernelService:
    """The kernels of one worker, which has one open at a time."""

    def __init__(self, kernels: Kernels, limits: Limits) -> None:
        self._kernels = kernels
        self._limits = limits
        self._opened: AbstractContextManager[Session] | None = None
        self._session: Session | None = None

    def reply(self, message: Message) -> Message:
        """Do what a worker asks for; an error about a kernel is a reply too."""
        try:
            return self._done(message["op"], {name: value for name, value in message.items() if name != "op"})
        except KernelError as error:
            return {"error": as_message(error), **self._state()}

    def close(self) -> None:
        """End the kernel that is open, if one is."""
        opened, self._opened, self._session = self._opened, None, None
        if opened is not None:
            opened.__exit__(None, None, None)

    def _done(self, op: str, parameters: dict[str, Any]) -> Message:
        if op == "open":
            self._open(**parameters)
        elif op == "close":
            self.close()
        elif op == "run":
            return {**self._run(**parameters), **self._state()}
        elif op == "ask":
            return {"value": self._ask(**parameters), **self._state()}
        elif op == "restart":
            self._live.restart()
        return self._state()

    def _open(self, generation: Any, cells: list[tuple[str, str]], notebook_s: float | None) -> None:
        self.close()
        made = [new_code_cell(text) if kind == "code" else new_markdown_cell(text) for kind, text in cells]
        own = self._limits.notebook_s
        limits = replace(self._limits, notebook_s=own if notebook_s is None else min(notebook_s, own))
        opened: Any = self._kernels.session(new_notebook(cells=made), generation, limits)
        self._session = opened.__enter__()
        self._opened = opened

    @property
    def _live(self) -> Session:
        if self._session is None:
            raise LaunchError("no kernel is open")
        return self._session

    def _run(self, index: int, seed: int | None, outside: bool) -> Message:
        run = self._live.run_cell(index, seed=seed, outside=outside)
        cell = self._live.notebook.cells[index]
        return {"run": asdict(run), "outputs": cell.get("outputs", []), "count": cell.get("execution_count")}

    def _ask(self, request: Message, timeout: float) -> Any:
        return self._live.ask(operations.read(request), timeout=timeout)

    def _state(self) -> Message:
        if self._session is None:
            return {"alive": False, "sandbox": [], "silenced": False, "taken_s": 0.0}
        session = self._session
        told = {"sandbox": list(session.sandbox), "silenced": session.silenced, "taken_s": session.taken_s}
        return {"alive": session.alive, **told}
