"""Which gates of an LSTM cell see its cell state, measured from outside.

x and h are held still, and the cell state c_{t-1} is moved far to both sides, so that a gate that sees it saturates:

    c_t = f c_{t-1} + i g,    h_t = o tanh(c_t)

- The forget gate: c_t / c_{t-1} is f, up to a part that vanishes far out. It is the same on both sides in a plain LSTM.
- The input gate: where f is 0 or 1, c_t - f c_{t-1} is i g. It is the same on both sides in a plain LSTM. Where f does
  not move at all, c_t is an affine function of c_{t-1} as long as i does not move either.
- The output gate: h_t / tanh(c_t) is o, the same for every cell state in a plain LSTM.
"""

from __future__ import annotations

import numpy as np

from grader.answer.evidence import Array
from grader.answer.layer import Layer
from reference.checks.cell_diagram import SeenGates

FAR = 1_000.0
NEAR = 4.0
SAME = 1e-2
BENT = 1e-3
OPEN = 0.05
"""Where tanh(c_t) is smaller, h_t says little about the output gate."""


def gates_that_see(cell: Layer, rng: np.random.Generator) -> SeenGates:
    """Ask a built cell with the states [h, c] for one step from each of five cell states."""
    x = np.repeat(rng.uniform(-1, 1, (1, cell.inputs or 1)), 5, axis=0)
    h, c = (np.repeat(rng.uniform(-1, 1, (1, size)), 5, axis=0) for size in cell.facts.state_sizes)
    c *= np.array([0.0, FAR, -FAR, NEAR, -NEAR])[:, None] / np.abs(c)
    output, _, new = (np.asarray(values, dtype=np.float64) for values in cell.step(x, [h, c], _weights(cell, rng))[:3])
    forget = _forget(new)
    return SeenGates(forget=forget, input=_input(new), output=_output(output, new))


def _weights(cell: Layer, rng: np.random.Generator) -> list[Array]:
    """Random weights, those in vectors away from zero, so that every peephole shows."""
    drawn = cell.random_weights(rng)
    return [np.where(np.abs(w) < 0.2, np.copysign(0.2, w), w) if w.ndim == 1 else w for w in drawn]


def _forget(new: Array) -> bool:
    above, below = new[1] / FAR, -new[2] / FAR
    return bool(np.abs(above - below).max() > SAME)


def _input(new: Array) -> bool:
    """By what is added where the forget gate is shut or wide open on both sides, else by a bend near zero."""
    kept = [np.round(np.abs(new[1]) / FAR), np.round(np.abs(new[2]) / FAR)]
    added = [new[1] - np.sign(new[1]) * kept[0] * FAR, new[2] - np.sign(new[2]) * kept[1] * FAR]
    settled = (np.abs(added[0]) < 1.5) & (np.abs(added[1]) < 1.5)
    if settled.any():
        return bool(np.abs(added[0] - added[1])[settled].max() > SAME)
    return bool(np.abs(new[3] - 2 * new[0] + new[4]).max() > BENT)


def _output(output: Array, new: Array) -> bool:
    shown = np.tanh(new)
    told = np.abs(shown).min(axis=0) > OPEN
    if not told.any():
        return False
    gate = output[:, told] / shown[:, told]
    return bool(np.ptp(gate, axis=0).max() > SAME)
