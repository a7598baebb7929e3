"""The data that a student's code gives to its models: samples of them, and the first rows of a training once more."""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
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


@contextmanager
def noting(training: Training) -> Iterator[None]:
    """Keep the first batches that a class of the student's own gives meanwhile, as it gives them."""
    source = training.data[0] if training.data is not None else None
    if not isinstance(source, keras_api.keras().utils.Sequence) or not keras_api.is_students(type(source)):
        yield
        return
    kind: Any = type(source)
    original, own = kind.__getitem__, "__getitem__" in vars(kind)
    kept: dict[int, Any] = {}

    def __getitem__(self: Any, index: Any) -> Any:  # noqa: N807
        batch = original(self, index)
        if self is source and len(kept) < BATCHES and index not in kept:
            kept[index] = tuple(map(_as_it_is, batch)) if isinstance(batch, tuple | list) else (_as_it_is(batch),)
        return batch

    kind.__getitem__ = __getitem__
    try:
        yield
    finally:
        if own:
            kind.__getitem__ = original
        else:
            del kind.__getitem__
        if kept:
            training.data = ([kept[index] for index in sorted(kept)], None)


def first_rows(training: Training, fixed: int | None) -> Batch:
    """The first rows of what a training was given, as tensors; `fixed` of them where the model takes only so many.

    Raises `Unreadable`.
    """
    inputs, targets = _kept(training)
    batches = _batches(inputs, targets)
    if batches is not None:
        return _joined(batches)
    rows = fixed or ROWS
    return _cut(inputs, 0, rows), _cut(targets, 0, rows)


def first_batches(training: Training) -> list[Batch]:
    """The same rows in batches as large as those of the training, for a model that may count on their size.

    Raises `Unreadable`.
    """
    inputs, targets = _kept(training)
    batches = _batches(inputs, targets)
    if batches is not None:
        return [keras_api.tf().nest.map_structure(keras_api.tf().convert_to_tensor, batch) for batch in _first(batches)]
    rows = training.batch_size or ROWS
    count = max(1, min(_length(inputs), ROWS) // rows)  # a last one that is smaller is left out
    return [(_cut(inputs, at * rows, rows), _cut(targets, at * rows, rows)) for at in range(min(count, BATCHES))]


def _kept(training: Training) -> tuple[Any, Any]:
    if training.data is None:
        raise Unreadable("its data were not kept")
    return training.data


def _batches(inputs: Any, targets: Any) -> Iterable[Any] | None:
    """The first batches of what gives batches; None of arrays, which have none of their own."""
    if isinstance(inputs, list) and targets is None and inputs and isinstance(inputs[0], tuple):
        return inputs
    if hasattr(inputs, "element_spec"):
        return islice(inputs, BATCHES)
    if hasattr(inputs, "__getitem__") and hasattr(inputs, "__len__") and not _leaves_are_arrays(inputs):
        return (inputs[index] for index in range(min(len(inputs), BATCHES)))
    return None


def _length(value: Any) -> int:
    leaf = keras_api.tf().nest.flatten(value)[0]
    return len(value) if isinstance(value, list) and not hasattr(leaf, "shape") else int(leaf.shape[0])


def _leaves_are_arrays(value: Any) -> bool:
    leaves = keras_api.tf().nest.flatten(value)
    return bool(leaves) and all(hasattr(leaf, "shape") or isinstance(leaf, int | float) for leaf in leaves)


def _cut(value: Any, start: int, rows: int) -> Any:
    tf = keras_api.tf()
    if value is None:
        return None
    if not _leaves_are_arrays(value):
        raise Unreadable("its data are not arrays")
    if isinstance(value, list) and not any(hasattr(leaf, "shape") for leaf in value):
        value = np.asarray(value)
    return tf.nest.map_structure(lambda leaf: tf.convert_to_tensor(np.asarray(leaf)[start : start + rows]), value)


def _first(batches: Iterable[Any]) -> list[Batch]:
    """So many batches as hold the first rows: inputs and targets of each."""
    found: list[Batch] = []
    rows = 0
    for batch in batches:
        inputs, targets = (*batch, None)[:2] if isinstance(batch, tuple | list) else (batch, None)
        found.append((inputs, targets))
        rows += int(keras_api.tf().nest.flatten(inputs)[0].shape[0])
        if rows >= ROWS:
            break
    if not found:
        raise Unreadable("its data are empty")
    return found


def _joined(batches: Iterable[Any]) -> Batch:
    """The first rows of several batches in one; the first batch alone where they have different lengths."""
    tf, found = keras_api.tf(), _first(batches)
    try:
        return tf.nest.map_structure(lambda *parts: tf.concat(parts, 0), *found)  # type: ignore[no-any-return]
    except (ValueError, TypeError, tf.errors.OpError):
        return tf.nest.map_structure(tf.convert_to_tensor, found[0])  # type: ignore[no-any-return]
