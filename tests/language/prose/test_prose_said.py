"""Whether words are sentences: shuffled, reversed and strung ones are none, notes and plain English are."""

from __future__ import annotations

import pytest
from cheating import HALVES, MAKING, cheats, statements

from grader.language.prose.english import verbs
from grader.language.prose.said import disorders, unsaid
from grader.language.prose.segments import sentences
from grader.language.prose.words import tokens
from reference.pack import assignment

VERBS = verbs(assignment.vocabulary)
SAID = (
    "forget gate: decides what to drop",
    "hidden state = memory, passed from step to step",
    "It has two gates: update gate, reset gate",
    "It is type of RNN which remember long sequence",
    "It is used for learn long term dependencies",
    "GRU is have 2 gate one is update gate and another is reset gate",
    "vs LSTM: less gates, less parameters, trains faster, no cell state",
    "At each bar my fingers know where I came from and where I am going to",
    "An AND gate outputs one, an OR gate zero",
    "What the input gate lets in is added to what the forget gate has left",
    "The same text is presented once as it is and once turned around",
)
UNSAID = (
    "step the at state hidden previous the with input current the combines cell the",
    "The of gate the is what cell from removed decides forget",
    "It has at and before and of and to and the and hidden and state",
    "state cell the of is the what decides with",
)


@pytest.mark.parametrize("sentence", SAID)
def test_notes_are_said(sentence: str) -> None:
    """Do short notes, and the English of those who learn it, break none of the orders of small words?"""
    assert disorders(tokens(sentence), VERBS) == 0


@pytest.mark.parametrize("sentence", UNSAID)
def test_mere_words_are_not(sentence: str) -> None:
    """Is a sentence in which several small words stand where none can no sentence?"""
    assert unsaid([tokens(sentence)], VERBS) == [True]


def test_one_slip_of_the_pen_is_none() -> None:
    """Does a missing word cost nothing, in a text that is otherwise said?"""
    texts = ["The gate decides what is kept of the.", "It has a cell state.", "It runs along the sequence of inputs."]
    assert unsaid([tokens(text) for text in texts], VERBS) == [False, False, False]


@pytest.mark.parametrize("half", HALVES)
def test_sentences_as_they_are_written_are_said(half: str) -> None:
    """Is nothing of what is rightly said mere words?"""
    for said in statements(half).values():
        assert not any(unsaid([tokens(statement) for statement in said], VERBS))


@pytest.mark.parametrize(
    "name", [each.name for each in cheats("tune") if each.made in set(MAKING) - {"as they are", "dump"}]
)
def test_words_out_of_order_are_not_said(name: str) -> None:
    """Are nine of ten answers whose words were moved seen to be mere words?"""
    cheat = next(each for each in cheats("tune") if each.name == name)
    found = [
        all(unsaid([tokens(sentence) for sentence in sentences(cheat.of(said))], VERBS))
        for said in statements("tune").values()
    ]
    assert sum(found) >= 9
