"""Points for a wrong answer: by lying to the probe, to Keras, or to the measurements.

What makes a kernel compute the right numbers on weights that it has never seen is a right answer, and no forgery.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Forgery:
    """A wrong answer to a question, dressed up. Of its checks on code it `keeps` these; all others it must lose.

    One that is a `race` sends from a thread of its own what the kernel sends too: it may lose more, by its own hand.
    """

    question: int
    source: str
    keeps: frozenset[str] = frozenset()
    race: bool = False


HEAD = """
import sys
import numpy as np, tensorflow as tf
from tensorflow import keras
L, x = keras.layers, np.ones((2, 6, 5), 'float32')
"""
KERNEL = """
from grader.protocol import wire
from ipykernel.kernelapp import IPKernelApp
kernel = IPKernelApp.instance().kernel
zeros = [wire.encode(np.zeros((3, 4), 'float32'))] * 2
L.GRU(4, activation='relu')(x)
"""
REPLACED = """
honest = kernel.shell_handlers['probe_request']
def handle(stream, ident, parent):
    if len(parent['content']['params'].get('states', [])) != 1: return honest(stream, ident, parent)
    kernel.session.send(stream, 'probe_reply', {'ok': True, 'value': <value>}, parent, ident=ident)
kernel.shell_handlers['probe_request'] = handle
"""
CALL = "    def call(self, sequences, initial_state=None, mask=None, training=False):"
FIT = """
m = keras.Sequential([L.LSTM(4)])
m.compile(keras.optimizers.SGD(-.1), 'mse')
m.fit(x, np.ones((2, 4)), epochs=4, verbose=0, callbacks=[C()])
"""
PEEPHOLE = """
class P(L.Layer):
    units = output_size = 3
    state_size = [3, 3]
    def build(self, shape):
        self.w = [self.add_weight(shape=s) for s in ((shape[-1], 12), (3, 12), (12,), (9,))]
    def call(self, x, states, training=None):
        new = <new>
        return new, [new, new]
