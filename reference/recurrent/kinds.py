"""The kinds of recurrent layers: what each is called, its reference, its size, and how its weights can be read."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from grader.answer.layer import Layer
from reference.recurrent import expected, layouts, slips
from reference.recurrent.cells import Array, PeepholeWeights, Weights
from reference.recurrent.expected import Count
from reference.recurrent.recognise import Family

MAX_READINGS = 20_000


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of recurrent layer: what Keras calls it, how sentences call it and its layer, and its reference.

    A GRU may apply its reset gate before the matrix product or after it: it has two families, the first is Keras's.
    """

    keras: str
    name: str
    layer: str
    gates: int
    states: int
    families: tuple[Family, ...]
    peepholes: int = 0

    @property
    def family(self) -> Family:
        """The reference."""
        return self.families[0]

    def count(self, units: int, inputs: int, *, use_bias: bool = True, reset_after: bool = False) -> Count:
        """The parameters of one with so many units and inputs; only a GRU has a second bias for `reset_after`."""
        if self is GRU:
            return expected.gru(units, inputs, reset_after=reset_after, use_bias=use_bias)
        if self is PEEPHOLE_LSTM:
            return expected.peephole_lstm(units, inputs, use_bias=use_bias)
        return (expected.lstm if self is LSTM else expected.simple_rnn)(units, inputs, use_bias=use_bias)


SIMPLE_RNN = Kind("SimpleRNN", "a simple RNN", "a simple recurrent layer or cell", 1, 1, (slips.SIMPLE_RNN,))
LSTM = Kind("LSTM", "an LSTM", "an LSTM layer or cell", 4, 2, (slips.LSTM,))
GRU = Kind("GRU", "a GRU", "a GRU layer or cell", 3, 1, (slips.GRU, slips.GRU_RESET_BEFORE))
PEEPHOLE_LSTM = Kind("LSTM", "a peephole LSTM", "an LSTM layer or cell", 4, 2, (slips.PEEPHOLE_LSTM,), peepholes=3)
KINDS = (SIMPLE_RNN, LSTM, GRU)


def may_be(layer: Layer, kind: Kind) -> bool:
    """Whether the weights of a layer of the student's own can be read as those of this kind."""
    return next(readings(kind, [np.zeros(shape) for shape in layer.weight_shapes], layer), None) is not None


def readings(
    kind: Kind, arrays: Sequence[Array], layer: Layer, of_input: Collection[int] | None = None
) -> Iterator[Weights]:
    """Every way to read the arrays of a layer as the weights of this kind, Keras's own first.

    `of_input` are the places of those that are multiplied with its input, where that is known.
    """
    return readings_of(kind, arrays, layer.units or 1, layer.inputs or 1, of_input)


def readings_of(
    kind: Kind, arrays: Sequence[Array], units: int, inputs: int, of_input: Collection[int] | None = None
) -> Iterator[Weights]:
    """The same for so many units and inputs."""
    if kind is GRU and arrays and arrays[-1].shape == (2, 3 * units):
        yield Weights.from_keras(arrays)
    else:
        found = layouts.arrangements(
            arrays, units, inputs, gates=kind.gates, peepholes=kind.peepholes, of_input=of_input
        )
        yield from islice(found, MAX_READINGS)


def of_a_layer(kind: Kind, arrays: Sequence[Array], inputs: int) -> Weights | None:
    """The weights of a layer of Keras in its own order, if they have the shapes of those of this kind.

    Peepholes stand behind the others, as in the cell that Keras 2 and TensorFlow Addons have for them.
    """
    number = len(arrays) - kind.peepholes
    if not 2 <= number <= 3 or [array.ndim for array in arrays[:2]] != [2, 2]:
        return None
    units = arrays[1].shape[0]
    peepholes = arrays[number:]
    if arrays[0].shape != (inputs, kind.gates * units) or arrays[1].shape != (units, kind.gates * units):
        return None
    if any(array.shape != (units,) for array in peepholes):
        return None
    try:
        plain = Weights.from_keras(arrays[:number])
    except ValueError:  # a bias of another size
        return None
    return PeepholeWeights(plain.kernel, plain.recurrent_kernel, plain.bias, *peepholes) if peepholes else plain


def kind_of(layer: Layer) -> Kind | None:
    """The kind of a layer of Keras over sequences; of `RNN`, that of its cell."""
    cell = layer.cell
    name = f"{layer.family}Cell" if cell is None or layer.family != "RNN" else cell.family
    return next((kind for kind in KINDS if name == f"{kind.keras}Cell"), None)


def has_states(layer: Layer, kind: Kind) -> bool:
    """Whether a cell carries as many states from step to step as its kind (an LSTM two, others one)."""
    return len(layer.facts.state_sizes) == kind.states
