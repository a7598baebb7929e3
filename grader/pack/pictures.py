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

    kind: Literal["losses"] = Field(default="losses", description="What is drawn.")
    title: str = Field(description="What stands above it.")
    yours: Points = Field(description="Of the training in the notebook, by epoch.")
    reference: Points = Field(default=(), description="Of the model answer's.")


class Norms(_Picture):
    """The norms of a network's gradients from its input end to its loss end."""

    label: str = Field(description="What the network is called.")
    over: str = Field(description="What there is one norm for: layers, say.")
    values: Points = Field(description="From the input end to the loss end.")


class Gradients(_Picture):
    """The gradient norms of several networks."""

    kind: Literal["gradients"] = Field(default="gradients", description="What is drawn.")
    networks: Annotated[tuple[Norms, ...], Field(max_length=6)] = Field(description="The networks beside each other.")


class Dependence(_Picture):
    """Which output (a row) depends on which input (a column) along one axis, as it was measured."""

    kind: Literal["dependence"] = Field(default="dependence", description="What is drawn.")
    axis: str = Field(default="position", description="What one place along the axis is called.")
    sees: Annotated[
        tuple[Annotated[tuple[bool, ...], Field(max_length=MOST_STEPS)], ...], Field(max_length=MOST_STEPS)
    ] = Field(description="For each output, whether each input has an effect on it.")

    @model_validator(mode="after")
    def _is_whole(self) -> Dependence:
        if len({len(row) for row in self.sees}) > 1:
            raise ValueError("rows of a picture differ in length")
        return self


class Block(_Picture):
    """So many parameters of one role."""

    role: str = Field(description="What they are for.")
    count: int = Field(ge=0, le=MOST_PARAMETERS, description="How many they are.")


class Parameters(_Picture):
    """Where a layer's parameters are, and where they are expected."""

    kind: Literal["parameters"] = Field(default="parameters", description="What is drawn.")
    yours: Annotated[tuple[Block, ...], Field(max_length=5)] = Field(description="As the layer has them.")
    expected: Annotated[tuple[Block, ...], Field(max_length=5)] = Field(
        description="As a layer of the same size has them that is right."
    )


Place = Annotated[float, Field(ge=0, le=1_000)]
"""A place in a diagram, in pixels from its left or upper edge."""


class Line(_Picture):
    """A line through places of a diagram, and whether what it stands for was found."""

    through: Annotated[tuple[tuple[Place, Place], ...], Field(min_length=2, max_length=6)] = Field(
        description="The places, as (x, y)."
    )
    style: Literal["plain", "strong", "found", "missing"] = Field(default="plain", description="How it is drawn.")
    has_tip: bool = Field(default=False, description="Whether it ends in an arrow.")


class Box(_Picture):
    """A box with a name in it, its left upper corner at (x, y); an operation is a circle around (x, y)."""

    shape: Literal["box", "operation"] = Field(default="box", description="How it is drawn.")
    x: Place = Field(description="From the left edge.")
    y: Place = Field(description="From the upper edge.")
    width: Place = Field(default=0, description="Of a box.")
    name: str = Field(default="", description="What stands in it.")
    is_tinted: bool = Field(default=False, description="Whether it stands out.")


class Label(_Picture):
    """Text at a place: letters, with what stands low behind each."""

    x: Place = Field(description="From the left edge.")
    y: Place = Field(description="From the upper edge.")
    parts: Annotated[tuple[tuple[str, str], ...], Field(max_length=6)] = Field(
        description="Pairs of letters and what stands low behind them."
    )


class Connection(_Picture):
    """Something that was looked for in what a diagram shows."""

    name: str = Field(description="What it is called.")
    is_there: bool = Field(description="Whether it was found.")


class Diagram(_Picture):
    """How something that was measured is put together, drawn by who declares the question."""

    kind: Literal["diagram"] = Field(default="diagram", description="What is drawn.")
    title: str = Field(description="What stands above it.")
    summary: str = Field(description="What it shows, in a sentence.")
    width: Place = Field(description="Of the whole.")
    height: Place = Field(description="Of the whole.")
    lines: Annotated[tuple[Line, ...], Field(max_length=60)] = Field(default=(), description="What connects.")
    boxes: Annotated[tuple[Box, ...], Field(max_length=40)] = Field(default=(), description="What is connected.")
    labels: Annotated[tuple[Label, ...], Field(max_length=40)] = Field(
        default=(), description="What stands beside them."
    )
    asked: tuple[str, str] = Field(description="What a connection is called, and what was asked of each.")
    connections: Annotated[tuple[Connection, ...], Field(max_length=24)] = Field(description="What was looked for.")


Picture = Annotated[Losses | Gradients | Dependence | Parameters | Diagram, Field(discriminator="kind")]
KINDS = ("losses", "gradients", "dependence", "parameters", "diagram")


def points(values: Iterable[float]) -> tuple[Finite, ...]:
    """Numbers for a picture, rounded to what can be seen, and so few that they can be drawn."""
    kept = [float(value) for value in values]
    step = math.ceil(len(kept) / MOST_POINTS) if kept else 1
    return tuple(float(f"{value:.5g}") if math.isfinite(value) else None for value in kept[::step])
