"""Starting: what to import once before kernels are forked, and how one kernel begins."""

from __future__ import annotations

import importlib
from typing import Any

from grader.probe import hooks, keras_api, legacy, responder
from grader.probe.records import Records

PRELOADED = (
    "numpy",
    "tensorflow",
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "matplotlib",
)


def warm(generation: int) -> None:
    """Import what every kernel needs, without starting a thread or TensorFlow's runtime.

    `generation` must be what the environment variables of this process say (`GRADER_KERAS`, and for 2 also
    `TF_USE_LEGACY_KERAS=1`, which TensorFlow reads when it is imported).
    """
    if keras_api.generation() != generation:
        raise RuntimeError(f"this process was started for Keras {keras_api.generation()}, not {generation}")
    if generation == 2:
        legacy.install()
    for name in PRELOADED:
        importlib.import_module(name)
    keras_api.keras()
    keras_api.layer_base()
    keras_api.trainer_base()
    keras_api.metric_base()


def start(connection_file: str) -> None:
    """Be a Jupyter kernel until told to shut down: record what the student's code creates, answer the grader."""
    from ipykernel.kernelapp import IPKernelApp

    app: Any = IPKernelApp.instance()
    app.initialize(["-f", connection_file])
    attach(app.kernel)
    app.start()


def attach(kernel: Any) -> Records:
    """Record in this kernel from now on, and answer requests of the grader on its shell channel."""
    records = Records()
    records.namespace = kernel.shell.user_ns
    hooks.install(records)
    answering = responder.Responder(records)

    def handle(stream: Any, ident: Any, parent: dict[str, Any]) -> None:
        reply = answering.answer(parent["content"])
        kernel.session.send(stream, responder.REPLY, reply, parent, ident=ident)

    kernel.shell_handlers[responder.REQUEST] = handle
    # A shell line (`!pip install ...`) fails without ending its cell; IPython's way would need a terminal.
    kernel.shell.system = kernel.shell.system_raw
    return records
