"""Counting the parameters of a recurrent layer: how many its kind has in the student's own sizes."""

from __future__ import annotations

from grader.answer.layer import Layer
from reference.recurrent.expected import Count
from reference.recurrent.kinds import GRU, KINDS, Kind


def count(
    kind: Kind, layer: Layer, *, units: int | None = None, inputs: int | None = None, use_bias: bool = True
) -> Count:
    """The parameters that a layer of this kind has in the student's own sizes."""
    u, m = units or layer.units or 0, inputs or layer.inputs or 0
    return kind.count(u, m, use_bias=use_bias, reset_after=layer.setting("reset_after") is not False)


def wanted(kind: Kind, layer: Layer, found: int | None) -> Count:
    """The same; of a GRU that a student wrote, with one bias for each gate or none where that is what was found.

    The equations of the paper (Cho et al., 2014) have none.
    """
    if kind is GRU and layer.setting("reset_after") is None:  # how many biases there are is for who writes it
        sizes = layer.units or 0, layer.inputs or 0
        for fewer in (kind.count(*sizes), kind.count(*sizes, use_bias=False)):
            if found == fewer.value:
                return fewer
    return count(kind, layer)


def likely_cause(layer: Layer, kind: Kind) -> str:
    """A sentence on why a layer may have another number of parameters; empty where nobody knows."""
    found, units, inputs = layer.parameters, layer.units or 0, layer.inputs or 0
    if found == count(kind, layer, units=inputs, inputs=units).value:
        return f"It looks as if units ({units}) and features ({inputs}) were mixed up."
    if layer.setting("use_bias") is False:
        return "The bias is switched off (use_bias=False)."
    for other in KINDS:
        if other is not kind and found == count(other, layer).value:
            return f"That is the number of {other.name} of this size."
    return ""