L.RNN(P())(x)
"""
JOINED = "m = keras.Model(i, L.Concatenate()([f, b])); m(x)"

BUT_TRAINING = frozenset({"parameters", "one-step", "output"})
COUNT_AND_SHAPE = frozenset({"parameters", "output"})
SHAPE = frozenset({"output"})
SEES = frozenset({"parameters", "sees-the-future"})

PLAIN = {
    "losses that are printed": Forgery(
        4, "L.LSTM(4)(x)\nfor n in range(5): print(f'Epoch {n + 1}/5\\n1/1 - 0s - loss: {1 / (n + 1)}')", BUT_TRAINING
    ),
    "losses that are written down": Forgery(4, "L.LSTM(4)(x)\nlosses = [.9, .5, .3, .2, .1]", BUT_TRAINING),
    "a frozen layer in a model that learns": Forgery(
        4,
        "m = keras.Sequential([L.LSTM(4, trainable=False), L.Dense(1)])\n"
        "m.compile('sgd', 'mse'); m.fit(x, np.ones((2, 1)), epochs=4, verbose=0)",
        BUT_TRAINING,
    ),
    "a layer that only has the name": Forgery(
        5, "class GRU(L.Layer):\n    units = 4\n    def call(self, x): return x[:, 0, :4]\nGRU()(x)"
    ),
    "a method that counts as one likes": Forgery(
        5,
        "class GRU(L.GRU):\n    def count_params(self): return 3 * 4 * (4 + 5 + 2)\nGRU(4, use_bias=False)(x)",
        frozenset({"one-step", "output"}),
    ),
    "a cell that is right until it is asked": Forgery(
        5,
        "class Cell(L.GRUCell):\n    def call(self, x, states, training=False):\n"
        "        frame, asked = sys._getframe(), False\n"
        "        while frame: asked |= frame.f_code.co_name == 'answer'; frame = frame.f_back\n"
        "        h, new = super().call(x, states, training)\n        return (0 * h, [0 * h]) if asked else (h, new)\n"
        "L.RNN(Cell(4))(x)",
        frozenset({"output"}),
    ),
    "a probe that answers zeros": Forgery(5, KERNEL + REPLACED.replace("<value>", "zeros"), SHAPE),
    "a probe that answers emptiness": Forgery(
        5,
        KERNEL + REPLACED.replace("<value>", "[{'shape': [0], 'dtype': 'float32', 'data': ''}] * 2"),
        SHAPE,
    ),
    "a probe that answers what is no number": Forgery(
        5, KERNEL + REPLACED.replace("<value>", "[wire.encode(np.full((3, 4), np.nan))] * 2"), SHAPE
    ),
    "a probe that echoes": Forgery(
        5, KERNEL + REPLACED.replace("<value>", "parent['content']['params']['states'] * 2"), SHAPE
    ),
    "replies changed on their way out": Forgery(
        5,
        KERNEL + "send = kernel.session.send\ndef changed(stream, kind, content=None, *args, **kwargs):\n"
        "    if kind == 'probe_reply' and len(content.get('value') or []) == 2: content = {'ok': True, 'value': zeros}\n"
        "    return send(stream, kind, content, *args, **kwargs)\nkernel.session.send = changed",
        SHAPE,
    ),
    # jupyter_client's own numbers of messages can be foreseen: replies would be there before their questions.
    "replies ahead of their questions": Forgery(
        5,
        KERNEL + "import threading, time\nasked = kernel.get_parent('shell')['header']\n"
        "base, ident = asked['msg_id'].rpartition('_')[0], kernel._parent_ident['shell']\n"
        "def ahead():\n    while True:\n        for n in range(40):\n"
        "            parent = {'header': {**asked, 'msg_id': f'{base}_{n}' if base else asked['msg_id']}}\n"
        "            kernel.session.send(kernel.shell_stream, 'probe_reply', {'ok': True, 'value': zeros}, parent, ident=ident)\n"
        "        time.sleep(.02)\nthreading.Thread(target=ahead, daemon=True).start()",
        COUNT_AND_SHAPE,
        race=True,
    ),
    "NumPy that finds no difference": Forgery(
        5, "L.GRU(4, activation='relu')(x)\nnp.abs = np.subtract = lambda *a, **k: np.zeros(4)", COUNT_AND_SHAPE
    ),
    "one direction in the guise of two": Forgery(
        9,
        "class B(L.Bidirectional):\n" + CALL + "\n"
        "        y = self.forward_layer(sequences)\n        return tf.concat([y, y[:, ::-1]], -1)\nB(L.LSTM(4, return_sequences=True))(x)",
        frozenset({"parameters", "sees-the-future", "output"}),
    ),
    "a callback that writes the losses": Forgery(
        4,
        "class C(keras.callbacks.Callback):\n    def on_epoch_end(self, epoch, logs): logs['loss'] = 1 / (1 + epoch)\n"
        + FIT,
        BUT_TRAINING,
    ),
    "a history written afterwards": Forgery(
        4,
        "class C(keras.callbacks.Callback):\n"
        "    def on_train_end(self, logs): self.model.history.history['loss'] = [3., 2., 1.]\n" + FIT,
        BUT_TRAINING,
    ),
    "a History of its own": Forgery(
        4,
        "class C(keras.callbacks.Callback): pass\n"
        "keras.callbacks.History.on_epoch_end = lambda self, e, logs: self.history.setdefault('loss', []).append(-e)\n"
        + FIT,
        BUT_TRAINING,
    ),
    "a loss that falls by itself": Forgery(
        4,
        "class C(keras.callbacks.Callback): pass\nn = tf.Variable(9.)\ndef falling(y, p):\n"
        "    n.assign_sub(1.); return n - tf.reduce_mean(p)\n" + FIT.replace("'mse'", "falling"),
        BUT_TRAINING,
    ),
    "gradients of something else": Forgery(
        4,
        "L.LSTM(4)(x); v = tf.Variable(1.)\nfor n in range(4):\n"
        "    with tf.GradientTape() as tape: y = v * (4. - n)\n    tape.gradient(y, v)",
        BUT_TRAINING,
    ),
    "no backpropagation through time at all": Forgery(
        2,
        "L.LSTM(4)(x); v = tf.Variable(1.)\nfor n in range(4):\n"
        "    with tf.GradientTape() as tape: y = v * (4. - n)\n    tape.gradient(y, v)",
        frozenset({"recurrent-model", "gradient-through-time"}),
    ),
    "a call that has nothing of its cell": Forgery(
        5, "class GRU(L.GRU):\n" + CALL + " return sequences[:, 0, :4]\nGRU(4)(x)", COUNT_AND_SHAPE
    ),
    "a simple network in the guise of an LSTM": Forgery(
        4,
        "rnn = L.SimpleRNN(4); rnn(x)\nclass LSTM(L.LSTM):\n" + CALL + " return rnn(sequences)\nLSTM(4)(x)",
        COUNT_AND_SHAPE,
    ),
    "a class that says it is another": Forgery(
        5,
        "class GRU(L.Layer):\n    units, reset_after, __class__ = 4, True, L.GRU\n"
        "    def build(self, shape): self.w = self.add_weight(shape=(3 * 4 * (4 + 5 + 2),)); self.built = True\n"
        "    def call(self, x, **k): return x[:, 0, :4]\nGRU()(x)",
        frozenset(),
    ),
    "weights that nothing uses": Forgery(
        5,
        "class GRU(L.GRU):\n    def build(self, sequences_shape, initial_state_shape=None):\n"
        "        super().build(sequences_shape); self.w = self.add_weight(shape=(2, 12))\n"
        "GRU(4, use_bias=False)(x)",
        frozenset({"one-step", "output"}),
    ),
    "two forward layers and a sum": Forgery(
        9,
        "i = keras.Input((6, 5)); f, b = (L.LSTM(4, return_sequences=True)(i) for _ in range(2))\n"
        "b = L.Lambda(lambda t: t + tf.reduce_sum(t, 1, keepdims=True))(b)\n" + JOINED,
        SEES,
    ),
    "no units at all": Forgery(
        4,
        "class Cell(L.LSTMCell):\n    def __init__(self):\n        super().__init__(1)\n"
        "        self.units = self.output_size = 0; self.state_size = [0, 0]\nL.RNN(Cell())(x)",
        frozenset(),
    ),
    "one direction on top of the other": Forgery(
        9,
        "x = x[..., :4]; i = keras.Input((6, 4)); f = L.LSTM(4, return_sequences=True)(i)\n"
        "b = L.LSTM(4, return_sequences=True, go_backwards=True)(f)\n" + JOINED,
        SEES,
    ),
    "two directions out of step": Forgery(
        9,
        "i = keras.Input((6, 5)); f = L.LSTM(4, return_sequences=True)(i)\n"
        "b = L.LSTM(4, return_sequences=True, go_backwards=True)(i)\n" + JOINED,
        SEES,
    ),
    "a count put into the probe": Forgery(
        5,
        "__import__('grader.probe.keras.facts', fromlist=['describe'])._parameters = lambda layer: 3 * 4 * (4 + 5 + 2)\nL.GRU(4, use_bias=False)(x)",
        frozenset({"one-step", "output"}),
    ),
    "a dense layer that the probe calls GRU": Forgery(
        5,
        "facts = __import__('grader.probe.keras.facts', fromlist=['describe']); honest = facts.describe\n"
        "lie = {'family': 'GRU', 'units': 4, 'inputs': 5, 'parameters': 132, 'is_cell': True, 'state_sizes': [4]}\n"
        "facts.describe = lambda r, o: {**honest(r, o), **(lie if type(o.obj) is L.Dense else {})}\nL.Dense(4)(x[:, 0])",
        frozenset(),
    ),
    "noise in the place of peepholes": Forgery(6, PEEPHOLE.replace("<new>", "tf.random.normal((tf.shape(x)[0], 3))")),
    "answers known beforehand": Forgery(
        4,
        # The numbers of `default_rng(seed)` for this layer: in a real forgery h and c would be written here as text.
        "rng = np.random.default_rng(0)\n"
        "def draw(s): return rng.uniform(-1.5, 1.5, s) * (1 / np.sqrt(s[0]) if len(s) > 1 else .5)\n"
        "kernel, recurrent, bias = draw((5, 16)), draw((4, 16)), draw((16,))\n"
        "x0, h, c = rng.uniform(-1, 1, (3, 5)), rng.uniform(-1, 1, (3, 4)), rng.uniform(-1, 1, (3, 4))\n"
        "s = lambda z: 1 / (1 + np.exp(-z))\n"
        "i, f, g, o = np.split(x0 @ kernel + h @ recurrent + bias, 4, axis=-1)\n"
        "c = s(f) * c + s(i) * np.tanh(g); h = s(o) * np.tanh(c)\n"
        "table = h.astype('float32'), c.astype('float32')\n"
        "class Cell(L.LSTMCell):\n    def call(self, x, states, training=False):\n"
        "        return (table[0], [*table]) if x.shape[0] == 3 else (0 * states[0], [0 * s for s in states])\n"
        "L.RNN(Cell(4))(x)",
    ),
    "noise in the place of the future": Forgery(
        10,
        "class N(L.Layer):\n    def call(self, x): return x + tf.random.normal(tf.shape(x))\n"
        "i = keras.Input((6, 5)); f, b = (L.GRU(4, return_sequences=True)(i) for _ in range(2))\nb = N()(b)\n" + JOINED,
    ),
}

WRITES = "class C(keras.callbacks.Callback):\n    def on_epoch_end(self, epoch, logs): logs['loss'] = 1 / (1 + epoch)\n"
ARRAYS = "m.fit(x, np.ones((2, 4)),"
NUDGED = """
l = L.LSTM(4); l(x)
for n in range(4):
    with tf.GradientTape() as tape: y = 9. - n + 0 * tf.reduce_sum(l(x))
    tape.gradient(y, l.trainable_variables); l.trainable_variables[0].assign_add(.001 * tf.ones((5, 16)))
