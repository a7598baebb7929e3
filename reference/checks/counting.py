"""Counting the parameters of a recurrent layer: as many as its kind has, and all of them in use."""

from __future__ import annotations

from grader.answer.answer import Answer
from grader.answer.layer import Layer
from grader.pack.verdict import Missed, Outcome, expect, miss
from reference.checks.comparing import recognised
from reference.checks.judging import GRU, KINDS, LSTM, PEEPHOLE_LSTM, Kind, cell_of
from reference.recurrent import expected
from reference.recurrent.expected import Count
from reference.recurrent.measure import unused_weights


def count(
    kind: Kind, layer: Layer, *, units: int | None = None, inputs: int | None = None, use_bias: bool = True
) -> Count:
    """The parameters that a layer of this kind has in the student's own sizes."""
    u, m = units or layer.units or 0, inputs or layer.inputs or 0
    if kind is GRU:
        return expected.gru(u, m, reset_after=layer.setting("reset_after") is not False, use_bias=use_bias)
    if kind is PEEPHOLE_LSTM:
        return expected.peephole_lstm(u, m, use_bias=use_bias)
    return (expected.lstm if kind is LSTM else expected.simple_rnn)(u, m, use_bias=use_bias)


def parameters_match(answer: Answer, layer: Layer, kind: Kind) -> Outcome:
    """The number of parameters is that of this kind, for the student's own sizes."""
    built = layer.built()
    if not built.units:
        miss(f"Your {built.facts.class_name} has no units.", expected="at least one unit", observed=0)
    _require_use(answer, built, kind)
    found = cell_of(answer, built).parameters
    wanted = count(kind, built)
    if kind is GRU and built.setting("reset_after") is None:  # one bias for each gate, or two, is for who writes it
        one_bias = expected.gru(built.units, built.inputs or 0, reset_after=False)
        wanted = one_bias if found == one_bias.value else wanted
    return expect(found, "Number of parameters").equals(
        wanted.value, wanted.worked, otherwise=lambda: _likely_cause(built, kind)
    )


def _require_use(answer: Answer, layer: Layer, kind: Kind) -> None:
    """End the check where the weights are not those of a step, or a step does not use them."""
    cell = cell_of(answer, layer)
    idle = [] if _is_proved(answer, cell, kind) else unused_weights(cell, answer.rng)
    if idle or not (layer.is_cell or layer.weight_shapes == cell.every_weight_shape):
        names = ", ".join(idle) or "weights outside of its cell"
        miss(
            f"Of the weights of your {layer.label} a step does not use {names}: they can be anything without effect.",
            expected="weights that are used",
            observed=names,
        )


def _is_proved(answer: Answer, cell: Layer, kind: Kind) -> bool:
    try:
        return recognised(answer, cell, kind).accepted
    except Missed:  # of which the check of the step tells
        return False


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
