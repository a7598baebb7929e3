"""Whether a cell has the weights of peepholes, and whether its gates look at the cell state through them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from grader.answer.layer import Layer
from grader.pack.verdict import Outcome, Todo, failed, miss, partly, passed
from reference.recurrent import expected
from reference.recurrent.kinds import PEEPHOLE_LSTM, has_states
from reference.recurrent.measure import curvature_in_state

AFFINE = 1e-5


def has_peephole_weights(
    layer: Layer, core: Layer, idle: Callable[[], list[str]], bounded: Callable[[], bool], known: Callable[[], bool]
) -> Outcome:
    """As many as an LSTM with peepholes has, none of them idle, and a cell state that stays bounded as they are used.

    `core` is the cell of the layer. What is idle, and whether it is bounded, is measured where the count is right. A
    count alone, of weights of which nobody knows what they do, is half of it.
    """
    u, m, found = core.units or 0, core.inputs or 0, core.parameters
    wanted = expected.peephole_lstm(u, m)
    variants = [expected.peephole_lstm(u, m, use_bias=False), expected.peephole_lstm(u, m, diagonal=False)]
    if found not in {count.value for count in (wanted, *variants)}:
        return failed(
            f"Your layer has {found:,} parameters; a peephole LSTM of this size has {wanted.value:,}."
            + (_plain(layer) if found == expected.lstm(u, m).value else ""),
            expected=str(wanted),
            observed=found,
        )
    if unused := idle():
        return failed(
            f"Your cell has {found:,} parameters, but {', '.join(unused)} can be changed without any effect on a "
            "step: weights that nothing uses are no peepholes.",
            expected="weights that are used",
            todo=Todo("Use each weight of the cell in its step."),
            observed=", ".join(unused),
        )
    if not bounded():
        return failed(
            f"Your cell has {found:,} parameters, but its cell state is not that of an LSTM: from one step to the "
            "next it grows without bound. A forget gate keeps at most all of c_{t-1}, and an input gate lets in at "
            "most all of the candidate: a peephole belongs inside of the sigmoid.",
            expected="at most |c_{t-1}| + 1",
            todo=Todo("Put the peepholes inside of the sigmoids."),
            observed="more",
        )
    if not known():
        return partly(
            0.5,
            f"Your cell has {found:,} parameters, as many as a peephole LSTM of this size. What it computes with them "
            "is neither a peephole LSTM nor one with a mistake that we know.",
            expected=str(wanted),
            observed=found,
        )
    return passed(f"Your cell has {found:,} parameters.", expected=str(wanted), observed=found)


def _plain(layer: Layer) -> str:
    """What a student who has a plain LSTM is told."""
    fake = (
        " implementation=2 does not make peepholes: it only chooses how Keras multiplies the matrices (one product for "
        "all gates in place of four), and the result is the same."
    )
    return (
        " That is a plain LSTM: no weight is left through which a gate could see the cell state."
        + (fake if layer.setting("implementation") == 2 else "")
        + " Keras has no peephole layer; write a cell of your own with three more weight vectors."
    )


def cell_state_bends(cell: Layer, rng: np.random.Generator) -> Outcome:
    """With x and h held still, the next cell state is no affine function of the last one."""
    if not has_states(cell, PEEPHOLE_LSTM):
        miss("An LSTM cell carries a hidden state and a cell state.", expected=2, observed=len(cell.facts.state_sizes))
    weights = cell.random_weights(rng)
    curvature = curvature_in_state(cell, rng, which=1, weights=weights)
    shown = f"second difference {curvature:.1g}"
    if curvature > AFFINE:
        return passed("The next cell state bends with the last one, as it does when gates see it.", observed=shown)
    return failed(
        "The next cell state is an affine function of the last one, as in a plain LSTM: f_t and i_t do not depend on "
        "c_{t-1}. The peepholes belong inside the sigmoids: σ(W x_t + U h_{t-1} + p * c_{t-1} + b).",
        expected="above 1e-05",
        todo=Todo("Put the peepholes inside of the sigmoids: σ(W x_t + U h_{t-1} + p * c_{t-1} + b)."),
        observed=shown,
    )
