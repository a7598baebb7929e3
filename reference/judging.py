"""The kinds of recurrent layers, and finding the layer of a kind in an answer."""

from __future__ import annotations

from dataclasses import dataclass

from grader.assignment import Answer, Layer, miss
from reference import slips
from reference.recognise import Family


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

    A layer over sequences comes before a bare cell, a class of Keras before a cell of the student's own.
    """
    own = [layer for layer in answer.layers if layer.facts.custom and layer.is_cell and has_states(layer, kind.states)]
    for layers in (answer.of_family(kind.keras), answer.of_family(f"{kind.keras}Cell"), own):
        chosen = answer.among(layers)
        if chosen is not None:
            return chosen
    return answer.nothing(kind.layer)


def has_states(layer: Layer, states: int) -> bool:
    """Whether a cell carries so many states from step to step (an LSTM two, others one)."""
    return len(layer.facts.state_sizes) == states


def cell_of(layer: Layer) -> Layer:
    """The cell of a layer, built; ends the check where it has none."""
    built = layer.built()
    cell = built.cell
    if cell is None:
        miss(f"Your {layer.label} has no recurrent cell inside.")
    return cell if cell.facts.built and cell.facts.weights else cell.built(built.inputs)
