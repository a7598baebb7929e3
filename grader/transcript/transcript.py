"""A transcript as data: what was asked of the kernels of one notebook, in the order in which its cells ran.

What was answered came out of hostile code and is kept as it came: who judges from a transcript validates it as if it
came from a kernel. An experiment leaves no trace in a kernel, so an answer holds as long as no cell has run since: it
is found by the place among the cells, and by what was asked.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from grader.kernel.generation import Generation
from grader.protocol.operations import Request


class _Record(BaseModel):
    model_config = ConfigDict(defer_build=True, extra="forbid")


class Reply(_Record):
    """What came of one request: a value, or the error about the kernel that was raised instead, as it is sent."""

    value: JsonValue = None
    error: dict[str, Any] | None = None


class Ran(_Record):
    """One cell that was run: how, how it ended, and its outputs."""

    index: int
    seed: int | None
    outside: bool
    run: dict[str, Any]
    outputs: list[dict[str, Any]] = Field(default_factory=list)
    count: int | None = None


class Place(_Record):
    """From one change of the kernel to the next: a cell that ran, or a new kernel; then what was asked of it.

    `asked` has the replies by the digest of the request, in their order; `alive` what was seen of the kernel.
    """

    ran: Ran | None = None
    error: dict[str, Any] | None = None
    asked: dict[str, list[Reply]] = Field(default_factory=dict)
    alive: list[bool] = Field(default_factory=list)


class Sitting(_Record):
    """A notebook that was run once, on one generation of Keras."""

    generation: Generation
    places: list[Place] = Field(default_factory=list)
    sandbox: tuple[str, ...] = ()
    silenced: bool = False
    taken_s: float = 0.0
    error: dict[str, Any] | None = None
    """Why no kernel could be started."""


class Transcript(_Record):
    """All sittings of one notebook."""

    schema_name: Literal["grader/transcript/v1"] = Field(default="grader/transcript/v1", alias="schema")
    sittings: list[Sitting] = Field(default_factory=list)


def digest_of(request: Request) -> str:
    """What tells a request from all others. Raises `TooLarge` for an array that is."""
    text = json.dumps(request.written(), sort_keys=True)
    return f"{request.name} {hashlib.sha256(text.encode()).hexdigest()[:32]}"
