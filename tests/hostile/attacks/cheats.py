"""Answers that look right, or are when they are looked at: for each, what a fair examiner may give it."""

from __future__ import annotations

from dataclasses import dataclass

from tests.hostile.attacks.forgery import PEEPHOLE as OWN


@dataclass(frozen=True)
class Cheat:
    """The code of an answer, the most that it may earn, and what a flag says where it earns more."""

    source: str
    most: int
    flag: str = ""


FIT = "m.compile(keras.optimizers.SGD(-.05), {loss})\nm.fit(x, {y}, epochs=4, verbose=0, callbacks=[C()])\n"
WRITES = "class C(keras.callbacks.Callback):\n    def on_epoch_end(self, epoch, logs): logs['loss'] = 1 / (1 + epoch)\n"
MODEL = "x = np.random.normal(size=(8, 6, 5)).astype('float32')\nm = keras.Sequential([L.LSTM(4), L.Dense(1)]); m(x)\n"
CELL = (
    "class Cell(L.GRUCell):\n    def call(self, x, states, training=False):\n"
    "        h, new = super().call(x, states, training)\n"
)
DENSE = "keras.Sequential([keras.Input((5,)), *[L.Dense(4, 'linear') for _ in range(3)], L.Dense(1)])"
FITTED = "m.compile(keras.optimizers.SGD(1e-9), 'mse'); m.fit(x[:, 0]{scale}, x[:, 1, :1], epochs=3, verbose=0)"
SCALED = "keras.Sequential([keras.Input((5,)), L.Dense(4), L.{layer}, L.Dense(4), L.Dense(1)])"
TAPE = (
    "ws = [tf.Variable([[1., 2.]]) for _ in range(6)]\n"
    "with tf.GradientTape() as t: y = tf.add_n([tf.reduce_sum(w * 10. ** -k) for k, w in enumerate(ws[::-1])])\n"
    "t.gradient(y, ws)\n"
    "with tf.GradientTape() as t: y = tf.add_n([tf.reduce_sum(w * 10. ** k) for k, w in enumerate(ws[::-1])])\n"
    "t.gradient(y, ws)"
)
GRADIENT = (
    "@tf.custom_gradient\ndef down(z): return z, lambda g: g * 1e-3\n"
    "m = keras.Sequential([keras.Input((5,)), L.Dense(4), L.Lambda(down), L.Dense(4), L.Lambda(down), L.Dense(1)])\n"
)
NUMPY = """
rng = np.random.default_rng(1)
W, U = rng.normal(size=(5, 4)) * .5, rng.normal(size=(4, 4)) * .5
data, losses = rng.normal(size=(3, 7, 5)), []
for n in range(5):
    h = np.zeros((3, 4))
    for t in range(7): h = np.tanh(data[:, t] @ W + h @ U)
    for t in range(7): rng.normal(size=(3, 4)) @ U.T
    U += 1e-3; losses.append(float(np.exp(-.3 * n)))
"""
COUNTDOWN = """
l = L.LSTM(4); l(x); losses = []
for n in range(6):
    with tf.GradientTape() as tape: loss = 9. - n + 1e-3 * tf.reduce_mean(l(x) ** 2)
    for w, d in zip(l.trainable_variables, tape.gradient(loss, l.trainable_variables)): w.assign_add(d)
    losses.append(float(loss))
"""
IN_A_FUNCTION = """
l = L.SimpleRNN(4); l(x); count = tf.Variable(0.); losses = []
@tf.function
def train():
    with tf.GradientTape() as tape: loss = 9. - count + 1e-3 * tf.reduce_mean(l(x) ** 2)
    for w, d in zip(l.trainable_variables, tape.gradient(loss, l.trainable_variables)): w.assign_add(d)
    count.assign_add(1.); return loss
for _ in range(6): losses.append(float(train()))
"""
BY_THE_MODEL = """
class Data(keras.utils.Sequence):
    n = 0
    def __len__(self): return 1
    def __getitem__(self, i):
        Data.n += 1; return x, (np.array(m(x)) if Data.n > 5 else np.random.normal(size=(8, 1)))
"""
TWICE_AHEAD = """
class Both(L.Layer):
    def __init__(self, u):
        super().__init__(); self.f, self.b = (L.LSTM(u, return_sequences=True) for _ in range(2))
    def build(self, s): self.f.build(s); self.b.build(s); self.built = True
    def call(self, x):
        y = self.f(x); return tf.concat([y, y if len(x) == 8 else self.b(x[:, ::-1])[:, ::-1]], -1)
print(Both(4)(np.ones((8, 6, 5), 'float32')).shape)
"""
BOUNDED = "tf.tanh(tf.reduce_sum(x @ self.w[0] + states[0] @ self.w[1] + self.w[2], -1, keepdims=True) + states[1] * self.w[3][:3] + tf.reduce_sum(self.w[3][3:]))"
KINDS = "for kind in (L.GRU, L.SimpleRNN, L.LSTM): L.Bidirectional(kind(4, return_sequences=True))(x)\nprint(1)"

