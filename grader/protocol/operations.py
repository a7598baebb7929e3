"""Each operation that the grader asks of the probe: its name, what is asked with it, and what the answer is.

The grader writes a request as JSON, and the probe reads and validates it (`forms`). Answers come out of hostile code:
what they must be is `grader.answer.evidence`. Objects have the number `ref`, in the order in which they were created.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from typing import Any, ClassVar, get_type_hints

import numpy as np

from grader.protocol.forms import Form, Invalid, form

REQUEST = "probe_request"
REPLY = "probe_reply"
"""The types of the messages on the kernel's shell channel."""

Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True, eq=False)
class Request:
    """Something that is asked of the probe."""

    name: ClassVar[str]

    def written(self) -> dict[str, Any]:
        """As JSON: `{"op": name, "params": {...}}`. Raises `TooLarge` for an array that is."""
        written = {name: form.write(getattr(self, name)) for name, form in _forms(type(self)).items()}
        return {"op": self.name, "params": written}


@dataclass(frozen=True, eq=False)
class Begin(Request):
    """The next code that runs is the notebook's cell `cell`; with a seed, all randomness starts from it. Null.

    In a cell `outside` of the answers each statement runs on its own, whatever happens to those before it.
    """

    name = "begin"
    cell: int
    seed: int | None = None
    outside: bool = False


