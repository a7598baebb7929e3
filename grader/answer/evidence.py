"""What was learned from running a notebook, validated: every value here came out of hostile code."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeVar

import numpy as np
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, ValidationError

from grader.protocol import wire

Array = np.ndarray[Any, np.dtype[Any]]
Dimension = Annotated[int, Field(ge=0, le=2**40)]
Shape = Annotated[tuple[Dimension | None, ...], Field(max_length=16)]
Ref = Annotated[int, Field(ge=0, le=1_000_000)]
Model = TypeVar("Model", bound=BaseModel)
Text = Annotated[str, Field(max_length=400)]


class Nonsense(ValueError):
    """A reply from the kernel does not have the form that the probe gives it."""


def array(message: object) -> Array:
    """Read an array off the wire; read-only. Raises `Nonsense`."""
    if isinstance(message, np.ndarray):
        return message
    if not isinstance(message, dict):
        raise Nonsense("an array was expected")
    try:
        shape, data = message["shape"], message["data"]
        if len(shape) > 16 or len(data) > 16 * wire.MAX_ELEMENTS:
            raise Nonsense("an array is too large")
        values = wire.decode(message)
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise Nonsense(f"not an array: {error}") from error
    values.flags.writeable = False
    return values


def arrays(message: object) -> list[Array]:
    """Read a list of at most 256 arrays off the wire. Raises `Nonsense`."""
    if not isinstance(message, list) or len(message) > 256:
        raise Nonsense("a list of arrays was expected")
    return [array(item) for item in message]


WireArray = Annotated[Any, BeforeValidator(array), PlainSerializer(wire.encode)]


class _Facts(BaseModel):
    model_config = ConfigDict(frozen=True, defer_build=True, extra="forbid", arbitrary_types_allowed=True)


class Place(_Facts):
    """Where in the notebook something happened: a cell's index, and a line of that cell (1-based)."""

    cell: int
    line: int | None


class Weight(_Facts):
    """One weight of a layer."""

    name: Text
    shape: Annotated[tuple[Dimension, ...], Field(max_length=16)]
    trainable: bool


class Call(_Facts):
    """One way in which a layer was called; None stands for an unknown batch size."""

    cell: int
    inputs: Annotated[tuple[Shape, ...], Field(max_length=64)]
    outputs: Annotated[tuple[Shape, ...], Field(max_length=64)]
    by_student: bool
    concrete: bool


class LayerFacts(_Facts):
    """A Keras layer or model as it was found."""

    ref: Ref
    place: Place
    hidden: bool
    class_name: Text
    name: Text
    family: Text
    custom: bool
    is_cell: bool
    built: bool
    units: Dimension | None
    state_sizes: Annotated[tuple[Dimension, ...], Field(max_length=64)]
    inputs: Dimension | None
    input_shape: Shape | None
    weights: Annotated[tuple[Weight, ...], Field(max_length=200)]
    parameters: Dimension | None
    settings: dict[Text, bool | int | Text | None]
    inner: Annotated[tuple[Ref, ...], Field(max_length=4000)]
    cell: Ref | None
    forward: Ref | None
    backward: Ref | None
    calls: Annotated[tuple[Call, ...], Field(max_length=64)]
    loss: Text | None
    slots: Annotated[tuple[Shape, ...], Field(max_length=8)] = ()
    """For a class of the student's own, the shapes of the tensors that it was called with, as they stand in the call;
    `gives` are those of the tensors that came back."""
    gives: Annotated[tuple[Shape, ...], Field(max_length=64)] = ()


class TrainingFacts(_Facts):
    """One run of `fit`: losses (epochs,), and the layers of which at least one weight changed."""

    number: Dimension
    model: Ref
    place: Place
    losses: WireArray
    inputs_shape: Shape | None
    targets_shape: Shape | None
    compared: Dimension
    changed: Annotated[tuple[Ref, ...], Field(max_length=4000)]
    loss: Text | None
    error: Text | None


class TapeFacts(_Facts):
    """One gradient taken by hand: the value differentiated, and one norm per source (NaN where there is none).

    `layers` are those of which a weight was a source, and has changed since it was made. `explained` is by how much the
    value was to change since the last gradient by the same sources, as these have changed. Where it was taken while a
    `tf.function` was `traced`, `losses` are the values in its calls, if they can be had, `explained` by how much these
    fell since the first weights, and `returned` the numbers that the calls gave back, a series for each result.
    """

    place: Place
    layers: Annotated[tuple[Ref, ...], Field(max_length=4000)]
    target: WireArray | None
    norms: WireArray
    explained: float | None = None
    losses: WireArray
    traced: bool
    returned: Annotated[tuple[WireArray, ...], Field(max_length=8)]


class FunctionFacts(_Facts):
    """A function of the student's own that computes with arrays.

    `shapes` are those of the arrays that it works with: `given` of them are in its arguments, then come so many
    `attributes` of its object, then what it reads outside of itself. `gives` are the shapes of those it returns.
    """

    number: Dimension
    name: Text
    place: Place
    shapes: Annotated[tuple[Shape, ...], Field(max_length=24)]
    given: Dimension
    attributes: Dimension
    gives: Annotated[tuple[Shape, ...], Field(max_length=24)]


