"""The loss of a training, computed anew: on its own data, for what the model gives before it and after it."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from grader.probe.framework import Impossible
from grader.probe.keras import keras_api
from grader.probe.keras.data import Batch, first_batches, first_rows
from grader.probe.keras.experiments import undisturbed, with_weights
from grader.probe.keras.graphs import convertible, in_a_graph
from grader.probe.records import Records, Training

SEED = 0
FEW = 4


def measured(records: Records, training: Training) -> list[float] | None:
    """The loss on the training's first rows of what the model gives at the weights before `fit`, and at those after it.

    Where it is not all Keras's own, which gives the same for the same, once more for the first. None where there is no
    loss that could fall. Raises `Unreadable` where the data cannot be read again.
    """
    model = records.objects[training.ref].obj
    own = not _is_kerass(model, training.loss)
    if training.loss is not None:
        # What is the student's own may count on batches as large as those that it was trained on.
        with _at(model, training.before):  # what gives batches may ask the model, which it did not know then
            batches = first_batches(training) if own else [first_rows(training, _fixed_batch(model))]
        return _of_outputs(model, training, batches, own=own)
    loss = _own_loss(model)
    if loss is None:
        return None
    points = (training.before, training.after, *([training.before] if own else []))
    try:
        return _at_each(model, loss, points, [first_rows(training, _fixed_batch(model))])
    except Exception:  # perhaps it takes batches of one size alone
        return _at_each(model, loss, points, first_batches(training)[:FEW])


def _at_each(
    model: Any, loss: Callable[[Any, Any], Any], points: Sequence[dict[int, Any]], batches: list[Batch]
) -> list[float]:
    """The loss at each of these weights; a training step of the student's own may change them."""
    losses = []
    for values in points:
        found = []
        for batch in batches:
            with _at(model, values):
                found.append(float(loss(*batch)))
        losses.append(_mean(found, batches))
    return losses


def _of_outputs(model: Any, training: Training, batches: list[Batch], *, own: bool) -> list[float]:
    """A loss of outputs and targets: where it looks at the weights, too, they are the same for both."""
    training_mode = _has_running_statistics(model)

    def outputs(given: Any) -> Any:
        return model(given, training=True) if training_mode else keras_api.call_layer(model, given)

    def loss(wanted: Any, found: Any) -> Any:
        return total(training.loss, wanted, found)

    if own and not training_mode and not getattr(model, "run_eagerly", False):
        # What is the student's own is run as in `fit`: in a graph.
        outputs, loss = in_a_graph(outputs), in_a_graph(loss)
    found = []
    for values in (training.before, training.after):
        with _at(model, values):
            found.append([outputs(inputs) for inputs, _ in batches])
    with _at(model, training.before):
        return [
            _mean([float(loss(targets, one)) for (_, targets), one in zip(batches, each, strict=True)], batches)
            for each in (*found, *found[: 1 if own else 0])
        ]


def _mean(losses: list[float], batches: list[Batch]) -> float:
    """Of all rows, where batches have different numbers of them."""
    rows = [int(keras_api.tf().nest.flatten(inputs)[0].shape[0]) for inputs, _ in batches]
    return float(np.average(losses, weights=rows))


@contextmanager
def _at(model: Any, values: dict[int, Any]) -> Iterator[None]:
    """The model with these weights; dropout draws the same masks each time."""
    weights = [values.get(id(variable), np.array(keras_api.as_array(variable))) for variable in model.weights]
    with undisturbed(model), with_weights(model, weights):
        keras_api.tf().random.set_seed(SEED)
        yield


def _own_loss(model: Any) -> Callable[[Any, Any], Any] | None:
    """The loss of a model that was compiled with none, as a function of inputs and targets: what its layers add, or
    its own training step. None where it has neither.
    """
    training_mode = _has_running_statistics(model)

    def added(inputs: Any, _: Any) -> Any:
        _ = model(inputs, training=True) if training_mode else keras_api.call_layer(model, inputs)
        return sum(keras_api.tf().reduce_sum(own) for own in model.losses)

    def step(inputs: Any, targets: Any) -> Any:
        with _optimizer_unchanged(model):
            model.reset_metrics()
            return model.train_step((inputs, targets))["loss"]

    if getattr(model, "losses", None):
        return added
    if "train_step" in {name for cls in type(model).__mro__ if keras_api.is_students(cls) for name in vars(cls)}:
        return step
    return None


def _is_kerass(model: Any, chosen: Any) -> bool:
    """Whether model, layers and losses are Keras's: no code of the student's has a part in the loss."""
    losses = [keras_api.keras().losses.get(loss) for loss in keras_api.tf().nest.flatten(chosen)]
    kinds = [loss if isinstance(loss, types.FunctionType) else type(loss) for loss in losses]
    return not any(map(keras_api.is_students, [type(model), *map(type, _inside(model)), *kinds]))


def _has_running_statistics(model: Any) -> bool:
    """Batch normalisation at its moving averages gives another loss than the one that was trained."""
    return any(hasattr(inner, "moving_mean") for inner in _inside(model))


def _inside(model: Any) -> Iterator[Any]:
    return model._flatten_layers(recursive=True, include_self=False)  # type: ignore[no-any-return]


@contextmanager
def _optimizer_unchanged(model: Any) -> Iterator[None]:
    found = getattr(getattr(model, "optimizer", None), "variables", [])
    variables = list(found() if callable(found) else found)
    before = [np.array(keras_api.as_array(variable)) for variable in variables]
    try:
        yield
    finally:
        for variable, value in zip(variables, before, strict=True):
            variable.assign(value)


def total(chosen: Any, targets: Any, outputs: Any) -> Any:
    """The sum of the losses over all outputs of a model; with no loss chosen, zero."""
    tf = keras_api.tf()
    if chosen is None:
        return 0.0
    found, wanted, losses = (tf.nest.flatten(value) for value in (outputs, targets, chosen))
    losses = losses * len(found) if len(losses) == 1 else losses
    if not len(found) == len(wanted) == len(losses):
        raise Impossible("outputs, targets and losses do not belong together one by one")
    pairs = zip(losses, wanted, found, strict=True)
    return sum(one_loss(loss, target, output) for loss, target, output in pairs if loss is not None)


def one_loss(chosen: Any, targets: Any, output: Any) -> Any:
    """The mean loss of one output; targets (batch,) also fit an output (batch, 1), as in `fit`."""
    tf = keras_api.tf()
    targets = tf.convert_to_tensor(targets)
    column = len(targets.shape) == len(output.shape) - 1 and output.shape[-1] == 1
    wanted = targets[..., None] if column else targets
    return tf.reduce_mean(convertible(keras_api.keras().losses.get(chosen))(wanted, output))


def _fixed_batch(model: Any) -> int | None:
    """The only batch size that a model takes, where it takes only one."""
    shape = getattr(model, "input_shape", None)
    return shape[0] if isinstance(shape, tuple) and shape and isinstance(shape[0], int) else None
