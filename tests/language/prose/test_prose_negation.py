"""What a sentence denies."""

import pytest

from grader.language.prose.english import verbs
from grader.language.prose.negation import denials
from grader.language.prose.spelling import Spelling
from grader.language.prose.words import stem, tokens
from reference.wording.terms import VOCABULARY


def denied(sentence):
    words = tokens(sentence)
    return [word for word, places in zip(words, denials(words, verbs(VOCABULARY)), strict=True) if places]


@pytest.mark.parametrize(
    ("sentence", "inside", "outside"),
    [
        ("The cell does not keep a state", "keep state", "cell"),
        ("There is no output gate and the gates are two", "output gate", "gates two"),
        ("It has no gates and struggles with long sequences", "gates long sequences", "it"),
        ("It works without a cell state, but it has gates", "cell state", "gates"),
        ("It lacks a cell state", "cell state", "it"),
        ("unlike the LSTM, the GRU has two gates", "lstm", "gru two gates"),
        ("It is a misconception that the cell has an input gate", "cell input gate", "it"),
        ("It is not true that the cell has an input gate", "cell input gate", "it"),
        ("It reads the sequence rather than the image", "image", "sequence"),
        ("They cannot remember the past because gradients are small", "remember past", "gradients small"),
    ],
)
def test_reach(sentence, inside, outside):
    """Does a negation reach its clause, and no further?"""
    found = denied(sentence)
    assert set(inside.split()) <= set(found)
    assert not set(outside.split()) & set(found)


@pytest.mark.parametrize(
    "sentence",
    [
        "It sees not only the past but also the future",
        "It is no longer limited to the current input",
        "It is not limited to the past",
        "It is not just a layer",
        "No matter how long the sequence is",
        "It cannot be computed without the previous state",
        "It does not forget the state",
    ],
)
def test_what_sounds_like_a_denial(sentence):
    """Are the words after "not only", "no longer limited", "cannot ... without" left undenied?"""
    harmless = {"limited", "longer", "forget", "the", "a"}
    assert set(denied(sentence)) <= harmless


def test_what_is_not_needed_is_removed_all_the_same():
    """Does "not needed" deny nothing but the need?"""
    assert denied("The gate removes what is not needed from the cell state") == ["needed"]


@pytest.mark.parametrize(
    ("misspelt", "meant"),
    [
        ("gradiant", "gradient"),
        ("wieghts", "weights"),
        ("hiden", "hidden"),
        ("rember", "remember"),
        ("bakward", "backward"),
    ],
)
def test_misspelt_words_are_understood(misspelt, meant):
    """Is one slip in a word of five letters tolerated, and are two in a long one?"""
    vocabulary = frozenset(["gradient", "weights", "hidden", "remember", "backward"])
    assert Spelling(vocabulary).correct(misspelt) == stem(meant)


@pytest.mark.parametrize(
    ("word", "vocabulary"),
    [
        ("present", "prevent"),
        ("height", "weight"),
        ("rest", "reset"),
        ("share", "shape"),
        ("compute", "complete"),
        ("gate", "gates"),
        ("date", "gate"),
        ("banana", "gradient"),
    ],
)
def test_correct_words_are_left_alone(word, vocabulary):
    """Is a word that is right, short or far from everything left as it is?"""
    assert Spelling(frozenset([vocabulary])).correct(word) is None
