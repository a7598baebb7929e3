"""Functions and methods of the student's own that compute with arrays: how they were called, and calling them again.

They are seen where `instrument.Functions` has put calls of a `Watch` into them, in whatever cell.
"""

from __future__ import annotations

import dis
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from types import CellType, CodeType, FrameType, FunctionType
from typing import Any, NamedTuple

import numpy as np

from grader.probe.instrument import ENTERED, RETURNED
from grader.probe.keras import keras_api
from grader.probe.keras.experiments import Impossible
from grader.probe.records import Place, Records, Slot

Array = np.ndarray[Any, np.dtype[Any]]
MAX_FUNCTIONS = 60
MOST_LOOKS = 300
"""So many calls of one function are looked at in a cell until one is with arrays."""
MAX_SLOTS = 24
READING = ("LOAD_GLOBAL", "LOAD_DEREF")
EMPTY = CellType()
"""The cell of a variable that is not bound yet."""
MAX_SIZE = 100_000


class Outer(NamedTuple):
    """A variable that a function reads: a name in the namespace, or in the function that it was made in."""

    name: str
    holder: dict[str, Any] | CellType

    @property
    def value(self) -> Any:
        """What it stands for now. Raises `KeyError` or `ValueError` where it is not bound."""
        return self.holder[self.name] if isinstance(self.holder, dict) else self.holder.cell_contents

    def bind(self, value: Any) -> None:
        """Let it stand for something else."""
        if isinstance(self.holder, dict):
            self.holder[self.name] = value
        else:
            self.holder.cell_contents = value


@dataclass(slots=True)
class Function:
    """One call of a function: its `arguments`, in which each array is a number of a slot, and whose method it is.

    The slots are the arrays of the arguments, then those of the owner's `attributes`, then those of `outer` variables
    that the function reads. `gives` are the shapes of the arrays in its result.
    """

    function: FunctionType
    owner: Any
    place: Place
    arguments: dict[str, Any]
    shapes: list[tuple[int, ...]]
    attributes: list[str]
    outer: list[Outer]
    gives: list[tuple[int, ...]]
    tensors: bool


