"""Traces of tampering with the kernel: each kind is noted with its place, and what is ordinary leaves none."""

from __future__ import annotations

from typing import Any

import pytest

from grader.kernel.pool import KernelPool
from grader.protocol import operations as ops
from tests.kernels import notebook

HEAD = """
import sys, gc, ctypes, inspect, functools, threading, types
import numpy as np, tensorflow as tf
from tensorflow import keras
L, x = keras.layers, np.ones((4, 3, 5), 'float32')
K = get_ipython().kernel
def in_closure(function, name):
    return next(c.cell_contents for c in function.__closure__ if type(c.cell_contents).__name__ == name)
"""
TAMPERING = {
    "objects": "gc.get_objects()",
    "objects of others": "gc.get_referrers(x)",
    "objects, through a library": (
        "from tensorflow.python.framework.python_memory_checker import _PythonMemoryChecker\n"
        "gc.unfreeze(); _PythonMemoryChecker().record_snapshot()"
    ),
    "tracing": "sys.settrace(lambda *_: None); sys.settrace(None)",
    "memory": "ctypes.c_int.from_address(id(x))",
    "class": "g = L.GRU(2); g.__class__ = L.LSTM",
    "code": "inspect.cleandoc.__code__ = (lambda doc: doc).__code__",
    "grader": "try:\n    import grader.probe.records\nexcept ImportError: pass",
    "handlers": "h = K.shell_handlers['probe_request']; K.shell_handlers['probe_request'] = lambda *a: h(*a)",
    "replaced": "L.GRU.call = lambda self, x, **k: x",
    "replaced in a library": "np.abs = lambda *a: np.zeros(3)",
    "replaced where it was inherited": "L.GRU.__call__ = lambda self, x: x",
    "replaced in a session": "send = K.session.send; K.session.send = lambda *a, **k: send(*a, **k)",
    "transformer": "get_ipython().input_transformers_cleanup.append(lambda lines: lines)",
    "module": "sys.modules['homework'] = types.ModuleType('homework')",
    "records": "in_closure(L.Layer.__call__, 'Records').objects[1].obj = L.Dense(1)",
    "records of a training": (
        "m = keras.Sequential([L.Dense(1)]); m.compile('sgd', 'mse'); m.fit(x[:, 0], x[:, 0, :1], verbose=0)\n"
        "in_closure(L.Layer.__call__, 'Records').trainings[-1].losses[:] = [3., 2.]"
    ),
    "records, and their seals": (
        "R = in_closure(L.Layer.__call__, 'Records'); R.trainings[-1].losses[:] = [3., 1.]; R.sealed(R.trainings[-1])"
    ),
    "hidden": "import base64; exec(base64.b64decode('TC5HUlUoNCkoeCk='))",
    "elsewhere": "t = threading.Thread(target=lambda: L.GRU(2)); t.start(); t.join()",
    "elsewhere, in a handler": "get_ipython().events.register('post_run_cell', lambda *a: L.GRU(2))",
    "replaced in a closure": (
        "for c in keras.Model.fit.__closure__:\n    if callable(c.cell_contents): c.cell_contents = print"
    ),
}
"""Each kind, by the first word of its name, and code that is it."""

ORDINARY = """
def logged(function):
    @functools.wraps(function)
    def wrapped(*args, **kwargs):
        print(function.__name__, inspect.signature(function), inspect.stack()[1].function)
        return function(*args, **kwargs)
    return wrapped
wrapped, L.GRU.call = L.GRU.call, logged(L.GRU.call)
class Log(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None): print(inspect.currentframe().f_lineno, epoch, logs)
class Twice(L.Layer):
    def call(self, x): return 2 * x
@logged
def build(units): return keras.Sequential([L.GRU(units), Twice(), L.Dense(1)])
np.set_printoptions(precision=3); np.object = object; tf.config.run_functions_eagerly(False)
m = build(4); m.compile('adam', 'mse'); m.fit(x, x[:, 0, :1], epochs=2, verbose=0, callbacks=[Log()])
exec('y = m(x)'); print(eval('y.shape'), build.__wrapped__, build.__code__.co_varnames, gc.collect())
from collections import namedtuple; import dataclasses, matplotlib.pyplot as plt
Point = namedtuple('Point', 'x y'); plt.style.use('ggplot'); plt.plot([1, 2]); plt.show()
L.GRU.call = wrapped
class Stepping(keras.Model):
    def train_step(self, data):
        with tf.GradientTape() as tape: loss = tf.reduce_mean(self(data[0]) ** 2)
        self.optimizer.apply_gradients(zip(tape.gradient(loss, self.trainable_variables), self.trainable_variables))
        return {'loss': loss}
with tf.distribute.MirroredStrategy().scope():
    i = keras.Input((5,)); m2 = Stepping(i, L.Dense(1)(i)); m2.compile('sgd')
m2.fit(x[:, 0], x[:, 0, :1], verbose=0)
def later(): return [L.Dense(2) for _ in range(2)]
made = later(); print(sum(1 for _ in inspect.getmembers(m)))
get_ipython().events.register('post_run_cell', lambda *a: print('done'))
t = threading.Thread(target=print); t.start(); t.join()
"""
MAGICS = (
    "%load_ext autoreload\n%autoreload 2\n%matplotlib inline",
    "%%time\nL.LSTM(3)(x)",
    "%timeit -n 1 -r 1 L.GRU(2)",
)


