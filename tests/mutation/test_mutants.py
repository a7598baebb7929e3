"""An error that is planted in a right answer, and changes what it computes, costs points of its code.

That the answers have full marks as they are is what the tests of the corpus say.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from grader.kernel.generation import Generation
from grader.kernel.pool import KernelPool
from tests.mutation.conventions import CONVENTIONS, GAPS
from tests.mutation.effect import Judge
from tests.mutation.planted import Planted, notebooks
from tests.mutation.verdicts import caught, effect, graded

NOTEBOOKS = [
    pytest.param(row, id=f"keras {generation}, notebook {number}")
    for number, (generation, row) in enumerate(notebooks(), start=1)
]


class Judges:
    """A judge for each generation of Keras, who comes when there is something to judge."""

    def __init__(self, leaving: ExitStack) -> None:
        self._leaving = leaving
        self._found: dict[Generation, Judge] = {}

    def effect(self, item: Planted) -> str:
        """What an error does to the numbers of its answer."""
        if item.keras not in self._found:
            self._found[item.keras] = self._leaving.enter_context(Judge(item.keras))
        return effect(item, self._found[item.keras])


@pytest.fixture(scope="module")
def judges() -> Iterator[Judges]:
    """Judges who do not know the grader."""
    with ExitStack() as leaving:
        yield Judges(leaving)


@pytest.mark.slow
@pytest.mark.parametrize("row", NOTEBOOKS)
def test_errors_cost_points(pool: KernelPool, tmp_path: Path, judges: Judges, row: tuple[Planted, ...]) -> None:
    """Does each error lose points that changes the function, but for those that a convention allows, and known gaps?"""
    result = graded(row, tmp_path, pool)
    kept = [item for item in row if not caught(item, result)]
    unknown = [item for item in kept if not any(known.covers(item) for known in (*CONVENTIONS, *GAPS))]
    assert [item.name for item in unknown if judges.effect(item) == "another"] == []
