"""Which words of a sentence belong to one claim."""

from __future__ import annotations

from itertools import groupby

import pytest

from grader.language.prose.clauses import chains
from grader.language.prose.english import verbs
from grader.language.prose.words import tokens
from reference.pack import assignment


@pytest.mark.parametrize(
    "sentence",
    [
        "The forget gate erases ‖ and the input gate writes.",
        "The forget gate decides what is kept ‖, the input gate what is added.",
        "The GRU, which is newer, has two gates and needs less memory.",
        "Vanishing gradients shrink ‖, exploding ones become huge.",
        "The sigmoid lies between 0 and 1 ‖, tanh between 2 and 3.",
        "When the gradients vanish they become large.",
        "Like the LSTM, the GRU has three gates.",
        "In an LSTM, the gates take x and h and decide what to keep.",
        "The update and reset gates decide what is kept.",
        "Backward means that the error is propagated back.",
        "forget gate: removes ‖, input gate: adds",
        "The GRU has two gates ‖ while the LSTM has three.",
        "It is the hidden state that goes forward ‖; the error comes back.",
    ],
)
def test_claims_are_told_apart(sentence: str) -> None:
    """Does a new claim begin where a clause has a subject of its own, and nowhere else?"""
    parts = sentence.split("‖")
    words = tokens("".join(parts))
    found = chains(words, verbs(assignment.vocabulary))
    begins = [len(list(group)) for _, group in groupby(found)]
    wanted = [len(tokens(part)) for part in parts]
    assert begins == wanted


def test_every_word_has_a_chain() -> None:
    """Does a text without any sense have one number for each of its words, which never falls?"""
    words = tokens("and and , , ; which the the : ( ) if ; but ? it")
    found = chains(words, verbs())
    assert len(found) == len(words)
    assert list(found) == sorted(found)
    assert chains([], verbs()) == ()
