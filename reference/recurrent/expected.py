"""Shapes and parameter counts as functions of a student's own sizes: u units, m input features, T time steps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import prod

Shape = tuple[int, ...]
OutputShape = tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """A number of parameters, and how it comes about.

    `formula` is `4·u·(u+m+1)`, `sizes` the student's numbers for its letters, and `worked` the formula with them:
    `4·64·(64+32+1) = 24,832`.
    """

    value: int
    formula: str
    sizes: tuple[tuple[str, int], ...]

    @property
    def worked(self) -> str:
        """The formula with the student's numbers, and what it comes to."""
        numbers = dict(self.sizes)
        return f"{re.sub('[a-z]', lambda letter: str(numbers[letter[0]]), self.formula)} = {self.value:,}"

    def __str__(self) -> str:
        return self.worked


def _gated(gates: int, units: int, inputs: int, biases: int) -> Count:
    """`gates` times the weights of a simple RNN, with so many biases per unit and gate."""
    times = "" if gates == 1 else f"{gates}·"
    formula = f"{times}u·(u+m+{biases})" if biases else f"{times}u·(u+m)"
    return Count(gates * units * (units + inputs + biases), formula, (("u", units), ("m", inputs)))


def simple_rnn(units: int, inputs: int, *, use_bias: bool = True) -> Count:
    """Each unit sees all inputs, all units and a bias."""
    return _gated(1, units, inputs, int(use_bias))


def lstm(units: int, inputs: int, *, use_bias: bool = True) -> Count:
    """Four simple RNNs: three gates and the candidate."""
    return _gated(4, units, inputs, int(use_bias))


def gru(units: int, inputs: int, *, reset_after: bool = True, use_bias: bool = True) -> Count:
    """Three simple RNNs: two gates and the candidate; with `reset_after`, each has a second bias."""
    return _gated(3, units, inputs, (1 + int(reset_after)) * int(use_bias))


def peephole_lstm(units: int, inputs: int, *, use_bias: bool = True, diagonal: bool = True) -> Count:
    """An LSTM and three peepholes: vectors of u weights, or u by u matrices if they are not diagonal."""
    plain = lstm(units, inputs, use_bias=use_bias)
    each = units if diagonal else units * units
    return Count(plain.value + 3 * each, f"{plain.formula} + 3·{'u' if diagonal else 'u·u'}", plain.sizes)


def bidirectional(one: Count) -> Count:
    """Two layers of the same kind with weights of their own; `one` is the count of either."""
    formula = f"2·({one.formula})" if " + " in one.formula else f"2·{one.formula}"
    return Count(2 * one.value, formula, one.sizes)


def dense(units: int, inputs: int, *, use_bias: bool = True) -> Count:
    """Each unit sees all inputs and a bias, the same at every time step."""
    formula = "u·(m+1)" if use_bias else "u·m"
    return Count(units * (inputs + int(use_bias)), formula, (("u", units), ("m", inputs)))


# Shapes --------------------------------------------------------------------------------------------------------------


def weights(units: int, inputs: int, *, gates: int = 1, use_bias: bool = True) -> list[Shape]:
    """Kernel (m, gates·u), recurrent kernel (u, gates·u), bias (gates·u,): a simple RNN, or an LSTM with 4 gates."""
    columns = gates * units
    return [(inputs, columns), (units, columns), (columns,)][: 3 if use_bias else 2]


def gru_weights(units: int, inputs: int, *, reset_after: bool = True, use_bias: bool = True) -> list[Shape]:
    """As `weights` with 3 gates; with `reset_after` the bias is (2, 3·u)."""
    shapes = weights(units, inputs, gates=3, use_bias=use_bias)
    return [*shapes[:2], (2, 3 * units)] if reset_after and use_bias else shapes


def output(units: int, timesteps: int, *, return_sequences: bool, batch: int | None = None) -> OutputShape:
    """(batch, T, u) of a layer that returns sequences, else (batch, u); None is a batch of any size."""
    return (batch, timesteps, units) if return_sequences else (batch, units)


def bidirectional_units(units: int, merge_mode: str = "concat") -> int:
    """The features that come out of both directions together: 2u side by side, else u."""
    return 2 * units if merge_mode == "concat" else units


def size(shapes: list[Shape]) -> int:
    """The number of weights in arrays of these shapes."""
    return sum(prod(shape) for shape in shapes)
