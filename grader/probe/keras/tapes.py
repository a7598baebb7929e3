"""Gradients taken by hand with `GradientTape`, in eager code and inside `tf.function`."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from grader.probe.keras import keras_api, traced
from grader.probe.records import MAX_TAPES, Place, Records, TapeGradient, TracedFunction

MOST_RESULTS = 8
MOST_BY_ALL = 3
MOST_STEPS, LARGEST_STEP = 100, 500_000
"""So many loops are followed, each step of which changes so many numbers at most."""


def differentiating(original: Callable[..., Any], records: Records) -> Callable[..., Any]:
    """`GradientTape.gradient`, recorded."""

    def gradient(self: Any, target: Any, sources: Any, *args: Any, **kwargs: Any) -> Any:
        if records.replay is not None:
            return _by_all(records.replay, original, self, target, sources, *args, **kwargs)
        result = original(self, target, sources, *args, **kwargs)
        if not records.now.paused and not records.now.fitting and len(records.tapes) < MAX_TAPES:
            _note(records, target, sources, result)
        return result

    return gradient


def _by_all(
    recorder: Any, original: Callable[..., Any], tape: Any, target: Any, sources: Any, *args: Any, **kwargs: Any
) -> Any:
    """The gradient while code runs once more: the first times by all tensors as well that were seen since the last."""
    if recorder.differentiated >= MOST_BY_ALL or not keras_api.is_concrete(target):
        return original(tape, target, sources, *args, **kwargs)
    recorder.differentiated += 1
    nest = keras_api.tf().nest
    flat = nest.flatten(sources)
    others = [value for value in recorder.moments.values if value.gradient is None and _is_tensor(value.held)]
    found = original(tape, target, [*flat, *(value.held for value in others)])
    for value, gradient in zip(others, found[len(flat) :], strict=True):
        value.gradient = 0.0 if gradient is None else float(np.linalg.norm(keras_api.as_array(gradient)))
    return nest.pack_sequence_as(sources, found[: len(flat)])


def calling(original: Callable[..., Any], records: Records) -> Callable[..., Any]:
    """A call of a `tf.function`: the numbers that one with a tape inside returns are kept, call by call."""

    def __call__(self: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N807
        if records.now.paused or records.now.fitting or records.now.function is not None:
            return original(self, *args, **kwargs)
        records.now.function = self
        traced.prepare(records)
        try:
            result = original(self, *args, **kwargs)
        finally:
            records.now.function = None
        traced_function = records.returned.get(id(self))
        if traced_function is not None and len(traced_function.returned) < MAX_TAPES:
            traced_function.returned.append(_scalars(result))
            traced.note_call(traced_function, args, kwargs)
        return result

    return __call__


def _scalars(result: Any) -> list[float]:
    flat = keras_api.tf().nest.flatten(result)[:MOST_RESULTS]
    return [float(item) if _is_number(item) else math.nan for item in flat]


def _is_tensor(value: Any) -> bool:
    return keras_api.is_concrete(value) and not isinstance(value, np.ndarray)


def _is_number(value: Any) -> bool:
    return keras_api.is_concrete(value) and math.prod(value.shape) == 1 and value.dtype.is_floating


def _note(records: Records, target: Any, sources: Any, result: Any) -> None:
    try:
        flat_sources = list(sources) if isinstance(sources, list | tuple) else [sources]
        flat_result = list(result) if isinstance(result, list | tuple) else [result]
        value = float(target) if keras_api.is_concrete(target) and math.prod(target.shape) == 1 else None
        norms = tuple(_norm(grad) for grad in flat_result)
        function = None if value is not None else records.now.function
        told = None
        if function is not None:
            told = traced.mirror(records, records.returned.setdefault(id(function), TracedFunction(function)), target)
        # While it is traced, a gradient has no numbers yet: whether there is one is all that can be seen.
        symbolic = tuple(id(one) for one, grad in zip(flat_sources, flat_result, strict=False) if grad is not None)
        place = records.made("gradient")
        if place is None:
            return
        records.tapes.append(
            TapeGradient(
                place,
                value,
                tuple(map(id, flat_sources)),
                norms,
                None if function is None else id(function),
                symbolic if function is not None else (),
                told,
                None if value is None else _explained(records, place, flat_sources, flat_result),
            )
        )
    except Exception:  # symbolic targets, nested structures
        return


def _explained(records: Records, place: Place, sources: list[Any], gradients: list[Any]) -> float | None:
    """The change of a value that follows from the change of its sources since its last gradient, to first order."""
    known = (place, tuple(map(id, sources)))
    kept = [(source, gradient) for source, gradient in zip(sources, gradients, strict=True) if gradient is not None]
    size = sum(math.prod(source.shape) for source, _ in kept)
    if len(records.steps) > MOST_STEPS or size > LARGEST_STEP or not all(keras_api.is_concrete(g) for _, g in kept):
        return None
    values = [np.array(keras_api.as_array(source), dtype=np.float64) for source, _ in kept]
    before = records.steps.get(known)
    records.steps[known] = values, [np.asarray(gradient, dtype=np.float64) for _, gradient in kept], sources
    if before is None or [each.shape for each in before[0]] != [each.shape for each in values]:
        return None
    return float(sum(((now - then) * slope).sum() for now, then, slope in zip(values, *before[:2], strict=True)))


def _norm(gradient: Any) -> float | None:
    values = getattr(gradient, "values", gradient)  # IndexedSlices of an embedding
    if values is None or not keras_api.is_concrete(values):
        return None
    return float(np.linalg.norm(np.asarray(values, dtype=np.float64).ravel()))
