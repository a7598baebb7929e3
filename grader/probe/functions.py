"""Functions of the student's own that compute with arrays: what is kept of a call, and calling them once more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import CellType, FunctionType
from typing import Any, NamedTuple

import numpy as np

from grader.probe.framework import Array, Framework, Impossible
from grader.probe.records import Place, Slot

MAX_SLOTS = 24
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

    The slots are the arrays of the arguments, then those of the owner's `attributes`, also in dicts and lists, then the
    `outer` variables that the function reads. `gives` are the shapes of the arrays in its result.
    """

    function: FunctionType
    owner: Any
    place: Place
    arguments: dict[str, Any]
    shapes: list[tuple[int, ...]]
    attributes: dict[str, Any]
    outer: list[tuple[Outer, Any]]
    gives: list[tuple[int, ...]]
    tensors: bool


def is_array(framework: Framework, value: Any) -> bool:
    """Whether it is a vector or a matrix of floating-point numbers, and not very large."""
    try:
        numeric = value.dtype.kind == "f" if isinstance(value, np.ndarray) else framework.holds_numbers(value)
        return bool(numeric and 1 <= len(value.shape) <= 2 and 0 < int(np.prod(value.shape)) <= MAX_SIZE)
    except Exception:  # what only looks like a tensor
        return False


def arrays(framework: Framework, value: Any) -> list[Any]:
    """Those in nested dicts, lists and tuples."""
    found: list[Any] = []
    mapped(found.append, value)
    return [item for item in found if is_array(framework, item)][:MAX_SLOTS]


def mapped(change: Callable[[Any], Any], value: Any) -> Any:
    """A value with each item in nested dicts, lists and tuples changed."""
    if isinstance(value, dict):
        return {key: mapped(change, item) for key, item in value.items()}
    if type(value) in (list, tuple):
        return type(value)(mapped(change, item) for item in value[:MAX_SLOTS])
    return change(value)


def slots(value: Any) -> int:
    """How many there are in nested dicts, lists and tuples."""
    found: list[Any] = []
    mapped(found.append, value)
    return sum(isinstance(item, Slot) for item in found)


def attributes(owner: Any) -> dict[str, Any]:
    """What an object keeps."""
    found = getattr(owner, "__dict__", None)
    return dict(found) if isinstance(found, dict) else {}


def apply(framework: Framework, kept: Function, inputs: Sequence[Array]) -> list[Array]:
    """Call it once more with these arrays in its slots: the arrays of its result, then the owner's attributes after it.

    Owner and variables are left as they were.
    """
    if [values.shape for values in inputs] != [tuple(shape) for shape in kept.shapes]:
        raise Impossible("the arrays given do not have the shapes that it was called with")
    values = [framework.tensor(each) if kept.tensors else np.array(each, np.float64) for each in inputs]

    def filled(value: Any) -> Any:
        return values[value.number] if isinstance(value, Slot) else value

    arguments = {
        name: value if value is kept.owner else mapped(filled, value) for name, value in kept.arguments.items()
    }
    before, outer_before = attributes(kept.owner), [variable.value for variable, _ in kept.outer]
    try:
        for name, value in kept.attributes.items():
            kept.owner.__dict__[name] = mapped(filled, value)
        for variable, value in kept.outer:
            variable.bind(mapped(filled, value))
        result = arrays(framework, kept.function(**arguments))
        found = [*result, *arrays(framework, [kept.owner.__dict__.get(name) for name in kept.attributes])]
        return [np.asarray(framework.as_array(each)) for each in found]
    finally:
        if kept.owner is not None:
            kept.owner.__dict__.clear()
            kept.owner.__dict__.update(before)
        for (variable, _), value in zip(kept.outer, outer_before, strict=True):
            variable.bind(value)
