"""One pool of kernels for all tests, so that TensorFlow is imported once per generation and worker."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from grader.kernel.pool import KernelPool
from grader.kernel.seal.offer import SEAL, offered


@pytest.fixture(scope="session")
def pool() -> Iterator[KernelPool]:
    """Kernels of both generations of Keras, sealed where this machine can."""
    with KernelPool(seal=SEAL if offered().enough else None) as made:
        yield made
