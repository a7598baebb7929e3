"""What code of the student's own gave where its author ran it, beside the reference: right when it is asked is not all.

Code can look at what it is given: at the number of sequences, at their length, at the size of the numbers. What its
author saw is what it computes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from grader.answer.evidence import OwnRun
from grader.answer.layer import Layer
from grader.pack.verdict import miss
from reference.checks.comparing import Trial
from reference.recurrent.cells import Array, Step, Weights
from reference.recurrent.kinds import Kind
from reference.recurrent.recognise import TOLERANCE, Family, difference

MOST_ROWS = 8
MOST_RUNS = 4


def require_the_same(kind: Kind, layer: Layer, core: Layer, trial: Trial) -> None:
    """End the check where none of the readings of its weights by which a trial is right makes its own runs right.

    `core` is the cell of `layer`, or the layer itself where it loops by itself.
    """
    runs = [run for one in {layer.facts.ref: layer, core.facts.ref: core}.values() for run in one.own_runs()]
    for run in runs[:MOST_RUNS]:
        if [array.shape for array in run.weights] != [array.shape for array in trial.weights]:
            continue
        alike = replace(trial, weights=tuple(run.weights))
        pairs = zip(trial.readings(kind, core), alike.readings(kind, core), strict=True)
        errors = [
            error
            for w, own in pairs
            for family in kind.families
            for step in _steps(trial, family, w)
            if (error := _error(run, layer, family, step, own)) is not None
        ]
        if errors and min(errors) > allowed(run):
            miss(
                f"On other data your {core.label} computes what it should, but not on the data that you gave it.",
                expected="the same computation on any data",
                observed=f"{min(errors):.2g}",
            )


def allowed(run: OwnRun) -> float:
    """Sums of large numbers are rounded more."""
    return TOLERANCE * max([1.0, *(float(np.abs(array).max(initial=0.0)) for array in (*run.inputs, *run.weights))])


def _steps(trial: Trial, family: Family, w: Weights) -> Iterator[Step]:
    """Those by which a trial is right, if these are the weights: the reference, or a convention."""
    if trial.is_of(family, w):
        yield family.step
        return
    _, slips = trial.reference(family)
    known = {slip.id: slip.compute for slip in family.slips}
    right = (slip for slip in slips if slip.accepted and slip.id in known)
    yield from (
        known[slip.id] for slip in right if difference(trial.observed, slip.compute(w, *trial.given)) <= TOLERANCE
    )


def _error(run: OwnRun, layer: Layer, family: Family, step: Step, w: Weights) -> float | None:
    """The largest difference of what it gave; None where it was called in a way that nobody can follow."""
    inputs, outputs = [np.asarray(array, dtype=np.float64)[:MOST_ROWS] for array in run.inputs], run.outputs
    place = getattr(layer, "place", 0)
    if not all(np.isfinite(array).all() for array in (*inputs, *outputs)) or len(outputs) <= place:
        return None
    shapes = [array.shape[1:] for array in inputs]
    if len(inputs) == 1 and inputs[0].ndim == 3 and shapes[0][1] == w.inputs:
        return _over_time(inputs[0], outputs[place][:MOST_ROWS], layer, family, step, w)
    if shapes == [(w.inputs,), *[(w.units,)] * family.states] and layer.is_cell and type(layer) is Layer:
        found = step(w, *inputs)
        after = found if isinstance(found, tuple) else (found,)
        gave = [array[:MOST_ROWS] for array in outputs]
        return difference(gave, (after[0], *after)) if len(gave) == 1 + family.states else None
    return None


def _over_time(x: Array, output: Array, layer: Layer, family: Family, step: Step, w: Weights) -> float:
    backwards = layer.setting("go_backwards") is True
    states = family.unrolled(step, w, x[:, ::-1] if backwards else x)
    return difference(output, states if output.ndim == 3 else states[:, -1])
