"""Keras and TensorFlow, as the probe asks for a framework."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import numpy as np

from grader.probe.framework import Array
from grader.probe.keras import (
    data_sets,
    experiments,
    facts,
    gradients,
    hooks,
    keras_api,
    losses,
    manners,
    progress,
    seeds,
    switches,
    traced,
    witnesses,
)
from grader.probe.records import ObjectRecord, Records, TracedFunction, Training


class Keras:
    """The Keras of this kernel, of either generation: see `framework.Framework`, which says more of each."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def install(self) -> None:
        """Hooks in Keras and TensorFlow, progress that costs less, and data sets without a network."""
        hooks.install(self._records)
        data_sets.install(self._records)
        switches.install()
        progress.install()

    def versions(self) -> dict[str, Any]:
        """TensorFlow, Keras, and the generation of Keras."""
        return {
            "tensorflow": keras_api.tf().__version__,
            "keras": keras_api.keras().__version__,
            "keras_generation": keras_api.generation(),
        }

    def holds_numbers(self, value: Any) -> bool:
        """A `tf.Tensor` outside of graphs, or a `tf.Variable`."""
        if isinstance(value, np.ndarray) or not (keras_api.is_concrete(value) or hasattr(value, "read_value")):
            return False
        return bool(getattr(getattr(value, "dtype", None), "is_floating", False))

    def as_array(self, value: Any) -> Array:
        """Of tensors, variables of both, and what is one already."""
        return keras_api.as_array(value)  # type: ignore[no-any-return]

    def tensor(self, values: Array) -> Any:
        """A `tf.Tensor`."""
        return keras_api.tf().constant(values, keras_api.tf().float32)

    def filled(self, value: Any, numbers: Array) -> Any:
        """Only variables can change."""
        if not hasattr(value, "assign"):
            return keras_api.tf().constant(numbers, value.dtype)
        value.assign(numbers)
        return value

    @property
    def layer_class(self) -> type:
        """Keras's `Layer`."""
        return keras_api.layer_base()

    def is_students(self, made: Any) -> bool:
        """By the module that it was made in."""
        return keras_api.is_students(made)

    def reseed(self, seed: int) -> None:
        """Python's, NumPy's, TensorFlow's and Keras's."""
        seeds.reseed(seed)

    def unchanged(self) -> AbstractContextManager[None]:
        """Also the counters behind names such as `lstm_3`."""
        return seeds.unchanged()

    @contextmanager
    def line_by_line(self) -> Iterator[None]:
        """Functions under `tf.function` run eagerly."""
        config = keras_api.tf().config
        before = config.functions_run_eagerly()
        config.run_functions_eagerly(True)
        try:
            yield
        finally:
            config.run_functions_eagerly(before)

    def describe(self, record: ObjectRecord) -> dict[str, Any]:
        """A layer or model."""
        return facts.describe(self._records, record)

    def inside(self, layer: Any) -> list[Any]:
        """Metrics, which are layers in Keras 2, are not among them."""
        return keras_api.sublayers(layer)

    def weights(self, layer: Any) -> list[Any]:
        """`layer.weights`."""
        return list(layer.weights)

    def trainable(self, layer: Any) -> list[Any]:
        """`layer.trainable_weights`."""
        try:
            return list(layer.trainable_weights)
        except Exception:  # not built
            return []

    def identities(self, variable: Any) -> set[int]:
        """A variable of Keras 3 has one of TensorFlow inside."""
        return {id(variable), id(getattr(variable, "value", variable))}

    def explained(self, function: TracedFunction, place: int, first: Iterable[tuple[Any, Any]]) -> float | None:
        """See `traced.explained`."""
        return traced.explained(function, place, first)

    def loss_name(self, model: Any) -> str | None:
        """What it was compiled with."""
        return facts.loss_name(model)

    def twin(self, record: ObjectRecord, input_shape: tuple[int | None, ...]) -> ObjectRecord:
        """From its configuration, where that can be had."""
        return experiments.twin(self._records, record, input_shape)

    def step(
        self, cell: Any, inputs: Array, states: Sequence[Array], weights: Sequence[Array] | None
    ) -> Sequence[Array]:
        """See `experiments.step`."""
        return experiments.step(cell, inputs, states, weights)

    def scan(self, cell: Any, inputs: Array) -> Array:
        """See `experiments.scan`."""
        return experiments.scan(cell, inputs)

    def forward(self, layer: Any, inputs: Array, weights: Sequence[Array] | None) -> Sequence[Array]:
        """See `experiments.forward`."""
        return experiments.forward(layer, inputs, weights)

    def call(self, record: ObjectRecord, inputs: Sequence[Array], weights: Sequence[Array] | None) -> Sequence[Array]:
        """See `manners.call`."""
        return manners.call(record.obj, record.manner, inputs, weights)

    def differing(self, record: ObjectRecord) -> list[str]:
        """See `witnesses.differing`."""
        return list(witnesses.differing(self._records, record))

    def own_runs(self, record: ObjectRecord) -> list[tuple[list[Array], list[Array], list[Array]]]:
        """See `witnesses.own_runs`."""
        return witnesses.own_runs(self._records, record)

    def trace(
        self, record: ObjectRecord, inputs: Array, weights: Mapping[int, Sequence[Array]]
    ) -> list[tuple[int, list[Array], list[Array]]]:
        """See `experiments.trace`."""
        return experiments.trace(self._records, record, inputs, weights)

    def step_gradients(self, layer: Any, inputs: Array, initial: bool) -> Array:
        """See `gradients.step_gradients`."""
        return gradients.step_gradients(self._records, layer, inputs, initial)

    def layer_gradients(
        self, record: ObjectRecord, inputs: Array, targets: Array | None, initial: bool
    ) -> tuple[list[tuple[int, float, float]], float, bool]:
        """See `gradients.layer_gradients`."""
        return gradients.layer_gradients(self._records, record, inputs, targets, initial)

    def training_losses(self, training: Training) -> list[float] | None:
        """See `losses.measured`."""
        return losses.measured(self._records, training)
