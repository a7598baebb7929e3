"""Measurements on live layers: which output depends on which input, and how the next state depends on the last."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from grader.answer.evidence import Array
from grader.answer.layer import DEFAULT_LENGTH, LONGEST, Layer
from grader.pack.verdict import miss

NUDGE = 0.5
MOST_MORE, MORE_TRIES = 24, 3
NOTICEABLE = 1e-6
FAR, BESIDE = 100.0, 10.0
"""A state far from zero, and more than a candidate adds to it."""


def dependence(layer: Layer, rng: np.random.Generator, features: int, timesteps: int | None = None) -> Array:
    """Which output time step depends on which input time step: booleans (output steps, input steps).

    One run on a batch as `perturbed` draws it. A layer that gives only its last output yields one row.
    """
    batch = perturbed(layer, rng, features, timesteps)
    outputs = layer.forward(batch)[0]
    require_batch(layer, batch, outputs)
    return dependence_in(layer, outputs, batch.shape[1])


def perturbed(layer: Layer, rng: np.random.Generator, features: int, timesteps: int | None = None) -> Array:
    """A batch: a random sequence, the same with one time step changed in each, and the same once or several times."""
    length = min(timesteps or DEFAULT_LENGTH, LONGEST)
    words = vocabulary(layer)
    base = rng.uniform(-1, 1, (length, features)) if words is None else rng.integers(words, size=length)
    batch = np.repeat(base[None], length + 2 + rng.integers(MOST_MORE), axis=0)
    for time in range(length):
        if words is None:
            batch[time + 1, time] += NUDGE * rng.choice([-1.0, 1.0], size=features)
        else:
            batch[time + 1, time] = (base[time] + rng.integers(1, words)) % words
    return batch


def dependence_in(layer: Layer, outputs: Array, length: int) -> Array:
    """What the outputs of a layer on a batch of `perturbed` of this length say; equal inputs must give equal."""
    require_steady(layer, outputs[0], outputs[-1])
    per_step = outputs.reshape(len(outputs), 1, -1) if outputs.ndim < 3 else outputs.reshape(*outputs.shape[:2], -1)
    change = np.abs(per_step[1 : length + 1] - per_step[:1]).max(axis=2)
    return np.asarray(change.T > NOTICEABLE)


def require_batch(layer: Layer, inputs: Array, outputs: Array) -> None:
    """End the check if there is not one output for each input."""
    if outputs.shape[:1] != inputs.shape[:1]:
        miss(
            f"Given {len(inputs)} sequences, your {layer.label} answers with outputs of shape {outputs.shape}: "
            "the first axis must be the batch.",
            expected=f"({len(inputs)}, ...)",
            observed=outputs.shape,
        )


def vocabulary(layer: Layer) -> int | None:
    """How many words a model that begins with an embedding knows; None for what takes numbers."""
    shape = layer.input_shape
    tables = [inner.weight_shapes for inner in layer.inner if inner.family == "Embedding" and inner.weight_shapes]
    return tables[0][0][0] if tables and shape is not None and len(shape) == 2 and tables[0][0][0] > 1 else None


def sequences(layer: Layer, rng: np.random.Generator, batch: int, timesteps: int, features: int) -> Array:
    """Random inputs: (batch, timesteps, features), or (batch, timesteps) of words where a model begins with them."""
    words = vocabulary(layer)
    if words is not None:
        return rng.integers(words, size=(batch, timesteps))
    return rng.uniform(-1, 1, (batch, timesteps, features))


def require_steady(layer: Layer, one: Array, other: Array) -> None:
    """End the check if equal inputs gave different outputs: what depends on chance shows nothing about inputs."""
    if not (np.isfinite(one).all() and np.isfinite(other).all()):
        what = f"Your {layer.label} gives outputs that are not finite numbers."
        miss(what, expected="finite numbers", observed="NaN or infinity")
    if np.abs(one - other).max(initial=0.0) > NOTICEABLE:
        miss(
            f"Given the same input twice, your {layer.label} gives different outputs, also in inference mode.",
            expected="the same output for the same input",
            observed="different outputs",
        )


def step_depends_on_state(
    cell: Layer, rng: np.random.Generator, which: int = 0, weights: list[Array] | None = None
) -> bool:
    """Whether one step of a cell gives another output when the state `which` is another, inputs held still."""
    features, sizes = cell.inputs or 1, cell.facts.state_sizes
    inputs = np.repeat(rng.normal(size=(1, features)), 2, axis=0)
    states = [np.repeat(rng.normal(size=(1, size)), 2, axis=0) for size in sizes]
    states[which][1] += NUDGE
    output = cell.step(inputs, states, weights)[0]
    return bool(np.abs(output[0] - output[1]).max() > NOTICEABLE)


def unused_weights(cell: Layer, rng: np.random.Generator) -> list[str]:
    """The names of the weights of a cell that can be changed without any change of a step's output or new states."""

    def tried() -> list[str]:
        inputs = rng.normal(size=(1, cell.inputs or 1))
        states = [rng.normal(size=(1, size)) for size in cell.facts.state_sizes]
        return _unused(cell, rng, lambda weights: cell.step(inputs, states, weights))

    unused = tried()
    for _ in range(MORE_TRIES if unused else 0):  # a unit of ReLU that is at zero hides what goes into it
        unused = [name for name in unused if name in tried()]
    return unused