class TrainingLosses(_Facts):
    """The loss on a training's own data: before it, after it, perhaps before it once more. Null where it had none."""

    values: Annotated[tuple[float, ...], Field(min_length=2, max_length=3)] | None


class Seen(_Facts):
    """An array that an answer's code saw when it ran once more.

    `site` is the place in the code; `fresh` is what only constants and randomness went into, and a `part` was taken
    out of another array. Weights of Keras have the number of their `layer`, as layers are called. `gradient` is the
    norm of the first gradient that the code takes of a loss, by this array; null where it takes none. It is `changed`
    where it is not the same any more at the end. `uses` is how often it went into one function or operator.
    """

    numbers: WireArray
    site: Dimension
    fresh: bool
    part: bool
    layer: Dimension | None
    gradient: float | None
    changed: bool
    uses: Dimension


class Replay(_Facts):
    """All of them, in the order in which they came to be; `complete` if the code was seen to its end.

    `shown` are series of numbers: those that are printed at one place, and those that were computed where they were.
    `norms` are those of arrays that were computed behind the last one that is kept.
    """

    complete: bool = False
    shown: Annotated[tuple[WireArray, ...], Field(max_length=50)] = ()
    values: Annotated[tuple[Seen, ...], Field(max_length=3_000)] = ()
    norms: WireArray = Field(default_factory=lambda: np.zeros(0))


class Survey(_Facts):
    """All that happened in the cells of one answer."""

    objects: Annotated[tuple[LayerFacts, ...], Field(max_length=4000)] = ()
    referenced: Annotated[tuple[Ref, ...], Field(max_length=4000)] = ()
    trainings: Annotated[tuple[TrainingFacts, ...], Field(max_length=200)] = ()
    tapes: Annotated[tuple[TapeFacts, ...], Field(max_length=20_000)] = ()
    functions: Annotated[tuple[FunctionFacts, ...], Field(max_length=60)] = ()
    thrown: frozenset[Ref] = frozenset()
    """The layers that nothing holds or uses, as the code says: made and left."""
    overflow: bool = False


class Twin(_Facts):
    """The built copy of an object that the student never built."""

    ref: Ref
    objects: Annotated[tuple[LayerFacts, ...], Field(max_length=4000)]


class LayerGradients(_Facts):
    """Gradient norms per layer (layers,), first layer first: by its kernel, and by its output.

    Layers without weights may have `scaled` what went through them. It is `real` if it is that of what is computed.
    """

    refs: Annotated[tuple[Ref, ...], Field(max_length=4000)]
    norms: WireArray
    of_outputs: WireArray
    scaled: float = 1.0
    real: bool = True


class TracedCall(_Facts):
    """What a layer was given and gave while a model ran."""

    ref: Ref
    inputs: Annotated[tuple[WireArray, ...], Field(max_length=16)]
    outputs: Annotated[tuple[WireArray, ...], Field(max_length=16)]


class Traced(_Facts):
    """The calls of the layers inside a model, in the order in which they ended; its own is the last."""

    calls: Annotated[tuple[TracedCall, ...], Field(max_length=64)]


class OwnRun(_Facts):
    """What a layer was given, gave and had as weights where its author ran it."""

    inputs: Annotated[tuple[WireArray, ...], Field(max_length=16)]
    outputs: Annotated[tuple[WireArray, ...], Field(max_length=16)]
    weights: Annotated[tuple[WireArray, ...], Field(max_length=400)]


class OwnRuns(_Facts):
    """Some of those runs."""

    runs: Annotated[tuple[OwnRun, ...], Field(max_length=8)]


class Failure(_Facts):
    """A statement that failed and was passed over: where it begins, the error's class and what it says."""

    cell: int
    line: int
    type: Text
    message: Text


class StoodIn(_Facts):
    """A data set that was not there, and the cell in which seeded numbers stood in for it."""

    cell: int
    name: Text


class Troubles(_Facts):
    """What failed and was passed over, and what stood in for something."""

    failures: Annotated[tuple[Failure, ...], Field(max_length=100)] = ()
    stood_in: Annotated[tuple[StoodIn, ...], Field(max_length=100)] = ()


class Trace(_Facts):
    """Something that was done to the process, by the name of its kind, in a cell, at a line where that is known."""

    cell: int
    line: int | None
    kind: Text
    detail: Text


class Traces(_Facts):
    """All that was seen of that."""

    seen: Annotated[tuple[Trace, ...], Field(max_length=100)] = ()


class Other(_Facts):
    """An object that is not the same when it is asked, or in a graph."""

    ref: Ref
    ways: Annotated[tuple[Literal["asked", "training", "graph"], ...], Field(max_length=3)]


class Differing(_Facts):
    """All such objects."""

    found: Annotated[tuple[Other, ...], Field(max_length=4000)] = ()


class KernelEnvironment(_Facts):
    """The versions in use."""

    python: Text
    tensorflow: Text
    keras: Text
    keras_generation: Literal[2, 3]


def read(model: type[Model], message: object) -> Model:
    """Validate a reply of the kernel. Raises `Nonsense`."""
    try:
        return model.model_validate(message)
    except ValidationError as error:
        raise Nonsense(f"the kernel's answer is not a {model.__name__}: {error.error_count()} problems") from error
