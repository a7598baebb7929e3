"""Words that were cut at the ends of lines."""

import pytest

from grader.language.hyphens import is_cut, unhyphenated
from grader.language.prose.segments import sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the for-\nget gate", "the forget gate"),
        ("the for\u2010  \r\n  get gate", "the forget gate"),
        ("> the for\u2011\n> get gate", "> the forget gate"),
        ("back-\npropagation", "backpropagation"),
        ("a long-\nshort memory, long-\nterm", "a long-short memory, long-term"),
        ("the for-<br>get gate", "the forget gate"),
        ("the for-<br/>\nget gate", "the forget gate"),
        ("the for-\\\nget gate", "the forget gate"),
        ("the for-\fget and the in-\x0b put gate", "the forget and the input gate"),
        ("the for-\u2028get gate", "the forget gate"),
        ("para-\nmeters of Hoch-\nreiter", "parameters of Hochreiter"),
        ("gates -\nupdate and reset", "gates -\nupdate and reset"),
        ("gates-\n\nupdate", "gates-\n\nupdate"),
        ("x-\naxis", "x-\naxis"),
        ("update-\na) first", "update-\na) first"),
        ("the LSTM-\nGRU pair", "the LSTM-\nGRU pair"),
        ("h_t = a-\nb", "h_t = a-\nb"),
    ],
)
def test_cut_words_are_put_together(text, expected):
    """Is a word whole again, with its hyphen only if it is a compound, and what is no cut word left alone?"""
    assert unhyphenated(text) == expected


def test_the_vocabulary_decides():
    """Is a word of the question put together though English does not know it?"""
    assert unhyphenated("zig-\nword") == "zig-word"
    assert unhyphenated("zig-\nword", lambda word: word in ("word", "zigword")) == "zigword"


@pytest.mark.parametrize(
    ("line", "cut"),
    [("a for-", True), ("a for-\\", True), ("a for\u2010 ", True), ("x -", False), ("a-", False), ("", False)],
)
def test_lines_that_end_within_a_word(line, cut):
    """Is it seen that a line goes on in the next one?"""
    assert is_cut(line) == cut


def test_sentences_have_whole_words():
    """Are the sentences that are quoted to the student free of cut words and of what cannot be seen?"""
    text = "The for-\nget gate de\u00adcides.\nThe up\u00ad\ndate&shy;s are&nbsp;small.\n- one"
    assert sentences(text) == ["The forget gate decides.", "The updates are small.", "one"]
