"""What the probe must be told by whoever knows a framework, so that all else is the same for each: here by `keras`.

Objects are those that the student's code made, and arrays are NumPy's. A record knows its object; see `records`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

import numpy as np

from grader.probe.records import ObjectRecord, TracedFunction, Training

Array = np.ndarray[Any, np.dtype[Any]]


class Impossible(Exception):
    """The experiment makes no sense on this object; the message says why."""


class Framework(Protocol):
    """A framework in one kernel. Experiments leave objects as they were, and raise what the student's code raises."""

    # ----- looking on -----

    def install(self) -> None:
        """From now on objects, calls, trainings and gradients are recorded where they happen."""

    def versions(self) -> dict[str, Any]:
        """What is in use, by name."""

    # ----- values -----

    def holds_numbers(self, value: Any) -> bool:
        """Whether it is a tensor or a variable of floating-point numbers that has them now, and not while traced."""

    def as_array(self, value: Any) -> Array:
        """The values of a tensor, a variable or an array."""

    def tensor(self, values: Array) -> Any:
        """A tensor in single precision."""

    def filled(self, value: Any, numbers: Array) -> Any:
        """A tensor or variable with other numbers: the same object, unless it is one that cannot change."""

    # ----- whose -----

    @property
    def layer_class(self) -> type:
        """The class that every layer and model descends from."""

    def is_students(self, made: Any) -> bool:
        """Whether a class or function is not the framework's own."""

    # ----- running code -----

    def reseed(self, seed: int) -> None:
        """Start all randomness of the kernel from a seed."""

    def unchanged(self) -> AbstractContextManager[None]:
        """Whatever is drawn and named inside, what comes after is as if nothing had been."""

    def line_by_line(self) -> AbstractContextManager[None]:
        """What is run inside computes numbers, and no graphs."""

    # ----- describing -----

    def describe(self, record: ObjectRecord) -> dict[str, Any]:
        """An object as `evidence.LayerFacts`."""

    def inside(self, layer: Any) -> list[Any]:
        """The layers directly inside this one, in order."""

    def weights(self, layer: Any) -> list[Any]:
        """Its variables, in its own order."""

    def trainable(self, layer: Any) -> list[Any]:
        """Those that a training may change; none of a layer that is not built."""

    def identities(self, variable: Any) -> set[int]:
        """The `id`s by which gradients may know a variable."""

    def explained(self, function: TracedFunction, place: int, first: Iterable[tuple[Any, Any]]) -> float | None:
        """How much higher a loss in a traced function is with weights as they were at first; None if nobody knows."""

    def loss_name(self, model: Any) -> str | None:
        """The loss that a model is trained with."""

    # ----- experiments -----

    def twin(self, record: ObjectRecord, input_shape: tuple[int | None, ...]) -> ObjectRecord:
        """A copy of an unbuilt object, built for inputs of this shape, and recorded."""

    def step(
        self, cell: Any, inputs: Array, states: Sequence[Array], weights: Sequence[Array] | None
    ) -> Sequence[Array]:
        """One time step of a cell: `[output, *new_states]` for inputs (batch, features), states (batch, units)."""

    def scan(self, cell: Any, inputs: Array) -> Array:
        """The last output of a cell over a sequence (batch, timesteps, features), from states of zeros."""

    def forward(self, layer: Any, inputs: Array, weights: Sequence[Array] | None) -> Sequence[Array]:
        """The outputs of a layer or model for inputs (batch, ...), in inference mode."""

    def call(self, record: ObjectRecord, inputs: Sequence[Array], weights: Sequence[Array] | None) -> Sequence[Array]:
        """The outputs of a layer of the student's own, called as it was called, with these tensors."""

    def differing(self, record: ObjectRecord) -> list[str]:
        """In which ways an object does not give what it gave when its author called it; nothing for most."""

    def own_runs(self, record: ObjectRecord) -> list[tuple[list[Array], list[Array], list[Array]]]:
        """The inputs, outputs and weights of an object where its author ran it; of what is the framework's, nothing."""

    def trace(
        self, record: ObjectRecord, inputs: Array, weights: Mapping[int, Sequence[Array]]
    ) -> list[tuple[int, list[Array], list[Array]]]:
        """Run a model: (ref, inputs, outputs) of each layer inside, and of itself at the end."""

    def step_gradients(self, layer: Any, inputs: Array, initial: bool) -> Array:
        """Norm of the gradient of the last output by each time step's input (timesteps,)."""

    def layer_gradients(
        self, record: ObjectRecord, inputs: Array, targets: Array | None, initial: bool
    ) -> tuple[list[tuple[int, float, float]], float, bool]:
        """For each layer with weights: (ref, norm of the gradient of the loss by its kernel, and by its output).

        Then by how much layers without weights scale what goes through them, and whether the gradient of code of the
        student's own is that of what it computes.
        """

    def training_losses(self, training: Training) -> list[float] | None:
        """The loss on a training's own data before it and after it; None where it never had one."""
