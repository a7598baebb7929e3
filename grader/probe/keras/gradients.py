"""Gradients on live objects: through time, and per layer, at the weights that there are or were at first."""

from __future__ import annotations

import math
import types
from typing import Any

import numpy as np

from grader.probe.framework import Array
from grader.probe.keras import keras_api
from grader.probe.keras.experiments import Trace, undisturbed, with_weights
from grader.probe.keras.losses import one_loss
from grader.probe.keras.witnesses import has_own_code
from grader.probe.records import ObjectRecord, Records

STRAIGHT = 1e-3
STEP, ROUNDING, FAR = 1e-2, 1e-5, 100.0
ORDINARY, SLOPES = [-1.0, -0.75, -0.5, -0.25, 0.0, 0.25, 0.5, 0.75, 1.0], (0.05, 10.0)


def step_gradients(records: Records, layer: Any, inputs: Array, initial: bool) -> Array:
    """Norm of d(loss)/d(x_t) per time step (timesteps,), where the loss weighs the layer's *last* output.

    `inputs` (batch, timesteps, features). The loss is the sum of the output at the last time step. With `initial`, at
    the weights from before the first training.
    """
    tf = keras_api.tf()
    sequence = tf.constant(inputs)
    weights = initial_weights(records, layer) if initial else None
    with undisturbed(layer), with_weights(layer, weights), tf.GradientTape() as tape:
        tape.watch(sequence)
        output = tf.nest.flatten(keras_api.call_layer(layer, sequence))[0]
        last = output[:, -1] if len(output.shape) == 3 else output
        loss = tf.reduce_sum(last)
    gradient = tape.gradient(loss, sequence)
    if gradient is None:
        return np.zeros(inputs.shape[1])
    values = np.asarray(gradient, dtype=np.float64)
    return np.sqrt((values**2).sum(axis=(0, *range(2, values.ndim))))  # type: ignore[no-any-return]


def layer_gradients(
    records: Records, record: ObjectRecord, inputs: Array, targets: Array | None, initial: bool
) -> tuple[list[tuple[int, float, float]], float, bool]:
    """For each layer of a model that has weights, first to last: (ref, |d(loss)/d(kernel)|, |d(loss)/d(output)|).

    The loss is the one the model was compiled with, or the mean squared error; `targets` of None are zeros shaped
    like the output. With `initial`, at the weights that the model had before it was trained. Then come the product of
    what layers without weights scale by, and whether the gradient is that of what code of the student's own computes.
    """
    tf, model = keras_api.tf(), record.obj
    layers = [item for item in _leaves(model) if item.trainable_weights]
    weights = initial_weights(records, model) if initial else None
    with undisturbed(model), with_weights(model, weights), tf.GradientTape(watch_accessed_variables=False) as tape:
        kernels = [_variable(item.trainable_weights[0]) for item in layers]
        tape.watch(kernels)
        with Trace(records) as running:
            output = tf.nest.flatten(keras_api.call_layer(model, tf.constant(inputs)))[0]
        loss = _loss(model, targets, output)
    outputs = [_first_output(running, item, loss) for item in layers]
    gradients = tape.gradient(loss, [*kernels, *outputs])
    norms = [_norm(gradient) for gradient in gradients]
    refs = [records.of(item) for item in layers]
    of_kernels, of_outputs = norms[: len(layers)], norms[len(layers) :]
    found = [
        (0 if ref is None else ref.ref, of_kernel, of_output)
        for ref, of_kernel, of_output in zip(refs, of_kernels, of_outputs, strict=True)
    ]
    real = True
    if kernels and gradients[0] is not None and _may_lie(model):
        with undisturbed(model), with_weights(model, weights):
            real = _is_real(model, tf.constant(inputs), targets, kernels[0], gradients[0])
    return found, _scaled(running), real


def _first_output(running: Trace, layer: Any, otherwise: Any) -> Any:
    """What a layer gave when it was first called."""
    return next((outputs[0] for called, _, outputs in running.calls if called is layer and outputs), otherwise)


def _norm(gradient: Any) -> float:
    tf = keras_api.tf()
    return 0.0 if gradient is None else float(tf.norm(tf.cast(tf.convert_to_tensor(gradient), tf.float64)))


