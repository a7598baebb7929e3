"""What the tests of this folder share: one outside world, and one neighbour."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from grader.kernel.pool import KernelPool
from tests.hostile.neighbour import Neighbour
from tests.hostile.outside import Outside, made


@pytest.fixture(scope="module")
def outside() -> Iterator[Outside]:
    with made() as world:
        yield world


@pytest.fixture(scope="module")
def neighbour(pool: KernelPool, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neighbour]:
    made = Neighbour(pool, tmp_path_factory.mktemp("neighbour"))
    with made.work():
        yield made
