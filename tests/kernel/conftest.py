"""One pool of kernels for all tests of this folder, so that TensorFlow is imported once per generation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from grader.kernel.limits import Limits
from grader.kernel.pool import KernelPool
from grader.kernel.runs import CellRun
from grader.kernel.session import Session

QUICK = Limits(cell_s=30, grace_s=2)

Open = Callable[..., AbstractContextManager[Session]]


def notebook(*sources: str) -> NotebookNode:
    return new_notebook(cells=[new_code_cell(source) for source in sources])


def run_all(session: Session, seed: int | None = None) -> list[CellRun]:
    return [session.run_cell(index, seed=seed) for index in range(len(session.notebook.cells))]


def text(session: Session, index: int) -> str:
    """What a cell wrote and returned, in order."""
    outputs = session.notebook.cells[index].outputs
    return "".join(output.get("text") or output.get("data", {}).get("text/plain", "") for output in outputs)


@pytest.fixture(scope="session")
def pool() -> Iterator[KernelPool]:
    with KernelPool() as made:
        made.prepare(2, 3)
        yield made


@pytest.fixture
def open_session(pool: KernelPool) -> Open:
    """Open a warm session on a notebook of the given cells."""

    def open_(*sources: str, generation: int = 3, limits: Limits = QUICK) -> AbstractContextManager[Session]:
        return pool.session(notebook(*sources), generation, limits)

    return open_
