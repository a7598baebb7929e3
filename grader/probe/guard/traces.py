"""Traces of tampering, as they are told to the grader: what was done, and where. Noted here, and never held back."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from types import FrameType
from typing import Any

from grader.probe.records import Records

MOST = 60
LONGEST = 200
OURS = "grader."
LIBRARIES = (sys.base_prefix, sys.prefix, "<frozen")


@dataclass(frozen=True, slots=True)
class Trace:
    """One thing that was seen, by the name of its kind, in a cell, at a line of it where that is known."""

    cell: int
    line: int | None
    kind: str
    detail: str


class Traces:
    """Those that were not told yet, each once."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._new: list[Trace] = []
        self._known = set[Trace]()

    def note(self, kind: str, detail: str = "") -> None:
        """Something was done just now."""
        place = self._records.place()
        trace = Trace(place.cell, place.line, kind, detail[:LONGEST])
        if trace not in self._known and len(self._known) < MOST:
            self._known.add(trace)
            self._new.append(trace)

    def take(self) -> list[Trace]:
        """What was noted since this was last asked."""
        new, self._new = self._new, []
        return new


def is_students(frame: FrameType | None, namespace: dict[str, Any] | None) -> bool:
    """Whether the code of a frame is a cell's, was made of a text while the notebook ran, or lies beside it."""
    if frame is None:
        return False
    if frame.f_globals is namespace:
        return True
    name = str(frame.f_globals.get("__name__", "__main__"))
    if name == "__main__" or not frame.f_code.co_filename:
        return True
    return not (name.startswith(OURS) or "<" in frame.f_code.co_filename or is_library(frame.f_code.co_filename))


def is_library(path: str) -> bool:
    """Whether a file belongs to Python, or to what is installed."""
    return path.startswith(LIBRARIES) or "site-packages" in path or "__autograph" in path or "/grader/" in path


def students_function(value: Any, namespace: dict[str, Any] | None) -> Any:
    """The function or class of the student's own that a value is, or that a descriptor calls; None for all others."""
    for one in (value, getattr(value, "__func__", None), getattr(value, "fget", None), getattr(value, "func", None)):
        home = getattr(one, "__globals__", None)
        if home is not None and home is namespace:
            return one
        if isinstance(one, type) and one.__module__ == "__main__":
            return one
    return value if type(value).__module__ == "__main__" else None
