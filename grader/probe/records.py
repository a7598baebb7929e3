"""What was seen while student code ran: objects, calls, trainings, gradients. Plain data, and who owns it."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import CodeType
from typing import Any

MAX_OBJECTS = 4_000
"""So many in one answer."""
MAX_CALLS_PER_OBJECT = 12
MAX_FAILURES = 100
MAX_TAPES = 20_000
MAX_TRAININGS = 200
MAX_EPOCHS = 20_000
LARGE_WEIGHT = 4_000_000
"""Larger weights are not copied."""
SAMPLE_ROWS = 32
MAX_SAMPLE_ELEMENTS = 1_000_000


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the notebook something happened: the cell's index, and the line of the cell's own code (1-based)."""

    cell: int
    line: int | None


@dataclass(frozen=True, slots=True)
class Call:
    """One way in which a layer was called: shapes with None for an unknown batch size."""

    cell: int
    inputs: tuple[tuple[int | None, ...], ...]
    outputs: tuple[tuple[int | None, ...], ...]
    by_student: bool
    concrete: bool


@dataclass(frozen=True, slots=True)
class Failure:
    """A statement that failed and was passed over: where it begins, the error's class and what it says."""

    cell: int
    line: int
    type: str
    message: str


@dataclass(frozen=True, slots=True)
class Manner:
    """How a layer of the student's own is called: its arguments, in which each tensor is a number of `slots`.

    `slots` and `outputs` are the shapes of the tensors that it was given and gave, in order.
    """

    arguments: Any
    slots: tuple[tuple[int | None, ...], ...]
    outputs: tuple[tuple[int | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of a tensor among arguments."""

    number: int


@dataclass(slots=True)
class ObjectRecord:
    """A Keras layer or model, kept alive so that it can be asked even after its name was rebound."""

    ref: int
    obj: Any
    place: Place
    calls: list[Call] = field(default_factory=list)
    sample: Any = None
    manner: Manner | None = None
    twins: dict[tuple[int | None, ...], int] = field(default_factory=dict)
    hidden: bool = False
    witnesses: list[Any] = field(default_factory=list)


@dataclass(slots=True)
class Training:
    """One run of `fit`, or a loop of them: the loss per epoch, data, loss function, the weights before and after."""

    ref: int
    place: Place
    losses: list[float] = field(default_factory=list)
    inputs: Any = None
    targets: Any = None
    data: tuple[Any, Any] | None = None
    batch_size: int | None = None
    """How many rows a batch has that `fit` makes of arrays; None where all of them are one."""
    loss: Any = None
    before: dict[int, Any] = field(default_factory=dict)
    after: dict[int, Any] = field(default_factory=dict)
    changed: set[int] = field(default_factory=set)
    compared: int = 0
    error: str | None = None


@dataclass(slots=True)
class TracedFunction:
    """A `tf.function` that takes gradients: what its calls returned, what the losses were, and its last arguments."""

    function: Any
    returned: list[list[float]] = field(default_factory=list)
    mirrors: list[Any] = field(default_factory=list)
    values: list[list[float]] = field(default_factory=list)
    last: tuple[tuple[Any, ...], dict[str, Any]] | None = None


@dataclass(frozen=True, slots=True)
class TapeGradient:
    """One call of `GradientTape.gradient` outside of `fit`: the scalar differentiated, and a norm per source.

    While a `function` is traced there are no numbers: `traced` are the sources that have a gradient.
    """

    place: Place
    target: float | None
    sources: tuple[int, ...]
    norms: tuple[float | None, ...]
    function: int | None = None
    traced: tuple[int, ...] = ()
    mirror: int | None = None
    explained: float | None = None
    """By how much the value was to change since the last gradient by the same sources, for what they changed by."""


class Now(threading.local):
    """What one thread is doing."""

    paused = 0
    """How often it was said that nothing is to be recorded, because the grader asks."""
    depth = 0
    """How many layers are being called, one inside the other."""
    fitting = 0
    """How many runs of `fit` are under way."""
    function: Any = None
    """The `tf.function` that the student's code is calling."""

    @contextmanager
    def unrecorded(self) -> Iterator[None]:
        """Nothing that happens inside in this thread is recorded."""
        self.paused += 1
        try:
            yield
        finally:
            self.paused -= 1


class Records:
    """Everything recorded in this kernel."""

    def __init__(self) -> None:
        self.objects: dict[int, ObjectRecord] = {}
        self.by_identity: dict[int, int] = {}
        self.trainings: list[Training] = []
        self.tapes: list[TapeGradient] = []
        self.returned: dict[int, TracedFunction] = {}
        """By id, each `tf.function` that takes gradients."""
        self.spare: list[Any] = []
        """Variables that are at hand for the losses of functions that are traced."""
        self.functions: list[Any] = []
        """Functions that compute with arrays, as `functions.Function`."""
        self.steps: dict[tuple[Place, tuple[int, ...]], Any] = {}
        """The last gradient taken at a place by some sources, and what these were."""
        self.initial: dict[int, tuple[Any, Any]] = {}
        self.pending: list[Any] = []
        self.cell = -1
        self.namespace: dict[str, Any] | None = None
        self.overflow: set[int] = set()
        """The cells in which more objects were made than are recorded."""
        self.failures: list[Failure] = []
        """Not yet told to the grader."""
        self.stood_in: list[tuple[int, str]] = []
        """Cells, and the data sets that were not there and made of seeded numbers in them; not yet told, too."""
        self._in_answer = 0
        self.trace: Any = None
        """What notes the values that layers are given, while the grader runs one."""
        self.replay: Any = None
        """What notes the values that an answer's code computes, while it runs once more."""
        self.drawing: dict[int, dict[int, tuple[Any, Any]]] = {}
        """By cell, what draws numbers, as it was before that began: see `copies.drawing`."""
        self.names = set[str]()
        """All that the namespace had behind one cell or another."""
        self.now = Now()
        self.fits = 0
        """How many trainings are under way, in whatever thread they run."""
        self.noted: Callable[[str, str], None] = lambda kind, detail: None
        """Is told what no line of a cell did: see `guard.traces`."""
        self.sealed: Callable[[ObjectRecord | Training], None] = lambda record: None
        """Is given what has been recorded and is to stay as it is: see `guard.seals`."""
        self.executed: dict[CodeType, str] = {}
        """Code that student code had made of a text, or decoded, and ran: the names that it uses."""

    def begin_answer(self) -> None:
        """From now on objects belong to the next answer, which has room for as many as any other."""
        self._in_answer = 0

    def fail(self, failure: Failure) -> None:
        """Keep a failure, unless there are too many."""
        if len(self.failures) < MAX_FAILURES:
            self.failures.append(failure)

    def stand_in(self, name: str) -> None:
        """Keep that numbers stood in for a data set in the present cell."""
        if (self.cell, name) not in self.stood_in and len(self.stood_in) < MAX_FAILURES:
            self.stood_in.append((self.cell, name))

    def place(self) -> Place:
        """Where the student's cell stands: the line of the outermost frame that runs in the student's namespace."""
        frame, line = sys._getframe(1), None
        while frame is not None:
            if frame.f_code.co_name == "<module>" and frame.f_globals is self.namespace:
                line = frame.f_lineno
            frame = frame.f_back  # type: ignore[assignment]
        return Place(self.cell, line)

    def made(self, what: str) -> Place | None:
        """Where something is made, or done, that may count; None where no line of a cell does it, which is noted.

        So it is with handlers of events and with threads, and while the grader asks.
        """
        place = self.place()
        if place.line is None:
            # A training runs in threads of the framework's own where it is distributed: that is nobody's doing.
            if not self.fits and self._is_in_students_code():
                self.noted("elsewhere", what)
            return None
        if self.executed:
            self._note_hidden(what)
        return place

    def _is_in_students_code(self) -> bool:
        frame = sys._getframe(1)
        while frame is not None and frame.f_globals is not self.namespace:
            frame = frame.f_back  # type: ignore[assignment]
        return frame is not None

    def _note_hidden(self, what: str) -> None:
        frame = sys._getframe(1)
        while frame is not None:
            if frame.f_code in self.executed:
                self.noted("hidden", f"{what}: {self.executed[frame.f_code]}")
            frame = frame.f_back  # type: ignore[assignment]

    def add(self, obj: Any, place: Place, *, hidden: bool = False) -> ObjectRecord | None:
        """Record a new object; nothing beyond the limit, and `overflow` says so."""
        if self._in_answer >= MAX_OBJECTS:
            self.overflow.add(self.cell)
            return None
        self._in_answer += 1
        record = ObjectRecord(len(self.objects) + 1, obj, place, hidden=hidden)
        self.objects[record.ref] = record
        self.by_identity[id(obj)] = record.ref
        self.sealed(record)
        return record

    def of(self, obj: Any) -> ObjectRecord | None:
        """The record of an object, if it has one."""
        ref = self.by_identity.get(id(obj))
        record = None if ref is None else self.objects[ref]
        return record if record is not None and record.obj is obj else None
