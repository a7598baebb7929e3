"""Experiments on live objects: run a layer with given weights on given inputs, and measure gradients.

Every experiment leaves the object as it was: weights are put back, states too, and nothing is recorded.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from grader.probe import keras_api
from grader.probe.hooks import place
from grader.probe.records import ObjectRecord, Records, Training

DROPOUT_MASKS = ("_dropout_mask", "_recurrent_dropout_mask")
ROWS_OF_LOSS = 2_048

Array = np.ndarray[Any, np.dtype[Any]]


class Impossible(Exception):
    """The experiment makes no sense on this object; the message says why."""


@contextmanager
def with_weights(layer: Any, weights: list[Array] | None) -> Iterator[None]:
    """Let the layer have these weights (in the order of `layer.weights`) for a while."""
    if weights is None:
        yield
        return
    variables = list(layer.weights)
    if [tuple(variable.shape) for variable in variables] != [weight.shape for weight in weights]:
        raise Impossible("the weights given do not have the shapes of the layer's weights")
    before = [np.array(keras_api.as_array(variable)) for variable in variables]
    try:
        for variable, weight in zip(variables, weights, strict=True):
            variable.assign(weight)
        yield
    finally:
        for variable, value in zip(variables, before, strict=True):
            variable.assign(value)


@contextmanager
def undisturbed(layer: Any) -> Iterator[None]:
    """For a while no recurrent layer inside keeps its state from batch to batch; dropout's randomness is put back."""
    inner = [layer, *layer._flatten_layers(recursive=True, include_self=False)]
    keeping = [item for item in inner if getattr(item, "stateful", False) is True and hasattr(item, "cell")]
    masks = [(item, name, getattr(item, name)) for item in inner for name in DROPOUT_MASKS if hasattr(item, name)]
    seeds = [(variable, np.array(keras_api.as_array(variable))) for variable in keras_api.seed_states(layer)]
    for item in keeping:
        item.stateful = False
    try:
        yield
    finally:
        for item in keeping:
            item.stateful = True
        for item, name, mask in masks:
            setattr(item, name, mask)
        for variable, value in seeds:
            variable.assign(value)


def step(layer: Any, inputs: Array, states: list[Array], weights: list[Array] | None) -> list[Array]:
    """One step of a recurrent cell: `[output, *new_states]` for inputs (batch, features), states (batch, units)."""
    tf = keras_api.tf()
    with undisturbed(layer), with_weights(layer, weights):
        tensors = [tf.constant(state) for state in states]
        output, new_states = keras_api.call_layer(layer, tf.constant(inputs), tensors)
        flat = list(new_states) if isinstance(new_states, list | tuple) else [new_states]
        return [np.asarray(keras_api.as_array(tensor)) for tensor in [output, *flat]]


def forward(layer: Any, inputs: Array, weights: list[Array] | None) -> list[Array]:
    """The outputs of a layer or model for one input, in inference mode."""
    tf = keras_api.tf()
    with undisturbed(layer), with_weights(layer, weights):
        outputs = keras_api.call_layer(layer, tf.constant(inputs))
        flat = tf.nest.flatten(outputs)
        return [np.asarray(keras_api.as_array(tensor)) for tensor in flat]


def step_gradients(records: Records, layer: Any, inputs: Array, projection: Array | None, initial: bool) -> Array:
    """Norm of d(loss)/d(x_t) per time step (timesteps,), where the loss weighs the layer's *last* output.

    `inputs` (batch, timesteps, features). The loss is the sum of `projection` (units,) times the output at the last
    time step; without a projection, the sum. With `initial`, at the weights from before the first training.
    """
    tf = keras_api.tf()
    sequence = tf.constant(inputs)
    weights = initial_weights(records, layer) if initial else None
    with undisturbed(layer), with_weights(layer, weights), tf.GradientTape() as tape:
        tape.watch(sequence)
        output = tf.nest.flatten(keras_api.call_layer(layer, sequence))[0]
        last = output[:, -1] if len(output.shape) == 3 else output
        loss = tf.reduce_sum(last if projection is None else last * tf.constant(projection, dtype=last.dtype))
    gradient = tape.gradient(loss, sequence)
    if gradient is None:
        return np.zeros(inputs.shape[1])
    values = np.asarray(gradient, dtype=np.float64)
    return np.sqrt((values**2).sum(axis=(0, *range(2, values.ndim))))  # type: ignore[no-any-return]


