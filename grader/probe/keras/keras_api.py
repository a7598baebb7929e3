"""The Keras of this kernel: the few places where generation 2 and generation 3 differ, under one name each."""

from __future__ import annotations

import importlib
import os
from functools import cache
from types import ModuleType
from typing import Any

import numpy as np

GENERATION = "GRADER_KERAS"


def generation() -> int:
    """2 or 3, as the kernel was started for."""
    return 2 if os.environ.get(GENERATION, "3") == "2" else 3


@cache
def keras() -> ModuleType:
    """The `keras` that student code gets."""
    return importlib.import_module("tf_keras" if generation() == 2 else "keras")


def public() -> None:
    """Load the modules behind `tf.keras` and `from tensorflow import keras`, which TensorFlow does when first asked."""
    importlib.import_module("tensorflow.keras.layers")
    # With Keras 2 it has no version of its own, which notebooks of that time print.
    api = importlib.import_module("tensorflow.keras")
    api.__version__ = getattr(api, "__version__", keras().__version__)  # type: ignore[attr-defined]


@cache
def tf() -> ModuleType:
    """TensorFlow."""
    return importlib.import_module("tensorflow")


@cache
def layer_base() -> type:
    """The class that every layer and model descends from, as it is defined inside Keras."""
    name = "tf_keras.src.engine.base_layer" if generation() == 2 else "keras.src.layers.layer"
    return importlib.import_module(name).Layer  # type: ignore[no-any-return]


@cache
def trainer_base() -> type:
    """The class that defines `fit`."""
    if generation() == 2:
        return importlib.import_module("tf_keras.src.engine.training").Model  # type: ignore[no-any-return]
    return importlib.import_module("keras.src.backend.tensorflow.trainer").TensorFlowTrainer  # type: ignore[no-any-return]


def mixed_policy(layer: Any) -> Any:
    """The policy of a layer that computes with other numbers than its weights are; None for all others."""
    policy = getattr(layer, "dtype_policy", None)
    compute, variable = getattr(policy, "compute_dtype", None), getattr(policy, "variable_dtype", None)
    return policy if compute in ("float16", "bfloat16") and variable == "float32" else None


def set_policy(layer: Any, policy: Any) -> None:
    """Have a layer compute by a policy, or with numbers of a type."""
    if generation() == 2:
        layer._set_dtype_policy(policy)
    else:
        layer.dtype_policy = policy


@cache
def printing() -> Any:
    """The module with `print_msg`, through which Keras prints all progress."""
    package = "tf_keras" if generation() == 2 else "keras"
    return importlib.import_module(f"{package}.src.utils.io_utils")


@cache
def graph_function() -> type:
    """The class behind `tf.function`."""
    name = "tensorflow.python.eager.polymorphic_function.polymorphic_function"
    return importlib.import_module(name).Function  # type: ignore[no-any-return]


@cache
def metric_base() -> type:
    """Metrics are layers in Keras 2; they are not what a student means by a layer."""
    return keras().metrics.Metric  # type: ignore[no-any-return]


@cache
def named(name: str) -> type:
    """The class of this name that Keras had when it was imported, before student code could put another there."""
    return getattr(keras().layers, name, None) or getattr(keras(), name)  # type: ignore[no-any-return]


def is_students(made: Any) -> bool:
    """Whether a class or function is not Keras's own."""
    return not str(made.__module__).startswith(("keras", "tf_keras", "tensorflow"))


def sublayers(layer: Any) -> list[Any]:
    """The layers directly inside this one, in order."""
    try:
        return [
            inner
            for inner in layer._flatten_layers(recursive=False, include_self=False)
            if not isinstance(inner, metric_base())
        ]
    except Exception:  # an object whose __init__ failed
        return []


def call_layer(layer: Any, *args: Any) -> Any:
    """Call a layer or cell in inference mode, whether or not its `call` knows of `training`."""
    if generation() == 3:
        return layer(*args, training=False)
    knows_training = getattr(layer, "_expects_training_arg", True)
    return layer(*args, training=False) if knows_training else layer(*args)


def seed_states(layer: Any) -> list[Any]:
    """The variables that hold the state of dropout's randomness; Keras 2 has none, it draws from TensorFlow's."""
    if generation() == 2:
        return []
    weights = {id(variable) for variable in layer.weights}
    return [variable for variable in layer.variables if id(variable) not in weights]


def is_initialised(variable: Any) -> bool:
    """Whether a variable has a value. Asking one that has none for it would draw random numbers in Keras 3."""
    inner = getattr(variable, "_value", variable) if generation() == 3 else variable
    return inner is not None and bool(getattr(inner, "is_initialized", lambda: True)())


def is_concrete(tensor: Any) -> bool:
    """Whether a tensor or array has values, which it has not while a graph is traced."""
    return isinstance(tensor, np.ndarray) or (hasattr(tensor, "numpy") and hasattr(tensor, "_numpy"))


def as_array(tensor: Any) -> Any:
    """The values of a tensor or variable as a NumPy array."""
    value = getattr(tensor, "value", None) if generation() == 3 else None
    if value is not None and not callable(value):
        tensor = value
    return tensor.numpy() if hasattr(tensor, "numpy") else tensor
