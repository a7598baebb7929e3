"""Numbers over the wire: arrays as JSON, with a limit on their size."""

from __future__ import annotations

import base64
from typing import Any

import numpy as np

MAX_ELEMENTS = 4_000_000
DTYPES = ("float32", "float64", "int32", "int64", "bool")


class TooLarge(ValueError):
    """An array has more elements than may travel."""


def encode(array: Any) -> dict[str, Any]:
    """An array as `{"shape": [...], "dtype": "float32", "data": base64 of the little-endian bytes}`."""
    values = np.asarray(array)
    if values.dtype.name not in DTYPES:
        values = values.astype(np.float64 if values.dtype.kind == "f" else np.float32)
    if values.size > MAX_ELEMENTS:
        raise TooLarge(f"an array of shape {values.shape} has more than {MAX_ELEMENTS:,} elements")
    raw = np.ascontiguousarray(values).tobytes()
    return {"shape": list(values.shape), "dtype": values.dtype.name, "data": base64.b64encode(raw).decode("ascii")}


def encode_single(values: np.ndarray[Any, np.dtype[Any]]) -> dict[str, Any]:
    """As `encode`, in the form in which kernels are given numbers: integers as they are, others in single precision."""
    return encode(values if values.dtype.kind in "ib" else values.astype(np.float32))


def decode(message: dict[str, Any]) -> np.ndarray[Any, np.dtype[Any]]:
    """The array of `encode`. Raises ValueError (or KeyError) where the message is not one."""
    shape = tuple(int(size) for size in message["shape"])
    if message["dtype"] not in DTYPES or min(shape, default=0) < 0:
        raise ValueError(f"no array of dtype {message['dtype']!r} and shape {shape} is read")
    raw = base64.b64decode(message["data"], validate=True)
    values = np.frombuffer(raw, dtype=message["dtype"])
    return values.reshape(shape)
