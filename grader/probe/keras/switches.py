"""What would take the live objects away, or a training: switches of the whole process, and a board that is not there.

They do nothing, and say so. Arguments that Keras 2 knew may be given to Keras 3: the old name of the learning rate, and
how many processes load the data.
"""

from __future__ import annotations

import functools
import importlib.util
import sys
from collections.abc import Callable
from typing import Any

from grader.probe.keras import keras_api

SWITCHES = ("disable_eager_execution", "disable_v2_behavior", "disable_v2_tensorshape", "disable_resource_variables")
"""Functions of TensorFlow 1 by which everything becomes a graph, which Keras 3 cannot work with at all."""


LOADERS = ("workers", "use_multiprocessing", "max_queue_size")


def install() -> None:
    """Leave eager execution on, and have trainings go on where TensorBoard is not installed."""
    for name in SWITCHES:
        setattr(keras_api.tf().compat.v1, name, _left_as_it_is(name))
    if importlib.util.find_spec("tensorboard") is None:
        _without_board()
    for base in keras_api.keras().optimizers.Optimizer.__mro__:
        if base.__name__ == "BaseOptimizer":  # of Keras 3; that of Keras 2 knows both names
            _with_old_name(base)
    for base in keras_api.keras().Model.__mro__:
        if base.__name__ == "TensorFlowTrainer":  # of Keras 3, too
            for name in ("fit", "evaluate", "predict"):
                setattr(base, name, _without_loaders(getattr(base, name)))


def _with_old_name(base: Any) -> None:
    """`Adam(lr=0.01)`, as books of many years have it, would end the cell for the name of an argument."""
    original = base.__init__

    @functools.wraps(original)
    def init(self: Any, *arguments: Any, **named: Any) -> None:
        if "lr" in named:
            named["learning_rate"] = named.pop("lr")
            arguments = arguments[1:]
            print("lr is called learning_rate in this version of Keras, and was taken for that.")
        original(self, *arguments, **named)

    base.__init__ = init


def _without_loaders(original: Callable[..., Any]) -> Callable[..., Any]:
    """How data are loaded changes nothing in what is computed."""

    @functools.wraps(original)
    def called(*arguments: Any, **named: Any) -> Any:
        known = {name: value for name, value in named.items() if name not in LOADERS}
        if dropped := ", ".join(sorted(named.keys() - known.keys())):
            print(f"{dropped}: known to an earlier Keras, and nothing is done for it here.")
        return original(*arguments, **known)

    return called


def _without_board() -> None:
    callbacks = keras_api.keras().callbacks
    original = callbacks.TensorBoard

    class TensorBoard(callbacks.Callback):  # type: ignore[name-defined, misc]
        """Writes nothing."""

        def __init__(self, *arguments: Any, **named: Any) -> None:
            super().__init__()
            print("TensorBoard is not installed where this is graded: nothing is written for it.")

    TensorBoard.__module__ = original.__module__
    for module in list(sys.modules.values()):
        if "callbacks" in str(getattr(module, "__name__", "")) and vars(module).get("TensorBoard") is original:
            module.TensorBoard = TensorBoard  # type: ignore[attr-defined]


def _left_as_it_is(name: str) -> Callable[[], None]:
    def switch(*arguments: Any, **named: Any) -> None:
        print(f"tf.compat.v1.{name}() did nothing here: the models of this notebook are run as TensorFlow 2 does.")

    switch.__name__ = name
    return switch