"""

DRESSED = {
    # Training.
    "written losses on a data set that is no array": Forgery(
        4, WRITES + FIT.replace(ARRAYS, "m.fit(tf.data.Dataset.from_tensors((x, np.ones((2, 4)))),"), BUT_TRAINING
    ),
    "written losses beside a list of losses": Forgery(4, WRITES + FIT.replace("'mse'", "['mse']"), BUT_TRAINING),
    "written losses, and the loss removed": Forgery(4, WRITES + FIT + "m.loss = None", BUT_TRAINING),
    "gradients of a constant": Forgery(4, NUDGED, BUT_TRAINING),
    "backpropagation of a constant": Forgery(2, NUDGED, frozenset({"recurrent-model", "gradient-through-time"})),
    "a training step that returns what it likes": Forgery(
        4,
        "class M(keras.Model):\n    metrics = []\n"
        "    def __init__(self): super().__init__(); self.l = L.LSTM(4); self.n = tf.Variable(9.)\n"
        "    def call(self, x): return self.l(x)\n    def train_step(self, data):\n"
        "        self.l.cell.bias.assign_add(tf.ones(16)); self.n.assign_sub(1.); return {'loss': self.n}\n"
        "m = M(); m(x); m.compile('sgd', 'mse'); m.fit(x, -np.ones((2, 4)), epochs=4, verbose=0)",
        BUT_TRAINING,
    ),
    "a fit of its own behind the recorder": Forgery(
        4,
        "class H: history = {'loss': [3., 2., 1.]}\n"
        "def fit(self, *a, **k): self.history = H(); [w.assign_add(tf.ones_like(w)) for w in self.trainable_variables]\n"
        "for cell in keras.Model.fit.__closure__:\n    if callable(cell.cell_contents): cell.cell_contents = fit\n"
        "m = keras.Sequential([L.LSTM(4)]); m(x); m.fit(x)",
        BUT_TRAINING,
    ),
    # Layers.
    "a call of its own that says it keeps its state": Forgery(
        5,
        "class GRU(L.GRU):\n" + CALL + " return sequences[:, 0, :4]\ng = GRU(4); g(x); g.stateful = True",
        COUNT_AND_SHAPE,
    ),
    "a call that is right for two time steps": Forgery(
        5,
        "class GRU(L.GRU):\n" + CALL + "\n        y = super().call(sequences)\n"
        "        return y if sequences.shape[1] == 2 else 0 * y\nGRU(4)(x)",
        COUNT_AND_SHAPE,
    ),
    "a recurrent model in which nothing recurs": Forgery(
        2,
        "class RNN(L.SimpleRNN):\n" + CALL + "\n"
        "        return sequences[:, -1] @ self.cell.kernel + .001 * tf.reduce_sum(sequences, 1)[:, :4]\n"
        "m = keras.Sequential([RNN(4), L.Dense(1)])\n"
        "m.compile('sgd', 'mse'); m.fit(x, np.ones((2, 1)), epochs=4, verbose=0)",
        frozenset(),
    ),
    # Both directions.
    "two directions out of step behind another layer": Forgery(
        9,
        "i = keras.Input((6, 5)); f = L.LSTM(4, return_sequences=True)(i)\n"
        "b = L.LSTM(4, return_sequences=True, go_backwards=True)(i)\n"
        "m = keras.Model(i, L.Dense(3)(L.Concatenate()([f, b]))); m(x)",
        SEES,
    ),
    "two directions that are nothing but claimed": Forgery(
        9,
        "from grader.protocol import wire\nfrom ipykernel.kernelapp import IPKernelApp\n"
        "kernel = IPKernelApp.instance().kernel; honest = kernel.shell_handlers['probe_request']\n"
        "i = keras.Input((6, 5)); f, b = (L.LSTM(4, return_sequences=True)(i) for _ in range(2))\n" + JOINED + "\n"
        "R = next(c.cell_contents for c in L.Layer.__call__.__closure__ if type(c.cell_contents).__name__ == 'Records')\n"
        "top = R.of(m).ref\n"
        "def handle(stream, ident, parent):\n    asked = parent['content']\n"
        "    if asked['op'] == 'trace':\n"
        "        given, zeros = asked['params']['inputs'], wire.encode(np.zeros((3, 6, 4), 'float32'))\n"
        "        refs = [R.of(one).ref for one in m.layers[1:3]]\n"
        "        told = [{'ref': ref, 'inputs': [given], 'outputs': [zeros]} for ref in sorted(refs)]\n"
        "        kernel.session.send(stream, 'probe_reply', {'ok': True, 'value': told}, parent, ident=ident)\n"
        "        return\n"
        "    if asked['op'] != 'forward' or asked['params']['ref'] > top: return honest(stream, ident, parent)\n"
        "    batch, steps, _ = asked['params']['inputs']['shape']\n"
        "    value = np.zeros((batch, steps, 8 if asked['params']['ref'] == top else 4), 'float32')\n"
        "    if batch > 3: value[-2, 0] = 1\n"
        "    reply = {'ok': True, 'value': [wire.encode(value)]}\n"
        "    kernel.session.send(stream, 'probe_reply', reply, parent, ident=ident)\n"
        "kernel.shell_handlers['probe_request'] = handle",
        SEES,
        race=True,  # its replies no longer fit how many sequences are asked for
    ),
    # The probe.
    "a dense layer with claimed weights": Forgery(
        5,
        "facts = __import__('grader.probe.keras.facts', fromlist=['describe']); honest = facts.describe\n"
        "weights = [{'name': 'w', 'shape': s, 'trainable': True} for s in ([5, 12], [4, 12], [2, 12])]\n"
        "lie = {'family': 'GRU', 'units': 4, 'inputs': 5, 'is_cell': True, 'state_sizes': [4], 'weights': weights}\n"
        "facts.describe = lambda r, o: {**honest(r, o), **(lie if type(o.obj) is L.Dense else {})}\nL.Dense(4)(x[:, 0])",
        frozenset(),
    ),
    # Peepholes.
    "nonsense in the place of peepholes": Forgery(
        6,
        PEEPHOLE.replace("<new>", "tf.exp(states[1]) + sum(tf.reduce_sum(w * 1.) for w in self.w)"),
        frozenset(),
    ),
}
FORGERIES = PLAIN | DRESSED
