"""What a question is judged by, told by its source code: that of its checks, and all that they import of their pack."""

from __future__ import annotations

import ast
import hashlib
import inspect
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path

from grader.pack.questions import Question

ENGINE = ("answer", "grading", "language", "notebook", "pack", "probe", "protocol")
"""The rooms of the engine on which a judgement rests."""


def digest_of_question(question: Question) -> str:
    """The digest of the code and of the data of its pack that a question is judged by."""
    functions: list[Callable[..., object]] = [check.run for check in question.checks]
    functions += [*question.pictures, *question.remarks, *(function for _, function in question.evidence)]
    return _digest_of_modules(tuple(sorted({function.__module__ for function in map(inspect.unwrap, functions)})))


def in_order(value: object) -> object:
    """A declaration of a pack as JSON, the same in every process: sets have no order of their own."""
    if is_dataclass(value) and not isinstance(value, type):
        return [in_order(getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, Mapping):
        return sorted([str(key), in_order(item)] for key, item in value.items())
    if isinstance(value, list | tuple):
        return [in_order(item) for item in value]
    if isinstance(value, frozenset | set):
        return sorted(map(str, value))
    return value if isinstance(value, int | float | None) else str(value)


@cache
def digest_of_engine() -> str:
    """The digest of the code of the engine that judges, and of its data."""
    home = Path(__file__).parents[1]
    return _digest(path for room in ENGINE for path in (home / room).rglob("*"))


@cache
def _digest_of_modules(names: tuple[str, ...]) -> str:
    found: set[Path] = set()
    waiting = [path for name in names for path in _files(name)]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += _imported(path)
    tops = {name.partition(".")[0] for name in names}
    return _digest([*found, *(path for top in sorted(tops) for path in _data(top))])


@cache
def _imported(path: Path) -> tuple[Path, ...]:
    """The files of packs that a file imports, whatever is loaded by now."""
    tree = ast.parse(path.read_bytes())
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return tuple(file for name in sorted(names) if _is_of_a_pack(name) for file in _files(name))


def _is_of_a_pack(name: str) -> bool:
    """The engine has a digest of its own, and what is installed is told by its version."""
    top = name.partition(".")[0]
    file = getattr(sys.modules.get(top), "__file__", None) or ""
    others = {*sys.stdlib_module_names, __name__.partition(".")[0]}
    return top not in others and file.endswith(".py") and "site-packages" not in file


def _files(name: str) -> Iterator[Path]:
    """The file of a module, and those of the packages that it lies in; whether or not it is loaded by now."""
    top, *parts = name.split(".")
    module = sys.modules.get(top)
    file = getattr(module, "__file__", None)
    if file is None:
        return
    yield Path(file)
    for home in map(Path, getattr(module, "__path__", ())):
        for end in range(1, len(parts) + 1):
            place = home.joinpath(*parts[:end])
            yield from (path for path in (place.with_suffix(".py"), place / "__init__.py") if path.is_file())


def _data(top: str) -> Iterator[Path]:
    """What a pack reads besides its code."""
    for folder in getattr(sys.modules.get(top), "__path__", ()):
        yield from (path for path in Path(folder).rglob("*") if path.suffix not in (".py", ".pyc", ".ipynb"))


def _digest(paths: Iterable[Path]) -> str:
    found = hashlib.sha256()
    for path in sorted({path for path in paths if path.suffix != ".pyc" and path.is_file()}):
        found.update(str(path).encode() + b"\0" + path.read_bytes())
    return found.hexdigest()