def layer_gradients(
    records: Records, record: ObjectRecord, inputs: Array, targets: Array | None, initial: bool
) -> list[tuple[int, float]]:
    """Norm of d(loss)/d(kernel) for each layer of a model that has weights, first to last, as (ref, norm).

    The loss is the one the model was compiled with, or the mean squared error; `targets` of None are zeros shaped
    like the output. With `initial`, at the weights that the model had before it was trained.
    """
    tf, model = keras_api.tf(), record.obj
    layers = [item for item in _leaves(model) if item.trainable_weights]
    weights = initial_weights(records, model) if initial else None
    with undisturbed(model), with_weights(model, weights), tf.GradientTape(watch_accessed_variables=False) as tape:
        kernels = [_variable(item.trainable_weights[0]) for item in layers]
        tape.watch(kernels)
        output = tf.nest.flatten(keras_api.call_layer(model, tf.constant(inputs)))[0]
        loss = _loss(model, targets, output)
    gradients = tape.gradient(loss, kernels)
    norms = [
        0.0 if grad is None else float(tf.norm(tf.cast(tf.convert_to_tensor(grad), tf.float64))) for grad in gradients
    ]
    refs = [records.of(item) for item in layers]
    return [(0 if ref is None else ref.ref, norm) for ref, norm in zip(refs, norms, strict=True)]


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


def training_losses(records: Records, training: Training) -> list[float] | None:
    """The loss on the training data at the weights before `fit`, once more, and at those after it.

    On the first rows, with the loss that the model was compiled with. None where that cannot be told: data that are
    not arrays, a loss of several parts, randomness and running statistics at once.
    """
    tf, model = keras_api.tf(), records.objects[training.ref].obj
    chosen = getattr(model, "loss", None)
    inner = model._flatten_layers(recursive=True, include_self=False)
    random = any(getattr(item, "rate", None) or getattr(item, "dropout", None) for item in inner)
    running = len(model.weights) > len(model.trainable_weights) and any(hasattr(item, "moving_mean") for item in inner)
    if training.data is None or not (isinstance(chosen, str) or callable(chosen)) or (random and running):
        return None
    inputs, targets = (tf.convert_to_tensor(np.asarray(data[:ROWS_OF_LOSS])) for data in training.data)
    losses = []
    for values in (training.before, training.before, training.after):
        weights = [values.get(id(variable), np.array(keras_api.as_array(variable))) for variable in model.weights]
        with undisturbed(model), with_weights(model, weights):
            outputs = model(inputs, training=True) if running else keras_api.call_layer(model, inputs)
            output = tf.nest.flatten(outputs)[0]
            column = len(targets.shape) == len(output.shape) - 1 and output.shape[-1] == 1
            wanted = targets[..., None] if column else targets
            losses.append(float(tf.reduce_mean(keras_api.keras().losses.get(chosen)(wanted, output))))
    return losses


def _loss(model: Any, targets: Array | None, output: Any) -> Any:
    tf = keras_api.tf()
    wanted = tf.zeros_like(output) if targets is None else tf.constant(targets)
    chosen = getattr(model, "loss", None)
    if isinstance(chosen, str) or callable(chosen):
        try:
            return tf.reduce_mean(keras_api.keras().losses.get(chosen)(wanted, output))
        except Exception:  # a target of another shape than the output, which Keras 3 refuses: measure all the same
            wanted = tf.zeros_like(output)
    return tf.reduce_mean(tf.square(tf.cast(wanted, output.dtype) - output))


def twin(records: Records, record: ObjectRecord, input_shape: tuple[int | None, ...]) -> ObjectRecord:
    """A copy of an object that was never built, built for this input shape; the student's own stays unbuilt."""
    known = record.twins.get(input_shape)
    if known is not None:
        return records.objects[known]
    layer = record.obj
    try:
        clone = type(layer).from_config(layer.get_config())
    except Exception:  # a class of the student's without a usable configuration
        clone = copy.deepcopy(layer)
    zeros = np.zeros([2 if size is None else size for size in input_shape], dtype=np.float32)
    if hasattr(layer, "state_size") and len(input_shape) == 2:
        size = layer.state_size
        sizes = list(size) if isinstance(size, list | tuple) else [size]
        step(clone, zeros, [np.zeros((zeros.shape[0], int(item)), np.float32) for item in sizes], None)
    else:
        forward(clone, zeros, None)
    made = records.add(clone, place(records), hidden=True)
    if made is None:
        raise Impossible("too many layers were created to make another")
    for inner in clone._flatten_layers(recursive=True, include_self=False):
        if records.of(inner) is None:
            records.add(inner, made.place, hidden=True)
    record.twins[input_shape] = made.ref
    return made
