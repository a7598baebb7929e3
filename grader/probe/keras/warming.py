"""Importing Keras and TensorFlow once, before kernels are forked, without starting a thread or a runtime."""

from __future__ import annotations

import contextlib
import importlib

from grader.probe.keras import bygone, facts, keras_api, legacy

WHATEVER_THE_KERAS = ("absl.logging", "google.protobuf", "h5py", "opt_einsum", "requests", "wrapt")
"""What TensorFlow imports, and is not of TensorFlow or Keras."""

AT_FIRST_USE = (
    "tensorflow.python.data.ops.concatenate_op",
    "tensorflow.python.data.ops.flat_map_op",
    "tensorflow.python.data.ops.zip_op",
    "tensorflow.python.data.ops.shuffle_op",
)
"""What TensorFlow imports only when `fit` first needs it."""


def warm(generation: int) -> None:
    """Import all that kernels of a generation of Keras need.

    `generation` must be what the environment variables of this process say (`GRADER_KERAS`, and for 2 also
    `TF_USE_LEGACY_KERAS=1`, which TensorFlow reads when it is imported).
    """
    if keras_api.generation() != generation:
        raise RuntimeError(f"this process was started for Keras {keras_api.generation()}, not {generation}")
    if generation == 2:
        legacy.install()
    importlib.import_module("tensorflow")
    for name in AT_FIRST_USE:
        with contextlib.suppress(ImportError):  # inside TensorFlow things move
            importlib.import_module(name)
    keras_api.keras()
    keras_api.public()
    if generation == 2:
        legacy.leave_out_gpu()
        bygone.offer()
    keras_api.layer_base()
    keras_api.trainer_base()
    keras_api.metric_base()
    for name in facts.FAMILIES:
        keras_api.named(name)
