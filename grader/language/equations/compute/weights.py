"""Weights drawn at random in the shape that their place asks for, and what is said where vectors do not fit."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Kind = Literal["matrix", "per unit", "bias"]


@dataclass(frozen=True, slots=True)
class Vectors:
    """The two vectors of a step that have different sizes, as students write them: the one given, the one carried.

    For messages alone; the methods are sentences about sizes, written to the student.
    """

    given: str = "the input"
    carried: str = "the state"

    def combined(self) -> str:
        """Where vectors of different sizes meet."""
        return (
            f"Two vectors of different sizes are combined: {self.given} has one entry per feature, {self.carried} one "
            f"per unit. Were they meant to be side by side, [{self.carried}, {self.given}]?"
        )

    def shared(self, weight: str) -> str:
        """Where one matrix would have to have two shapes."""
        return (
            f"{weight} multiplies vectors of different sizes, such as {self.given} and {self.carried}. Each needs a "
            "weight matrix of its own (W and U), or they are concatenated first: "
            f"W [{self.carried}, {self.given}]."
        )

    def misplaced(self, vector: str) -> str:
        """Where a vector of the other size belongs."""
        return (
            f"{vector} stands where a vector of another size belongs. {self.given} has one entry per feature and "
            f"{self.carried} one per unit: they are concatenated, [{self.carried}, {self.given}], or each multiplied "
            "by its own matrix."
        )


class Unexecutable(Exception):
    """The expression has no value; `slip` names the mistake and the message is written to the student."""

    def __init__(self, slip: str, message: str) -> None:
        super().__init__(message)
        self.slip = slip
        self.message = message


@dataclass(slots=True)
class Weights:
    """Weights drawn at random, all positive so that a sign in front of them can be seen; the same for the same name."""

    draw: int
    kinds: dict[str, tuple[Kind, tuple[int, ...]]] = field(default_factory=dict)
    given: Mapping[str, Array] | None = None
    vectors: Vectors = Vectors()

    def get(self, name: str, kind: Kind, shape: tuple[int, ...]) -> Array:
        """The weight `name` of this shape; within one expression a name has one shape. Raises `Unexecutable`."""
        known = self.kinds.setdefault(name, (kind, shape))
        if known[1] != shape:
            raise Unexecutable("one_weight_for_two", self.vectors.shared(name))
        if self.given is not None:
            return self.given[name]
        rng = np.random.default_rng([self.draw, zlib.crc32(name.encode()), *shape])
        return rng.uniform(0.1, 0.6, shape)
