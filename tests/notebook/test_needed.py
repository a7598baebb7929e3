"""What a pattern needs is in all that it matches, however it is written."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.notebook.headings.needed import folded, needed
from grader.pack.loading import load

PHRASES = [phrase for question in load().questions for phrase in question.topic.phrases]


def meets(pattern: str, text: str) -> bool:
    return all(any(piece in folded(text) for piece in pieces) for pieces in needed(pattern))


MATCHES = st.sampled_from(PHRASES).flatmap(lambda phrase: st.tuples(st.just(phrase), st.from_regex(phrase)))


@given(MATCHES)
def test_what_a_phrase_matches_holds_what_it_needs(found: tuple[str, str]) -> None:
    """Is no mention of a subject missed because its letters were looked for first?"""
    phrase, text = found
    for spelling in (text, text.upper(), text.title(), text.replace("s", "\u017f").replace("k", "\u212a")):
        if re.search(phrase, spelling, re.IGNORECASE):
            assert meets(phrase, spelling)


@pytest.mark.parametrize(
    ("pattern", "pieces"),
    [
        ("lstms?", {frozenset({"lstm"})}),
        ("(an? )?(lstm|gru) gates?", {frozenset({"lstm", "gru"}), frozenset({" gate"})}),
        ("(a|b|)c", {frozenset({"c"})}),
        ("x{2,3}y*", {frozenset({"x"})}),
        ("(?!no)(?<=so) ?[ab]", set[frozenset[str]]()),
        ("σ|s", set[frozenset[str]]()),
    ],
)
def test_only_what_is_sure_to_be_there_is_needed(pattern: str, pieces: set[frozenset[str]]) -> None:
    """Are optional parts, alternatives with nothing in them, and what is only looked at left out?"""
    assert set(needed(pattern)) == pieces
