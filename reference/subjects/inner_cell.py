"""The cell inside of a layer."""

from __future__ import annotations

from grader.answer.answer import Answer
from grader.answer.layer import Layer
from grader.pack.verdict import miss
from reference.recurrent.own_cells import own_cell


def cell_of(answer: Answer, layer: Layer) -> Layer:
    """The cell of a layer, built; ends the check where it has none."""
    return answer.once(("cell of", layer.facts.ref), lambda: _cell_of(answer, layer))


def _cell_of(answer: Answer, layer: Layer) -> Layer:
    if layer.is_cell and layer.facts.built and layer.facts.weights:
        return layer
    built = layer.built()
    cell = built.cell
    if cell is None:
        miss(f"Your {layer.label} has no recurrent cell inside.")
    cell = cell if cell.facts.built and cell.facts.weights else cell.built(built.inputs)
    return own_cell(cell, answer.rng) or cell
