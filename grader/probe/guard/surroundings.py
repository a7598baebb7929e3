"""What surrounds the student's cells: what answers messages, what rewrites cells, where modules come from."""

from __future__ import annotations

import builtins
import sys
from collections.abc import Iterable, Iterator
from types import ModuleType
from typing import Any

from grader.probe.guard.traces import students_function

REWRITING = ("input_transformers_post", "ast_transformers")
OF_THE_MANAGER = ("cleanup_transforms", "line_transforms", "token_transformers")
MAY_BE_REPLACED = frozenset({"showtraceback", "_showtraceback", "CustomTB", "showsyntaxerror", "displayhook"})


class Surroundings:
    """As they were when this was made; `hooks` are functions of ours among Python's own."""

    def __init__(self, kernel: Any, hooks: dict[str, Any]) -> None:
        self._kernel, self._shell = kernel, kernel.shell
        self._hooks = hooks
        self._handlers = dict(kernel.shell_handlers)
        self._kept = [(one, dict(vars(one))) for one in (kernel, kernel.shell, kernel.session)]
        self._modules, self._paths = set(sys.modules), set(map(id, sys.meta_path))
        self._told = set[tuple[str, str]]()

    def changes(self, namespace: dict[str, Any] | None) -> Iterator[tuple[str, str]]:
        """What is no longer as it was, by the name of its kind, each once."""
        for found in self._all(namespace):
            if found not in self._told:
                self._told.add(found)
                yield found

    def _all(self, namespace: dict[str, Any] | None) -> Iterator[tuple[str, str]]:
        handlers = self._kernel.shell_handlers
        if any(handlers.get(name) != one for name, one in self._handlers.items()):
            yield "handlers", ""
        if any(vars(builtins).get(name) != one for name, one in self._hooks.items()):
            yield "replaced", "a function of the grader's"
        for one, before in self._kept:
            for name, value in vars(one).items():
                mine = value is not before.get(name) and students_function(value, namespace) is not None
                if mine and name not in MAY_BE_REPLACED and not name.startswith("user_"):
                    yield "replaced", f"{type(one).__name__}.{name}"
        if any(students_function(each, namespace) is not None for each in self._rewriting()):
            yield "transformer", ""
        yield from self._imports(namespace)

    def _rewriting(self) -> Iterable[Any]:
        manager = self._shell.input_transformer_manager
        for owner, names in ((self._shell, REWRITING), (manager, OF_THE_MANAGER)):
            for name in names:
                yield from getattr(owner, name, ())

    def _imports(self, namespace: dict[str, Any] | None) -> Iterator[tuple[str, str]]:
        for name in list(sys.modules.keys() - self._modules):
            self._modules.add(name)
            module: Any = sys.modules.get(name)
            bare = type(module) is ModuleType and module.__spec__ is None and not hasattr(module, "__file__")
            if module is not None and (type(module).__module__ == "__main__" or bare):
                yield "module", name[:80]
        for finder in sys.meta_path:
            if id(finder) not in self._paths and students_function(finder, namespace) is not None:
                yield "module", "sys.meta_path"
