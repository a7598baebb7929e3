"""Starting: what to import once before kernels are forked, and how one kernel begins."""

from __future__ import annotations

import builtins
import gc
import importlib
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import partial
from typing import Any

from grader.probe import machine
from grader.probe.defined import Definitions
from grader.probe.framework import Framework
from grader.probe.going_on import GoingOn, Mending
from grader.probe.guard.guarding import Guard
from grader.probe.instrument import Functions
from grader.probe.keras import warming
from grader.probe.keras.adapter import Keras
from grader.probe.recorder import dispatching
from grader.probe.records import Records
from grader.probe.responder import Responder
from grader.probe.watching import Watch
from grader.protocol.operations import REPLY, REQUEST, prepare

FOR_ALL = ("numpy", "numpy.random", "ipykernel.kernelapp", "ipykernel.ipkernel", "matplotlib")
"""What can be imported before the generation of Keras is known."""

PLOTTING = "matplotlib.pyplot"

RunInThreads = Callable[[Callable[[], None]], None]
OTHERS_S = 20.0

COLLECT_AFTER = 50_000
"""So many new objects, instead of 700, before Python looks for garbage: a traced graph makes millions that stay."""


def warm_for_all() -> None:
    """Import what every kernel needs, whatever its Keras."""
    for name in (*FOR_ALL, *warming.WHATEVER_THE_KERAS):
        importlib.import_module(name)


def warm_for_plots() -> bool:
    """Import what draws, and find the system's fonts; False if that was done already."""
    if PLOTTING in sys.modules:
        return False
    importlib.import_module(PLOTTING)
    return True


def warm(generation: int) -> None:
    """Import what every kernel of a generation of Keras needs: see `warming.warm`."""
    warm_for_all()
    warming.warm(generation)


def start(connection_file: str, ready: Callable[[RunInThreads], None] = lambda _: None) -> None:
    """Be a Jupyter kernel until told to shut down: record what the student's code creates, answer the grader.

    `ready` is called when the kernel's sockets are open, before anything of the student's runs, with what runs a
    function in each other thread of Python that there is by then.
    """
    from ipykernel.iostream import IOPubThread
    from ipykernel.kernelapp import IPKernelApp

    IOPubThread._setup_pipe_in = _no_pipe  # type: ignore[method-assign]
    gc.set_threshold(COLLECT_AFTER, *gc.get_threshold()[1:])
    app: Any = IPKernelApp.instance()
    app.initialize(["-f", connection_file])
    attach(app.kernel)
    _hide()
    # Modules beside the notebook can be imported; behind all others, so that one called like a package hides nothing.
    sys.path.append("")
    ready(partial(_run_in, [app.iopub_thread, app.control_thread, app.shell_channel_thread]))
    app.start()


def _run_in(threads: Sequence[Any], function: Callable[[], None]) -> None:
    """Run a function in each of a kernel's threads that has a loop, and wait for it. Raises what it raises."""
    for thread in threads:
        if thread is not None:
            done: Future[None] = Future()
            thread.io_loop.add_callback(_run_for, done, function)
            done.result(timeout=OTHERS_S)


def _run_for(done: Future[None], function: Callable[[], None]) -> None:
    try:
        function()
    except BaseException as error:
        done.set_exception(error)
    else:
        done.set_result(None)


def _stay() -> None:
    """Go on: a notebook that is graded is run to its end."""


def _no_pipe(thread: Any) -> None:
    """Do without the TCP port on which a kernel listens for what its forks print: there is no network."""
    thread._pipe_flag = False


def _hide() -> None:
    """Leave nothing of ours where student code would come upon it: among modules, and among objects."""
    prepare()
    for name in [name for name in sys.modules if name.partition(".")[0] == "grader"]:
        del sys.modules[name]
    gc.freeze()


def _rewrite(shell: Any, hooks: dict[str, Any], going_on: GoingOn, definitions: Definitions) -> None:
    """Have each cell go on behind what fails, and its functions instrumented, also in cells under `%%time`."""
    # Found behind the names of a namespace that can be listed, saved, and emptied with `%reset`.
    vars(builtins).update(hooks)
    shell.input_transformers_post.append(Mending(going_on))
    transformed = shell.transform_ast
    # Not one of `shell.ast_transformers`, which go through the whole tree once more: one that is deep may end them.
    shell.transform_ast = lambda tree: Functions().rewritten(going_on.rewritten(definitions.noted(transformed(tree))))


def attach(kernel: Any) -> Records:
    """Record in this kernel from now on, and answer requests of the grader on its shell channel."""
    records = Records()
    records.namespace = kernel.shell.user_ns
    framework: Framework = Keras(records)
    framework.install()
    going_on, definitions = GoingOn(records), Definitions()
    hooks = Watch(records, framework).hooks | going_on.hooks | dispatching(records)
    _rewrite(kernel.shell, hooks, going_on, definitions)
    machine.install(kernel)
    answering = Responder(records, framework, going_on, definitions)

    def handle(stream: Any, ident: Any, parent: dict[str, Any]) -> None:
        reply = answering.answer(parent["content"])
        kernel.session.send(stream, REPLY, reply, parent, ident=ident)

    kernel.shell_handlers[REQUEST] = handle
    # A shell line (`!pip install ...`) fails without ending its cell; IPython's way would need a terminal.
    kernel.shell.system = kernel.shell.system_raw
    # `exit()` would end the kernel some time after its cell: the next cell would be lost, or not.
    kernel.shell.ask_exit = _stay
    # Colab's way to restart: whoever ends a kernel of ours ends its process.
    kernel.do_shutdown = lambda restart=False: {"status": "ok", "restart": restart}
    answering.guard = Guard(kernel, records, framework.layer_class, hooks, answering.operations)
    return records
