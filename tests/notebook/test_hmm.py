from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.notebook.outline.hmm import posteriors, viterbi

STATES, STEPS = 3, 4


def model(seed: int) -> tuple[np.ndarray, list[np.ndarray], np.ndarray]:
    rng = np.random.default_rng(seed)
    transitions = [rng.normal(size=(STATES, STATES)) for _ in range(STEPS - 1)]
    transitions[0][0, 1] = -np.inf
    return rng.normal(size=STATES), transitions, rng.normal(size=(STEPS, STATES))


def scores(initial: np.ndarray, transitions: list[np.ndarray], emissions: np.ndarray) -> dict[tuple[int, ...], float]:
    """Every path with its score, added up one by one."""
    return {
        path: float(
            initial[path[0]]
            + sum(emissions[t, path[t]] for t in range(STEPS))
            + sum(transitions[t][path[t], path[t + 1]] for t in range(STEPS - 1))
        )
        for path in product(range(STATES), repeat=STEPS)
    }


@given(st.integers(0, 10_000))
@settings(max_examples=30)
def test_viterbi_finds_the_best_of_all_paths(seed: int) -> None:
    """Is it the path that trying all paths finds?"""
    given_model = model(seed)
    all_paths = scores(*given_model)
    assert tuple(viterbi(*given_model)) == max(all_paths, key=lambda path: all_paths[path])


@given(st.integers(0, 10_000))
@settings(max_examples=30)
def test_posteriors_are_the_shares_of_all_paths(seed: int) -> None:
    """Is the probability of a state that of all paths through it?"""
    given_model = model(seed)
    weights = {path: np.exp(score) for path, score in scores(*given_model).items()}
    total = sum(weights.values())
    expected = [
        [sum(weight for path, weight in weights.items() if path[t] == state) / total for state in range(STATES)]
        for t in range(STEPS)
    ]
    np.testing.assert_allclose(posteriors(*given_model), expected, atol=1e-12)


def test_scores_far_from_zero_do_not_overflow() -> None:
    """Are long notebooks with large scores fine?"""
    initial, transitions, emissions = np.zeros(2), [np.zeros((2, 2))] * 2999, np.full((3000, 2), 500.0)
    np.testing.assert_allclose(posteriors(initial, transitions, emissions), 0.5)
