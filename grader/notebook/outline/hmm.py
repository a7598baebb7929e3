"""A hidden Markov model in log space: the best path (Viterbi) and how sure it is (forward-backward).

L. R. Rabiner, A tutorial on hidden Markov models and selected applications in speech recognition, Proc. IEEE 77 (1989).
The scores need not be normalised: only their differences count, as in a linear-chain conditional random field.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]


def viterbi(initial: Scores, transitions: Sequence[Scores], emissions: Scores) -> NDArray[np.intp]:
    """The path with the highest score (steps,); of several equally good ones, that of the lowest states.

    `initial` is (states,), `emissions` (steps, states). `transitions[t]` (states, states) leads from step t to t + 1,
    from the row's state to the column's.
    """
    steps = len(emissions)
    best = np.zeros_like(emissions)
    came_from = np.zeros(emissions.shape, dtype=np.intp)
    best[0] = initial + emissions[0]
    for t in range(1, steps):
        reached = best[t - 1][:, np.newaxis] + transitions[t - 1]
        came_from[t] = reached.argmax(axis=0)
        best[t] = reached.max(axis=0) + emissions[t]
    path = np.zeros(steps, dtype=np.intp)
    path[-1] = best[-1].argmax()
    for t in range(steps - 1, 0, -1):
        path[t - 1] = came_from[t, path[t]]
    return path


def posteriors(initial: Scores, transitions: Sequence[Scores], emissions: Scores) -> Scores:
    """The probability of each state at each step, given everything (steps, states); each row sums to one."""
    forward = np.zeros_like(emissions)
    backward = np.zeros_like(emissions)
    forward[0] = initial + emissions[0]
    for t in range(1, len(emissions)):
        forward[t] = _log_sum(forward[t - 1][:, np.newaxis] + transitions[t - 1], axis=0) + emissions[t]
    for t in range(len(emissions) - 2, -1, -1):
        backward[t] = _log_sum(transitions[t] + emissions[t + 1] + backward[t + 1], axis=1)
    joint = forward + backward
    joint -= joint.max(axis=1, keepdims=True)
    weights = np.exp(joint)
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))


def _log_sum(scores: Scores, axis: int) -> Scores:
    """log(sum(exp(scores))) along an axis, without overflow."""
    top = np.maximum.reduce(scores, axis=axis, keepdims=True)
    return np.asarray(np.squeeze(top, axis) + np.log(np.add.reduce(np.exp(scores - top), axis=axis)))
