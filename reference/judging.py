"""What several questions judge in the same way: finding the layer of a kind, and counting its parameters."""

from __future__ import annotations

from dataclasses import dataclass

from grader.assignment import Answer, Layer, Outcome, expect, miss, unused_weights
from reference import expected, slips
from reference.expected import Count
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


# ----- parameters -----


def count(kind: Kind, layer: Layer, *, units: int | None = None, inputs: int | None = None) -> Count:
    """The parameters that a layer of this kind has in the student's own sizes."""
    u, m = units or layer.units or 0, inputs or layer.inputs or 0
    if kind is GRU:
        return expected.gru(u, m, reset_after=layer.setting("reset_after") is not False)
    if kind is PEEPHOLE_LSTM:
        return expected.peephole_lstm(u, m)
    return expected.lstm(u, m) if kind is LSTM else expected.simple_rnn(u, m)


def parameters_match(answer: Answer, layer: Layer, kind: Kind) -> Outcome:
    """The number of parameters is that of this kind, for the student's own sizes."""
    built = layer.built()
    if not built.units:
        miss(f"Your {built.facts.class_name} has no units.", expected="at least one unit", observed=0)
    _require_use(answer, built)
    wanted = count(kind, built)
    return expect(built.parameters, "Number of parameters").equals(
        wanted.value, wanted.worked, otherwise=lambda: _likely_cause(built, kind)
    )


def _require_use(answer: Answer, layer: Layer) -> None:
    """End the check where the weights are not those of a step, or a step does not use them."""
    cell = cell_of(layer)
    idle = answer.once(("unused", cell.facts.ref), lambda: unused_weights(cell, answer.rng))
    if idle or layer.weight_shapes != cell.weight_shapes:
        names = ", ".join(idle) or "weights outside of its cell"
        miss(
            f"Of the weights of your {layer.label} a step does not use {names}: they can be anything without effect.",
            expected="weights that are used",
            observed=names,
        )


def _likely_cause(layer: Layer, kind: Kind) -> str:
    found, units, inputs = layer.parameters, layer.units or 0, layer.inputs or 0
    if found == count(kind, layer, units=inputs, inputs=units).value:
        return f"It looks as if units ({units}) and features ({inputs}) were mixed up."
    if layer.setting("use_bias") is False:
        return "The bias is switched off (use_bias=False)."
    for other in KINDS:
        if other is not kind and found == count(other, layer).value:
            return f"That is the number of {other.name} of this size."
    return ""
