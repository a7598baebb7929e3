"""Quiet modules in the place of those that only another machine has, Colab's and Kaggle's; and tqdm, which only draws.

They come to be where a cell imports one and does not reckon with its absence: within `try` it is not there, as usual.
"""

from __future__ import annotations

import ast
import importlib.abc
import importlib.machinery
import importlib.util
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any

from grader.probe import progress_bars

ROOTS = ("google.colab", "kaggle", "kaggle_datasets", "kaggle_secrets", "kaggle_web_client", "condacolab", "tqdm")


class Nothing:
    """Can be called, asked for parts, and gone through, and gives nothing of any kind."""

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        return self

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return KNOWN.get(name, self)

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def __str__(self) -> str:
        return ""

    def __fspath__(self) -> str:
        return ""

    def __enter__(self) -> Nothing:
        return self

    def __exit__(self, *error: object) -> None:
        pass


NOTHING = Nothing()


def mount(path: Any = "drive", *arguments: Any, **named: Any) -> None:
    """An empty folder, where one can be made."""
    print(f"Nothing is mounted where this is graded: {path} is empty.")
    with suppress(OSError, TypeError):
        (Path(path) / "MyDrive").mkdir(parents=True, exist_ok=True)


def upload(*arguments: Any, **named: Any) -> dict[str, bytes]:
    """No file."""
    print("Nobody can upload files while this is graded.")
    return {}


KNOWN = {"mount": mount, "upload": upload}


class QuietModule(ModuleType):
    """A module that has everything, and nothing in it."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return KNOWN.get(name, NOTHING)


class QuietFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds the modules that were offered, and all that would be inside of them."""

    def __init__(self) -> None:
        self.offered: set[str] = set()

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """A spec for what was offered; nothing for all others."""
        known = any(f"{fullname}.".startswith(f"{root}.") for root in self.offered)
        above = any(root.startswith(f"{fullname}.") for root in self.offered)
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True) if known or above else None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        """An empty one."""
        return QuietModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """There is nothing to run, but for bars of progress."""
        if module.__name__.partition(".")[0] == "tqdm":
            progress_bars.fill(module)


FINDER = QuietFinder()


def offer(statement: ast.stmt) -> None:
    """Have the modules that a statement imports found from now on, if they are of those machines."""
    for name in _imported(statement):
        for root in ROOTS:
            if f"{name}.".startswith(f"{root}.") and root not in FINDER.offered and not _installed(root):
                if FINDER not in sys.meta_path:
                    sys.meta_path.append(FINDER)
                FINDER.offered.add(root)


def _imported(statement: ast.stmt) -> list[str]:
    if isinstance(statement, ast.Import):
        return [alias.name for alias in statement.names]
    if isinstance(statement, ast.ImportFrom) and statement.module and not statement.level:
        return [statement.module, *(f"{statement.module}.{alias.name}" for alias in statement.names)]
    return []


def _installed(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):
        return False
