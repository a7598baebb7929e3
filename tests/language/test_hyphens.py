"""Words that were cut at the ends of lines."""

import pytest

from grader.language.hyphens import is_cut, unhyphenated
from grader.language.prose.segments import sentences
from grader.notebook.blocks.blocks import blocks_of
from grader.notebook.reading.read import Cell


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
        ('the for-<br class="x">get gate', "the forget gate"),
        ("the for-<BR  />  \n  get gate", "the forget gate"),
        (f"the for-\n{24 * ' '}get gate", "the forget gate"),
        (f"the for-{40 * ' '}\n{9 * chr(9)}get gate", "the forget gate"),
        ("the for\ufe63\nget gate", "the forget gate"),
        ("the for\uff0d\nget gate", "the forget gate"),
        ("the for\u2012\nget gate", "the forget gate"),
        ("the for\u2013\nget gate", "the forget gate"),
        ("the for\u2212\nget gate", "the forget gate"),
        ("the for\u00ac\nget gate", "the forget gate"),
        ("the gates\u2013\nupdate and reset", "the gates\u2013\nupdate and reset"),
        ("Hoch\u2013\nschreiter", "Hoch\u2013\nschreiter"),
        ("ab\u2212\ncd", "ab\u2212\ncd"),
        ("BACK-\nPROPAGATION", "BACKPROPAGATION"),
        ("Back-\nPropagation", "BackPropagation"),
        ("Long-\nShort", "Long-\nShort"),
        ("the for-<b>get</b>", "the for-<b>get</b>"),
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
    [
        ("a for-<br/>", True),
        ('a for-  <br class="x">  ', True),
        (f"a for\u2013{40 * ' '}", True),
        ("a for<br>", False),
        ("a for-", True),
        ("a for-\\", True),
        ("a for\u2010 ", True),
        ("x -", False),
        ("a-", False),
        ("", False),
    ],
)
def test_lines_that_end_within_a_word(line, cut):
    """Is it seen that a line goes on in the next one?"""
    assert is_cut(line) == cut


def test_sentences_have_whole_words():
    """Are the sentences that are quoted to the student free of cut words and of what cannot be seen?"""
    text = "The for-\nget gate de\u00adcides.\nThe up\u00ad\ndate&shy;s are&nbsp;small.\n- one"
    assert sentences(text) == ["The forget gate decides.", "The updates are small.", "one"]


@pytest.mark.parametrize(
    "written",
    [
        "for<wbr>get",
        '<b>for<wbr class="x"></wbr>get</b>',
        "for&shy;<br>get",
        "for\u00ad<br />\nget",
        "for\u00ad\\\nget",
        "for-<br>get",
        'for-<br class="x">\n   get',
        "for&hyphen;\nget",
        "for&#45;\nget",
        "for&ndash;\nget",
        "for&minus;<br  />get",
        f"for&not;{30 * ' '}\nget",
        f"for-\n{30 * ' '}get",
    ],
)
def test_a_cut_word_is_one_word_to_every_reader(written: str) -> None:
    """Is it whole in the sentences of a cell, of whatever kind its hyphen and its line's end are?"""
    cell = Cell(0, "markdown", f"The {written} gate decides what is kept.")
    (block,) = blocks_of(cell)
    for text in (cell.source, block.text):
        assert sentences(text) == ["The forget gate decides what is kept."]
