"""Arrays as they were when they came to be, in order, while code runs once more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from grader.probe.framework import Array, Framework

MOST_VALUES = 2_500
MOST_LATE = 400
"""So many single numbers are kept behind those: the losses of the first round through the data."""
MOST_NORMS = 20_000
"""Of so many arrays behind those the norms are kept: those of gradients of a second experiment."""
MOST_FILLED = 60
MOST_ELEMENTS = 8_000_000
MOST_SENT = 600_000
LARGEST = 500_000
ROWS = 16
MOST_IN_ONE = 64
FEWEST_BLOCKS = 2
FEW = 3
"""So many different numbers there are in what is put together of ones and zeros; states and data have more."""


@dataclass(slots=True)
class Value:
    """An array as it was when it came to be; `held` keeps its object alive, as identities are compared.

    `site` is the place in the code. A `part` was taken out of another array, and what was `used_up` lives on in one.
    `layer` counts the layers of Keras whose weights are seen. `gradient` is the norm of the first gradient that the
    code takes, by this array. It is `changed` where it is not the same any more at the end. `uses` are the numbers of
    times that it went into each function or operator.
    """

    held: Any
    numbers: Array
    site: int
    fresh: bool
    part: bool = False
    layer: int | None = None
    gradient: float | None = None
    changed: bool = False
    used_up: bool = False
    uses: Counter[int] = field(default_factory=Counter)


@dataclass(slots=True)
class Owner:
    """A layer of the framework whose weights are seen, its number, and whether it was called."""

    layer: Any
    number: int
    called: bool = False


class Enough(BaseException):
    """Enough was seen. (Not an `Exception`, which student code may catch.)"""


class Moments:
    """The values that were seen. Raises `Enough` where there are too many."""

    def __init__(self, framework: Framework) -> None:
        self.values: list[Value] = []
        self._framework = framework
        self._known: dict[int, Value] = {}
        self._layers: dict[int, Owner] = {}
        self._elements = 0
        self.dropped = False
        """Whether there was more than is kept."""
        self.norms: list[float] = []
        """Of arrays of several numbers that are not kept, and were computed from others."""

    def is_array(self, value: Any) -> bool:
        """Whether it is an array or tensor of floating-point numbers, or one such number."""
        if isinstance(value, np.ndarray | np.floating):
            return value.dtype.kind == "f"
        return self._framework.holds_numbers(value)

    def arrays(self, value: Any, depth: int = 3) -> list[Any]:
        """Those in nested lists, tuples and dicts."""
        if isinstance(value, dict):
            value = list(value.values())
        if isinstance(value, list | tuple):
            return [] if not depth else [item for each in value[:MOST_IN_ONE] for item in self.arrays(each, depth - 1)]
        return [value] if self.is_array(value) else []

    def given(self, values: Sequence[Any]) -> None:
        """Arrays that were there before the code ran, such as data from a cell on top of the notebook."""
        for array in self.arrays(list(values)):
            if id(array) not in self._known:
                self._keep(array, 0, fresh=True)

    def see(self, site: int, result: Any, *, fresh: bool, using: Sequence[Any] = (), part: bool = False) -> None:
        """What came to be at a site, out of the arrays that it was made `using`."""
        for array in self.arrays(result):
            if id(array) not in self._known:
                self._keep(array, site, fresh=fresh, part=part)
                for one in using if fresh else ():
                    if id(one) in self._known:
                        self._known[id(one)].used_up = True

    def see_weights(self, site: int, layer: Any, *, called: bool) -> None:
        """The weights of a layer of the framework, when it is asked for something; as they are when it is first called.

        One that makes its weights one by one has more of them each time.
        """
        owner = self._layers.setdefault(id(layer), Owner(layer, len(self._layers) + 1))
        for variable in self._framework.weights(layer):
            known = self._known.get(id(variable))
            if known is None:
                self._keep(variable, site, fresh=True, layer=owner.number)
            elif known.layer == owner.number and called and not owner.called:
                known.numbers = np.array(self._framework.as_array(variable), dtype=np.float64)
        owner.called |= called

    def use(self, site: int, arrays: Sequence[Any]) -> None:
        """They went into the function or operator at a site."""
        self.look(arrays)
        for array in arrays:
            if id(array) in self._known:
                self._known[id(array)].uses[site] += 1

    def look(self, arrays: Sequence[Any]) -> None:
        """Parts of them are taken, or they go into a function."""
        for array in arrays:
            known = self._known.get(id(array))
            if known is not None and known.fresh and not known.uses:
                self._fill(known)

    def are_scaled(self, arrays: Sequence[Any]) -> bool:
        """Whether it is one array from nothing, with single numbers from nothing beside it: a scale of weights."""
        if len(arrays) < FEWEST_BLOCKS or not self.are_fresh(arrays):
            return False
        several = [known for array in arrays if (known := self._known[id(array)]).numbers.ndim]
        return len(several) == 1 and not several[0].part

    def are_alike(self, arrays: Sequence[Any]) -> bool:
        """Whether they are several arrays from nothing of one shape, which are added: data and noise, or weights."""
        if len(arrays) < FEWEST_BLOCKS or not self.are_fresh(arrays):
            return False
        shapes = {self._known[id(array)].numbers.shape for array in arrays}
        return len(shapes) == 1 and shapes != {()}

    def are_data(self, arrays: Sequence[Any]) -> bool:
        """Whether one of them, which come from nothing, is a part of an array or a signal, and no weight."""
        return any(self._known[id(array)].part for array in arrays)

    def are_constant(self, arrays: Sequence[Any]) -> bool:
        """Whether they come from nothing, and each is one number, or one number repeated: parts of a bias."""
        return self.are_fresh(arrays) and all(_is_constant(self._known[id(array)].numbers) for array in arrays)

    def are_blocks(self, arrays: Sequence[Any]) -> bool:
        """Whether they are matrices from nothing that went nowhere yet: parts of a kernel, each for one gate."""
        if len(arrays) < FEWEST_BLOCKS or not self.are_fresh(arrays):
            return False
        known = [self._known[id(array)] for array in arrays]
        return not any(
            value.part or value.uses or value.numbers.ndim < 2 or _is_constant(value.numbers) for value in known
        )

    def are_fresh(self, arrays: Sequence[Any]) -> bool:
        """Whether nothing but constants and randomness went into any."""
        return all((known := self._known.get(id(array))) is not None and known.fresh for array in arrays)

    def owner_is_fresh(self, array: Any, *, otherwise: bool) -> bool:
        """Whether the array that this one is a view of comes from nothing; `otherwise` where nobody knows."""
        owner = self._known.get(id(getattr(array, "base", None)))
        return otherwise if owner is None else owner.fresh

    def at_the_end(self) -> list[Value]:
        """What was seen, of large batches a few rows, and which of the arrays that came from nothing have changed.

        What was filled step by step comes once more behind them, as it is at the end.
        """
        filled: list[Value] = []
        for value in self.values:
            if value.fresh:
                now = np.asarray(self._framework.as_array(value.held))
                value.changed = not np.array_equal(now, value.numbers, equal_nan=True)
                if value.changed and not value.part and len(filled) < MOST_FILLED:
                    filled.append(Value(value.held, np.array(now, dtype=np.float64), value.site, fresh=False))
        self.values += filled
        batches = {value.numbers.shape[0] for value in self.values if value.fresh and value.numbers.ndim == 3}
        kept, elements = [], 0
        for value in self.values:
            for axis, size in enumerate(value.numbers.shape):
                if size > ROWS and size in batches:
                    value.numbers = value.numbers.take(range(ROWS), axis)
            elements += value.numbers.size
            kept += [value] if elements <= MOST_SENT else []
        return kept

    def _fill(self, value: Value) -> None:
        """Numbers that were put into an array after it came to be: a one for a gate's bias, or for a letter.

        What was filled with states is no weight, but a weight may get a row of biases: it is seen once more then.
        """
        now = np.array(self._framework.as_array(value.held), dtype=np.float64)
        if now.size > LARGEST or np.array_equal(now, value.numbers, equal_nan=True):
            return
        if len(np.unique(now)) <= FEW:
            value.numbers = now
        elif not value.part and value.numbers.ndim > 1 and len(np.unique(value.numbers)) > FEW:
            filled = Value(value.held, now, value.site, fresh=True)
            self._known[id(value.held)] = filled
            self.values.append(filled)

    def _measure(self, array: Array) -> None:
        if 1 < array.size <= LARGEST:
            with np.errstate(all="ignore"):
                norm = float(np.linalg.norm(array.astype(np.float64).ravel()))
            self.norms += [norm] if np.isfinite(norm) else []

    def _keep(self, array: Any, site: int, *, fresh: bool, part: bool = False, layer: int | None = None) -> None:
        if len(self.values) >= MOST_VALUES and len(array.shape):
            self.dropped = True
            if not fresh and len(self.norms) < MOST_NORMS:
                self._measure(self._framework.as_array(array))
            return
        numbers = np.array(self._framework.as_array(array), dtype=np.float64)
        if numbers.size > LARGEST:
            return
        self._elements += numbers.size
        if len(self.values) >= MOST_VALUES + MOST_LATE or self._elements > MOST_ELEMENTS:
            raise Enough
        value = Value(array, numbers, site, fresh, part, layer)
        self._known[id(array)] = value
        self.values.append(value)


def _is_constant(numbers: Array) -> bool:
    return bool((numbers == numbers.flat[0]).all()) if numbers.size else True
