"""Switches of the whole process that would take the live objects away: they do nothing, and say so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from grader.probe.keras import keras_api

SWITCHES = ("disable_eager_execution", "disable_v2_behavior", "disable_v2_tensorshape", "disable_resource_variables")
"""Functions of TensorFlow 1 by which everything becomes a graph, which Keras 3 cannot work with at all."""


def install() -> None:
    """Leave eager execution on."""
    for name in SWITCHES:
        setattr(keras_api.tf().compat.v1, name, _left_as_it_is(name))


def _left_as_it_is(name: str) -> Callable[[], None]:
    def switch(*arguments: Any, **named: Any) -> None:
        print(f"tf.compat.v1.{name}() did nothing here: the models of this notebook are run as TensorFlow 2 does.")

    switch.__name__ = name
    return switch
