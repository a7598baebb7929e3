"""The places in Keras and TensorFlow where the recorder looks on. Each hook calls the original and changes nothing."""

from __future__ import annotations

import functools
import math
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from grader.probe import data, keras_api
from grader.probe.records import (
    MAX_CALLS_PER_OBJECT,
    MAX_TAPES,
    MAX_TRAININGS,
    Call,
    Place,
    Records,
    TapeGradient,
    Training,
)

LARGE_WEIGHT = 4_000_000


def install(records: Records) -> None:
    """Hook creation, calls, weights, `fit` and `GradientTape.gradient` of this kernel's Keras."""
    layer = keras_api.layer_base()
    _hook_creation(layer, records)
    _replace(layer, "__call__", lambda original: _calling(original, records))
    _replace(layer, "add_weight", lambda original: _adding_weight(original, records))
    if keras_api.generation() == 3:
        lifted = "_initialize_uninitialized_variables"
        _replace(keras_api.graph_function(), lifted, lambda original: _initialising(original, records))
    _replace(keras_api.trainer_base(), "fit", lambda original: _fitting(original, records))
    _replace(keras_api.tf().GradientTape, "gradient", lambda original: _differentiating(original, records))


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
        if not records.paused and not issubclass(cls, keras_api.metric_base()):
            records.add(obj, place(records), hidden=bool(records.fitting))
        return obj

    layer.__new__ = staticmethod(new)


def place(records: Records) -> Place:
    """Where the student's cell stands: the line of the outermost frame that runs in the student's namespace."""
    frame, line = sys._getframe(1), None
    while frame is not None:
        if frame.f_code.co_name == "<module>" and frame.f_globals is records.namespace:
            line = frame.f_lineno
        frame = frame.f_back  # type: ignore[assignment]
    return Place(records.cell, line)


def _calling(original: Callable[..., Any], records: Records) -> Callable[..., Any]:
    def call(self: Any, *args: Any, **kwargs: Any) -> Any:
        if records.paused:
            noted = records.trace
            return original(self, *args, **kwargs) if noted is None else noted.of(self, original, args, kwargs)
        records.depth += 1
        try:
            outputs = original(self, *args, **kwargs)
        except BaseException:
            _note_call(records, self, args, kwargs, ())
            raise
        finally:
            records.depth -= 1
        _note_call(records, self, args, kwargs, outputs)
        return outputs

    return call


def _note_call(records: Records, layer: Any, args: Any, kwargs: Any, outputs: Any) -> None:
    record = records.of(layer)
    if record is None or len(record.calls) >= MAX_CALLS_PER_OBJECT:
        return
    tensors = _flatten((args, [kwargs[key] for key in ("inputs", "states", "initial_state") if key in kwargs]))
    concrete = bool(tensors) and all(_is_concrete(tensor) for tensor in tensors)
    by_student = records.depth == 0 and not records.fitting
    call = Call(
        records.cell,
        tuple(_shape(tensor) for tensor in tensors),
        tuple(_shape(tensor) for tensor in _flatten(outputs)),
        by_student,
        concrete,
    )
    if call not in record.calls:
        record.calls.append(call)
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


def _is_concrete(tensor: Any) -> bool:
    return isinstance(tensor, np.ndarray) or (hasattr(tensor, "numpy") and hasattr(tensor, "_numpy"))


def _adding_weight(original: Callable[..., Any], records: Records) -> Callable[..., Any]:
    def add_weight(self: Any, *args: Any, **kwargs: Any) -> Any:
        variable = original(self, *args, **kwargs)
        if not records.paused:
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
        if not records.paused:
            pending, records.pending = records.pending, []
            for variable in pending:
                remember_initial(records, variable)

    return _initialize_uninitialized_variables


def _fitting(original: Callable[..., Any], records: Records) -> Callable[..., Any]:
    def fit(self: Any, *args: Any, **kwargs: Any) -> Any:
        record = None if records.paused else records.of(self)
        if record is None or records.fitting or len(records.trainings) >= MAX_TRAININGS:
            return original(self, *args, **kwargs)
        training, args, kwargs = _begin_training(records, record.ref, self, args, kwargs)
        records.fitting += 1
        try:
            return original(self, *args, **kwargs)
        except BaseException as error:
            training.error = type(error).__name__
            raise
        finally:
            records.fitting -= 1
            _end_training(records, training, self)

    return fit


def _begin_training(
    records: Records, ref: int, model: Any, args: Any, kwargs: Any
) -> tuple[Training, tuple[Any, ...], dict[str, Any]]:
    """What is known at the start, and the arguments for `fit`: a generator among them is replaced by one that notes."""
    inputs = args[0] if args else kwargs.get("x")
    targets = args[1] if len(args) > 1 else kwargs.get("y")
    training = Training(ref, place(records), inputs=data.sample(inputs), targets=data.sample(targets))
    read, training.data = data.readable(inputs, targets)
    if read is not inputs:
        args, kwargs = ((read, *args[1:]), kwargs) if args else (args, {**kwargs, "x": read})
    training.loss = getattr(model, "loss", None)
    for variable in _weights(model):
        training.before[id(variable)] = np.array(keras_api.as_array(variable))
    training.earlier_history = getattr(model, "history", None)
    records.trainings.append(training)
    return training, args, kwargs


def _end_training(records: Records, training: Training, model: Any) -> None:
    history = getattr(model, "history", None)
    if history is not training.earlier_history:  # otherwise this run of fit ended before its first epoch began
        training.losses = [float(value) for value in (getattr(history, "history", None) or {}).get("loss", [])]
    for variable in _weights(model):
        before = training.before.get(id(variable))
        if before is None and id(variable) in records.initial:
            before = training.before[id(variable)] = records.initial[id(variable)][1]
        if before is None:
            continue
        training.compared += 1
        training.after[id(variable)] = np.array(keras_api.as_array(variable))
        if not np.array_equal(before, training.after[id(variable)], equal_nan=True):
            training.changed.add(id(variable))


def _weights(model: Any) -> list[Any]:
    try:
        return [variable for variable in model.weights if math.prod(variable.shape) <= LARGE_WEIGHT]
    except Exception:  # Keras 2: a model that is not built has no weights to list
        return []


def _differentiating(original: Callable[..., Any], records: Records) -> Callable[..., Any]:
    def gradient(self: Any, target: Any, sources: Any, *args: Any, **kwargs: Any) -> Any:
        result = original(self, target, sources, *args, **kwargs)
        if not records.paused and not records.fitting and len(records.tapes) < MAX_TAPES:
            _note_gradient(records, target, sources, result)
        return result

    return gradient


def _note_gradient(records: Records, target: Any, sources: Any, result: Any) -> None:
    try:
        flat_sources = list(sources) if isinstance(sources, list | tuple) else [sources]
        flat_result = list(result) if isinstance(result, list | tuple) else [result]
        value = float(target) if _is_concrete(target) and math.prod(target.shape) == 1 else None
        norms = tuple(_norm(grad) for grad in flat_result)
        records.tapes.append(TapeGradient(place(records), value, tuple(map(id, flat_sources)), norms))
    except Exception:  # symbolic targets inside tf.function, nested structures
        return


def _norm(gradient: Any) -> float | None:
    values = getattr(gradient, "values", gradient)  # IndexedSlices of an embedding
    if values is None or not _is_concrete(values):
        return None
    return float(np.linalg.norm(np.asarray(values, dtype=np.float64).ravel()))
