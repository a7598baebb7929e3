"""What code calls that is instrumented throughout, while it runs once more: each value goes through here."""

from __future__ import annotations

from collections.abc import Callable, Collection
from types import FunctionType
from typing import Any

import numpy as np

from grader.probe.framework import Array, Framework
from grader.probe.instrument import CALLED, LISTED, OPERATED, OPERATORS
from grader.probe.moments import Enough, Moments
from grader.probe.records import Records

MOST_EVENTS = 60_000
NUDGED = 1.001
PARTING = frozenset({"unstack", "split", "array_split"})
KEEPING = PARTING | {
    *("Variable", "constant", "convert_to_tensor", "array", "asarray", "astype", "cast", "float32", "float64"),
    *("copy", "reshape", "transpose", "expand_dims", "squeeze", "ravel", "flatten", "atleast_2d", "atleast_3d"),
    *("moveaxis", "rollaxis", "swapaxes", "ascontiguousarray"),
}
"""Functions that keep the numbers of an array."""
JOINING = frozenset({"concatenate", "concat", "hstack", "vstack", "column_stack", "stack", "block", "append"})
REPEATING = frozenset({"repeat", "tile", "full", "full_like", "fill"})
DERIVING = frozenset({"sin", "cos", "cumsum", "abs", "absolute", "square", "sort", "roll", "round"})
"""Functions by which data are made of numbers; what they give is data, and no weight."""
DRAWING = (np.random.Generator, np.random.RandomState)


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

    return {CALLED: called, OPERATED: operated, LISTED: listed}


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

    def called(self, site: int, function: Any, /, *args: Any, **kwargs: Any) -> Any:
        """A call."""
        result = self._otherwise(site, function(*args, **kwargs))
        self._count()
        if isinstance(function, self._framework.layer_class):
            self.moments.see_weights(site, function)
            self.moments.see(site, result, fresh=False)
        elif not self._is_own(function):
            result = self._computed(site, function, (args, kwargs), result)
        else:
            self.moments.see(site, result, fresh=False)
        return result

    def operated(self, site: int, name: str, left: Any, right: Any, /) -> Any:
        """An operator, or a subscript."""
        result = self._otherwise(site, OPERATORS[name](left, right))
        self._count()
        moments = self.moments
        given = [*moments.arrays(left), *moments.arrays(right)]
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
        return result

    def _comes_from_nothing(self, name: str, given: list[Any]) -> tuple[bool, bool]:
        """Whether what an operator gives is fresh, and whether it is a part of what was there, or data."""
        moments = self.moments
        if name in ("add", "sub") and moments.are_alike(given):
            data = moments.are_data(given)
            return data or moments.are_blocks(given), data
        fresh = moments.are_scaled(given) or (len(given) == 1 and moments.are_fresh(given))
        return fresh, name == "getitem" or (fresh and moments.are_data(given))

    def listed(self, site: int, result: Any, /) -> Any:
        """A list that was made."""
        self.moments.see(site, result, fresh=False)
        return result

    def enough(self) -> None:
        """End what runs."""
        raise Enough

    def _computed(self, site: int, function: Any, arguments: Any, result: Any) -> Any:
        """What a function of a library gave: with random numbers, where such are to be drawn."""
        moments, name = self.moments, getattr(function, "__name__", "")
        owner = getattr(function, "__self__", None)
        given = [*moments.arrays(arguments), *([owner] if moments.is_array(owner) else [])]
        moments.look(given)
        fresh = self._is_fresh(name, owner, given)
        moments.use(site, given)
        if fresh and site in self._drawn and moments.is_array(result):
            result = self._drawn_for(result)
        data = name in DERIVING and bool(given) and moments.are_fresh(given)
        part = name in PARTING or data
        moments.see(site, result, fresh=fresh or data, using=[] if part else given, part=part)
        return result

    def _is_fresh(self, name: str, owner: Any, given: list[Any]) -> bool:
        moments = self.moments
        if isinstance(owner, DRAWING) and all(np.prod(each.shape) == 1 for each in given):
            return True  # within limits, or with a scale, that the code computed
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
