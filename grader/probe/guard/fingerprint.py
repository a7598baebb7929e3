"""Whether what was there before the student's code is there still: the attributes of modules and classes, by identity.

Modules change by themselves: they grow, load late, and count. What tells is a function or class of the student's own
in the place of another. One that wraps the other, as for logging, is ordinary, but for what answers the grader.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import FunctionType, ModuleType
from typing import Any

from grader.probe.guard.traces import students_function

ALSO_WRAPPED = ("grader", "ipykernel", "jupyter_client", "zmq", "json")
"""What nobody wraps for logging."""

KEPT = (
    *ALSO_WRAPPED,
    "numpy",
    "keras",
    "tf_keras",
    "tensorflow._api.v2.nest",
    "tensorflow._api.v2.math",
    "IPython.core",
)
FROM_TENSORFLOW = ("tensorflow", "tensorflow.python.eager.backprop", "tensorflow.python.ops.resource_variable_ops")
DEPTH = 3
OURS = "/grader/probe/"


class Fingerprint:
    """Taken when it is made."""

    def __init__(self) -> None:
        self._kept: list[tuple[Any, dict[str, Any]]] = []
        self._inside: list[tuple[Any, Any]] = []
        seen = set[int]()
        for name, module in list(sys.modules.items()):
            if isinstance(module, ModuleType) and (_is_kept(name) or name in FROM_TENSORFLOW):
                self._keep(module, seen)
                for value in list(vars(module).values()):
                    if isinstance(value, type) and value.__module__.startswith(name.partition(".")[0]):
                        self._keep(value, seen)

    def _keep(self, owner: Any, seen: set[int]) -> None:
        if id(owner) not in seen:
            seen.add(id(owner))
            self._kept.append((owner, dict(vars(owner))))
            for value in list(vars(owner).values()):
                if isinstance(value, FunctionType) and value.__closure__ and OURS in value.__code__.co_filename:
                    self._inside += [(cell, cell.cell_contents) for cell in value.__closure__ if _is_bound(cell)]

    def replaced(self, namespace: dict[str, Any] | None) -> Iterator[str]:
        """The names of what student code put something of its own in the place of; each is told once."""
        for place, (cell, value) in enumerate(self._inside):
            if cell.cell_contents is not value:
                self._inside[place] = cell, cell.cell_contents
                yield "a variable of the grader's"
        for owner, before in self._kept:
            now = vars(owner)
            if _is_same(before, now):  # by far the most
                continue
            for name, value in before.items():
                if now.get(name, value) is not value:
                    after = now[name]
                    before[name] = after
                    if _matters(owner, value, after, namespace):
                        yield f"{getattr(owner, '__name__', '')}.{name}"
                        break
            else:
                if isinstance(owner, type) and len(now) > len(before):
                    yield from _added(owner, before, dict(now), namespace)


def _is_same(before: dict[str, Any], now: Any) -> bool:
    """Quickly, since nearly all are: values that are one object are not compared any further."""
    try:
        return len(before) == len(now) and bool(before == now)
    except Exception:  # arrays, and what cannot be compared
        return False


def _is_kept(name: str) -> bool:
    return name.startswith(tuple(f"{one}." for one in KEPT)) or name in KEPT


def _added(owner: type, before: dict[str, Any], now: dict[str, Any], namespace: dict[str, Any] | None) -> Iterator[str]:
    """Methods of the student's own in a class that inherited them."""
    for name in now.keys() - before.keys():
        before[name] = now[name]
        inherited = next((vars(base)[name] for base in owner.__mro__[1:] if name in vars(base)), None)
        if inherited is not None and _matters(owner, inherited, now[name], namespace):
            yield f"{owner.__name__}.{name}"


def _matters(owner: Any, before: Any, after: Any, namespace: dict[str, Any] | None) -> bool:
    function = students_function(after, namespace)
    if function is None or isinstance(before, bool | int | float | str | type(None)):
        return False
    home = getattr(owner, "__module__", None) if isinstance(owner, type) else getattr(owner, "__name__", "")
    if str(home).partition(".")[0] in ALSO_WRAPPED:
        return True
    return not _reaches(function, before, namespace or {}, DEPTH)


def _reaches(function: Any, before: Any, namespace: dict[str, Any], depth: int) -> bool:
    """Whether a function uses what was in its place before: a wrapper, which looks on."""
    if function is before:
        return True
    if isinstance(function, type):
        return isinstance(before, type) and issubclass(function, before)
    if not isinstance(function, FunctionType) or not depth:
        return False
    used = [*(function.__defaults__ or ()), *vars(function).values(), *(function.__kwdefaults__ or {}).values()]
    used += [cell.cell_contents for cell in function.__closure__ or () if _is_bound(cell)]
    used += [namespace[name] for name in function.__code__.co_names if name in namespace]
    return any(one is before or _reaches(one, before, namespace, depth - 1) for one in used)


def _is_bound(cell: Any) -> bool:
    try:
        return cell.cell_contents is not None
    except ValueError:
        return False
