"""How the values of a request are written as JSON, and read and validated on the other side, by their types."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin

import numpy as np

from grader.protocol import wire


class Invalid(ValueError):
    """What was received is no request; the message says why."""


@dataclass(frozen=True, slots=True)
class Form:
    """How values of one type become JSON, and JSON becomes values of that type. Reading raises `Invalid`."""

    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


@cache
def form(kind: Any) -> Form:
    """The form of a type: `int`, `bool`, `str`, an array, one of these or None, a tuple of them, a dict by numbers."""
    if kind in (int, bool, str):
        return Form(lambda value: value, lambda value: _exactly(kind, value))
    if get_origin(kind) is np.ndarray:
        return Form(wire.encode_single, _array)
    if isinstance(kind, UnionType):
        (some,) = (form(one) for one in get_args(kind) if one is not NoneType)
        return Form(
            lambda value: None if value is None else some.write(value),
            lambda value: None if value is None else some.read(value),
        )
    inner = form(get_args(kind)[0 if get_origin(kind) is tuple else 1])
    if get_origin(kind) is tuple:
        return Form(
            lambda values: [inner.write(value) for value in values],
            lambda values: tuple(inner.read(value) for value in _exactly(list, values)),
        )
    return Form(
        lambda values: {str(number): inner.write(value) for number, value in values.items()},
        lambda values: {_number(key): inner.read(value) for key, value in _exactly(dict, values).items()},
    )


def _exactly(kind: type, value: Any) -> Any:
    if type(value) is not kind:
        raise Invalid(f"{kind.__name__} was expected, not {type(value).__name__}")
    return value


def _number(text: Any) -> int:
    if not (isinstance(text, str) and text.isascii() and text.isdigit()):
        raise Invalid("a number was expected")
    return int(text)


def _array(message: Any) -> Any:
    try:
        return wire.decode(_exactly(dict, message))
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise Invalid(f"not an array: {error}") from error
