"""What is asked of code is the same for the same notebook, and nothing that a kernel could know beforehand."""

from __future__ import annotations

from grader.grading.randomness import fingerprint_of, key_of, seed_of_experiments, unseen_by_kernels
from grader.pack.loading import load


def test_the_same_notebook_is_asked_the_same() -> None:
    """Does the order of the cells not matter, and all else that goes into it?"""
    pack = load()
    unseen = unseen_by_kernels(pack, None)
    asked = seed_of_experiments(0, ["a", "b"], unseen)
    assert asked == seed_of_experiments(0, ["b", "a"], unseen_by_kernels(pack, None))
    others = [(1, ["a", "b"], unseen), (0, ["a"], unseen), (0, ["a", "b"], ""), (0, ["a", "b"], unseen + "x")]
    assert asked not in {seed_of_experiments(*other) for other in others}


def test_a_secret_goes_into_it_and_is_not_told() -> None:
    """Does a secret change what is asked, with a fingerprint that tells it apart from others and nothing else?"""
    one, other = key_of(b"one"), key_of(b"other")
    assert unseen_by_kernels(load(), one) != unseen_by_kernels(load(), other)
    assert fingerprint_of(one) == fingerprint_of(key_of(b"one")) != fingerprint_of(other)
    assert fingerprint_of(None) is None
    assert (fingerprint_of(one) or "") not in one
