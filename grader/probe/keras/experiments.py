"""Experiments on live objects: run a layer with given weights on given inputs.

Every experiment leaves the object as it was: weights are put back, states too, and nothing is recorded.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

import numpy as np

from grader.probe.framework import Array, Impossible
from grader.probe.keras import keras_api
from grader.probe.records import ObjectRecord, Records

DROPOUT_MASKS = ("_dropout_mask", "_recurrent_dropout_mask")


@contextmanager
def with_weights(layer: Any, weights: Sequence[Array] | None) -> Iterator[None]:
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
    specs = [(item, item.input_spec) for item in keeping]  # of one batch size alone
    masks = [(item, name, getattr(item, name)) for item in inner for name in DROPOUT_MASKS if hasattr(item, name)]
    seeds = [(variable, np.array(keras_api.as_array(variable))) for variable in keras_api.seed_states(layer)]
    for item in keeping:
        item.stateful, item.input_spec = False, None
    try:
        with in_precision_of_weights(inner):
            yield
    finally:
        for item in keeping:
            item.stateful = True
        for item, spec in specs:
            item.input_spec = spec
        for item, name, mask in masks:
            setattr(item, name, mask)
        for variable, value in seeds:
            variable.assign(value)


@contextmanager
def in_precision_of_weights(layers: Sequence[Any]) -> Iterator[None]:
    """Layers under mixed precision compute, for a while, with as many digits as their weights have."""
    policies = [(item, policy) for item in layers if (policy := keras_api.mixed_policy(item)) is not None]
    for item, policy in policies:
        keras_api.set_policy(item, policy.variable_dtype)
    try:
        yield
    finally:
        for item, policy in policies:
            keras_api.set_policy(item, policy)


def step(layer: Any, inputs: Array, states: Sequence[Array], weights: Sequence[Array] | None) -> list[Array]:
    """One step of a recurrent cell: `[output, *new_states]` for inputs (batch, features), states (batch, units)."""
    tf = keras_api.tf()
    with undisturbed(layer), with_weights(layer, weights):
        tensors = _packed(layer, [tf.constant(state) for state in states])
        output, new_states = keras_api.call_layer(layer, tf.constant(inputs), tensors)
        return [np.asarray(keras_api.as_array(tensor)) for tensor in [output, *tf.nest.flatten(new_states)]]


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def flat_sizes(state_size: Any) -> list[Any]:
    """The sizes of a cell's states in one list, where cells are stacked as well."""
    return [size for item in _listed(state_size) for size in _listed(item)]


def scan(layer: Any, inputs: Array) -> Array:
    """The last output of a cell that is run over a sequence (batch, timesteps, features), from states of zeros."""
    tf = keras_api.tf()
    sizes = [int(size) for size in flat_sizes(layer.state_size)]
    flat: list[Any] = [tf.zeros((inputs.shape[0], size)) for size in sizes]
    with undisturbed(layer):
        for time in range(inputs.shape[1]):
            states = _packed(layer, flat)
            output, new_states = keras_api.call_layer(layer, tf.constant(inputs[:, time]), states)
            flat = tf.nest.flatten(new_states)
    return np.asarray(keras_api.as_array(output))


def _packed(layer: Any, states: list[Any]) -> Any:
    """The states in the nesting in which a cell takes them: one of several cells takes a list for each."""
    if any(isinstance(size, list | tuple) for size in _listed(getattr(layer, "state_size", None))):
        return keras_api.tf().nest.pack_sequence_as(layer.state_size, states)
    if hasattr(layer, "zero_state") and not isinstance(layer.state_size, list | tuple):
        return states[0]  # a cell of TensorFlow 1
    return states


def forward(layer: Any, inputs: Array, weights: Sequence[Array] | None) -> list[Array]:
    """The outputs of a layer or model for one input, in inference mode."""
    tf = keras_api.tf()
    with undisturbed(layer), with_weights(layer, weights):
        outputs = keras_api.call_layer(layer, tf.constant(inputs))
        flat = tf.nest.flatten(outputs)
        return [np.asarray(keras_api.as_array(tensor)) for tensor in flat]


class Trace:
    """The values that the layers in a model were given and gave, while it ran: `calls` as (layer, inputs, outputs).

    What runs inside of a recurrent layer, step after step, is left out.
    """

    MOST = 64

    def __init__(self, records: Records) -> None:
        self.calls: list[tuple[Any, list[Any], list[Any]]] = []
        self._records = records

    def __enter__(self) -> Trace:
        self._records.trace = self
        return self

    def __exit__(self, *_: object) -> None:
        self._records.trace = None

    def of(self, layer: Any, original: Any, args: Any, kwargs: Any) -> Any:
        """Call the layer and note it."""
        recurrent = hasattr(layer, "cell")
        self._records.trace = None if recurrent else self
        try:
            outputs = original(layer, *args, **kwargs)
        finally:
            self._records.trace = self
        flatten = keras_api.tf().nest.flatten
        if len(self.calls) < self.MOST and not is_step(layer):
            self.calls.append((layer, flatten((args, kwargs.get("inputs"))), flatten(outputs)))
        return outputs


def is_step(layer: Any) -> bool:
    """Whether it computes one time step."""
    return hasattr(layer, "state_size") and not hasattr(layer, "cell")


def trace(
    records: Records, record: ObjectRecord, inputs: Array, weights: Mapping[int, Sequence[Array]]
) -> list[tuple[int, list[Array], list[Array]]]:
    """Run a model with these weights in layers inside of it: (ref, inputs, outputs) of each of its layers, in order.

    The model itself comes last.
    """
    tf, model = keras_api.tf(), record.obj
    with ExitStack() as stack:
        stack.enter_context(undisturbed(model))
        for ref, given in weights.items():
            stack.enter_context(with_weights(records.objects[ref].obj, given))
        with Trace(records) as running:
            keras_api.call_layer(model, tf.constant(inputs))
    refs = [records.of(layer) for layer, _, _ in running.calls]
    return [
        (0 if known is None else known.ref, _values(given), _values(gave))
        for known, (_, given, gave) in zip(refs, running.calls, strict=True)
    ]


def _values(tensors: list[Any]) -> list[Array]:
    return [np.asarray(keras_api.as_array(tensor)) for tensor in tensors if hasattr(tensor, "numpy")]


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
        sizes = flat_sizes(layer.state_size)
        step(clone, zeros, [np.zeros((zeros.shape[0], int(item)), np.float32) for item in sizes], None)
    else:
        forward(clone, zeros, None)
    made = records.add(clone, records.place(), hidden=True)
    if made is None:
        raise Impossible("too many layers were created to make another")
    for inner in clone._flatten_layers(recursive=True, include_self=False):
        if records.of(inner) is None:
            records.add(inner, made.place, hidden=True)
    record.twins[input_shape] = made.ref
    return made
