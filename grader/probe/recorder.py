"""What code calls that is instrumented throughout, while it runs once more: each value goes through here."""

from __future__ import annotations

from collections.abc import Callable, Collection
from types import FunctionType
from typing import Any

import numpy as np

from grader.probe.framework import Array, Framework
from grader.probe.instrument import CALLED, LISTED, OPERATED, OPERATORS
from grader.probe.moments import Enough, Moments

MOST_EVENTS = 60_000
PARTING = frozenset({"unstack", "split", "array_split"})
KEEPING = PARTING | {
    *("Variable", "constant", "convert_to_tensor", "array", "asarray", "astype", "cast", "float32", "float64"),
    *("copy", "reshape", "transpose", "expand_dims", "squeeze"),
}
"""Functions that keep the numbers of an array."""


class Recorder:
    """What the rewritten code calls. Arrays of one number repeated that come to be at the sites `drawn` are random.

    `differentiated` says whether the code has taken a gradient.
    """

    def __init__(self, framework: Framework, namespace: dict[str, Any], drawn: Collection[int] = ()) -> None:
        self.moments = Moments(framework)
        self.differentiated = False
        self._framework, self._namespace = framework, namespace
        self._events = 0
        self._drawn, self._rng = frozenset(drawn), np.random.default_rng(0)

    @property
    def hooks(self) -> dict[str, Callable[..., Any]]:
        """The functions by the names that rewritten code has for them."""
        return {CALLED: self.called, OPERATED: self.operated, LISTED: self.listed}

    def called(self, site: int, function: Any, /, *args: Any, **kwargs: Any) -> Any:
        """A call."""
        result = function(*args, **kwargs)
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
        result = OPERATORS[name](left, right)
        self._count()
        moments = self.moments
        given = [*moments.arrays(left), *moments.arrays(right)]
        if name == "getitem" and not moments.is_array(left):
            # Of a list, a dict, or something like np.r_, which computes.
            moments.see(site, result, fresh=False)
        else:
            fresh, part = len(given) == 1 and moments.are_fresh(given), name == "getitem"
            moments.use(site, given if not part else ())
            moments.see(site, result, fresh=fresh, using=[] if part else given, part=part)
        return result

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
        moments.use(site, given)
        fresh = moments.are_fresh(given) and (not given or name in KEEPING)
        if fresh and site in self._drawn and moments.is_array(result):
            result = self._drawn_for(result)
        moments.see(site, result, fresh=fresh, using=[] if name in PARTING else given, part=name in PARTING)
        return result

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
