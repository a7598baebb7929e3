"""What code calls that is instrumented throughout, while it runs once more: each value goes through here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from types import FunctionType
from typing import Any

import numpy as np

from grader.probe.framework import Array, Framework
from grader.probe.instrument import CALLED, ITERATED, LISTED, OPERATED, OPERATORS, SHOWN
from grader.probe.moments import Enough, Moments
from grader.probe.records import Records
from grader.probe.showing import Showing

MOST_EVENTS = 60_000
NUDGED = 1.001
PARTING = frozenset({"unstack", "split", "array_split", "hsplit", "vsplit", "list", "tuple"})
KEEPING = PARTING | {
    *("Variable", "constant", "convert_to_tensor", "array", "asarray", "astype", "cast", "float32", "float64"),
    *("copy", "reshape", "transpose", "expand_dims", "squeeze", "ravel", "flatten", "atleast_2d", "atleast_3d"),
    *("moveaxis", "rollaxis", "swapaxes", "ascontiguousarray", "numpy"),
}
"""Functions that keep the numbers of an array."""
JOINING = frozenset({"concatenate", "concat", "hstack", "vstack", "column_stack", "stack", "block", "append"})
REPEATING = frozenset({"repeat", "tile", "full", "full_like", "fill"})
DERIVING = frozenset({"sin", "cos", "cumsum", "abs", "absolute", "square", "sort", "roll", "round"})
"""Functions by which data are made of numbers; what they give is data, and no weight."""
ORTHOGONAL = frozenset({"qr", "svd"})
"""Functions by which weights are made of random numbers."""
DRAWING = (np.random.Generator, np.random.RandomState)
DRAWN = frozenset({"normal", "uniform", "truncated_normal", "random_normal", "random_uniform", "linspace"})
PRINTING = ("print", "print_v2")
"""Python's, and TensorFlow's."""
ITERATING = (zip, enumerate, reversed, iter)


def dispatching(records: Records) -> dict[str, Callable[..., Any]]:
    """What is there by the names that rewritten code has, always: it leads to what notes, where something does."""

    def called(site: int, function: Any, /, *args: Any, **kwargs: Any) -> Any:
        noting = records.replay
        return function(*args, **kwargs) if noting is None else noting.called(site, function, *args, **kwargs)

    def operated(site: int, name: str, left: Any, right: Any, /) -> Any:
        noting = records.replay
        return OPERATORS[name](left, right) if noting is None else noting.operated(site, name, left, right)

    def listed(site: int, result: Any, /) -> Any:
        noting = records.replay
        return result if noting is None else noting.listed(site, result)

    def iterated(site: int, values: Any, /) -> Any:
        noting = records.replay
        return values if noting is None else noting.iterated(site, values)

    def shown(site: int, value: Any, /) -> Any:
        noting = records.replay
        return value if noting is None else noting.shown(site, value)

    return {CALLED: called, OPERATED: operated, LISTED: listed, ITERATED: iterated, SHOWN: shown}


class Recorder:
    """What the rewritten code calls. Arrays of one number repeated that come to be at the sites `drawn` are random.

    `differentiated` says how many gradients the code has taken.
    """

    def __init__(
        self,
        framework: Framework,
        namespace: dict[str, Any],
        drawn: Collection[int] = (),
        nudged: Collection[int] = (),
    ) -> None:
        self.moments = Moments(framework)
        self.differentiated = 0
        self._framework, self._namespace = framework, namespace
        self._events = 0
        self._nudged = frozenset(nudged)
        self._drawn, self._rng = frozenset(drawn), np.random.default_rng(0)
        self._iterators: dict[int, tuple[Any, list[Any]]] = {}
        self.showing = Showing()

    def called(self, site: int, function: Any, /, *args: Any, **kwargs: Any) -> Any:
        """A call."""
        if getattr(function, "__name__", "") in PRINTING:
            self.shown(site, args)
        result = self._otherwise(site, function(*args, **kwargs))
        self._count()
        if function in ITERATING:
            self._iterators[id(result)] = (result, self._sources(args))
            return result
        if isinstance(function, self._framework.layer_class):
            self.moments.see_weights(site, function, called=True)
            self.moments.see(site, result, fresh=False)
        elif not self._is_own(function):
            result = self._computed(site, function, (args, kwargs), result)
        else:
            self.moments.see(site, result, fresh=False)
        return result

    def operated(self, site: int, name: str, left: Any, right: Any, /) -> Any:
        """An operator, or a subscript."""
        if name == "mod" and isinstance(left, str):
            return self._said(site, left, right)
        result = self._otherwise(site, OPERATORS[name](left, right))
        self._count()
        moments = self.moments
        given = [*moments.arrays(left), *moments.arrays(right)]
        self._see_layer(site, result)
        if name == "getitem" and not moments.is_array(left):
            # Of a list, a dict, or something like np.r_, which joins.
            fresh = bool(given) and not isinstance(left, list | tuple | dict) and moments.are_constant(given)
            moments.see(site, result, fresh=fresh, using=given)
        else:
            fresh, part = self._comes_from_nothing(name, given)
            if name == "getitem":
                moments.look(given)
            else:
                moments.use(site, given)
            moments.see(site, result, fresh=fresh, using=[] if part else given, part=part)
        self.showing.came_to_be(site, result)
        return result

    def _said(self, site: int, text: str, values: Any) -> Any:
        """A text with values in it. What it says may be gone, where it was read as an explanation."""
        self.shown(site, values)
        try:
            return text % values
        except TypeError:
            return text

    def _comes_from_nothing(self, name: str, given: list[Any]) -> tuple[bool, bool]:
        """Whether what an operator gives is fresh, and whether it is a part of what was there, or data."""
        moments = self.moments
        if name in ("add", "sub") and moments.are_alike(given):
            data = moments.are_data(given)
            return data or moments.are_blocks(given), data
        fresh = moments.are_scaled(given) or (len(given) == 1 and moments.are_fresh(given))
        return fresh, name == "getitem" or (fresh and moments.are_data(given))

    def listed(self, site: int, result: Any, /) -> Any:
        """A list that was made, or what a variable is after something was added to it."""
        self.moments.see(site, result, fresh=False)
        self.showing.came_to_be(site, result)
        return result

    def iterated(self, site: int, values: Any, /) -> Iterable[Any]:
        """What a loop goes through: its arrays are parts of those that it goes through."""
        sources = self._sources((values,))
        return values if isinstance(values, range | str) or not sources else self._each(site, values, sources)

    def _each(self, site: int, values: Iterable[Any], sources: list[Any]) -> Iterator[Any]:
        moments = self.moments
        moments.look(sources)
        fresh = moments.are_fresh(sources)
        for item in values:
            self._count()
            several = [array for array in moments.arrays(item) if len(array.shape)]
            for array in several:
                moments.see(site, array, fresh=moments.owner_is_fresh(array, otherwise=fresh), part=True)
            yield item

    def _sources(self, values: Any) -> list[Any]:
        """The arrays of several numbers that an iterator goes through."""
        found = [array for array in self.moments.arrays(values) if len(array.shape)]
        behind = [self._iterators[id(value)][1] for value in values if id(value) in self._iterators]
        return [*found, *(array for arrays in behind for array in arrays)]

    def shown(self, site: int, value: Any, /) -> Any:
        """A value that is printed, or goes into a text."""
        self.showing.show(site, value)
        return value

    def enough(self) -> None:
        """End what runs."""
        raise Enough

    def _computed(self, site: int, function: Any, arguments: Any, result: Any) -> Any:
        """What a function of a library gave: with random numbers, where such are to be drawn."""
        moments, name = self.moments, getattr(function, "__name__", "")
        owner = getattr(function, "__self__", None)
        self._see_layer(site, owner)
        given = [*moments.arrays(arguments), *([owner] if moments.is_array(owner) else [])]
        moments.look(given)
        fresh = self._is_fresh(name, owner, given)
        moments.use(site, given)
        if fresh and site in self._drawn and moments.is_array(result):
            result = self._drawn_for(result)
        data = name in DERIVING and bool(given) and moments.are_fresh(given)
        part = name in PARTING or data
        moments.see(site, result, fresh=fresh or data, using=[] if part else given, part=part)
        self.showing.came_to_be(site, result)
        return result

    def _see_layer(self, site: int, value: Any) -> None:
        """The weights of a single layer that is asked for something, or taken out of a model."""
        if isinstance(value, self._framework.layer_class) and not hasattr(value, "layers"):
            self.moments.see_weights(site, value, called=False)

    def _is_fresh(self, name: str, owner: Any, given: list[Any]) -> bool:
        moments = self.moments
        draws = isinstance(owner, DRAWING) or name in DRAWN
        if draws and all(np.prod(each.shape) == 1 for each in given):
            return True  # within limits, or with a scale, that the code computed
        if name in ORTHOGONAL:
            return moments.are_fresh(given)
        if name in JOINING:
            return moments.are_constant(given) or moments.are_blocks(given)
        if name in REPEATING:
            return moments.are_constant(given)
        return moments.are_fresh(given) and (not given or name in KEEPING)

    def _otherwise(self, site: int, result: Any) -> Any:
        if site not in self._nudged:
            return result
        if type(result) in (list, tuple):
            return type(result)(self._otherwise(site, each) for each in result)
        return result * NUDGED if self.moments.is_array(result) else result

    def _drawn_for(self, value: Any) -> Any:
        """Random numbers in an array, variable or tensor that repeats one: the same object, where it can change."""
        if not _is_constant(self._framework.as_array(value)):
            return value
        numbers = self._rng.uniform(-1, 1, value.shape)
        if not isinstance(value, np.ndarray):
            return self._framework.filled(value, numbers)
        value[...] = numbers
        return value

    def _count(self) -> None:
        self._events += 1
        if self._events > MOST_EVENTS:
            raise Enough

    def _is_own(self, function: Any) -> bool:
        """Whether it is the student's: what happens inside is seen as well."""
        code = getattr(function, "__func__", function)
        if isinstance(code, FunctionType):
            return code.__globals__ is self._namespace
        kind = function if isinstance(function, type) else type(function)
        return getattr(kind, "__module__", None) == self._namespace.get("__name__")


def _is_constant(array: Array) -> bool:
    return array.size > 1 and bool((array == array.flat[0]).all())
