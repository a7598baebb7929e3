"""Signs that show as an apostrophe are one to whoever reads."""

from __future__ import annotations

import pytest

from grader.language.apostrophes import SIGNS, with_apostrophes
from grader.language.prose import cover
from grader.language.seen import seen
from grader.pack.loading import load


@pytest.mark.parametrize("sign", [*SIGNS, "'", "’", " '", " ’", " ´", "\\'"])
def test_a_denial_is_one_with_any_apostrophe(sign: str) -> None:
    """Is an honest sentence not taken for its contrary, whatever keyboard wrote it?"""
    question = load().questions[0]
    sentence = f"The weights aren{sign}t different at each time step."
    read = cover((sentence,), question.concepts, question.misconceptions, subject=question.subject)
    assert read.misconceptions == ()
    wrong = "The weights are different at each time step."
    assert cover((wrong,), question.concepts, question.misconceptions, subject=question.subject).misconceptions


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("It doesn´t, and it isn`t: the cell`s state can`t.", "It doesn't, and it isn't: the cell's state can't."),
        ("They are n't equal; they are n’t; they do n´t.", "They aren't equal; they aren't; they don't."),
        ("It aren 't so, nor is n ' t.", "It aren't so, nor isn't."),
        ("`x´y` and ``a´b`` stay, and $h´t$ and $$f´g$$.", "`x´y` and ``a´b`` stay, and $h´t$ and $$f´g$$."),
        ("the `LSTM`s gates, the`GRU`layer", "the `LSTM`s gates, the`GRU`layer"),
        ("```\nprint('don´t')\n```\ndon´t", "```\nprint('don´t')\n```\ndon't"),
        ("it’s theirs, isn't it? 5´ wide, `quoted´", "it’s theirs, isn't it? 5´ wide, `quoted´"),
    ],
)
def test_what_becomes_an_apostrophe(written: str, shown: str) -> None:
    """Between letters alone, and neither in code nor in maths?"""
    assert with_apostrophes(written) == seen(written) == shown
