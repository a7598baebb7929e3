"""One pool of kernels for all tests, so that TensorFlow is imported once per generation and worker."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from grader.kernel.pool import KernelPool


@pytest.fixture(scope="session")
def pool() -> Iterator[KernelPool]:
    """Kernels of both generations of Keras."""
    with KernelPool() as made:
        yield made
