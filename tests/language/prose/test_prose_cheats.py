"""Right words that nobody says: what is made of right answers by a cheat earns nothing; honest texts keep their points.

The cheats and the honest texts of the half `heldout` were written before the reading was made to see through those of
the other half, and were not looked at since. Those of the second set came later, from one hand for both halves.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from cheating import Cheat, cheats, honest, listed, phrases, statements, telegraph

from grader.language.prose import Coverage

Reader = Callable[..., Coverage]
BOUND = 1
"""So many points more than a fair examiner gives, of all that ten answers can earn."""

MEASURED = {
    "a dump of the words": 3,
    "all words of an answer, shuffled": 2,
    "verbless": 19,
}
"""What lists of keywords, and sentences made of nothing but chance, still earn."""
SETS = ("", "second_", "third_")
CONDITIONS = (
    "If an LSTM has a cell state that carries information along the sequence, I am the queen of England.",
    "Unless the LSTM has a cell state which carries the memory along the sequence, dinner is at eight.",
    "Provided that LSTMs can learn long-term dependencies, tomorrow is Sunday.",
)
CASES = (
    "If the factors are less than one we lose the gradient, if they're more than one it grows.",
    "If the recurrent weights are small, the gradient shrinks towards zero on its way back.",
    "Unless it is clipped, an exploding gradient grows without bound on its way back through time.",
)


def earned(cheat: Cheat, half: str, read: Reader) -> int:
    return sum(read(question, cheat.of(said)).points for question, said in statements(half).items())


@pytest.mark.parametrize("half", ["tune", "heldout"])
def test_what_is_said_earns_all(half: str, read: Reader) -> None:
    """Do the statements, as they are, earn every point?"""
    plainly = Cheat("plainly", "{}.")
    assert earned(plainly, half, read) == sum(map(len, statements(half).values()))


@pytest.mark.parametrize(
    "cheat", [each for written in SETS for each in cheats("tune", written)], ids=lambda cheat: cheat.name
)
def test_a_cheat_earns_next_to_nothing(cheat: Cheat, read: Reader) -> None:
    """Do ten answers that are made of right words in this way earn at most one point?"""
    assert earned(cheat, "tune", read) <= MEASURED.get(cheat.name, BOUND)


@pytest.mark.parametrize("written", SETS)
def test_cheats_that_were_kept_apart(written: str, read: Reader) -> None:
    """Do nine of ten of those that nothing was tuned on earn as little?"""
    kept = cheats("heldout", written)
    assert sum(earned(cheat, "heldout", read) <= BOUND for cheat in kept) >= 0.9 * len(kept)


@pytest.mark.parametrize(
    ("half", "written", "most_lost"),
    [
        ("tune", "", 2),
        ("heldout", "", 1),
        ("tune", "second_", 0),
        ("heldout", "second_", 4),
        ("tune", "third_", 0),
        ("heldout", "third_", 1),
    ],
)
def test_honest_texts_keep_their_points(half: str, written: str, most_lost: int, read: Reader) -> None:
    """Do denials, reports, doubts, lists and notes of honest authors earn what they state, and accuse nobody?"""
    lost = []
    for question, text, concepts in honest(half, written):
        found = read(question, text)
        assert found.misconceptions == (), text
        lost += sorted(concepts - {each.concept.id for each in found.concepts if each.covered})
    assert len(lost) <= most_lost, lost


@pytest.mark.parametrize(("half", "over"), [("tune", 0), ("heldout", 2)])
def test_what_is_only_named_earns_at_most_half(half: str, over: int, read: Reader) -> None:
    """Does a list of key phrases earn at most half, and is it flagged where it would have earned more?"""
    texts = [*listed(half), *((question, ". ".join(said)) for question, said in phrases(half).items())]
    found = [read(question, text) for question, text in texts]
    assert sum(each.points > len(each.concepts) // 2 for each in found) <= over
    assert any(each.listed for each in found)


@pytest.mark.parametrize(("half", "most_lost"), [("tune", 5), ("heldout", 7)])
def test_notes_keep_their_points(half: str, most_lost: int, read: Reader) -> None:
    """Do notes in telegraph style, with arrows, colons and verbs without a subject, earn what they state?"""
    lost = []
    for question, text, concepts in telegraph(half):
        found = read(question, text)
        assert not found.listed, text
        assert found.misconceptions == (), text
        lost += sorted(concepts - {each.concept.id for each in found.concepts if each.covered})
    assert len(lost) <= most_lost, lost


@pytest.mark.parametrize("sentence", CONDITIONS)
def test_what_is_supposed_is_not_said(sentence: str, read: Reader) -> None:
    """Does a statement count where it follows from a condition, and not where it is the condition?"""
    assert read("q4", sentence).points == 0


@pytest.mark.parametrize("sentence", CASES)
def test_what_follows_from_a_condition_is_said(sentence: str, read: Reader) -> None:
    """Are cases, names and what holds unless something else does said?"""
    assert read("q3", sentence).points == 1
