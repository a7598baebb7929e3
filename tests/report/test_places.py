"""Places in what a student wrote: found however they are set, marked without breaking anything."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from grader.report.code import highlight
from grader.report.places import Place, Text, marked
from grader.report.prose import prose
from tests.report.hostile import ATTACKS
from tests.report.markup import parse


def with_marks(body: Markup, *places: Place) -> str:
    """The HTML with all places that are found, numbered from 1."""
    text = Text(body)
    found = {at: where for at, place in enumerate(places, start=1) if (where := text.find(place)) is not None}
    return str(marked(body, found))


def underlined(html: str) -> str:
    return "".join(item.text for item in parse(html).all("mark"))


@pytest.mark.parametrize(
    ("source", "words", "shown"),
    [
        ("It *forgets* `all`. It is fast.", "It forgets all.", "It forgets all"),
        ("The gate\nis open & wide <b>.", "The gate is open & wide", "The gate\nis open & wide"),
        (r"$$\cancel{h}_t = C_t / o_t$$ is it.", "h_t = C_t / o_t", "h}_t = C_t / o_t$$"),
        ("- one thing that is said\n- another", "one thing that is said … of two", "one thing that is said"),
    ],
)
def test_words_are_found_however_they_are_set(source: str, words: str, shown: str):
    """Is a sentence found through emphasis, code, breaks, marks of HTML and signs of an equation?"""
    html = with_marks(prose(source)[0], Place(words))
    assert underlined(html) == shown
    assert [item.text for item in parse(html).all("sup")] == ["1"]


def test_an_equation_is_marked_as_a_whole():
    """Is it set as before, with its number behind it, wherever in it the words stand?"""
    plain = prose("So $a_t < b_t$ and $h_t = C_t / o_t$ is it.")[0]
    html = with_marks(plain, Place("= C_t / o_t"))
    (mark,) = parse(html).all("mark")
    assert [each.tag for each in mark.all("math", "annotation")] == ["math", "annotation"]
    assert str(plain) == html.replace("<mark>", "").replace("</mark>", "").replace('<sup class="place">1</sup>', "")
    assert '</math></mark><sup class="place">1</sup> is it.' in html


def test_a_line_of_code_is_marked_as_a_whole():
    """Is it the line of the error, in colours, with the number at its end?"""
    html = with_marks(highlight("if x:\n    model = Dense(units)\nmodel.fit()")[0], Place(line=2))
    assert underlined(html) == "model = Dense(units)"
    assert parse(html).text.strip() == "if x:\n    model = Dense(units)1\nmodel.fit()"


@pytest.mark.parametrize("place", [Place("never said by anybody"), Place(""), Place("a"), Place(line=9), Place(line=0)])
def test_what_is_not_there_is_not_marked(place: Place):
    """Does the text stay as it is?"""
    body = prose("A sentence, and another one.")[0]
    assert with_marks(body, place) == str(body)


def test_places_may_lie_on_one_another():
    """Do two notes on one sentence both have their number behind it?"""
    html = with_marks(prose("All is wrong here.")[0], Place("All is wrong here"), Place("is wrong here"))
    assert [item.text for item in parse(html).all("sup")] == ["1", "2"]
    assert parse(html).text.strip() == "All is wrong here.12"


WORDS = st.lists(
    st.sampled_from(("gate", "*cell*", "`x`", "<b>", "&", "**state", "$h_t$", "\n\n", "- ", "]")), max_size=30
)


@given(WORDS, st.integers(0, 30), st.integers(0, 30))
def test_marks_change_no_word_and_no_element(words: list[str], start: int, end: int):
    """Is the HTML without our marks what it was, wherever a place begins and ends?"""
    body = prose(" ".join(words))[0]
    html = with_marks(body, Place(" ".join(words[start:end])), Place(" ".join(words[end:start])))
    assert re.sub(r'<sup class="place">\d+</sup>|</?mark>', "", html) == str(body)


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_an_attack_that_is_marked_is_none(attack: str):
    """Does a mark around hostile text open nothing in it?"""
    for body in (prose(attack)[0], highlight(attack)[0]):
        html = with_marks(body, Place(attack), Place(line=1))
        assert re.sub(r'<sup class="place">\d+</sup>|</?mark>', "", html) == str(body)
