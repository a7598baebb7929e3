"""Trainings: what `fit` and `train_on_batch` were given, what the losses were, and which weights they changed."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from grader.probe.keras import data, keras_api
from grader.probe.records import LARGE_WEIGHT, MAX_EPOCHS, MAX_TRAININGS, Records, Training

USUAL_BATCH = 32
Arguments = tuple[tuple[Any, ...], dict[str, Any]]


def fitting(original: Callable[..., Any], records: Records) -> Callable[..., Any]:
    """`fit`, recorded."""

    def fit(self: Any, *args: Any, **kwargs: Any) -> Any:
        if records.replay is not None:
            _instead(records.replay, self, args[0] if args else kwargs.get("x"))
        found = _training(records, self, *args, **kwargs)
        if found is None:
            return original(self, *args, **kwargs)
        training, (args, kwargs) = found
        training.batch_size = _batch_size(args, kwargs)
        earlier = getattr(self, "history", None)
        with _running(records, training, self), data.noting(training):
            try:
                return original(self, *args, **kwargs)
            finally:
                history = getattr(self, "history", None)
                if history is not earlier:  # otherwise this run of fit ended before its first epoch began
                    _add_losses(training, (getattr(history, "history", None) or {}).get("loss", []))
                    records.sealed(training)

    return fit


def on_a_batch(original: Callable[..., Any], records: Records) -> Callable[..., Any]:
    """`train_on_batch`, recorded: the batches of a loop are one training."""

    def train_on_batch(self: Any, *args: Any, **kwargs: Any) -> Any:
        if records.replay is not None:
            _instead(records.replay, self, args[0] if args else kwargs.get("x"))
        found = _training(records, self, *args, **kwargs)
        if found is None:
            return original(self, *args, **kwargs)
        training, _ = found
        with _running(records, training, self):
            result = original(self, *args, **kwargs)
            _add_losses(training, [_first(result)])
        return result

    return train_on_batch


def _instead(recorder: Any, model: Any, inputs: Any) -> None:
    """While code runs once more, a training is the end: the model is run on some of its data, and differentiated."""
    rows = data.sample(inputs)
    if rows is not None:
        tf = keras_api.tf()
        with tf.GradientTape() as tape:
            loss = sum(tf.reduce_sum(tf.square(output)) for output in tf.nest.flatten(model(rows)))
        tape.gradient(loss, model.trainable_variables)
    recorder.enough()


def _batch_size(args: tuple[Any, ...], kwargs: dict[str, Any]) -> int:
    chosen = args[2] if len(args) > 2 else kwargs.get("batch_size")
    return chosen if isinstance(chosen, int) and chosen > 0 else USUAL_BATCH


@contextmanager
def _running(records: Records, training: Training, model: Any) -> Iterator[None]:
    """What is called in here trains the model: nothing inside is recorded, and then the weights are compared."""
    records.now.fitting += 1
    records.fits += 1
    try:
        yield
    except BaseException as error:
        training.error = type(error).__name__
        raise
    finally:
        records.now.fitting -= 1
        records.fits -= 1
        _compare_weights(records, training, model)
        records.sealed(training)


def _first(result: Any) -> Any:
    """The loss in what `train_on_batch` gives: alone, or before the metrics."""
    if isinstance(result, dict):
        return result.get("loss", math.nan)
    return result[0] if isinstance(result, list | tuple) and result else result


def _add_losses(training: Training, losses: Any) -> None:
    room = MAX_EPOCHS - len(training.losses)
    training.losses += [float(value) for value in list(losses)[:room]]


def _training(records: Records, model: Any, *args: Any, **kwargs: Any) -> tuple[Training, Arguments] | None:
    """The training that this call begins or goes on with, and its arguments; None for what is not recorded."""
    record = None if records.now.paused or records.now.fitting else records.of(model)
    if record is None:
        return None
    last, place = records.trainings[-1] if records.trainings else None, records.made("training")
    if place is None:
        return None
    # A loop that calls fit for one epoch, again and again, is one training.
    if last is not None and (last.ref, last.place, last.error) == (record.ref, place, None):
        return last, (args, kwargs)
    if len(records.trainings) >= MAX_TRAININGS:
        return None
    inputs = args[0] if args else kwargs.get("x")
    targets = args[1] if len(args) > 1 else kwargs.get("y")
    training = Training(record.ref, place, inputs=data.sample(inputs), targets=data.sample(targets))
    read, training.data = data.readable(inputs, targets)
    if read is not inputs:  # a generator, replaced by one that notes
        args, kwargs = ((read, *args[1:]), kwargs) if args else (args, {**kwargs, "x": read})
    training.loss = getattr(model, "loss", None)
    for variable in _weights(model):
        training.before[id(variable)] = np.array(keras_api.as_array(variable))
    records.trainings.append(training)
    return training, (args, kwargs)


def _compare_weights(records: Records, training: Training, model: Any) -> None:
    training.compared = 0
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
