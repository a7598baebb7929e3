"""What a report draws: the evidence behind some checks as numbers, part of the result."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

MOST_POINTS = 400
MOST_STEPS = 24
MOST_PARAMETERS = (1 << 63) - 1

Finite = float | None
"""A number; null where it was infinite or none at all."""
Points = Annotated[tuple[Finite, ...], Field(max_length=MOST_POINTS)]
SHORT = 80
"""Characters of a name that are kept."""


class _Picture(BaseModel):
    model_config = ConfigDict(frozen=True, defer_build=True, extra="forbid", allow_inf_nan=False)


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

    @model_validator(mode="after")
    def _is_whole(self) -> Dependence:
        if len({len(row) for row in self.sees}) > 1:
            raise ValueError("rows of a picture differ in length")
        return self


class Block(_Picture):
    """So many parameters of one role."""

    role: str
    count: int = Field(ge=0, le=MOST_PARAMETERS)


class Parameters(_Picture):
    """Where a layer's parameters are, and where they are expected."""

    kind: Literal["parameters"] = "parameters"
    yours: Annotated[tuple[Block, ...], Field(max_length=5)]
    expected: Annotated[tuple[Block, ...], Field(max_length=5)]


Place = Annotated[float, Field(ge=0, le=1_000)]
"""A place in a diagram, in pixels from its left or upper edge."""


class Line(_Picture):
    """A line through places of a diagram, and whether what it stands for was found."""

    through: Annotated[tuple[tuple[Place, Place], ...], Field(min_length=2, max_length=6)]
    style: Literal["plain", "strong", "found", "missing"] = "plain"
    has_tip: bool = False


class Box(_Picture):
    """A box with a name in it, its left upper corner at (x, y); an operation is a circle around (x, y)."""

    shape: Literal["box", "operation"] = "box"
    x: Place
    y: Place
    width: Place = 0
    name: str = ""
    is_tinted: bool = False


class Label(_Picture):
    """Text at a place: letters, with what stands low behind each."""

    x: Place
    y: Place
    parts: Annotated[tuple[tuple[str, str], ...], Field(max_length=6)]


class Connection(_Picture):
    """Something that was looked for in what a diagram shows."""

    name: str
    is_there: bool


class Diagram(_Picture):
    """How something that was measured is put together, drawn by who declares the question."""

    kind: Literal["diagram"] = "diagram"
    title: str
    summary: str
    width: Place
    height: Place
    lines: Annotated[tuple[Line, ...], Field(max_length=60)] = ()
    boxes: Annotated[tuple[Box, ...], Field(max_length=40)] = ()
    labels: Annotated[tuple[Label, ...], Field(max_length=40)] = ()
    asked: tuple[str, str] = Field(description="What a connection is called, and what was asked of each.")
    connections: Annotated[tuple[Connection, ...], Field(max_length=24)]


Picture = Annotated[Losses | Gradients | Dependence | Parameters | Diagram, Field(discriminator="kind")]
KINDS = ("losses", "gradients", "dependence", "parameters", "diagram")


def points(values: Iterable[float]) -> tuple[Finite, ...]:
    """Numbers for a picture, rounded to what can be seen, and so few that they can be drawn."""
    kept = [float(value) for value in values]
    step = math.ceil(len(kept) / MOST_POINTS) if kept else 1
    return tuple(float(f"{value:.5g}") if math.isfinite(value) else None for value in kept[::step])
