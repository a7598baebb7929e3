"""What a check judged, found again in whatever became of the notebook."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from grader.gradebook.judged import marks, submitted
from grader.result.names import FEEDBACK
from tests.gradebook.classes import result


@pytest.mark.parametrize("source", [None, 5, 1.5, True, {"a": 1}, [None, 5]])
def test_a_source_that_is_no_text(tmp_path: Path, source: object) -> None:
    """Does a cell whose source is no text end nothing?"""
    cell = {"cell_type": "code", "source": source, "metadata": {}, "outputs": []}
    (tmp_path / FEEDBACK).write_text(json.dumps({"cells": [cell] * 40}))
    graded = result("ada", (2, 3, 5), (2, 0, 2))
    found = marks(graded, submitted(tmp_path, graded.submission.sha256))
    assert set(found) == {check.id for question in graded.questions for check in question.checks}
