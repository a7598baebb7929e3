from __future__ import annotations

import os
from pathlib import Path

import pytest

from grader.assignment import Assignment, load


@pytest.fixture(scope="session")
def assignment() -> Assignment:
    return load()


@pytest.fixture(scope="session")
def sample() -> Path:
    """The sample notebook, wherever it is kept; tests that need it are skipped without it."""
    path = Path(os.environ.get("GRADER_SAMPLE_NOTEBOOK", "no sample notebook"))
    if not path.exists():
        pytest.skip("the sample notebook is not here: set GRADER_SAMPLE_NOTEBOOK")
    return path
