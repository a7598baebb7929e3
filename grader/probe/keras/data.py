"""The data that a student's code gives to its models: samples of them, and the first rows of a training once more."""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import numpy as np

from grader.probe.keras import keras_api
from grader.probe.records import MAX_SAMPLE_ELEMENTS, SAMPLE_ROWS, Training

ROWS = 512
BATCHES = 64
MOST_KEPT = 8_000_000

Batch = tuple[Any, Any]
"""Inputs and targets: tensors, or nested structures of them. No targets are None."""


class Unreadable(Exception):
    """The data of a training cannot be read once more; the message says why."""


def sample(data: Any) -> Any:
    """The first rows of an array or tensor as a copy in NumPy, or None where it has none or is very large."""
    try:
        if isinstance(data, list | tuple) and data and hasattr(data[0], "shape"):
            return None  # several inputs
        rows = data[:SAMPLE_ROWS]
        values = np.array(rows.numpy() if hasattr(rows, "numpy") else rows)
    except Exception:  # a generator, a dataset, a tensor in a graph
        return None
    numeric = values.dtype.kind in "fiub"
    return values if numeric and 0 < values.size <= MAX_SAMPLE_ELEMENTS else None


def readable(inputs: Any, targets: Any) -> tuple[Any, Any]:
    """What was given to `fit`, so that it can be read again: a generator's first batches are kept as they go by, and
    of arrays the first rows as they are now, whatever becomes of them.

    Returns what `fit` is to be given in the place of its inputs, and what is to be kept.
    """
    if not isinstance(inputs, types.GeneratorType):
        return inputs, (_as_it_is(inputs), _as_it_is(targets))
    kept: list[Any] = []
    return _keeping(inputs, kept), (kept, None)


def _as_it_is(value: Any) -> Any:
    """The first rows of arrays by value; what is no array, or very large, itself."""
    leaves = keras_api.tf().nest.flatten(value)
    arrays = [leaf for leaf in leaves if isinstance(leaf, np.ndarray) or hasattr(leaf, "assign")]
    if not arrays or any(int(np.prod(leaf.shape[1:])) * ROWS > MOST_KEPT for leaf in arrays if len(leaf.shape)):
        return value
    return keras_api.tf().nest.map_structure(
        lambda leaf: np.array(keras_api.as_array(leaf)[:ROWS]) if any(leaf is each for each in arrays) else leaf, value
    )


def _keeping(batches: Iterable[Any], kept: list[Any]) -> Iterator[Any]:
    for batch in batches:
        if len(kept) < BATCHES:
            kept.append(batch)
        yield batch


def first_rows(training: Training, fixed: int | None) -> Batch:
    """The first rows of what a training was given, as tensors; `fixed` of them where the model takes only so many.

    Raises `Unreadable`.
    """
    if training.data is None:
        raise Unreadable("its data were not kept")
    inputs, targets = training.data
    if isinstance(inputs, list) and targets is None and inputs and isinstance(inputs[0], tuple):
        return _joined(inputs)
    if hasattr(inputs, "element_spec"):
        return _joined(islice(inputs, BATCHES))
    if hasattr(inputs, "__getitem__") and hasattr(inputs, "__len__") and not _leaves_are_arrays(inputs):
        return _joined(inputs[index] for index in range(min(len(inputs), BATCHES)))
    rows = fixed or ROWS
    return _cut(inputs, rows), _cut(targets, rows)


def _leaves_are_arrays(value: Any) -> bool:
    leaves = keras_api.tf().nest.flatten(value)
    return bool(leaves) and all(hasattr(leaf, "shape") or isinstance(leaf, int | float) for leaf in leaves)


def _cut(value: Any, rows: int) -> Any:
    tf = keras_api.tf()
    if value is None:
        return None
    if not _leaves_are_arrays(value):
        raise Unreadable("its data are not arrays")
    if isinstance(value, list) and not any(hasattr(leaf, "shape") for leaf in value):
        value = np.asarray(value)
    return tf.nest.map_structure(lambda leaf: tf.convert_to_tensor(np.asarray(leaf)[:rows]), value)


def _joined(batches: Iterable[Any]) -> Batch:
    """The first rows of several batches in one; the first batch alone where they have different lengths."""
    tf = keras_api.tf()
    found: list[Batch] = []
    rows = 0
    for batch in batches:
        inputs, targets = (*batch, None)[:2] if isinstance(batch, tuple | list) else (batch, None)
        found.append((inputs, targets))
        rows += int(tf.nest.flatten(inputs)[0].shape[0])
        if rows >= ROWS:
            break
    if not found:
        raise Unreadable("its data are empty")
    try:
        return tf.nest.map_structure(lambda *parts: tf.concat(parts, 0), *found)  # type: ignore[no-any-return]
    except (ValueError, TypeError, tf.errors.OpError):
        return tf.nest.map_structure(tf.convert_to_tensor, found[0])  # type: ignore[no-any-return]