def unused_over_time(layer: Layer, rng: np.random.Generator) -> list[str]:
    """Those of a layer that can be changed without any change of what it first gives for a sequence."""
    inputs = rng.normal(size=(1, layer.length or DEFAULT_LENGTH, layer.inputs or 1))
    return _unused(layer, rng, lambda weights: layer.forward(inputs, weights)[:1])


def _unused(layer: Layer, rng: np.random.Generator, run: Callable[[list[Array]], list[Array]]) -> list[str]:
    weights, others = layer.random_weights(rng), layer.random_weights(rng)
    base = run(weights)
    for one, other in zip(base, run(weights), strict=True):
        require_steady(layer, one, other)
    unused = []
    for index, weight in enumerate(layer.facts.weights):
        changed = run([*weights[:index], others[index], *weights[index + 1 :]])
        if _same(base, changed):
            unused.append(weight.name)
    return unused


def _same(one: Sequence[Array], other: Sequence[Array]) -> bool:
    return all(np.abs(a - b).max() <= NOTICEABLE for a, b in zip(one, other, strict=True))


def of_the_input(
    run: Callable[[list[Array]], list[Array]], weights: Sequence[Array], size: int
) -> frozenset[int] | None:
    """The places of weights that have no effect in a `run` whose input is zero: among square ones, of so many rows.

    None where these are not half of them: then some have no effect at all, or nothing has.
    """
    square = [at for at, array in enumerate(weights) if array.ndim == 2 and array.shape[0] == size]
    if len(square) < 2:
        return None
    base = run(list(weights))
    still = [at for at in square if _same(base, run([*weights[:at], -weights[at], *weights[at + 1 :]]))]
    return frozenset(still) if 0 < len(still) < len(square) else None


def is_bounded(cell: Layer, rng: np.random.Generator, which: int, weights: list[Array]) -> bool:
    """Whether the next state `which` grows at most as the last one does, as where a gate scales it: |f c + i g|."""
    inputs = rng.normal(size=(2, cell.inputs or 1))
    states = [rng.normal(size=(2, size)) for size in cell.facts.state_sizes]
    states[which] = np.array([[-FAR], [FAR]]) * np.ones(cell.facts.state_sizes[which])
    following = cell.step(inputs, states, weights)[1 + which]
    return bool(np.abs(following).max() <= FAR + BESIDE)


def curvature_in_state(cell: Layer, rng: np.random.Generator, which: int, weights: list[Array]) -> float:
    """How far the next state `which` is from an affine function of the last one: its largest second difference.

    x and all other states are held still while the state moves by equal steps: an affine function has no second
    difference beyond rounding (about 1e-7 in single precision).
    """
    features, sizes = cell.inputs or 1, cell.facts.state_sizes
    inputs = np.repeat(rng.normal(size=(1, features)), 4, axis=0)
    states = [np.repeat(rng.normal(size=(1, size)), 4, axis=0) for size in sizes]
    states[which] += np.array([-1.0, 0.0, 1.0, 0.0])[:, None] * rng.uniform(0.5, 1.0, size=sizes[which])
    following = cell.step(inputs, states, weights)[1 + which]
    require_steady(cell, following[1], following[3])
    return float(np.abs(following[0] - 2 * following[1] + following[2]).max())
