"""The places in Keras and TensorFlow where the recorder looks on. Each hook calls the original and changes nothing."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from typing import Any

import numpy as np

from grader.probe.keras import data, keras_api, manners, tapes, trainings, witnesses
from grader.probe.records import (
    LARGE_WEIGHT,
    MAX_CALLS_PER_OBJECT,
    Call,
    Records,
)


def install(records: Records) -> None:
    """Hook creation, calls, weights, `fit` and `GradientTape.gradient` of this kernel's Keras."""
    layer = keras_api.layer_base()
    _hook_creation(layer, records)
    _replace(layer, "__call__", lambda original: _calling(original, records))
    _replace(layer, "add_weight", lambda original: _adding_weight(original, records))
    if keras_api.generation() == 3:
        lifted = "_initialize_uninitialized_variables"
        _replace(keras_api.graph_function(), lifted, lambda original: _initialising(original, records))
    trainer = keras_api.trainer_base()
    _replace(trainer, "fit", lambda original: trainings.fitting(original, records))
    _replace(trainer, "train_on_batch", lambda original: trainings.on_a_batch(original, records))
    _replace(keras_api.tf().GradientTape, "gradient", lambda original: tapes.differentiating(original, records))
    _replace(keras_api.graph_function(), "__call__", lambda original: tapes.calling(original, records))


def _replace(owner: type, name: str, make: Callable[[Callable[..., Any]], Callable[..., Any]]) -> None:
    original = owner.__dict__[name]
    # functools.wraps keeps __module__, by which AutoGraph knows that it must not convert code of Keras.
    setattr(owner, name, functools.wraps(original)(make(original)))


def _hook_creation(layer: Any, records: Records) -> None:
    # __new__ rather than __init__: Keras 3 reads the signature of __init__ to write a layer's configuration.
    original = layer.__new__

    @functools.wraps(original)
    def new(cls: type, *args: Any, **kwargs: Any) -> Any:
        obj = original(cls, *args, **kwargs)
        if not records.now.paused and not issubclass(cls, keras_api.metric_base()):
            place = records.place() if records.now.fitting else records.made(cls.__name__)
            if place is not None:
                records.add(obj, place, hidden=bool(records.now.fitting))
        return obj

    layer.__new__ = staticmethod(new)


def _calling(original: Callable[..., Any], records: Records) -> Callable[..., Any]:
    def call(self: Any, *args: Any, **kwargs: Any) -> Any:
        if records.now.paused:
            noted = records.trace
            return original(self, *args, **kwargs) if noted is None else noted.of(self, original, args, kwargs)
        records.now.depth += 1
        try:
            outputs = original(self, *args, **kwargs)
        except BaseException:
            _note_call(records, self, args, kwargs, ())
            raise
        finally:
            records.now.depth -= 1
        _note_call(records, self, args, kwargs, outputs)
        return outputs

    return call


def _note_call(records: Records, layer: Any, args: Any, kwargs: Any, outputs: Any) -> None:
    record = records.of(layer)
    if record is None or len(record.calls) >= MAX_CALLS_PER_OBJECT:
        return
    tensors = _flatten((args, [kwargs[key] for key in ("inputs", "states", "initial_state") if key in kwargs]))
    concrete = bool(tensors) and all(keras_api.is_concrete(tensor) for tensor in tensors)
    by_student = records.now.depth == 0 and not records.now.fitting
    call = Call(
        records.cell,
        tuple(_shape(tensor) for tensor in tensors),
        tuple(_shape(tensor) for tensor in _flatten(outputs)),
        by_student,
        concrete,
    )
    if call not in record.calls:
        record.calls.append(call)
    if call.outputs and keras_api.is_students(type(layer)) and record.manner is None:
        record.manner = manners.manner(args, kwargs, call.outputs)
    if concrete and by_student and call.outputs:
        with records.now.unrecorded():
            witnesses.witness(record, args, kwargs, outputs)
    if concrete and record.sample is None:
        record.sample = data.sample(tensors[0])


def _flatten(value: Any) -> list[Any]:
    """The tensors and arrays in nested lists, tuples and dicts, in order; at most 64."""
    if hasattr(value, "shape") and hasattr(value, "dtype"):
        return [value]
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return [tensor for item in value[:64] for tensor in _flatten(item)][:64]
    return []


def _shape(tensor: Any) -> tuple[int | None, ...]:
    try:
        return tuple(None if size is None else int(size) for size in tensor.shape)
    except (TypeError, ValueError):  # a shape of unknown rank
        return ()


def _adding_weight(original: Callable[..., Any], records: Records) -> Callable[..., Any]:
    def add_weight(self: Any, *args: Any, **kwargs: Any) -> Any:
        variable = original(self, *args, **kwargs)
        if not records.now.paused:
            remember_initial(records, variable)
        return variable

    return add_weight


def remember_initial(records: Records, variable: Any) -> None:
    """Keep the value that a variable has now, unless one was kept before; if it has none yet, keep it in mind."""
    if id(variable) in records.initial or math.prod(variable.shape) > LARGE_WEIGHT:
        return
    try:
        # Keras 2 builds layers while it traces; init_scope steps out of the graph to where values are.
        with keras_api.tf().init_scope():
            if not keras_api.is_initialised(variable):
                records.pending.append(variable)
                return
            value = np.array(keras_api.as_array(variable))
        records.initial[id(variable)] = (variable, value)
    except Exception:  # sharded or otherwise unreadable: training compares with what it finds when it starts
        return


def _initialising(original: Callable[..., Any], records: Records) -> Callable[..., Any]:
    # Keras 3 builds a model inside the graph of its first training step: TensorFlow gives such variables their first
    # values here, between tracing and the first step, which is the only moment in which they can be seen.
    def _initialize_uninitialized_variables(self: Any, initializers: Any) -> None:
        original(self, initializers)
        if not records.now.paused:
            pending, records.pending = records.pending, []
            for variable in pending:
                remember_initial(records, variable)

    return _initialize_uninitialized_variables
