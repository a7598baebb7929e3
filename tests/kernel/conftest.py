"""What the tests of kernels share: sessions on kernels without a seal, which is looked at in tests of its own."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from grader.kernel.bounds.limits import Limits
from grader.kernel.pool import KernelPool
from grader.kernel.runs import CellRun
from grader.kernel.session import Session
from tests.kernels import notebook, text

__all__ = ["QUICK", "notebook", "run_all", "text"]

QUICK = Limits(cell_s=30, grace_s=2)

Open = Callable[..., AbstractContextManager[Session]]


def run_all(session: Session, seed: int | None = None) -> list[CellRun]:
    return [session.run_cell(index, seed=seed) for index in range(len(session.notebook.cells))]


@pytest.fixture
def open_session(unsealed: KernelPool) -> Open:
    """Open a warm session on a notebook of the given cells."""

    def open_(*sources: str, generation: int = 3, limits: Limits = QUICK) -> AbstractContextManager[Session]:
        return unsealed.session(notebook(*sources), generation, limits)

    return open_
