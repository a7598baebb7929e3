"""The shipped pack as a whole: what it says to students besides its verdicts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from grader.pack.questions import PackError
from reference.pack import assignment

JUDGED = {item.id: item for question in assignment.questions for item in (*question.concepts, *question.checks)}


@pytest.mark.parametrize("name", JUDGED)
def test_every_check_says_why_it_matters(name: str) -> None:
    """Does the student read what a check is for, in a short sentence or two that are not its title?"""
    why = JUDGED[name].why or ""
    assert why.endswith(".")
    assert 40 < len(why) < 200
    assert why.split(".")[0] not in getattr(JUDGED[name], "title", getattr(JUDGED[name], "statement", ""))


@pytest.mark.parametrize("without", ["says", "says_not"])
def test_a_statement_without_examples_is_refused(without: str) -> None:
    """Is a pack turned down, with the name of the statement, whose patterns no sentence was tried on?"""
    first, *others = assignment.questions
    concept, *rest = first.concepts
    bare = replace(first, concepts=(replace(concept, **{without: ()}), *rest))
    with pytest.raises(PackError, match=f"{concept.id} needs a sentence"):
        replace(assignment, questions=(bare, *others))
    wrong, *rest = first.misconceptions
    bare = replace(first, misconceptions=(replace(wrong, **{without: ()}), *rest))
    with pytest.raises(PackError, match=f"{wrong.id} needs a sentence"):
        replace(assignment, questions=(bare, *others))
