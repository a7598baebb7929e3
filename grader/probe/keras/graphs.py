"""Running what is the student's own in a graph, as `fit` does."""

from __future__ import annotations

import importlib
import types
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from grader.probe.keras import keras_api

AUTOGRAPH = "tensorflow.python.autograph.core"


def in_a_graph(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function as a graph of TensorFlow's, traced at each new kind of arguments."""

    def traced(*args: Any) -> Any:
        with _converting():
            return function(*args)

    return keras_api.tf().function(traced, autograph=False)  # type: ignore[no-any-return]


def convertible(function: Any) -> Any:
    """A loss as Keras calls it where it is traced: in Keras 2 with `if` and `for` over tensors, in Keras 3 as it is."""
    if (
        keras_api.generation() != 2
        or not isinstance(function, types.FunctionType)
        or keras_api.tf().executing_eagerly()
    ):
        return function
    autograph = keras_api.tf().__internal__.autograph
    return autograph.tf_convert(function, autograph.control_status_ctx())


def _converting() -> AbstractContextManager[Any]:
    """In Keras 2, models that are called in here have their `if` and `for` over tensors converted."""
    if keras_api.generation() != 2:
        return nullcontext()
    context = importlib.import_module(f"{AUTOGRAPH}.ag_ctx")
    options = importlib.import_module(f"{AUTOGRAPH}.converter").ConversionOptions(recursive=True)
    return context.ControlStatusCtx(context.Status.ENABLED, options)  # type: ignore[no-any-return]
