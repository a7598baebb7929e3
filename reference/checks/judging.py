"""The kinds of recurrent layers, and finding the layer of a kind in an answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

import numpy as np

from grader.answer.answer import Answer
from grader.answer.layer import Layer
from grader.pack.verdict import Missed, miss
from reference.recurrent import layouts, slips
from reference.recurrent.cells import Array, Weights
from reference.recurrent.own_cells import own_cell, own_cells, own_layers, settled
from reference.recurrent.own_functions import cells_of_functions
from reference.recurrent.recognise import Family

MAX_READINGS = 20_000
MOST_FUNCTIONS = 12


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of recurrent layer: what Keras calls it, how sentences call it and its layer, and its reference."""

    keras: str
    name: str
    layer: str
    gates: int
    states: int
    family: Family
    peepholes: int = 0


SIMPLE_RNN = Kind("SimpleRNN", "a simple RNN", "a simple recurrent layer or cell", 1, 1, slips.SIMPLE_RNN)
LSTM = Kind("LSTM", "an LSTM", "an LSTM layer or cell", 4, 2, slips.LSTM)
GRU = Kind("GRU", "a GRU", "a GRU layer or cell", 3, 1, slips.GRU)
PEEPHOLE_LSTM = Kind("LSTM", "a peephole LSTM", "an LSTM layer or cell", 4, 2, slips.PEEPHOLE_LSTM, peepholes=3)
KINDS = (SIMPLE_RNN, LSTM, GRU)


def find(answer: Answer, kind: Kind) -> Layer:
    """The layer or cell of this kind that the answer is about; ends the check if there is none.

    A layer over sequences comes before a bare cell, a class of Keras before one of the student's own.
    """
    return answer.once(("find", kind.name), lambda: _find(answer, kind))


def _find(answer: Answer, kind: Kind) -> Layer:
    cells = [cell for cell in own_cells(answer) if has_states(cell, kind.states)]
    layers = [layer for layer in own_layers(answer) if may_be(layer, kind)]
    for found in (answer.of_family(kind.keras), answer.of_family(f"{kind.keras}Cell"), cells, layers):
        chosen = answer.among(found)
        if chosen is not None:
            # A layer of the student's own that loops over this cell, and has no weights besides.
            around = [layer for layer in layers if chosen.facts.ref in layer.facts.inner]
            return answer.among(around) or chosen
    return function_of(answer, kind) or answer.nothing(kind.layer, _mixed_up(answer, kind))


INSTEAD = {
    ("LSTM", "GRU"): "A GRU is no LSTM: it has two gates, not three, and no cell state besides its hidden state.",
    ("GRU", "LSTM"): "An LSTM is no GRU: it has three gates and a cell state; a GRU has two gates and no cell state.",
    ("LSTM", "SimpleRNN"): "A simple RNN has no gates and no cell state; an LSTM has three gates.",
    ("GRU", "SimpleRNN"): "A simple RNN has no gates; a GRU has two, the update gate and the reset gate.",
    ("SimpleRNN", "LSTM"): "An LSTM has gates; the basic cell has none: h_t = tanh(W x_t + U h_{t-1} + b).",
    ("SimpleRNN", "GRU"): "A GRU has gates; the basic cell has none: h_t = tanh(W x_t + U h_{t-1} + b).",
}
"""What to say to one who was asked for the first, and built the second."""


def _mixed_up(answer: Answer, kind: Kind) -> str:
    """A sentence on another kind of recurrent layer that stands in place of this one; empty where there is none."""
    built = {layer.family.removesuffix("Cell") for layer in answer.layers}
    return next(
        (sentence for (asked, other), sentence in INSTEAD.items() if asked == kind.keras and other in built), ""
    )


def function_of(answer: Answer, kind: Kind) -> Layer | None:
    """A function of the student's own whose arrays can be those of one step of this kind."""
    cells = [cell for cell in cells_of_functions(answer) if has_states(cell, kind.states)]
    fitting = [cell for cell in cells if may_be(cell, kind)]
    # Where none fits as it is, one may have weights of a prediction besides.
    for cell in [*fitting, *(cell for cell in cells if cell not in fitting)][:MOST_FUNCTIONS]:
        with suppress(Missed):  # what fails when it is called in this way
            step = settled(cell, answer.rng)
            if may_be(step, kind):
                return step
    return None


def may_be(layer: Layer, kind: Kind) -> bool:
    """Whether the weights of a layer of the student's own can be read as those of this kind."""
    return next(readings(kind, [np.zeros(shape) for shape in layer.weight_shapes], layer), None) is not None


def readings(kind: Kind, arrays: Sequence[Array], layer: Layer) -> Iterator[Weights]:
    """Every way to read the arrays as the weights of this kind, Keras's own first."""
    u, m = layer.units or 1, layer.inputs or 1
    if kind is GRU and arrays and arrays[-1].shape == (2, 3 * u):
        yield Weights.from_keras(arrays)
    else:
        found = layouts.arrangements(arrays, u, m, gates=kind.gates, peepholes=kind.peepholes)
        yield from islice(found, MAX_READINGS)


def kind_of(layer: Layer) -> Kind | None:
    """The kind of a layer of Keras over sequences; of `RNN`, that of its cell."""
    cell = layer.cell
    name = f"{layer.family}Cell" if cell is None or layer.family != "RNN" else cell.family
    return next((kind for kind in KINDS if name == f"{kind.keras}Cell"), None)


def has_states(layer: Layer, states: int) -> bool:
    """Whether a cell carries so many states from step to step (an LSTM two, others one)."""
    return len(layer.facts.state_sizes) == states


def cell_of(answer: Answer, layer: Layer) -> Layer:
    """The cell of a layer, built; ends the check where it has none. A layer that loops by itself is asked as it is."""
    return layer if layer.loops else answer.once(("cell of", layer.facts.ref), lambda: _cell_of(answer, layer))


def _cell_of(answer: Answer, layer: Layer) -> Layer:
    if layer.is_cell and layer.facts.built and layer.facts.weights:
        return layer
    built = layer.built()
    cell = built.cell
    if cell is None:
        miss(f"Your {layer.label} has no recurrent cell inside.")
    cell = cell if cell.facts.built and cell.facts.weights else cell.built(built.inputs)
    return own_cell(cell, answer.rng) or cell
