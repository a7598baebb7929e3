"""Text made fit to be shown."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.text import ELLIPSIS, neutral, neutral_lines
from tests.report.hostile import ATTACKS

UNSEEN = {"\u202e", "\u2066", "\u200b", "\u200f", "\ufeff", "\u2028", "\u00ad", "\U000e0041"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[1;31mred\x1b[0m and \x9b32mgreen", "red and green"),
        ("\x1b]0;a title\x07text", "text"),
        ("\x1b]8;;https://evil.example\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1b(Bplain\x1bM", "plain"),
        ("loss\x1b[2K\x1b[1A: 0.1", "loss: 0.1"),
    ],
)
def test_what_a_terminal_obeys_is_taken_out(text: str, shown: str):
    """Are colours, titles, links and movements of the cursor gone, and the words still there?"""
    assert neutral(text) == shown


@given(st.text(max_size=200) | st.text("\x1b[]0;m\x07\x9b\x9d\\aé\u202e\n\t ", max_size=60))
def test_nothing_that_acts_or_hides_is_left(text: str):
    """Is every character of what is shown one that can be seen, or a blank?"""
    for shown, blanks in ((neutral(text), " "), (neutral_lines(text), "\n\t")):
        assert not set(shown) & UNSEEN
        assert all(unicodedata.category(character) not in ("Cc", "Cs") or character in blanks for character in shown)


@given(st.text(max_size=200) | st.text("\x1b[]0;m\x00\x07\x9b\x9d\\\r\n\u202e\u0301a", max_size=60))
def test_what_is_neutral_stays_as_it_is(text: str):
    """Does it change nothing the second time, so that no escape comes together out of two pieces?"""
    assert neutral(neutral(text)) == neutral(text)
    assert neutral_lines(neutral_lines(text)) == neutral_lines(text)


@given(st.text(st.characters(categories=("L", "N", "P", "S")), max_size=80))
def test_words_of_any_language_stay(text: str):
    """Are letters, numbers, marks and mathematics kept as they are?"""
    assert neutral(text) == text


@given(st.text(max_size=80), st.integers(1, 40))
def test_a_limit_holds(text: str, limit: int):
    """Is a text never longer than its limit, whole where it fits, and marked where it was cut?"""
    whole, short = neutral(text), neutral(text, limit)
    assert len(short) <= limit
    assert short == whole if len(whole) <= limit else short.endswith(ELLIPSIS)


def test_lines_stay_where_they_are_wanted():
    """Does one function keep lines and tabs, and the other make one line?"""
    assert neutral_lines("a\r\n\tb\n\nc") == "a\n\tb\n\nc"
    assert neutral("a\r\n\tb\n\nc\u2028d") == "a b c d"


def test_piles_of_accents_are_cut_down():
    """Can no letter cover the lines above it, while accents in use stay?"""
    assert len(neutral(ATTACKS["tall letters"])) < 10
    assert neutral("naïve e\u0301") == "naïve e\u0301"


def test_a_limit_below_one_is_an_error():
    """Is a limit that no text can keep refused?"""
    with pytest.raises(ValueError, match="0 characters"):
        neutral("text", 0)


@pytest.mark.parametrize("piece", ["\x1b", "\x1b[", "\x1b]", "\x9d", "\x9b0", "\x1b ", "\u0301", "a\r"])
def test_megabytes_take_moments(piece: str):
    """Does it end for texts made to be slow, which would take hours in quadratic time?"""
    neutral(piece * 500_000)
