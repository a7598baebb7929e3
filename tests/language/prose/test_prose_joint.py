"""Whose claim it is: of its subject alone, by its own verb, of its own object."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.language.prose import Coverage, cover
from grader.pack.questions import Concept, Misconception
from tests.benchmarks import labelled

Reader = Callable[..., Coverage]
HELPS = Misconception(
    "q0.helps",
    (("salt", ">~help|cure|is|be|used", ">~rust|both"), ("salt", ">~with|has|have", ">~2 grain")),
    "It does not.",
)
ONLY = Misconception("q0.only", (("salt", ">~see|take", ">~only", ">~future"),), "It does not.")
MORE = Misconception("q0.more", (("salt", ">~more|larger", ">~than", ">~sugar"),), "It is not.")
GETS = Misconception("q0.gets", (("salt", ">~dissolve", ">~large"),), "It gets small.")
ALL = (HELPS, ONLY, MORE, GETS)


@pytest.mark.parametrize(
    "text",
    [
        "The salt helps against rust.",
        "Salt is used against rust, and sugar is not.",
        "Sugar is sweet and salt helps against rust.",
        "Salt, which is white, helps against rust.",
        "The salt has two grains.",
        "The difference between sugar and salt is that salt helps against rust.",
        "Salt takes only the future into account.",
        "Salt has more weight than sugar.",
        "Salt dissolves and gets large.",
    ],
)
def test_what_is_said_of_one_alone_is_plain(text: str) -> None:
    """Is a wrong statement held against its author that has its own subject, verb and object?"""
    assert [found.plain for found in cover([text], [], ALL).misconceptions] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "Salt and good luck help against both.",
        "Good luck and salt help against both.",
        "Salt, sugar and oil help against rust.",
        "Salt with oil helps against rust.",
        "Salt together with oil helps against rust.",
        "With enough oil, salt helps against rust.",
        "Salt and oil help against rust and hunger, respectively.",
        "The salt can help workers to remove rust.",
        "The salt is lost by rust.",
        "The salt became a cube with two grains.",
        "Heaps of salt with two grains are small.",
        "The salt has two grains more than sugar.",
        "Half of the salt helps against rust.",
        "Salt takes only once the future comes.",
        "Salt takes not only the future.",
        "Two bags of salt have more weight than sugar.",
        "Salt has more weight than wet sugar.",
        "When the salt dissolves the loss gets large.",
        "Salt is heaviest on rust.",
    ],
)
def test_what_is_said_of_several_or_by_another_verb_is_not(text: str) -> None:
    """Is nobody accused of what is said of several together, by another verb, or of something else?"""
    assert cover([text], [], ALL).misconceptions == ()


@pytest.mark.parametrize(("half", "precision", "recall"), [("tune", 0.99, 0.9), ("heldout", 0.95, 0.75)])
def test_true_sentences_that_sound_wrong(half: str, precision: float, recall: float) -> None:
    """Are true sentences told from plain wrong ones, twelve and twelve a question, on the unread half too?"""
    accused = labelled.figures(labelled.labelled("accused", half)).accusations
    assert accused.precision >= precision
    assert accused.recall >= recall


def test_hardly_a_true_sentence_is_accused() -> None:
    """Of nearly five hundred true sentences that sound wrong, is no more than one in thirty held against its author?"""
    texts = labelled.labelled("true_ones", "tune")
    assert len(texts) > 400
    assert sum(bool(text.read().misconceptions) for text in texts) <= len(texts) / 30


def test_sentences_that_sound_alike_are_told_apart() -> None:
    """Of 270 true sentences and 30 wrong ones in the same words, are the wrong ones accused, and hardly another?"""
    found = labelled.figures(labelled.labelled("sounding_alike", "tune")).accusations
    assert found.precision >= 0.95
    assert found.recall >= 0.9


@pytest.mark.parametrize(
    ("text", "accused"),
    [
        ("Salt cures rust, and it is cheap.", True),
        ("Salt cures rust and hunger.", False),
        ("At sea, salt helps against rust.", False),
        ("In fact, salt helps against rust.", True),
    ],
)
def test_what_is_said_of_a_part_alone_is_not_plain(text: str, accused: bool) -> None:
    """Is nobody accused of what is said of several things together, or in one place?"""
    assert bool(cover([text], [], ALL).misconceptions) == accused


RIGHT = Concept("q0.sugar", "Salt does not help.", (("salt", ">~useless|harmful"),), "Say so.")
WRONG = Misconception("q0.salt", (("salt", ">~helps", ">~rust"),), "It does not.", unless=("q0.sugar",))


@pytest.mark.parametrize(
    ("text", "accused", "earned"),
    [
        ("Salt is useless.", False, True),
        ("Salt helps against rust.", True, False),
        ("Salt is useless. Salt helps against rust.", False, False),
        ("Salt helps against rust. But in truth salt is useless.", False, False),
    ],
)
def test_the_right_and_the_wrong_thing_side_by_side(text: str, accused: bool, earned: bool) -> None:
    """Is a contradiction no accusation, earns nothing, and is it quoted?"""
    found = cover([text], [RIGHT], [WRONG])
    assert bool(found.misconceptions) == accused
    assert found.concepts[0].earned == earned
    both = not accused and not earned
    assert bool(found.asked) == both
    assert found.concepts[0].contrary == ("Salt helps against rust." if both else None)