@pytest.fixture(scope="module")
def seen(pool: KernelPool) -> dict[str, list[dict[str, Any]]]:
    """The traces of each cell, by its name: all in one kernel, the ordinary ones first."""
    cells = {"head": HEAD, "ordinary": ORDINARY, **{f"magic {text}": text for text in MAGICS}, **TAMPERING}
    found: dict[str, list[dict[str, Any]]] = {}
    with pool.session(notebook(*cells.values()), 3) as session:
        honest = session.ask(ops.Traces())
        for index, name in enumerate(cells):
            outcome = session.run_cell(index)
            assert outcome.status == "ok", (name, outcome)
            found[name] = session.ask(ops.Traces())
        found["ordinary"] += honest
    return found


@pytest.mark.parametrize("name", TAMPERING)
def test_tampering_is_noted(seen: dict[str, list[dict[str, Any]]], name: str) -> None:
    """Is what a cell does to its process told, by its kind, and as of that cell?"""
    kind = name.split(",", maxsplit=1)[0].split(maxsplit=1)[0]
    place = 2 + len(MAGICS) + list(TAMPERING).index(name)
    assert (kind, place) in {(trace["kind"], trace["cell"]) for trace in seen[name]}


def test_what_is_ordinary_leaves_no_trace(seen: dict[str, list[dict[str, Any]]]) -> None:
    """Are decorators, inspection, callbacks, wrappers that look on, settings, handlers and magics nothing to tell?"""
    assert [seen[name] for name in ("head", "ordinary", *(f"magic {text}" for text in MAGICS))] == [[]] * 5


LOOKING = """
class A(L.Dense):
    def call(self, x):
        who(); return super().call(x)
def who(): {}
A(2)(x)
"""


@pytest.mark.parametrize(
    ("looks", "kinds"),
    [
        ("print(inspect.currentframe().f_code.co_name, inspect.currentframe().f_lineno)", set()),
        ("print(inspect.currentframe().f_back.f_back.f_code.co_name)", {"frames"}),
        ("print([each.function for each in inspect.stack()])", {"frames"}),
        ("print(getattr(sys._getframe(), 'f_' + 'back'))", {"frames"}),
    ],
)
def test_looking_at_who_asks_is_noted(pool: KernelPool, looks: str, kinds: set[str]) -> None:
    """Is it told where a layer looks at others' frames when it is asked, and not where it looks at its own?"""
    with pool.session(notebook(HEAD, LOOKING.format(looks)), 3) as session:
        session.run_cell(0)
        assert session.run_cell(1).status == "ok"
        session.ask(ops.Differing(tuple(each["ref"] for each in session.ask(ops.Survey((1,)))["objects"])))
        assert {trace["kind"] for trace in session.ask(ops.Traces())} == kinds


def test_nothing_of_the_grader_lies_about(pool: KernelPool) -> None:
    """Are the grader's modules and objects not to be found where student code looks first?"""
    looking = "import sys, gc\n[n for n in sys.modules if n.startswith('grader')], " + (
        "[type(o).__name__ for o in gc.get_objects() if type(o).__module__.startswith('grader')]"
    )
    with pool.session(notebook("from tensorflow import keras\nkeras.layers.Dense(2)", looking), 3) as session:
        session.run_cell(0)
        session.run_cell(1)
        assert session.notebook.cells[1].outputs[0].data["text/plain"] == "([], [])"