class Watch:
    """Notes the calls of functions in the student's cells. Each is noted once in a cell, when it has returned."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._noted: set[tuple[int, CodeType]] = set()
        self._looks: Counter[tuple[int, CodeType]] = Counter()
        self._open: dict[int, Function] = {}

    @property
    def hooks(self) -> dict[str, Callable[..., Any]]:
        """The functions by the names that instrumented code has for them."""
        return {ENTERED: self.entered, RETURNED: self.returned}

    def entered(self) -> None:
        """The function that calls this has begun."""
        frame, records = sys._getframe(1), self._records
        self._open.pop(id(frame), None)  # of a call that ended with an error
        known = (records.cell, frame.f_code)
        if known in self._noted or records.paused or records.fitting or self._looks[known] >= MOST_LOOKS:
            return
        self._looks[known] += 1
        # An object may answer no question: nothing of ours may come up in the student's code.
        with suppress(Exception):
            made = _begun(records, frame)
            if made is not None and len(self._noted) < MAX_FUNCTIONS:
                self._open[id(frame)] = made

    def returned(self, value: Any, /) -> Any:
        """The function that calls this gives back the value."""
        made = self._open.pop(id(sys._getframe(1)), None) if self._open else None
        if made is not None and value is not None:
            with suppress(Exception):
                self._note(made, value)
        return value

    def _note(self, made: Function, value: Any) -> None:
        made.gives = [np.shape(each) for each in _arrays(value)]
        known = (self._records.cell, made.function.__code__)
        if known not in self._noted:
            self._noted.add(known)
            self._records.functions.append(made)


def _begun(records: Records, frame: FrameType) -> Function | None:
    code = frame.f_code
    count = code.co_argcount + code.co_kwonlyargcount
    given = {name: frame.f_locals[name] for name in code.co_varnames[:count] if name in frame.f_locals}
    function, owner = _function(records, frame, given)
    if function is None:
        return None
    slots: list[tuple[int, ...]] = []
    tensors = [False]

    def placed(value: Any) -> Any:
        if not _is_array(value):
            return value
        tensors[0] |= not isinstance(value, np.ndarray)
        slots.append(tuple(int(size) for size in value.shape))
        return Slot(len(slots) - 1)

    arguments = {name: value if value is owner else _mapped(placed, value) for name, value in given.items()}
    attributes = [name for name, value in _attributes(owner).items() if _is_array(value)]
    outer = [variable for variable in _outer(records, function) if _is_array(variable.value)]
    for value in (*(getattr(owner, name) for name in attributes), *(variable.value for variable in outer)):
        placed(value)
    if not 3 <= len(slots) <= MAX_SLOTS:
        return None
    return Function(function, owner, records.place(), arguments, slots, attributes, outer, [], tensors[0])


def _outer(records: Records, function: FunctionType) -> list[Outer]:
    """The variables outside that a function reads and that are bound, in the order in which it does."""
    namespace, code = records.namespace or {}, function.__code__
    cells = dict(zip(code.co_freevars, function.__closure__ or (), strict=True))
    # `co_names` has the names of attributes among them, and `co_freevars` is in the order of the alphabet.
    read = dict.fromkeys((item.opname, item.argval) for item in dis.get_instructions(code) if item.opname in READING)
    inside = [Outer(name, cells[name]) for _, name in read if name in cells and cells[name] != EMPTY]
    return [Outer(name, namespace) for _, name in read if name not in cells and name in namespace] + inside


def _function(records: Records, frame: FrameType, given: dict[str, Any]) -> tuple[FunctionType | None, Any]:
    """The function that runs: in the namespace, among the variables of the function that calls it, or in the class of
    the first argument, which owns it then."""
    code = frame.f_code
    caller = frame.f_back.f_locals if frame.f_back is not None else {}
    for value in [*(records.namespace or {}).values(), *caller.values()]:
        if isinstance(value, FunctionType) and value.__code__ is code:
            return value, None
    owner = next(iter(given.values()), None)
    for cls in type(owner).__mro__:
        for value in list(vars(cls).values()):
            if isinstance(value, FunctionType) and value.__code__ is code and keras_api.is_students(cls):
                return (None, None) if issubclass(cls, keras_api.layer_base()) else (value, owner)
    return None, None


def _attributes(owner: Any) -> dict[str, Any]:
    found = getattr(owner, "__dict__", None)
    return dict(found) if isinstance(found, dict) else {}


def _is_array(value: Any) -> bool:
    try:
        if isinstance(value, np.ndarray):
            return value.dtype.kind == "f" and 1 <= value.ndim <= 2 and 0 < value.size <= MAX_SIZE
        has_values = keras_api.is_concrete(value) or hasattr(value, "read_value")
        numeric = has_values and value.dtype.is_floating
        return bool(numeric and 1 <= len(value.shape) <= 2 and 0 < int(np.prod(value.shape)) <= MAX_SIZE)
    except Exception:  # what only looks like a tensor
        return False


def _mapped(change: Any, value: Any) -> Any:
    """A value with each array in nested dicts, lists and tuples changed."""
    if isinstance(value, dict):
        return {key: _mapped(change, item) for key, item in value.items()}
    if type(value) in (list, tuple):
        return type(value)(_mapped(change, item) for item in value[:MAX_SLOTS])
    return change(value)


def _arrays(value: Any) -> list[Any]:
    found: list[Any] = []
    _mapped(found.append, value)
    return [item for item in found if _is_array(item)][:MAX_SLOTS]


def apply(records: Records, kept: Function, inputs: Sequence[Array]) -> list[Array]:
    """Call it once more with these arrays in its slots: the arrays of its result, then the owner's attributes after it.

    Owner and variables are left as they were.
    """
    if [values.shape for values in inputs] != [tuple(shape) for shape in kept.shapes]:
        raise Impossible("the arrays given do not have the shapes that it was called with")
    tf = keras_api.tf()
    values = [tf.constant(each, tf.float32) if kept.tensors else np.array(each, np.float64) for each in inputs]

    def filled(value: Any) -> Any:
        return values[value.number] if isinstance(value, Slot) else value

    arguments = {
        name: value if value is kept.owner else _mapped(filled, value) for name, value in kept.arguments.items()
    }
    first = len(values) - len(kept.attributes) - len(kept.outer)
    before, outer_before = dict(_attributes(kept.owner)), [variable.value for variable in kept.outer]
    try:
        for at, name in enumerate(kept.attributes):
            kept.owner.__dict__[name] = values[first + at]
        for variable, value in zip(kept.outer, values[first + len(kept.attributes) :], strict=True):
            variable.bind(value)
        result = _arrays(kept.function(**arguments))
        after = [kept.owner.__dict__.get(name) for name in kept.attributes]
        return [np.asarray(keras_api.as_array(each)) for each in (*result, *(a for a in after if _is_array(a)))]
    finally:
        if kept.owner is not None:
            kept.owner.__dict__.clear()
            kept.owner.__dict__.update(before)
        for variable, value in zip(kept.outer, outer_before, strict=True):
            variable.bind(value)
