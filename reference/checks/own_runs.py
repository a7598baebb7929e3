"""What code of the student's own gave where its author ran it, beside the reference: right when it is asked is not all.

Code can look at what it is given: at the number of sequences, at their length, at the size of the numbers. What its
author saw is what it computes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

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
Comparison = Callable[[Family, Step, Weights], float]
"""The largest difference of what was given to what a step of a family gives, by these weights."""


def require_the_same(kind: Kind, layer: Layer, core: Layer, trial: Trial) -> None:
    """End the check where none of the readings of its weights by which a trial is right makes its own runs right.

    `core` is the cell of `layer`, or the layer itself where it loops by itself.
    """
    runs = [run for one in {layer.facts.ref: layer, core.facts.ref: core}.values() for run in one.own_runs()]
    for run in runs[:MOST_RUNS]:
        if [array.shape for array in run.weights] != [array.shape for array in trial.weights]:
            continue
        compared = _comparison(run, layer, kind, next(trial.readings(kind, core), None))
        if compared is None:
            continue
        alike, bound = replace(trial, weights=tuple(run.weights)), allowed(run)
        found = (
            compared(family, step, own)
            for steps in (_right, _conventional)  # the cheap and likely ones of all readings first
            for w, own in zip(trial.readings(kind, core), alike.readings(kind, core), strict=True)
            for family in kind.families
            for step in steps(trial, family, w)
        )
        errors: list[float] = []
        # There may be thousands of readings, and the first that makes a trial right is nearly always right here, too.
        for error in found:
            errors.append(error)
            if not error > bound:
                break
        if errors and min(errors) > bound:
            miss(
                f"On other data your {core.label} computes what it should, but not on the data that you gave it.",
                expected="the same computation on any data",
                observed=f"{min(errors):.2g}",
            )


def allowed(run: OwnRun) -> float:
    """Sums of large numbers are rounded more."""
    return TOLERANCE * max([1.0, *(float(np.abs(array).max(initial=0.0)) for array in (*run.inputs, *run.weights))])


def _right(trial: Trial, family: Family, w: Weights) -> Iterator[Step]:
    """The reference, where a trial is right by it, if these are the weights."""
    if trial.is_of(family, w):
        yield family.step


def _conventional(trial: Trial, family: Family, w: Weights) -> Iterator[Step]:
    """The conventions by which a trial is right where it is not by the reference, if these are the weights."""
    if trial.is_of(family, w):
        return
    known = {slip.id: slip.compute for slip in family.slips}
    accepted = (slip for slip in trial.slips(family) if slip.accepted and slip.id in known)
    yield from (
        known[slip.id] for slip in accepted if difference(trial.observed, slip.compute(w, *trial.given)) <= TOLERANCE
    )


def _comparison(run: OwnRun, layer: Layer, kind: Kind, w: Weights | None) -> Comparison | None:
    """How what it gave is compared, if these are the weights, or others of their sizes; None where there are none, or
    it was called in a way that nobody can follow."""
    inputs, outputs = [np.asarray(array, dtype=np.float64)[:MOST_ROWS] for array in run.inputs], run.outputs
    place = getattr(layer, "place", 0)
    if not all(np.isfinite(array).all() for array in (*inputs, *outputs)) or len(outputs) <= place or w is None:
        return None
    shapes, gave = [array.shape[1:] for array in inputs], [array[:MOST_ROWS] for array in outputs]
    if len(inputs) == 1 and inputs[0].ndim == 3 and shapes[0][1] == w.inputs:
        return partial(_over_time, inputs[0], gave[place], layer)
    of_a_step = shapes == [(w.inputs,), *[(w.units,)] * kind.states] and len(gave) == 1 + kind.states
    return partial(_one_step, inputs, gave) if of_a_step and layer.is_cell and type(layer) is Layer else None


def _one_step(inputs: Sequence[Array], gave: Sequence[Array], _: Family, step: Step, w: Weights) -> float:
    """The largest difference in its output and its states."""
    found = step(w, *inputs)
    after = found if isinstance(found, tuple) else (found,)
    return difference(gave, (after[0], *after))


def _over_time(x: Array, gave: Array, layer: Layer, family: Family, step: Step, w: Weights) -> float:
    """The largest difference in all of its states, or in the last ones."""
    backwards = layer.setting("go_backwards") is True
    states = family.unrolled(step, w, x[:, ::-1] if backwards else x)
    return difference(gave, states if gave.ndim == 3 else states[:, -1])
