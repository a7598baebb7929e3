"""Layers of the student's own, which are called in ways of their own: with a state beside the input, for example."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from grader.probe.framework import Array, Impossible
from grader.probe.keras import keras_api
from grader.probe.keras.experiments import undisturbed, with_weights
from grader.probe.records import Manner, Slot

MOST_SLOTS = 8


def manner(args: Any, kwargs: Any, outputs: tuple[tuple[int | None, ...], ...]) -> Manner | None:
    """What is to be kept of a call, so that it can be made again with other tensors; None for one of too many."""
    slots: list[tuple[int | None, ...]] = []

    def placed(value: Any) -> Any:
        if not (hasattr(value, "shape") and hasattr(value, "dtype")):
            return value
        slots.append(tuple(None if size is None else int(size) for size in value.shape))
        return Slot(len(slots) - 1)

    try:
        arguments = keras_api.tf().nest.map_structure(placed, (tuple(args), dict(kwargs)))
    except Exception:  # a tensor of unknown rank, a structure that cannot be rebuilt
        return None
    return Manner(arguments, tuple(slots), outputs) if 0 < len(slots) <= MOST_SLOTS else None


def call(layer: Any, kept: Manner | None, inputs: Sequence[Array], weights: Sequence[Array] | None) -> list[Array]:
    """The outputs of a layer that is called as the student calls it, with these tensors in the place of the others."""
    if kept is None or len(inputs) != len(kept.slots):
        raise Impossible("it was not called in this way")
    tf = keras_api.tf()
    tensors = [tf.constant(values) for values in inputs]

    def filled(value: Any) -> Any:
        return tensors[value.number] if isinstance(value, Slot) else value

    args, kwargs = tf.nest.map_structure(filled, kept.arguments)
    with undisturbed(layer), with_weights(layer, weights):
        flat = tf.nest.flatten(layer(*args, **kwargs))
        return [np.asarray(keras_api.as_array(tensor)) for tensor in flat if hasattr(tensor, "shape")]
