"""Describing a layer or model, as JSON."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np

from grader.probe.keras import experiments, keras_api
from grader.probe.records import Call, ObjectRecord, Place, Records

FAMILIES = (
    # Most special first: an object belongs to the first of these classes that it is an instance of.
    "Bidirectional",
    "TimeDistributed",
    "Embedding",
    "SimpleRNNCell",
    "LSTMCell",
    "GRUCell",
    "StackedRNNCells",
    "SimpleRNN",
    "LSTM",
    "GRU",
    "RNN",
    "Dense",
    "InputLayer",
    "Sequential",
    "Model",
)
SETTINGS = (
    "use_bias",
    "reset_after",
    "implementation",
    "return_sequences",
    "return_state",
    "go_backwards",
    "stateful",
    "time_major",
    "merge_mode",
    "activation",
    "recurrent_activation",
)
MAX_TEXT = 200


def describe(records: Records, record: ObjectRecord) -> dict[str, Any]:
    """One layer or model. Values that cannot be had (not built, an `__init__` that failed) are null."""
    layer = record.obj
    cell = getattr(layer, "cell", None)
    source = layer if cell is None else cell
    return {
        "ref": record.ref,
        "place": _place(record.place),
        "hidden": record.hidden,
        "class_name": type(layer).__name__[:MAX_TEXT],
        "name": str(getattr(layer, "name", ""))[:MAX_TEXT],
        "family": family(layer),
        "custom": keras_api.is_students(type(layer)),
        "is_cell": is_cell(layer),
        "built": _is_built(layer),
        "units": _int(getattr(source, "units", None)),
        "state_sizes": _state_sizes(source),
        "inputs": _input_size(record, source) or _input_size_around(records, layer),
        "input_shape": _input_shape(layer),
        "weights": _weights(layer),
        "parameters": _parameters(layer),
        "settings": {name: _setting(layer, source, name) for name in SETTINGS},
        "inner": _refs(records, keras_api.sublayers(layer)),
        "cell": _ref(records, cell),
        "forward": _ref(records, getattr(layer, "forward_layer", None)),
        "backward": _ref(records, getattr(layer, "backward_layer", None)),
        "calls": [_call(call) for call in record.calls],
        "loss": loss_name(layer),
        "slots": _shapes(record.manner.slots if record.manner else ()),
        "gives": _shapes(record.manner.outputs if record.manner else ()),
    }


def _shapes(shapes: Iterable[Iterable[int | None]]) -> list[list[int | None]]:
    return [list(shape) for shape in shapes]


def family(layer: Any) -> str:
    """The nearest class of Keras that an object is an instance of; "Layer" for all others."""
    # Not isinstance, which believes what an object says of its class.
    return next((name for name in FAMILIES if issubclass(type(layer), keras_api.named(name))), "Layer")


def is_cell(layer: Any) -> bool:
    """Whether Keras's `RNN` would take it: it has a `state_size` and is not itself a layer over sequences."""
    return hasattr(layer, "state_size") and not issubclass(type(layer), keras_api.named("RNN"))


def _place(place: Place) -> dict[str, Any]:
    return {"cell": place.cell, "line": place.line}


def _call(call: Call) -> dict[str, Any]:
    return {
        "cell": call.cell,
        "inputs": [list(shape) for shape in call.inputs],
        "outputs": [list(shape) for shape in call.outputs],
        "by_student": call.by_student,
        "concrete": call.concrete,
    }


def _int(value: Any) -> int | None:
    return int(value) if isinstance(value, int | np.integer) and not isinstance(value, bool) else None


def _state_sizes(source: Any) -> list[int]:
    # A size may be a tf.TensorShape in Keras 2.
    sizes = experiments.flat_sizes(getattr(source, "state_size", None))
    numbers = [getattr(item, "num_elements", lambda item=item: item)() for item in sizes]
    return [size for size in map(_int, numbers) if size is not None]


def _input_size(record: ObjectRecord, source: Any) -> int | None:
    # What a student calls a kernel may hold more than the weights of the input.
    kernel = None if keras_api.is_students(type(source)) else getattr(source, "kernel", None)
    shape = getattr(kernel, "shape", None)
    if shape is not None and len(shape) == 2:
        return _int(int(shape[0]))
    ranks = [call.inputs[0] for call in record.calls if call.inputs and len(call.inputs[0]) >= 2]
    return _int(ranks[-1][-1]) if ranks else None


def _input_size_around(records: Records, cell: Any) -> int | None:
    """The features that a cell is given by the layer around it: Keras may never have called it with numbers."""
    if not is_cell(cell):
        return None
    around = [record for record in records.objects.values() if getattr(record.obj, "cell", None) is cell]
    sizes = [_input_size(record, cell) for record in around]
    return next((size for size in sizes if size), None)


def _input_shape(layer: Any) -> list[int | None] | None:
    """The shape of the only input, where the layer or model knows one."""
    try:
        shape = layer.input_shape
    except Exception:  # never called, or called in several ways
        return None
    if isinstance(shape, list) and len(shape) == 1:
        shape = shape[0]
    if not isinstance(shape, tuple) or not all(size is None or isinstance(size, int) for size in shape):
        return None
    return list(shape)


def _weights(layer: Any) -> list[dict[str, Any]]:
    try:
        trainable = {id(variable) for variable in layer.trainable_weights}
        return [
            {
                "name": str(variable.name).rsplit("/", 1)[-1][:MAX_TEXT],
                "shape": [int(size) for size in variable.shape],
                "trainable": id(variable) in trainable,
            }
            for variable in layer.weights[:200]
        ]
    except Exception:  # not built
        return []


def _is_built(layer: Any) -> bool:
    """Whether its weights have values. (In Keras 3 they have none after a first `fit` that fails.)"""
    try:
        return bool(layer.built) and all(map(keras_api.is_initialised, layer.weights))
    except Exception:  # an object whose __init__ failed, or whose weights cannot be read
        return bool(getattr(layer, "built", False))


def _parameters(layer: Any) -> int | None:
    if not getattr(layer, "built", False):
        return None
    try:
        return sum(math.prod(int(size) for size in variable.shape) for variable in layer.weights)
    except Exception:  # built by name only
        return None


def _setting(layer: Any, source: Any, name: str) -> Any:
    value = getattr(layer, name, None)
    value = getattr(source, name, None) if value is None else value
    if callable(value):
        value = getattr(value, "__name__", type(value).__name__)
    return value if value is None or isinstance(value, bool | int) else str(value)[:MAX_TEXT]


def loss_name(layer: Any) -> str | None:
    """The loss that a model was compiled with, by its name."""
    loss = getattr(layer, "loss", None)
    if loss is None or isinstance(loss, str):
        return None if loss is None else loss[:MAX_TEXT]
    return str(getattr(loss, "name", getattr(loss, "__name__", type(loss).__name__)))[:MAX_TEXT]


def _ref(records: Records, obj: Any) -> int | None:
    record = None if obj is None else records.of(obj)
    return None if record is None else record.ref


def _refs(records: Records, objects: Iterable[Any]) -> list[int]:
    return [ref for ref in (_ref(records, obj) for obj in objects) if ref is not None]