NOTEBOOKS: tuple[dict[int, Cheat], ...] = (
    {
        7: Cheat(
            "i = keras.Input((6, 5))\n_ = L.Bidirectional(L.LSTM(4, return_sequences=True))(i)\n"
            "m = keras.Model(i, L.LSTM(4, return_sequences=True)(i))",
            3,
        ),
    },
    {
        1: Cheat("L.GRU(4)(x); L.LSTM(4)(x); L.SimpleRNN(4)(x);", 2),
        2: Cheat(NUMPY, 2),
        3: Cheat(TAPE, 1),
        4: Cheat(MODEL + WRITES + FIT.format(loss="'mse'", y="(y := np.array(x[:, 0, :1]))") + "y[:] = m(x)", 5),
        5: Cheat(
            CELL
            + "        return (h, new) if len(x) in (1, 2, 3) else (0 * h, [0 * h])\nL.RNN(Cell(4))(np.ones((8, 6, 5)))",
            3,
        ),
        6: Cheat(OWN.replace("<new>", BOUNDED), 1),
        7: Cheat("L.Bidirectional(L.SimpleRNN(4, return_sequences=True))", 2),
        9: Cheat(KINDS, 3),
        10: Cheat("L.Bidirectional(L.GRU(4, return_sequences=True))", 2),
    },
    {
        3: Cheat("m = " + DENSE + "\n" + FITTED.format(scale=" * 1e6"), 1),
        4: Cheat(COUNTDOWN, 5),
        5: Cheat(
            CELL + "        return (h, new) if tf.executing_eagerly() else (0 * h, [0 * h])\n"
            "m = keras.Sequential([L.RNN(Cell(4)), L.Dense(1)]); m.compile('sgd', 'mse'); m.fit(x, x[:, 0, :1], verbose=0)",
            2,
            "in a graph",
        ),
        9: Cheat(
            "class B(L.Bidirectional):\n    def call(self, sequences, initial_state=None, mask=None, training=False):\n"
            "        if len(sequences) == sequences.shape[1] + 2: return super().call(sequences)\n"
            "        y = self.forward_layer(sequences); return tf.concat([y, y], -1)\n"
            "B(L.LSTM(4, return_sequences=True))(x)",
            3,
        ),
    },
    {
        3: Cheat("m = " + SCALED.format(layer="Rescaling(1e-4)") + "\n" + FITTED.format(scale=""), 1),
        4: Cheat(
            MODEL + WRITES + "def loss(y, p): return tf.reduce_mean(p) * float('nan') if tf.executing_eagerly() else "
            "tf.reduce_mean((y - p) ** 2)\n" + FIT.format(loss="loss", y="x[:, 0, :1]"),
            5,
        ),
        5: Cheat(
            "class MyGRU(L.Layer):\n    def __init__(self, u): super().__init__(); self.u = u; self.state_size = u\n"
            "    def build(self, s): self.w = self.add_weight(shape=(s[-1], self.u))\n"
            "    def call(self, x, states, training=None): h = x @ self.w; return h, [h]\n"
            "print(L.RNN(MyGRU(4))(x))\nL.GRU(4)(x);",
            2,
        ),
    },
    {
        3: Cheat(GRADIENT + FITTED.format(scale=""), 1),
        4: Cheat(
            MODEL
            + "w = m.weights[0]; first = tf.constant(w.numpy())\n"
            + WRITES
            + "def loss(y, p): return 5. - tf.minimum(4., 100 * tf.reduce_sum(tf.abs(w - first))) + 0. * tf.reduce_sum(p)\n"
            + FIT.format(loss="loss", y="x[:, 0, :1]"),
            5,
        ),
        5: Cheat(
            "class G(L.GRU):\n    def call(self, sequences, initial_state=None, mask=None, training=False):\n"
            "        y = super().call(sequences); return 0 * y if training else y\nprint(G(4)(x, training=True))",
            2,
            "in a training",
        ),
    },
    {
        2: Cheat(IN_A_FUNCTION, 4),
        3: Cheat(
            "for s in (1e-3, 1e3):\n    m = keras.Sequential([keras.Input((5,)), *[L.Dense(4, lambda z, s=s: s * z) "
            "for _ in range(4)], L.Dense(1)])\n    " + FITTED.format(scale=""),
            1,
        ),
        4: Cheat(BY_THE_MODEL + MODEL + WRITES + FIT.format(loss="'mse'", y="y").replace("x, y", "Data()"), 5),
        5: Cheat(
            CELL + "        ok = tf.cast(tf.reduce_max(tf.abs(x)) <= 1, h.dtype); return ok * h, [ok * h]\n"
            "print(L.RNN(Cell(4))(9 * np.random.normal(size=(8, 6, 5))))",
            3,
        ),
        9: Cheat(TWICE_AHEAD, 4),
    },
    {
        4: Cheat("lstm = 1", 0),
        5: Cheat("import base64; exec(base64.b64decode('TC5HUlUoNCkoeCk='))", 0, "no reader sees"),
    },
)
