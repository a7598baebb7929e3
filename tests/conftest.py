"""Two pools of kernels for all tests, so that TensorFlow is imported once per generation, pool and worker."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from grader.kernel.pool import KernelPool
from grader.kernel.seal.offer import SEAL, offered

# No example has to be fast; what is drawn is the same in every run that gates a change.
settings.register_profile(
    "here", deadline=None, derandomize="CI" in os.environ, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("here")


TOKEN = "GRADER_TEST_TOKEN"
"""A variable of the environment that no kernel may see; its value is `secret`."""


@pytest.fixture(scope="session", autouse=True)
def own_key(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What a grader keeps for its user, it keeps for the tests alone."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        yield


@pytest.fixture(scope="session")
def pool() -> Iterator[KernelPool]:
    """Kernels of both generations of Keras, sealed where this machine can."""
    os.environ[TOKEN] = "secret"
    with KernelPool(seal=SEAL if offered().enough else None) as made:
        yield made


@pytest.fixture(scope="session")
def sealed(pool: KernelPool) -> KernelPool:
    """Kernels that are sealed, or no test."""
    if pool.seal is None:
        pytest.skip("this machine offers neither Landlock nor user namespaces")
    return pool


@pytest.fixture(scope="session")
def unsealed() -> Iterator[KernelPool]:
    """Kernels that nothing holds in."""
    with KernelPool() as made:
        yield made
