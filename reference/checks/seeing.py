"""Measuring what each output of a layer or model sees: which time steps of the input it depends on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from grader.answer.answer import Answer
from grader.answer.layer import Layer
from reference.checks.running import steps_for
from reference.recurrent.cells import Array
from reference.recurrent.layers import reads_sequences
from reference.recurrent.measure import dependence_in, perturbed, require_batch


@dataclass(frozen=True, slots=True)
class Run:
    """A layer on inputs as `perturbed` draws them; a Bidirectional with random `weights`, a model with its own."""

    x: Array
    weights: list[Array] | None
    output: Array


def what_outputs_see(answer: Answer, layer: Layer) -> Array:
    """Which output time step depends on which input time step: booleans (output steps, input steps)."""
    return answer.once(("sees", layer.facts.ref), lambda: _dependence(answer, layer))


def _dependence(answer: Answer, layer: Layer) -> Array:
    run = run_of(answer, layer)
    return dependence_in(layer, run.output, run.x.shape[1])


def run_of(answer: Answer, layer: Layer) -> Run:
    """One run of a layer, for all that is to be known of it."""
    return answer.once(("run", layer.facts.ref), lambda: _new_run(answer, layer))


def _new_run(answer: Answer, layer: Layer) -> Run:
    wrapper = layer.family == "Bidirectional"
    weights = layer.random_weights(answer.rng) if wrapper else None
    x = perturbed(layer, answer.rng, features_of(layer), length_of(answer, layer))
    outputs = layer.forward(x, weights)
    # Without a merge mode there are two outputs, and perhaps states behind them.
    apart = wrapper and not layer.setting("merge_mode") and len(outputs) > 1
    output = np.concatenate(outputs[:2], axis=-1) if apart else outputs[0]
    require_batch(layer, x, output)
    return Run(x, weights, output)


def length_of(answer: Answer, layer: Layer) -> int:
    """How many time steps to give it: of words, as many as it takes."""
    shape = layer.input_shape
    words = shape[1] if shape is not None and len(shape) == 2 else None
    return words or steps_for(answer, layer)


def features_of(layer: Layer) -> int:
    """How many features its inputs have."""
    shape = layer.input_shape
    features = layer.inputs or (shape[-1] if shape else None) or recurrent_parts(layer)[0].inputs
    return features or 1


def recurrent_parts(layer: Layer) -> list[Layer]:
    """The recurrent layers inside, each once, in order: of a Bidirectional the forward and the backward one."""
    if layer.family == "Bidirectional":
        return [part for part in (layer.forward_layer, layer.backward_layer) if part is not None]
    found: dict[int, Layer] = {}
    for inner in layer.inner:
        parts = [inner] if reads_sequences(inner) and inner.family != "Bidirectional" else recurrent_parts(inner)
        found |= {part.facts.ref: part for part in parts}
    return list(found.values())
