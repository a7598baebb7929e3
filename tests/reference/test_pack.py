"""The shipped pack as a whole: what it says to students besides its verdicts."""

from __future__ import annotations

import pytest

from reference.pack import assignment

JUDGED = {item.id: item for question in assignment.questions for item in (*question.concepts, *question.checks)}


@pytest.mark.parametrize("name", JUDGED)
def test_every_check_says_why_it_matters(name: str) -> None:
    """Does the student read what a check is for, in a short sentence or two that are not its title?"""
    why = JUDGED[name].why or ""
    assert why.endswith(".")
    assert 40 < len(why) < 200
    assert why.split(".")[0] not in getattr(JUDGED[name], "title", getattr(JUDGED[name], "statement", ""))