def _variable(variable: Any) -> Any:
    return getattr(variable, "value", variable) if keras_api.generation() == 3 else variable


def _leaves(model: Any) -> list[Any]:
    """The layers of a model that are asked one by one: a recurrent layer counts once, with the cell inside it."""
    found: list[Any] = []
    for layer in getattr(model, "layers", None) or keras_api.sublayers(model):
        found += _leaves(layer) if getattr(layer, "layers", None) else [layer]
    return found


def initial_weights(records: Records, layer: Any) -> list[Array]:
    """The weights from before the first training, in the order of `layer.weights`."""
    values = []
    for variable in layer.weights:
        seen = [training.before[id(variable)] for training in records.trainings if id(variable) in training.before]
        if not seen and id(variable) in records.initial:
            seen = [records.initial[id(variable)][1]]
        values.append(seen[0] if seen else np.array(keras_api.as_array(variable)))
    return values


def _loss(model: Any, targets: Array | None, output: Any) -> Any:
    tf = keras_api.tf()
    wanted = tf.zeros_like(output) if targets is None else tf.constant(targets)
    chosen = getattr(model, "loss", None)
    # A loss of the student's own may be a thousand times as large, which says nothing of the network.
    if isinstance(chosen, str) or (callable(chosen) and not _is_own(chosen)):
        try:
            return one_loss(chosen, wanted, output)
        except Exception:  # a target of another shape than the output, which Keras 3 refuses: measure all the same
            wanted = tf.zeros_like(output)
    return tf.reduce_mean(tf.square(tf.cast(wanted, output.dtype) - output))


def _is_own(loss: Any) -> bool:
    return keras_api.is_students(loss if isinstance(loss, types.FunctionType) else type(loss))


def _scaled(running: Trace) -> float:
    """The product of what layers without weights multiply by, and activations: of numbers that are chosen, and not of a
    network."""
    product = math.prod(_steepness(layer) for layer, _, _ in running.calls)
    for layer, given, gave in running.calls:
        if layer.weights or len(gave) != 1 or not given or not hasattr(given[0], "shape"):
            continue
        one, other = (np.asarray(keras_api.as_array(value), dtype=np.float64) for value in (given[0], gave[0]))
        if one.shape == other.shape and one.any():
            factor = float((one * other).sum() / (one * one).sum())
            if np.abs(other - factor * one).max() <= STRAIGHT * np.abs(other).max():
                product *= factor
    return product


def _steepness(layer: Any) -> float:
    """The slope of an activation of the student's own, where it is not one that activations have; else 1."""
    activation = getattr(layer, "activation", None)
    if not isinstance(activation, types.FunctionType) or not keras_api.is_students(activation):
        return 1.0
    try:
        values = np.asarray(keras_api.as_array(activation(keras_api.tf().constant(ORDINARY))), dtype=np.float64)
    except Exception:  # one that takes something else
        return 1.0
    slope = float(np.abs(np.diff(values)).max()) / (ORDINARY[1] - ORDINARY[0])
    return 1.0 if SLOPES[0] <= slope <= SLOPES[1] or not math.isfinite(slope) else slope


def _may_lie(model: Any) -> bool:
    inner = model._flatten_layers(recursive=True, include_self=False)
    return has_own_code(model) or any(type(layer).__name__ == "Lambda" for layer in inner)


def _is_real(model: Any, inputs: Any, targets: Array | None, kernel: Any, gradient: Any) -> bool:
    """Whether a gradient is about that of what is computed: measured by two runs, a little to each side."""
    tf = keras_api.tf()
    slope = tf.convert_to_tensor(gradient)
    size = float(tf.norm(slope))
    step = STEP * max(float(tf.norm(kernel)), STEP)
    if not math.isfinite(size) or not size:
        return True
    losses = []
    for side in (1.0, -1.0):
        kernel.assign_add(side * step * slope / size)
        losses.append(float(_loss(model, targets, tf.nest.flatten(keras_api.call_layer(model, inputs))[0])))
        kernel.assign_sub(side * step * slope / size)
    measured = abs(losses[0] - losses[1]) / (2 * step)
    rounding = ROUNDING * max(map(abs, losses)) / step
    if not math.isfinite(measured):
        return True
    return measured <= FAR * size + rounding and size <= FAR * measured + rounding
