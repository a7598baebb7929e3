"""Right words that nobody says: what is made of right answers by a cheat earns nothing; honest texts keep their points.

The cheats and the honest texts of the half `heldout` were written before the reading was made to see through those of
the other half, and were not looked at since.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from cheating import Cheat, cheats, honest, statements

from grader.language.prose import Coverage

Reader = Callable[..., Coverage]
BOUND = 1
"""So many points more than a fair examiner gives, of all that ten answers can earn."""

MEASURED = {"a dump of the words": 3, "all words of an answer, shuffled": 2}
"""What lists of keywords, and sentences made of nothing but chance, still earn."""


def earned(cheat: Cheat, half: str, read: Reader) -> int:
    return sum(read(question, cheat.of(said)).points for question, said in statements(half).items())


@pytest.mark.parametrize("half", ["tune", "heldout"])
def test_what_is_said_earns_all(half: str, read: Reader) -> None:
    """Do the statements, as they are, earn every point?"""
    plainly = Cheat("plainly", "{}.")
    assert earned(plainly, half, read) == sum(map(len, statements(half).values()))


@pytest.mark.parametrize("cheat", cheats("tune"), ids=lambda cheat: cheat.name)
def test_a_cheat_earns_next_to_nothing(cheat: Cheat, read: Reader) -> None:
    """Do ten answers that are made of right words in this way earn at most one point?"""
    assert earned(cheat, "tune", read) <= MEASURED.get(cheat.name, BOUND)


def test_cheats_that_were_kept_apart(read: Reader) -> None:
    """Do nine of ten of those that nothing was tuned on earn as little?"""
    kept = cheats("heldout")
    assert sum(earned(cheat, "heldout", read) <= BOUND for cheat in kept) >= 0.9 * len(kept)


@pytest.mark.parametrize(("half", "most_lost"), [("tune", 2), ("heldout", 1)])
def test_honest_texts_keep_their_points(half: str, most_lost: int, read: Reader) -> None:
    """Do denials, reports, doubts, lists and notes of honest authors earn what they state, and accuse nobody?"""
    lost = []
    for question, text, concepts in honest(half):
        found = read(question, text)
        assert found.misconceptions == (), text
        lost += sorted(concepts - {each.concept.id for each in found.concepts if each.covered})
    assert len(lost) <= most_lost, lost
