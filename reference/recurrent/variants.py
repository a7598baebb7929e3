"""Ways in which a recurrent cell can differ from the reference.

Most are the right cell with other weights: a gate that lets everything through has an infinite bias, 1 - z is the
sigmoid of the negated columns. What no weights can do is written out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from reference.recurrent.cells import Activation, Array, PeepholeWeights, Step, Weights, gates_of, peek, sigmoid

INPUT, FORGET, CANDIDATE, OUTPUT = range(4)  # the columns of an LSTM
UPDATE, RESET = range(2)  # the first columns of a GRU
Change = Callable[[Any], Weights]


def relu(z: Array) -> Array:
    """max(0, z)."""
    return np.maximum(z, 0)


def linear(z: Array) -> Array:
    """No activation at all."""
    return z


def hard_sigmoid(z: Array, *, slope: float = 1 / 6) -> Array:
    """Three straight lines in place of a sigmoid; the slope is 1/6 in Keras 3 and 0.2 in Keras 2."""
    return np.clip(slope * z + 0.5, 0, 1)


# The same cell with other weights ------------------------------------------------------------------------------------


def with_weights(change: Change, step: Step) -> Step:
    """The step, with its weights changed beforehand."""
    return lambda w, *rest: step(change(w), *rest)


def _columns(w: Weights, change: Callable[[list[Array]], list[Array]], *names: str) -> Weights:
    """The weights with the columns of their gates changed: a list of one block per gate goes in, and one comes out."""
    gates = w.kernel.shape[1] // w.units
    split = {name: gates_of(getattr(w, name), gates) for name in names}
    return replace(w, **{name: np.concatenate(change(blocks), axis=-1) for name, blocks in split.items()})


def swapped(w: Weights) -> Weights:
    """The first two gates in each other's place."""
    return _columns(w, lambda gate: [gate[1], gate[0], *gate[2:]], "kernel", "recurrent_kernel", "bias")


def added(w: Weights, gate: int, amount: float) -> Weights:
    """`amount` more in the bias of one gate."""
    return _columns(w, lambda b: [x + amount if index == gate else x for index, x in enumerate(b)], "bias")


def opened(gate: int) -> Change:
    """A gate that always lets everything through: it is 1."""
    return lambda w: added(w, gate, np.inf)


def shut(gate: int) -> Change:
    """A gate that never lets anything through: it is 0."""
    return lambda w: added(w, gate, -np.inf)


def negated_update(w: Weights) -> Weights:
    """1 - z in the place of z in a GRU."""
    return _columns(w, lambda gate: [-gate[UPDATE], *gate[1:]], "kernel", "recurrent_kernel", "bias")


def coupled(w: Weights) -> Weights:
    """1 - f in the place of i in an LSTM."""
    tied = _columns(w, lambda gate: [-gate[FORGET], *gate[1:]], "kernel", "recurrent_kernel", "bias")
    return replace(tied, input_peephole=-tied.forget_peephole) if isinstance(tied, PeepholeWeights) else tied


def without(*names: str) -> Change:
    """The weights of these names all zero."""
    return lambda w: replace(w, **{name: np.zeros_like(getattr(w, name)) for name in names})


def peepholes_on_hidden_state(w: PeepholeWeights) -> Weights:
    """p * h_{t-1} is U h_{t-1} with p on the diagonal of U."""
    seen = [w.input_peephole, w.forget_peephole, np.zeros(w.units), w.output_peephole]
    blocks = [np.diag(p) if p.ndim == 1 else p for p in seen]
    return Weights(w.kernel, w.recurrent_kernel + np.concatenate(blocks, axis=1), w.bias)


# What no weights can do ----------------------------------------------------------------------------------------------


def lstm_variant(
    w: Weights,
    x: Array,
    h: Array,
    c: Array,
    *,
    of_candidate: Activation = np.tanh,
    of_output: Activation = np.tanh,
    output_gate_sees_old_cell: bool = False,
    peephole_outside: bool = False,
) -> tuple[Array, Array]:
    """A step of an LSTM, with peepholes if `w` has any, with one part of it replaced."""
    none = np.zeros(w.units)
    p_i, p_f, p_o = (getattr(w, f"{gate}_peephole", none) for gate in ("input", "forget", "output"))

    def gate(z: Array, seen: Array) -> Array:
        return sigmoid(z) + seen if peephole_outside else sigmoid(z + seen)

    z_i, z_f, z_c, z_o = gates_of(x @ w.kernel + h @ w.recurrent_kernel + w.bias, 4)
    new = gate(z_f, peek(c, p_f)) * c + gate(z_i, peek(c, p_i)) * of_candidate(z_c)
    o = gate(z_o, peek(c if output_gate_sees_old_cell else new, p_o))
    return o * of_output(new), new
