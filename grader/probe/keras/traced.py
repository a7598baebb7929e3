"""Losses that are differentiated inside of a `tf.function`: their values call by call, and whether weights make them.

While a function is traced, a loss has no number. It is given a variable to write to at each call.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from grader.probe.keras import keras_api
from grader.probe.records import MAX_TAPES, Records, TracedFunction

MOST_MIRRORS = 4


def prepare(records: Records) -> None:
    """Have some variables at hand: while a function is traced, hardly any may be made."""
    tf = keras_api.tf()
    # Threads of a strategy may make none, and a training of Keras's own needs none.
    if tf.executing_eagerly() and not records.fits and not tf.distribute.has_strategy():
        records.spare += [
            tf.Variable(np.nan, dtype=tf.float32, trainable=False) for _ in range(MOST_MIRRORS - len(records.spare))
        ]


def mirror(records: Records, function: TracedFunction, target: Any) -> int | None:
    """Have each call of a function that is being traced tell the value of a loss; its place among those that do.

    None where the function has several already, or cannot.
    """
    tf = keras_api.tf()
    compiled = getattr(function.function, "_jit_compile", None)
    if (
        records.fits
        or not records.spare
        or len(function.mirrors) >= MOST_MIRRORS
        or compiled
        or math.prod(target.shape) != 1
    ):
        return None
    try:
        variable = records.spare.pop()
        variable.assign(tf.cast(tf.reshape(target, ()), tf.float32))
    except Exception:  # inside of a strategy, say
        return None
    function.mirrors.append(variable)
    return len(function.mirrors) - 1


def note_call(function: TracedFunction, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    """What the losses were in a call that has just ended."""
    if len(function.values) < MAX_TAPES:
        function.values.append([float(variable.numpy()) for variable in function.mirrors])
        function.last = args, kwargs


def explained(function: TracedFunction, place: int, first: Iterable[tuple[Any, Any]]) -> float | None:
    """How much a loss is higher when some weights are what they were at `first`, and all else is as it is now.

    None where the function cannot be called again.
    """
    if function.last is None:
        return None
    args, kwargs = function.last
    found = []
    try:
        for weights in (list(first), []):
            with _unchanged(function.function):
                for variable, value in weights:
                    variable.assign(value)
                function.function(*args, **kwargs)
                found.append(float(function.mirrors[place].numpy()))
    except Exception:  # of code of the student's own
        return None
    return found[0] - found[1] if all(map(math.isfinite, found)) else None


@contextmanager
def _unchanged(function: Any) -> Iterator[None]:
    """Put back what the function changes."""
    graphs = function._list_all_concrete_functions()
    variables = list({id(each): each for graph in graphs for each in graph.variables}.values())
    before = [np.array(keras_api.as_array(variable)) for variable in variables]
    try:
        yield
    finally:
        for variable, value in zip(variables, before, strict=True):
            variable.assign(value)
