"""Noting how functions of the student's own are called, where `instrument.Functions` has put calls of a `Watch` in."""

from __future__ import annotations

import dis
import sys
from collections import Counter
from collections.abc import Callable
from types import CellType, CodeType, FrameType, FunctionType
from typing import Any

import numpy as np

from grader.probe.framework import Framework
from grader.probe.functions import MAX_SLOTS, Function, Outer, arrays, attributes, is_array, mapped
from grader.probe.instrument import ENTERED, RETURNED
from grader.probe.records import Records, Slot

MAX_FUNCTIONS = 60
MOST_LOOKS = 300
"""So many calls of one function are looked at in a cell until one is with arrays."""
READING = ("LOAD_GLOBAL", "LOAD_DEREF")
EMPTY = CellType()
"""The cell of a variable that is not bound yet."""


class Watch:
    """Notes the calls of functions in the student's cells. Each is noted once in a cell, when it has returned."""

    def __init__(self, records: Records, framework: Framework) -> None:
        self._records = records
        self._framework = framework
        self._noted: set[tuple[int, CodeType]] = set()
        self._looks: Counter[tuple[int, CodeType]] = Counter()
        self._open: dict[int, Function] = {}

    @property
    def hooks(self) -> dict[str, Callable[..., Any]]:
        """The functions by the names that instrumented code has for them."""
        return {ENTERED: self.entered, RETURNED: self.returned}

    def entered(self) -> None:
        """The function that calls this has begun."""
        try:
            self._look(sys._getframe(1))
        except Exception:  # an object that answers no question: nothing of ours may come up in the student's code
            return

    def returned(self, value: Any, /) -> Any:
        """The function that calls this gives back the value."""
        try:
            if self._open:
                self._note(self._open.pop(id(sys._getframe(1)), None), value)
        except Exception:
            return value
        return value

    def _look(self, frame: FrameType) -> None:
        records, now = self._records, self._records.now
        self._open.pop(id(frame), None)  # of a call that ended with an error
        known = (records.cell, frame.f_code)
        if known in self._noted or now.paused or now.fitting or self._looks[known] >= MOST_LOOKS:
            return
        self._looks[known] += 1
        made = self._begun(frame)
        if made is not None and len(self._noted) < MAX_FUNCTIONS:
            self._open[id(frame)] = made

    def _note(self, made: Function | None, value: Any) -> None:
        if made is None or value is None:
            return
        made.gives = [tuple(np.shape(each)) for each in arrays(self._framework, value)]
        known = (self._records.cell, made.function.__code__)
        if known not in self._noted:
            self._noted.add(known)
            self._records.functions.append(made)

    def _begun(self, frame: FrameType) -> Function | None:
        code = frame.f_code
        count = code.co_argcount + code.co_kwonlyargcount
        given = {name: frame.f_locals[name] for name in code.co_varnames[:count] if name in frame.f_locals}
        function, owner = self._function(frame, given)
        if function is None:
            return None
        slots: list[tuple[int, ...]] = []
        tensors = [False]

        def placed(value: Any) -> Any:
            if not is_array(self._framework, value):
                return value
            tensors[0] |= not isinstance(value, np.ndarray)
            slots.append(tuple(int(size) for size in value.shape))
            return Slot(len(slots) - 1)

        arguments = {name: value if value is owner else mapped(placed, value) for name, value in given.items()}
        kept = {
            name: mapped(placed, value)
            for name, value in attributes(owner).items()
            # Of what is in dicts and lists, some is for other methods: gradients, the states of the last call.
            if is_array(self._framework, value) or (name in code.co_names and self._holds_arrays(value))
        }
        # Those in dicts outside are a program's own, in an order of its own: the replay of its cells reads them.
        outer = [
            (variable, mapped(placed, variable.value))
            for variable in self._outer(function)
            if is_array(self._framework, variable.value)
        ]
        if not 3 <= len(slots) <= MAX_SLOTS:
            return None
        return Function(function, owner, self._records.place(), arguments, slots, kept, outer, [], tensors[0])

    def _holds_arrays(self, value: Any) -> bool:
        return 0 < len(arrays(self._framework, value)) < MAX_SLOTS

    def _outer(self, function: FunctionType) -> list[Outer]:
        """The variables outside that a function reads and that are bound, in the order in which it does."""
        namespace, code = self._records.namespace or {}, function.__code__
        cells = dict(zip(code.co_freevars, function.__closure__ or (), strict=True))
        # `co_names` has the names of attributes among them, and `co_freevars` is in the order of the alphabet.
        read = dict.fromkeys(
            (item.opname, item.argval) for item in dis.get_instructions(code) if item.opname in READING
        )
        inside = [Outer(name, cells[name]) for _, name in read if name in cells and cells[name] != EMPTY]
        return [Outer(name, namespace) for _, name in read if name not in cells and name in namespace] + inside

    def _function(self, frame: FrameType, given: dict[str, Any]) -> tuple[FunctionType | None, Any]:
        """The function that runs: in the namespace, among the variables of the function that calls it, or in the class
        of the first argument, which owns it then."""
        code, namespace = frame.f_code, self._records.namespace or {}
        if frame.f_globals is not namespace:
            return None, None
        caller = frame.f_back.f_locals if frame.f_back is not None else {}
        for value in [*namespace.values(), *caller.values()]:
            if isinstance(value, FunctionType) and value.__code__ is code:
                return value, None
        owner = next(iter(given.values()), None)
        for cls in type(owner).__mro__:
            for value in list(vars(cls).values()):
                if isinstance(value, FunctionType) and value.__code__ is code and self._framework.is_students(cls):
                    return (None, None) if issubclass(cls, self._framework.layer_class) else (value, owner)
        return None, None
