"""Whose numbers are these? What a student's code computed is compared with the reference, then with each slip."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from reference.recurrent.cells import Array, State, Step, Weights, unroll, zeros

TOLERANCE = 1e-4
BACKWARDS = "reads_backwards"
"""The slip whose first state is computed from the last step."""
Computation = Callable[..., State]


@dataclass(frozen=True, slots=True)
class Slip:
    """A reference with one thing done differently; `compute` takes the same arguments as the right one.

    `message` is written to the student. If `accepted`, it is a convention that good sources use, and costs nothing.
    """

    id: str
    message: str
    compute: Computation
    accepted: bool = False


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a computation by the student turned out to be.

    `error` is the largest difference to the right reference, infinite if the shapes differ or a number is not finite.
    """

    right: bool
    slip: Slip | None
    error: float

    @property
    def accepted(self) -> bool:
        """It is right, or right by another convention."""
        return self.right or (self.slip is not None and self.slip.accepted)

    @property
    def message(self) -> str:
        """What the slip has to say to the student; empty if none was recognised."""
        return self.slip.message if self.slip else ""


def recognise(
    observed: Array | Sequence[Array],
    right: Computation,
    slips: Sequence[Slip],
    *args: Any,
    tolerance: float = TOLERANCE,
) -> Recognition:
    """Compare `observed` with `right(*args)`, then with what each slip makes of the arguments, in this order.

    `observed` is an array, or a sequence (h, c) where `right` returns that. A slip whose numbers are the right ones on
    these arguments (a forget gate left out, when the cell state is zero) cannot be told apart: draw all at random.
    """
    error = difference(observed, right(*args))
    if error <= tolerance:
        return Recognition(True, None, error)
    for slip in slips:
        if difference(observed, slip.compute(*args)) <= tolerance:
            return Recognition(False, slip, error)
    return Recognition(False, None, error)


def difference(observed: Array | Sequence[Array], reference: State) -> float:
    """The largest absolute difference; infinite if the shapes differ or a number is not finite."""
    ours, theirs = _arrays(reference), _arrays(observed)
    # Compared first, because NumPy would broadcast (1, units) to (batch, units) and find no difference.
    if [array.shape for array in ours] != [array.shape for array in theirs]:
        return np.inf
    # NaN is never the largest of two numbers in Python; it must not pass for zero.
    if not all(np.isfinite(array).all() for array in theirs):
        return np.inf
    return max(float(np.max(np.abs(a - b), initial=0.0)) for a, b in zip(ours, theirs, strict=True))


def _arrays(value: Array | Sequence[Array]) -> list[Array]:
    each = value if isinstance(value, tuple | list) else [value]
    return [np.asarray(array, dtype=np.float64) for array in each]


@dataclass(frozen=True, slots=True)
class Family:
    """A recurrent cell with its slips: the right step, how many states it carries on, and the wrong steps."""

    step: Step
    states: int
    slips: tuple[Slip, ...]

    def recognise_step(
        self, observed: Array | Sequence[Array], w: Weights, x: Array, *state: Array, tolerance: float = TOLERANCE
    ) -> Recognition:
        """Whose step is it from `state` on x (batch, inputs)? `observed` is h, or (h, c) for an LSTM."""
        return recognise(observed, self.step, self.slips, w, x, *state, tolerance=tolerance)

    def recognise_sequence(self, observed: Array, w: Weights, x: Array, *, tolerance: float = TOLERANCE) -> Recognition:
        """Whose hidden states (batch, timesteps, units) are they, from zeros on x (batch, timesteps, inputs)?"""
        return recognise(observed, self.sequence, self.over_time(), w, x, tolerance=tolerance)

    def sequence(self, w: Weights, x: Array) -> Array:
        """All hidden states of the right cell (batch, timesteps, units), from zeros."""
        return self.unrolled(self.step, w, x)

    def over_time(self) -> tuple[Slip, ...]:
        """The slips of a step made into slips of a sequence, and those that only a sequence can have."""
        lifted = tuple(replace(slip, compute=partial(self.unrolled, slip.compute)) for slip in self.slips)
        backwards = Slip(
            BACKWARDS,
            "The sequence is read from its last time step to its first (`go_backwards=True`?).",
            lambda w, x: self.sequence(w, x[:, ::-1]),
        )
        return (*lifted, backwards)

    def unrolled(self, step: Step, w: Weights, x: Array) -> Array:
        """All hidden states (batch, timesteps, units) of a step of its kind, from zeros."""
        return unroll(step, w, x, *[zeros(w, x)] * self.states)
