"""Copies of what code borrows from the namespace, so that running it once more changes nothing of the student's."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from typing import Any

import numpy as np

DRAWING = (np.random.Generator, np.random.RandomState, random.Random)
MOST_DEEP = 4
MOST_IN_ONE = 1_000


def drawing(namespace: Mapping[str, Any]) -> dict[int, tuple[Any, Any]]:
    """By id, what draws numbers in a namespace, and a copy that will draw the same ones."""
    return {id(value): (value, deepcopy(value)) for value in [*namespace.values()] if type(value) in DRAWING}


class Copies:
    """Each object is copied once: arrays, what draws numbers, lists and dicts of them, and objects of classes of the
    student's own, which become objects of the class that `renewed` gives for theirs, if it gives one. What draws
    numbers is as it was `before`, if that is known."""

    def __init__(self, renewed: Callable[[type], type | None], before: Mapping[int, tuple[Any, Any]]) -> None:
        self._renewed, self._before = renewed, before
        self._made: dict[int, tuple[Any, Any]] = {}

    def of(self, value: Any, depth: int = MOST_DEEP) -> Any:
        """The copy of a value, or itself where it is none of these."""
        if id(value) not in self._made:
            self._made[id(value)] = (value, self._copy(value, depth) if depth else value)
        return self._made[id(value)][1]

    def arrays(self) -> Iterator[Any]:
        """All that were copied, in order."""
        return (made for _, made in self._made.values() if isinstance(made, np.ndarray))

    def _copy(self, value: Any, depth: int) -> Any:
        if type(value) in DRAWING:
            of, then = self._before.get(id(value), (None, None))
            return deepcopy(then if of is value else value)
        if type(value) is np.ndarray:
            return value.copy()
        if type(value) in (list, tuple) and len(value) <= MOST_IN_ONE:
            return type(value)(self.of(item, depth - 1) for item in value)
        if type(value) is dict and len(value) <= MOST_IN_ONE:
            return {key: self.of(item, depth - 1) for key, item in value.items()}
        cls = self._renewed(type(value))
        kept = getattr(value, "__dict__", None)
        if cls is None or not isinstance(kept, dict):
            return value
        try:
            made: Any = object.__new__(cls)
            made.__dict__.update({key: self.of(item, depth - 1) for key, item in kept.items()})
        except (TypeError, AttributeError):  # of a class that makes its objects otherwise
            return value
        return made
