"""British and American spelling."""

import pytest

from grader.language.hyphens import unhyphenated
from grader.language.prose.words import stem
from grader.language.spellings import american


@pytest.mark.parametrize(
    ("british", "expected"),
    [
        ("initialisation", "initialization"),
        ("normalised", "normalized"),
        ("memorises", "memorizes"),
        ("summarising", "summarizing"),
        ("behaviour", "behavior"),
        ("neighbouring", "neighboring"),
        ("modelling", "modeling"),
        ("analyse", "analyze"),
        ("centre", "center"),
    ],
)
def test_british_words_are_the_american_ones(british: str, expected: str) -> None:
    """Is a word the same in both spellings, also for the stems that are compared?"""
    assert american(british) == expected
    assert stem(british) == stem(expected)


@pytest.mark.parametrize(
    "word",
    ["promise", "exercise", "precise", "noise", "raised", "four", "hour", "controlled", "called", "smaller", "rolled"],
)
def test_other_words_stay(word: str) -> None:
    """Is a word left alone that ends alike and is spelt so everywhere?"""
    assert american(word) == word


def test_cut_words_may_be_british() -> None:
    """Is a word that was cut put together in either spelling?"""
    assert unhyphenated("careful initi-\nalisation of the beha-\nviour") == "careful initialisation of the behaviour"
