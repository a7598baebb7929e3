"""Breaking what the kernel is made of, for the cells that come after: most harm their own notebook alone.

`lost` is the answer behind where nothing is left to run it with.
"""

from tests.hostile.attacks import Attack

KERAS = "from tensorflow import keras\n"
KERNEL = "from ipykernel.kernelapp import IPKernelApp\nkernel = IPKernelApp.instance().kernel\n"
SHELL = "shell = get_ipython()\n"

ATTACKS = {
    # Keras.
    "no layer can be called": Attack(KERAS + "keras.layers.Layer.__call__ = None", behind="lost"),
    "every layer raises": Attack(
        KERAS + "def raises(*a, **k): raise SystemExit\nkeras.layers.Layer.__call__ = raises", behind="either"
    ),
    "layers count what one likes": Attack(KERAS + "keras.layers.Layer.count_params = lambda self: 10 ** 30"),
    "fit and History do nothing": Attack(
        KERAS + "keras.Model.fit = lambda *a, **k: None\nkeras.callbacks.History.__init__ = None"
    ),
    "weights that lie": Attack(KERAS + "keras.layers.Layer.weights = property(lambda self: 1 / 0)", behind="lost"),
    # Modules.
    "patched builtins": Attack(
        "import builtins; builtins.isinstance = lambda *a: True; builtins.len = lambda *a: 1", "timeout"
    ),
    "builtins that are gone": Attack(
        "import builtins\nfor name in ('str', 'dict', 'getattr', 'Exception', 'type'): delattr(builtins, name)",
        "timeout|error",
    ),
    "patched JSON": Attack("import json; json.dumps = json.loads = None", "timeout"),
    "patched NumPy": Attack(
        "import numpy as np; np.asarray = np.array = np.zeros = lambda *a, **k: 1", "answered|error", behind="lost"
    ),
    "emptied modules": Attack("import sys; sys.modules.clear()", "timeout"),
    "other modules under the same names": Attack(
        "import sys, types\nfor name in ('keras', 'tensorflow', 'json', 'numpy'): sys.modules[name] = types.ModuleType(name)",
        behind="lost",
    ),
    "nothing can be imported": Attack(
        "import sys\nclass Finder:\n    def find_spec(self, *a): raise SystemExit\n"
        "sys.meta_path.insert(0, Finder()); sys.path_hooks.clear(); sys.path.clear()"
    ),
    "warnings as errors": Attack("import warnings; warnings.simplefilter('error')"),
    "no output streams": Attack("import sys; sys.stdout = sys.stderr = sys.displayhook = None", behind="lost"),
    # Hooks that run later.
    "exit hooks": Attack(
        "import atexit, sys, threading\nfor _ in range(3): atexit.register(lambda: __import__('time').sleep(600))\n"
        "threading._register_atexit(lambda: __import__('time').sleep(600))\n"
        "sys.excepthook = sys.unraisablehook = None\n"
        "class D:\n    def __del__(self):\n        while True: pass\nkept = D()"
    ),
    "a signal handler for the grader's interrupts": Attack(
        "import os, signal; signal.signal(signal.SIGINT, lambda *_: os._exit(0)); signal.signal(signal.SIGTERM, signal.SIG_IGN)"
    ),
    "a tracer": Attack("import sys; sys.settrace(lambda *a: 1 / 0); sys.setprofile(lambda *a: None)", "answered|error"),
    "an audit hook": Attack(
        "import sys\ndef hook(event, _):\n    if event == 'exec': raise RuntimeError\nsys.addaudithook(hook)",
        "answered|error",
        behind="lost",
    ),
    "IPython's events": Attack(
        SHELL + "def raises(*_): raise SystemExit\n"
        "for event in ('pre_execute', 'post_execute', 'pre_run_cell', 'post_run_cell'): shell.events.register(event, raises)",
        "answered|error",
        behind="kept",
    ),
    "later cells rewritten": Attack(
        SHELL + "shell.input_transformers_cleanup.append(lambda lines: ['1 / 0'])", behind="lost"
    ),
    "later cells parsed away": Attack(
        SHELL
        + "import ast\nclass Empty(ast.NodeTransformer):\n    def visit_Module(self, node): node.body = []; return node\n"
        "shell.ast_transformers.append(Empty())",
        behind="lost",
    ),
    "no cell can be run": Attack(
        SHELL + "shell.run_cell = shell.run_cell_async = None", "answered|error", behind="lost"
    ),
    "cells that run cells": Attack(
        SHELL + "def again(n): shell.run_cell(f'again({n} + 1)') if n < 50 else None\nagain(0)", "answered|error"
    ),
    # Time and randomness.
    "a clock of its own": Attack(
        "import time; time.time = time.monotonic = time.perf_counter = lambda: 0.0; time.sleep = lambda s: None"
    ),
    "seeds": Attack(
        "import random, numpy as np, tensorflow as tf\nrandom.seed(1); np.random.seed(1); tf.random.set_seed(1)\n"
        "random.seed = np.random.seed = tf.random.set_seed = lambda *a: None"
    ),
    "randomness without a seed": Attack(
        "import numpy as np; np.random.seed = np.random.default_rng = np.random.set_state = lambda *a: 1 / 0",
        behind="lost",
    ),
    # The probe.
    "a probe that says nothing sensible": Attack(
        KERNEL + "def handle(stream, ident, parent):\n"
        "    kernel.session.send(stream, 'probe_reply', {'ok': True, 'value': {'objects': 7}}, parent, ident=ident)\n"
        "kernel.shell_handlers['probe_request'] = handle",
        behind="lost",
    ),
    "a probe that answers with 100 MB": Attack(
        KERNEL + "def handle(stream, ident, parent):\n"
        "    kernel.session.send(stream, 'probe_reply', {'ok': True, 'value': 'x' * (100 << 20)}, parent, ident=ident)\n"
        "kernel.shell_handlers['probe_request'] = handle",
        behind="lost",
    ),
    "a probe that ends the kernel": Attack(
        "import os; from ipykernel.kernelapp import IPKernelApp\n"
        "IPKernelApp.instance().kernel.shell_handlers['probe_request'] = lambda *a: os._exit(0)",
    ),
    "the probe's memory wiped": Attack(
        "import gc\nfor o in gc.get_objects():\n    if type(o).__name__ in ('Records', 'Responder'): o.__dict__.clear()",
        behind="either",
    ),
    "a reply of the probe in the place of a cell's": Attack(
        KERNEL + "asked = kernel.get_parent('shell')\n"
        "kernel.session.send(kernel.shell_stream, 'probe_reply', {}, asked, ident=kernel._parent_ident['shell'])",
    ),
    "a reply to a cell ahead of its end": Attack(
        KERNEL + "asked = kernel.get_parent('shell')\n"
        "kernel.session.send(kernel.shell_stream, 'execute_reply', {'status': 'ok', 'execution_count': 1}, asked,\n"
        "    ident=kernel._parent_ident['shell'])\nimport time; time.sleep(6)",
        "timeout|answered",
    ),
}
