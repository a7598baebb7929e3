"""Describing what was recorded, as JSON: layers, trainings, gradients, series of numbers."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np

from grader.probe.keras import experiments, keras_api
from grader.probe.records import Call, ObjectRecord, Place, Records, TapeGradient, Training
from grader.protocol import wire

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
    "merge_mode",
    "activation",
    "recurrent_activation",
)
MAX_SERIES = 10_000
MAX_TEXT = 200
SOME_GRADIENT = 1e-6
"""For each unit of the value that is differentiated: less of a gradient does not explain any fall of it."""


def survey(records: Records, cells: Iterable[int], names: Iterable[str]) -> dict[str, Any]:
    """All that happened in these cells, and the objects that these names of the student's namespace stand for."""
    wanted = set(cells)
    objects = [record for record in records.objects.values() if _concerns(record, wanted)]
    referenced = _referenced(records, names)
    seen = {record.ref for record in objects}
    objects += [records.objects[ref] for ref in referenced if ref not in seen]
    return {
        "objects": [describe(records, record) for record in with_inner(records, objects)],
        "referenced": referenced,
        "trainings": [training_facts(records, item) for item in records.trainings if item.place.cell in wanted],
        "tapes": [_tape_facts(records, item) for item in records.tapes if item.place.cell in wanted],
        "functions": [
            _function_facts(number, item) for number, item in enumerate(records.functions) if item.place.cell in wanted
        ],
        "overflow": bool(records.overflow & wanted),
    }


def _concerns(record: ObjectRecord, cells: set[int]) -> bool:
    if record.place.cell in cells:
        return True
    return any(call.cell in cells and call.by_student for call in record.calls)


def _referenced(records: Records, names: Iterable[str]) -> list[int]:
    namespace = records.namespace or {}
    found = [records.of(namespace[name]) for name in names if name in namespace]
    return sorted({record.ref for record in found if record is not None})


def with_inner(records: Records, objects: list[ObjectRecord]) -> list[ObjectRecord]:
    """These objects and everything inside them, in order of creation."""
    found: dict[int, ObjectRecord] = {}
    queue = list(objects)
    while queue:
        record = queue.pop()
        if record.ref not in found:
            found[record.ref] = record
            queue += [inner for inner in map(records.of, keras_api.sublayers(record.obj)) if inner is not None]
    return [found[ref] for ref in sorted(found)]


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
        "loss": _loss_name(layer),
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


def _loss_name(layer: Any) -> str | None:
    loss = getattr(layer, "loss", None)
    if loss is None or isinstance(loss, str):
        return None if loss is None else loss[:MAX_TEXT]
    return str(getattr(loss, "name", getattr(loss, "__name__", type(loss).__name__)))[:MAX_TEXT]


def _ref(records: Records, obj: Any) -> int | None:
    record = None if obj is None else records.of(obj)
    return None if record is None else record.ref


def _refs(records: Records, objects: Iterable[Any]) -> list[int]:
    return [ref for ref in (_ref(records, obj) for obj in objects) if ref is not None]


def training_facts(records: Records, training: Training) -> dict[str, Any]:
    """One run of `fit`; `changed` lists the recorded layers of which at least one own weight is no longer the same."""
    model = records.objects[training.ref].obj
    return {
        "number": next(number for number, item in enumerate(records.trainings) if item is training),
        "model": training.ref,
        "place": _place(training.place),
        "losses": wire.encode(np.array(training.losses[:MAX_SERIES], dtype=np.float64)),
        "inputs_shape": _sample_shape(training.inputs),
        "targets_shape": _sample_shape(training.targets),
        "compared": training.compared,
        "changed": [
            record.ref
            for record in with_inner(records, [records.objects[training.ref]])
            if any(id(variable) in training.changed for variable in _own_weights(record.obj))
        ],
        "loss": _loss_name(model),
        "error": training.error,
    }


def _own_weights(layer: Any) -> list[Any]:
    try:
        return list(layer.trainable_weights)
    except Exception:  # not built
        return []


def _function_facts(number: int, item: Any) -> dict[str, Any]:
    given = len(item.shapes) - len(item.attributes) - len(item.outer)
    return {
        "number": number,
        "name": item.function.__name__[:MAX_TEXT],
        "place": _place(item.place),
        "shapes": _shapes(item.shapes),
        "given": given,
        "attributes": len(item.attributes),
        "gives": _shapes(item.gives),
    }


def _sample_shape(sample: Any) -> list[int] | None:
    return None if sample is None else list(sample.shape)


def _differentiated(records: Records, tape: TapeGradient) -> list[int]:
    """The layers of which a weight was a source with some gradient, and is no longer what it was at first."""
    some = SOME_GRADIENT * max(1.0, abs(tape.target or 0.0))
    pairs = zip(tape.sources, tape.norms, strict=False)
    sources = {source for source, norm in pairs if norm is not None and not norm <= some} | set(tape.traced)
    return [
        record.ref
        for record in records.objects.values()
        if any(
            {id(weight), id(getattr(weight, "value", weight))} & sources and _has_changed(records, weight)
            for weight in _own_weights(record.obj)
        )
    ]


def _has_changed(records: Records, weight: Any) -> bool:
    first = records.initial.get(id(weight))
    return first is None or not np.array_equal(first[1], keras_api.as_array(weight), equal_nan=True)


def _tape_facts(records: Records, tape: TapeGradient) -> dict[str, Any]:
    returned = [] if tape.function is None else records.returned[tape.function][1]
    norms = [math.nan if norm is None else norm for norm in tape.norms[:1_000]]
    return {
        "place": _place(tape.place),
        "layers": _differentiated(records, tape),
        "target": None if tape.target is None else wire.encode(np.array(tape.target, dtype=np.float64)),
        "norms": wire.encode(np.array(norms, dtype=np.float64)),
        "traced": tape.function is not None,
        "returned": [wire.encode(np.array(series, dtype=np.float64)) for series in zip(*returned, strict=False)],
    }
