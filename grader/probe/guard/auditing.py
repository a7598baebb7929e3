"""What Python itself reports of code that looks into the process it runs in (`sys.addaudithook`): cheap, and for good.

Only what the student's own code does directly is noted: libraries look at frames, objects and code all the time.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from types import CodeType, FrameType, FunctionType
from typing import Any

from grader.probe.guard.traces import OURS, Traces, is_students
from grader.probe.records import Records

OBJECTS = frozenset({"gc.get_objects", "gc.get_referrers", "gc.get_referents"})
TRACING = frozenset({"sys.settrace", "sys.setprofile", "sys.addaudithook", "sys.monitoring.register_callback"})
MEMORY = frozenset({"ctypes.cdata", "ctypes.cdata/buffer", "ctypes.addressof", "ctypes.string_at", "ctypes.dlsym"})
FRAMES = frozenset({"sys._getframe", "sys._current_frames", "sys._current_exceptions"})
CHANGES = frozenset({"__class__", "__code__", "__defaults__", "__kwdefaults__"})
INSPECTING = ("inspect", "traceback")
OUTWARD = frozenset(
    (
        *("f_back", "_getframe", "_current_frames", "stack", "getouterframes", "getframeinfo", "getmembers"),
        *("walk_stack", "extract_stack", "format_stack", "print_stack"),
        *("getattr", "getattr_static", "attrgetter", "__getattribute__", "eval", "exec", "vars", "dir"),
    )
)
"""By what code comes from its own frame to others. What looks at its own, to tell its name or line, has none of it."""
MOST_NAMES, MOST_CODES, DEPTH = 40, 200, 2


class Audit:
    """Listens. Belongs to nothing that student code could reach."""

    def __init__(self, records: Records, traces: Traces, layer_class: type) -> None:
        self._records, self._traces, self._layer_class = records, traces, layer_class
        self._listening = False
        self._by_event: dict[str, Callable[[str, tuple[Any, ...]], None]] = {
            **dict.fromkeys(OBJECTS, self._objects),
            **dict.fromkeys(TRACING, self._tracing),
            **dict.fromkeys(MEMORY, self._memory),
            **dict.fromkeys(FRAMES, self._frames),
            "object.__setattr__": self._changed,
            "object.__getattr__": self._read,
            "import": self._imported,
            "exec": self._executed,
        }

    def begin(self) -> None:
        """From now on, for as long as the process lives."""
        self._listening = True
        sys.addaudithook(self._heard)

    def _heard(self, event: str, arguments: tuple[Any, ...]) -> None:
        handle = self._by_event.get(event)
        if handle is None or not self._listening:
            return
        self._listening = False  # what is done here is reported as well
        try:
            handle(event, arguments)
        except Exception:  # nothing of ours may come up in the student's code
            return
        finally:
            self._listening = True

    def _caller(self) -> FrameType:
        return sys._getframe(3)

    def _is_students(self, frame: FrameType | None) -> bool:
        return is_students(frame, self._records.namespace)

    def _objects(self, event: str, _: tuple[Any, ...]) -> None:
        if self._is_students(self._caller()):
            self._traces.note("objects", event)
        elif not gc.get_freeze_count():  # counting takes long, so it is done only when somebody looks
            self._traces.note("objects", "gc.unfreeze")
        else:
            return
        gc.freeze()  # what there is by now is not among what it will find

    def _tracing(self, event: str, _: tuple[Any, ...]) -> None:
        if self._is_students(self._caller()):
            self._traces.note("tracing", event)

    def _memory(self, event: str, arguments: tuple[Any, ...]) -> None:
        frame = self._caller()
        if self._is_students(frame) or (
            event == "ctypes.dlsym" and str(arguments[-1]).startswith("Py") and self._is_students(frame.f_back)
        ):
            self._traces.note("memory", event)

    def _frames(self, event: str, _: tuple[Any, ...]) -> None:
        """Looking at frames is ordinary, but for code that does so when it is asked, or out of a call of ours."""
        records, frame = self._records, self._caller()
        direct = self._is_students(frame)
        while not direct and frame is not None and frame.f_globals.get("__name__") in INSPECTING:
            frame = frame.f_back  # type: ignore[assignment]
        if not direct and (frame is self._caller() or not self._is_students(frame)):
            return
        if OUTWARD.isdisjoint(_names_within(frame.f_code, frame.f_globals, DEPTH)):
            return
        if records.now.paused or records.replay is not None or (direct and _is_ours_below(frame)):
            self._traces.note("frames", event)

    def _changed(self, _: str, arguments: tuple[Any, ...]) -> None:
        changed, name = arguments[0], arguments[1]
        frame: FrameType | None = self._caller()
        while frame is not None and frame.f_code.co_name == "__setattr__":  # Keras has its own, which ends in this one
            frame = frame.f_back
        if name not in CHANGES or not self._is_students(frame):
            return
        if name == "__class__" and issubclass(type(changed), self._layer_class):
            self._traces.note("class", type(changed).__name__)
        elif name != "__class__" and getattr(changed, "__globals__", None) is not self._records.namespace:
            self._traces.note("code", str(getattr(changed, "__qualname__", name)))

    def _read(self, _: str, arguments: tuple[Any, ...]) -> None:
        records = self._records
        if arguments[1] == "tb_frame" and (records.now.paused or records.replay is not None):
            if self._is_students(self._caller()):
                self._traces.note("frames", "tb_frame")
            return
        if str(getattr(arguments[0], "__module__", "")).startswith(OURS) and self._is_students(self._caller()):
            self._traces.note("code", "a function of the grader's")

    def _imported(self, _: str, arguments: tuple[Any, ...]) -> None:
        if f"{arguments[0]}.".startswith(OURS):
            self._traces.note("grader", "import")

    def _executed(self, _: str, arguments: tuple[Any, ...]) -> None:
        code = arguments[0]
        if isinstance(code, CodeType) and self._is_students(self._caller()):
            executed = self._records.executed
            if len(executed) < MOST_CODES:
                executed[code] = " ".join(list(_names(code))[:MOST_NAMES])


def _is_ours_below(frame: FrameType | None) -> bool:
    while frame is not None:
        name = str(frame.f_globals.get("__name__", ""))
        if name.startswith(f"{OURS}probe.") and not name.endswith((".machine", ".startup", ".responder")):
            return True
        frame = frame.f_back
    return False


def _names_within(code: CodeType, namespace: dict[str, Any], depth: int) -> set[str]:
    """The names that code uses, and those of the functions that it calls by name."""
    found = set(_names(code))
    called = [namespace.get(name) for name in found] if depth else []
    codes = [one.__code__ for one in called if isinstance(one, FunctionType) and one.__code__ is not code]
    return found.union(*(_names_within(each, namespace, depth - 1) for each in codes))


def _names(code: CodeType) -> dict[str, None]:
    found = dict.fromkeys(code.co_names)
    for one in code.co_consts:
        if isinstance(one, CodeType):
            found |= _names(one)
    return found
