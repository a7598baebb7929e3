"""What a report draws: the evidence behind some checks as numbers, part of the result."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

MOST_POINTS = 400
MOST_STEPS = 24

Finite = float | None
"""A number; null where it was infinite or none at all."""
Points = Annotated[tuple[Finite, ...], Field(max_length=MOST_POINTS)]
SHORT = 80
"""Characters of a name that are kept."""


class _Picture(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Losses(_Picture):
    """The loss of each epoch of a training, and of the training in the model answer."""

    kind: Literal["losses"] = "losses"
    title: str
    yours: Points
    reference: Points = ()


class Norms(_Picture):
    """The norms of a network's gradients from its input end to its loss end."""

    label: str
    over: str = Field(description="What there is one norm for: layers, say.")
    values: Points


class Gradients(_Picture):
    """The gradient norms of several networks."""

    kind: Literal["gradients"] = "gradients"
    networks: Annotated[tuple[Norms, ...], Field(max_length=6)]


class Dependence(_Picture):
    """Which output (a row) depends on which input (a column) along one axis, as it was measured."""

    kind: Literal["dependence"] = "dependence"
    axis: str = Field(default="position", description="What one place along the axis is called.")
    sees: Annotated[tuple[Annotated[tuple[bool, ...], Field(max_length=MOST_STEPS)], ...], Field(max_length=MOST_STEPS)]


class Block(_Picture):
    """So many parameters of one role."""

    role: str
    count: int = Field(ge=0)


class Parameters(_Picture):
    """Where a layer's parameters are, and where they are expected."""

    kind: Literal["parameters"] = "parameters"
    yours: Annotated[tuple[Block, ...], Field(max_length=5)]
    expected: Annotated[tuple[Block, ...], Field(max_length=5)]


class Peepholes(_Picture):
    """Which gates of an LSTM cell were seen to look at the cell state."""

    kind: Literal["peepholes"] = "peepholes"
    input: bool
    forget: bool
    output: bool


Picture = Annotated[Losses | Gradients | Dependence | Parameters | Peepholes, Field(discriminator="kind")]


def points(values: Iterable[float]) -> tuple[Finite, ...]:
    """Numbers for a picture, rounded to what can be seen, and so few that they can be drawn."""
    kept = [float(value) for value in values]
    step = math.ceil(len(kept) / MOST_POINTS) if kept else 1
    return tuple(float(f"{value:.5g}") if math.isfinite(value) else None for value in kept[::step])
