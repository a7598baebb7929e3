"""In a Keras 2 kernel `keras` is `tf_keras`, whatever way it is imported."""

from __future__ import annotations

import importlib
import importlib.abc
import importlib.machinery
import sys
import warnings
from collections.abc import Sequence
from types import ModuleType
from typing import Any


class KerasTwoFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds `keras` and `keras.anything` and hands out the module of the same name in `tf_keras`."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """A spec for modules of `keras`; nothing for all others."""
        if fullname != "keras" and not fullname.startswith("keras."):
            return None
        return importlib.machinery.ModuleSpec(fullname, self)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        """The module of `tf_keras`, itself: classes must be the same objects under both names."""
        twin = "tf_keras" + spec.name.removeprefix("keras")
        try:
            module = importlib.import_module(twin)
        except ModuleNotFoundError as error:
            raise ModuleNotFoundError(f"No module named {spec.name!r} in Keras 2", name=spec.name) from error
        # The import system overwrites __spec__ and __loader__ of what it is handed; exec_module puts them back.
        self._saved = (module.__spec__, module.__loader__)
        return module

    def exec_module(self, module: ModuleType) -> None:
        """The module has run already, under its own name."""
        module.__spec__, module.__loader__ = self._saved


def leave_out_gpu() -> None:
    """Keep Keras 2 from tracing each LSTM and GRU a second time, as a variant for GPUs that would never run.

    The kernel has no GPU (`CUDA_VISIBLE_DEVICES=-1`). Keras calls the traced variant for CPUs and merely registers the
    other, so that TensorFlow's graph optimiser can put it in its place on a GPU. This took a fifth of a notebook's
    time.
    """
    utilities: Any = importlib.import_module("tf_keras.src.layers.rnn.gru_lstm_utils")
    if hasattr(utilities, "function_register"):
        utilities.function_register = lambda *arguments, **named: None


def install() -> None:
    """Make `import keras` mean Keras 2 in this process. Does nothing the second time."""
    if not any(isinstance(finder, KerasTwoFinder) for finder in sys.meta_path):
        sys.meta_path.insert(0, KerasTwoFinder())
        # When imported, tensorflow_addons warns of its age, and of a TensorFlow newer than itself: nothing that a
        # student could change.
        warnings.filterwarnings("ignore", module=r"tensorflow_addons\.utils\.")
