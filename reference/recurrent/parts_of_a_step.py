"""The parts of a step of an LSTM with peepholes: how each is computed rightly, and with a mistake, by its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from reference.recurrent.cells import Array, sigmoid
from reference.recurrent.variants import hard_sigmoid, relu

RIGHT = ""
HARD, HARD_2, NO_TANH = "the gates have a hard sigmoid", "the gates have a hard sigmoid of slope 0.2", "h_t has no tanh"
ACCEPTED = frozenset({HARD, HARD_2, NO_TANH})


@dataclass(frozen=True, slots=True)
class Gate:
    """What goes into one gate: from x_t, from h_{t-1}, the bias, and what it sees of a cell state and the hidden state.

    `before` is what it sees of the old cell state. `turned` is what the recurrent kernel gives for the input, where
    that is as large as the hidden state.
    """

    x: Array
    h: Array
    b: Array
    seen: Array
    before: Array
    seen_hidden: Array
    turned: Array | None


Forms = tuple[str, str, str, str]
"""By name, those of the forget gate, the input gate, the candidate, and the cell state."""
GateForm = Callable[[Gate], Array]
GATE: Mapping[str, GateForm] = {
    RIGHT: lambda g: sigmoid(g.x + g.h + g.b + g.seen),
    "a gate does not see the cell state": lambda g: sigmoid(g.x + g.h + g.b),
    "a peephole looks at the hidden state": lambda g: sigmoid(g.x + g.h + g.b + g.seen_hidden),
    "a peephole is added behind the sigmoid": lambda g: sigmoid(g.x + g.h + g.b) + g.seen,
    "a peephole is multiplied with the sum of its gate": lambda g: sigmoid((g.x + g.h + g.b) * g.seen),
    "a peephole is multiplied with its gate": lambda g: sigmoid(g.x + g.h + g.b) * g.seen,
    "a peephole is subtracted": lambda g: sigmoid(g.x + g.h + g.b - g.seen),
    "a gate has no sigmoid": lambda g: g.x + g.h + g.b + g.seen,
    "a gate has tanh": lambda g: np.tanh(g.x + g.h + g.b + g.seen),
    "a gate has ReLU": lambda g: relu(g.x + g.h + g.b + g.seen),
    HARD: lambda g: hard_sigmoid(g.x + g.h + g.b + g.seen),
    HARD_2: lambda g: hard_sigmoid(g.x + g.h + g.b + g.seen, slope=0.2),
    "U h_{t-1} is missing": lambda g: sigmoid(g.x + g.b + g.seen),
    "W x_t is missing": lambda g: sigmoid(g.h + g.b + g.seen),
    "a bias is missing": lambda g: sigmoid(g.x + g.h + g.seen),
    "a bias is subtracted": lambda g: sigmoid(g.x + g.h - g.b + g.seen),
    "U h_{t-1} is subtracted": lambda g: sigmoid(g.x - g.h + g.b + g.seen),
    "W x_t and U h_{t-1} are multiplied": lambda g: sigmoid(g.x * g.h + g.b + g.seen),
    "U is multiplied with x_t": lambda g: sigmoid(g.x + _turned(g) + g.b + g.seen),
    "a gate is turned around": lambda g: sigmoid(-(g.x + g.h + g.b + g.seen)),
    "a gate is always open": lambda g: np.ones_like(g.seen),
}
NEW_CANDIDATE: Mapping[str, GateForm] = {
    RIGHT: lambda g: np.tanh(g.x + g.h + g.b),
    "the candidate has no tanh": lambda g: g.x + g.h + g.b,
    "the candidate has a sigmoid": lambda g: sigmoid(g.x + g.h + g.b),
    "the candidate has ReLU": lambda g: relu(g.x + g.h + g.b),
    "U h_{t-1} is missing": lambda g: np.tanh(g.x + g.b),
    "W x_t is missing": lambda g: np.tanh(g.h + g.b),
    "a bias is missing": lambda g: np.tanh(g.x + g.h),
    "a bias is subtracted": lambda g: np.tanh(g.x + g.h - g.b),
    "U h_{t-1} is subtracted": lambda g: np.tanh(g.x - g.h + g.b),
    "W x_t and U h_{t-1} are multiplied": lambda g: np.tanh(g.x * g.h + g.b),
    "U is multiplied with x_t": lambda g: np.tanh(g.x + _turned(g) + g.b),
    "the candidate sees the cell state": lambda g: np.tanh(g.x + g.h + g.b + g.seen),
}
NEW_CELL: Mapping[str, Callable[..., Array]] = {
    RIGHT: lambda f, i, g, c, h: f * c + i * g,
    "c_t is a product, where it is a sum": lambda f, i, g, c, h: f * c * i * g,
    "c_t is a difference, where it is a sum": lambda f, i, g, c, h: f * c - i * g,
    "1 - f_t stands in the place of i_t": lambda f, i, g, c, h: f * c + (1 - f) * g,
    "1 - i_t stands in the place of f_t": lambda f, i, g, c, h: (1 - i) * c + i * g,
    "f_t * c_{t-1} is missing": lambda f, i, g, c, h: i * g,
    "f_t is multiplied with all": lambda f, i, g, c, h: f * (c + i * g),
    "i_t is multiplied with all": lambda f, i, g, c, h: i * (f * c + g),
    "c_{t-1} is not multiplied with f_t, but added": lambda f, i, g, c, h: f + c + i * g,
    "the candidate is not multiplied with i_t, but added": lambda f, i, g, c, h: f * c + i + g,
    "f_t is multiplied with h_{t-1}": lambda f, i, g, c, h: f * h + i * g,
    "c_t has a tanh": lambda f, i, g, c, h: np.tanh(f * c + i * g),
    "c_t has a sigmoid": lambda f, i, g, c, h: sigmoid(f * c + i * g),
}
NEW_HIDDEN: Mapping[str, Callable[[Array, Array, Array], Array]] = {
    RIGHT: lambda o, new, c: o * np.tanh(new),
    NO_TANH: lambda o, new, c: o * new,
    "h_t has a sigmoid, where it has tanh": lambda o, new, c: o * sigmoid(new),
    "h_t has ReLU, where it has tanh": lambda o, new, c: o * relu(new),
    "h_t comes from c_{t-1}": lambda o, new, c: o * np.tanh(c),
    "o_t is added, and not multiplied": lambda o, new, c: o + np.tanh(new),
    "tanh is taken of all": lambda o, new, c: np.tanh(o * new),
    "h_t is the gate alone": lambda o, new, c: o,
}


def _turned(gate: Gate) -> Array:
    return np.full_like(gate.seen, np.nan) if gate.turned is None else gate.turned
