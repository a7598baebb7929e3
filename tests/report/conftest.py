"""A graded submission and its executed notebook."""

from __future__ import annotations

import pytest
from nbformat import NotebookNode

from grader.result.model import Result
from tests.report import samples


@pytest.fixture
def result() -> Result:
    """A submission with most fates in it."""
    return samples.graded()


@pytest.fixture
def notebook() -> NotebookNode:
    """The executed notebook beside it."""
    return samples.notebook()