@dataclass(frozen=True, eq=False)
class Again(Request):
    """Run some code of cells once more, silently, each statement on its own: in a kernel in which it has not run. Null.

    Each of the `sources` is of the cell in the same place of `cells`.
    """

    name = "again"
    cells: tuple[int, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Bring(Request):
    """Write a file into the working folder: a part of it, as base64, behind what is there of it. Null."""

    name = "bring"
    path: str
    content: str


@dataclass(frozen=True, eq=False)
class Troubles(Request):
    """What failed and was passed over, and what stood in for something, since this was last asked: `Troubles`."""

    name = "troubles"


@dataclass(frozen=True, eq=False)
class Traces(Request):
    """What was seen of tampering with this process, since this was last asked: `Trace`s."""

    name = "traces"


@dataclass(frozen=True, eq=False)
class Environment(Request):
    """The versions in use: `KernelEnvironment`."""

    name = "environment"


@dataclass(frozen=True, eq=False)
class Survey(Request):
    """All that happened in these cells, and the objects that these names stand for: `Survey`."""

    name = "survey"
    cells: tuple[int, ...]
    names: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Series(Request):
    """The series of numbers that the code collected since a seed was last given to `Begin`: arrays."""

    name = "series"


@dataclass(frozen=True, eq=False)
class Twin(Request):
    """A copy of an unbuilt object, built for inputs of this shape: `Twin`."""

    name = "twin"
    ref: int
    input_shape: tuple[int | None, ...]


@dataclass(frozen=True, eq=False)
class WeightsOf(Request):
    """The values of its weights, in the order of `layer.weights`: arrays."""

    name = "weights"
    ref: int


@dataclass(frozen=True, eq=False)
class Step(Request):
    """One step of a cell for inputs (batch, features) and states (batch, units): arrays `[output, *new_states]`.

    Without weights, with its own: so in all that follow.
    """

    name = "step"
    ref: int
    inputs: Array
    states: tuple[Array, ...]
    weights: tuple[Array, ...] | None = None


@dataclass(frozen=True, eq=False)
class Forward(Request):
    """The outputs of a layer or model for inputs (batch, ...), in inference mode: arrays."""

    name = "forward"
    ref: int
    inputs: Array
    weights: tuple[Array, ...] | None = None


@dataclass(frozen=True, eq=False)
class Scan(Request):
    """The last output of a cell over a sequence (batch, timesteps, features), from states of zeros: an array."""

    name = "scan"
    ref: int
    inputs: Array


@dataclass(frozen=True, eq=False)
class Apply(Request):
    """What a function of the student's own, by its number, gives for arrays in the place of its own: arrays."""

    name = "apply"
    number: int
    inputs: tuple[Array, ...]


@dataclass(frozen=True, eq=False)
class Replay(Request):
    """The arrays that code computes with when it runs once more: `Replay`.

    It is that of these `cells`. At the sites `drawn`, arrays of one number repeated get random ones; what comes to be
    at the sites `nudged` is a little different from what the code computes there. Where a cell is `broken`, it ended
    with an error, and may come further now.
    """

    name = "replay"
    sources: tuple[str, ...]
    drawn: tuple[int, ...] = ()
    cells: tuple[int, ...] = ()
    nudged: tuple[int, ...] = ()
    broken: bool = False


@dataclass(frozen=True, eq=False)
class Call(Request):
    """The outputs of a layer of the student's own, called in its own manner with these tensors: arrays."""

    name = "call"
    ref: int
    inputs: tuple[Array, ...]
    weights: tuple[Array, ...] | None = None


@dataclass(frozen=True, eq=False)
class Trace(Request):
    """What each layer inside a model was given and gave, with these weights by `ref`: the calls of `Traced`."""

    name = "trace"
    ref: int
    inputs: Array
    weights: Mapping[int, tuple[Array, ...]] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Differing(Request):
    """Which of these objects do not give what they gave when their author called them: `Differing`."""

    name = "differing"
    refs: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class OwnRuns(Request):
    """What a layer with code of the student's own was given, gave and had where its author ran it: the `OwnRun`s."""

    name = "own_runs"
    ref: int


@dataclass(frozen=True, eq=False)
class StepGradients(Request):
    """Norm of the gradient of a layer's last output by each time step's input: an array (timesteps,).

    With `initial`, at the weights from before the first training.
    """

    name = "step_gradients"
    ref: int
    inputs: Array
    initial: bool = False


@dataclass(frozen=True, eq=False)
class LayerGradients(Request):
    """Gradient norms per layer; without inputs, on the first rows of the student's own data: `LayerGradients`."""

    name = "layer_gradients"
    ref: int
    inputs: Array | None = None
    initial: bool = True


@dataclass(frozen=True, eq=False)
class TrainingLosses(Request):
    """What the loss of a training, by its number, is on its data before it and after it: `TrainingLosses.values`."""

    name = "training_losses"
    number: int


OPERATIONS: tuple[type[Request], ...] = (
    Begin,
    Again,
    Bring,
    Troubles,
    Traces,
    Environment,
    Survey,
    Series,
    Twin,
    WeightsOf,
    Step,
    Forward,
    Scan,
    Apply,
    Replay,
    Call,
    Trace,
    Differing,
    OwnRuns,
    StepGradients,
    LayerGradients,
    TrainingLosses,
)
_FORMS: dict[type[Request], dict[str, Form]] = {}
_BY_NAME = {operation.name: operation for operation in OPERATIONS}


def read(message: object) -> Request:
    """The request that was written. Raises `Invalid` for what is none."""
    if not isinstance(message, dict) or not isinstance(message.get("params"), dict):
        raise Invalid("a request has an operation and its parameters")
    operation = _BY_NAME.get(str(message.get("op")))
    if operation is None:
        raise Invalid(f"there is no operation {message.get('op')!r}")
    given, forms = message["params"], _forms(operation)
    required = {each.name for each in fields(operation) if each.default is each.default_factory is MISSING}
    if not required <= given.keys() <= forms.keys():
        raise Invalid(f"{operation.name} has the parameters {', '.join(forms) or 'none'}")
    return operation(**{name: forms[name].read(value) for name, value in given.items()})


def prepare() -> None:
    """Look up now what reading and writing need of modules, which may be gone later."""
    for operation in OPERATIONS:
        _forms(operation)


def _forms(operation: type[Request]) -> dict[str, Form]:
    if operation not in _FORMS:
        kinds = get_type_hints(operation)
        _FORMS[operation] = {each.name: form(kinds[each.name]) for each in fields(operation)}
    return _FORMS[operation]
