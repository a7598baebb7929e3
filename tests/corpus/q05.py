"""GRU."""

from tests.corpus.samples import Right, Wrong


def _with_step(step: str) -> str:
    """An own GRU cell in a layer, whose step is these lines: from x and h to h_new."""
    lines = "\n".join(f"        {line}" for line in step.strip().splitlines())
    return f"""
class GRUCell(tf.keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = self.state_size = units

    def build(self, shape):
        u = self.units
        for gate in "zrh":
            for name, size in ("W", (shape[-1], u)), ("U", (u, u)), ("b", (u,)):
                setattr(self, name + gate, self.add_weight(shape=size, initializer="random_normal", name=name + gate))

    def call(self, x, states):
        h = states[0]
{lines}
        return h_new, [h_new]

layer = tf.keras.layers.RNN(GRUCell(4), return_sequences=True)
print(layer(tf.random.normal((2, 6, 3))).shape)
"""


RIGHT = {
    "NumPy, with biases of zeros, of ones and at random": Right("""
rng = np.random.default_rng(2)
sigmoid = lambda v: 1 / (1 + np.exp(-v))
X = rng.normal(size=(6, 2, 3))
Wz, Wr, Wh = (rng.normal(size=(3, 4)) for _ in "zrh")
Uz, Ur, Uh = (rng.normal(size=(4, 4)) * 0.4 for _ in "zrh")
bz, br, bh = np.ones(4), np.zeros(4), rng.normal(size=4)
h = np.zeros((2, 4))
for x in X:
    z = sigmoid(x @ Wz + h @ Uz + bz)
    r = sigmoid(x @ Wr + h @ Ur + br)
    h = z * h + (1 - z) * np.tanh(x @ Wh + (r * h) @ Uh + bh)
    print(h.round(3))
"""),
    "a layer called on a tensor": Right("""
gru = tf.keras.layers.GRU(8, return_sequences=True)
print(gru(tf.random.normal((2, 6, 5))).shape)
"""),
    "a classifier that is trained": Right("""
from tensorflow.keras.layers import GRU, Dense, Embedding
from tensorflow.keras.models import Sequential

model = Sequential()
model.add(Embedding(input_dim=30, output_dim=6, mask_zero=True))
model.add(GRU(7))
model.add(Dense(3, activation="softmax"))
model.compile(loss="sparse_categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
x = np.random.randint(1, 30, (32, 5))
model.fit(x, np.random.randint(0, 3, 32), epochs=2, verbose=0)
print(model.predict(x[:2], verbose=0))
"""),
    "reset before the product, with all states": Right("""
from tensorflow import keras

i = keras.Input((6, 3))
sequence, state = keras.layers.GRU(5, reset_after=False, return_sequences=True, return_state=True)(i)
model = keras.Model(i, [sequence, state])
print([o.shape for o in model(np.random.rand(4, 6, 3))])
"""),
    "cells in a loop over time": Right("""
cell = tf.keras.layers.GRUCell(6)
x = tf.random.normal((4, 7, 2))
h = tf.zeros((4, 6))
for t in range(x.shape[1]):
    out, h = cell(x[:, t], h)
print(out.shape)
"""),
    "stateful and backwards": Right("""
gru = tf.keras.layers.GRU(5, stateful=True, go_backwards=True, return_sequences=True)
for chunk in range(3):
    y = gru(tf.random.normal((2, 4, 3)))
print(y.shape)
"""),
    "stacked cells and an output for each step": Right("""
from tensorflow.keras import layers, models

inputs = layers.Input((8, 3))
x = layers.RNN([layers.GRUCell(6), layers.GRUCell(4)], return_sequences=True)(inputs)
outputs = layers.TimeDistributed(layers.Dense(2))(x)
model = models.Model(inputs, outputs)
print(model.output_shape)
"""),
    "an own cell as in the paper": Right(
        _with_step("""
z = tf.sigmoid(x @ self.Wz + h @ self.Uz + self.bz)
r = tf.sigmoid(x @ self.Wr + h @ self.Ur + self.br)
g = tf.tanh(x @ self.Wh + (r * h) @ self.Uh + self.bh)
h_new = z * h + (1 - z) * g
""")
    ),
    "the update gate the other way round": Right(
        _with_step("""
update = tf.nn.sigmoid(tf.matmul(x, self.Wz) + tf.matmul(h, self.Uz) + self.bz)
reset = tf.nn.sigmoid(tf.matmul(x, self.Wr) + tf.matmul(h, self.Ur) + self.br)
memory = tf.nn.tanh(tf.matmul(x, self.Wh) + reset * tf.matmul(h, self.Uh) + self.bh)
h_new = (1 - update) * h + update * memory
""")
    ),
    "fused kernels with two biases": Right("""
class Cell(tf.keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.units = units
        self.state_size = [units]
        self.input_map = tf.keras.layers.Dense(3 * units)
        self.state_map = tf.keras.layers.Dense(3 * units)

    def build(self, shape):
        self.input_map.build((None, shape[-1]))
        self.state_map.build((None, self.units))
        self.built = True

    def call(self, x, states):
        h = states[0]
        xr, xz, xn = tf.split(self.input_map(x), 3, axis=-1)
        hr, hz, hn = tf.split(self.state_map(h), 3, axis=-1)
        r, z = tf.sigmoid(xr + hr), tf.sigmoid(xz + hz)
        n = tf.tanh(xn + r * hn)
        h = (1 - z) * n + z * h
        return h, [h]

layer = tf.keras.layers.RNN(Cell(5), return_sequences=True, return_state=True)
states, last = layer(tf.random.normal((3, 6, 2)))
print(states.shape, last.shape)
"""),
    "three dense layers on input and state": Right("""
class GRUZelle(tf.keras.layers.Layer):
    def __init__(self, n):
        super().__init__()
        self.update_tor = tf.keras.layers.Dense(n, activation="sigmoid")
        self.reset_tor = tf.keras.layers.Dense(n, activation="sigmoid")
        self.kandidat = tf.keras.layers.Dense(n, activation="tanh")

    def call(self, x, h):
        xh = tf.concat([x, h], axis=1)
        z, r = self.update_tor(xh), self.reset_tor(xh)
        neu = self.kandidat(tf.concat([x, r * h], axis=1))
        return (1 - z) * h + z * neu

zelle = GRUZelle(5)
folge, h = tf.random.normal((4, 6, 3)), tf.zeros((4, 5))
for x_t in tf.unstack(folge, axis=1):
    h = zelle(x_t, h)
print(h.shape)
"""),
    "a model with its own loop": Right("""
class GRU(tf.keras.Model):
    def __init__(self, n_in, n_hid):
        super().__init__()
        self.n_hid = n_hid
        mat = lambda *s: tf.Variable(tf.random.normal(s, stddev=0.3))
        self.Wz, self.Uz, self.bz = mat(n_in, n_hid), mat(n_hid, n_hid), mat(n_hid)
        self.Wr, self.Ur, self.br = mat(n_in, n_hid), mat(n_hid, n_hid), mat(n_hid)
        self.Wc, self.Uc, self.bc = mat(n_in, n_hid), mat(n_hid, n_hid), mat(n_hid)

    def call(self, x):
        h = tf.zeros((tf.shape(x)[0], self.n_hid))
        out = tf.TensorArray(tf.float32, size=x.shape[1])
        for t in range(x.shape[1]):
            xt = x[:, t]
            z = tf.sigmoid(tf.matmul(xt, self.Wz) + tf.matmul(h, self.Uz) + self.bz)
            r = tf.sigmoid(tf.matmul(xt, self.Wr) + tf.matmul(h, self.Ur) + self.br)
            c = tf.tanh(tf.matmul(xt, self.Wc) + tf.matmul(r * h, self.Uc) + self.bc)
            h = z * h + (1 - z) * c
            out = out.write(t, h)
        return tf.transpose(out.stack(), [1, 0, 2])

print(GRU(3, 4)(tf.random.normal((2, 5, 3))).shape)
"""),
    "variables and a scan": Right("""
units, features = 4, 3
Wz, Wr, Wn = [tf.Variable(tf.random.normal((features + units, units)) * 0.4) for _ in range(3)]
bz, br, bn = [tf.Variable(tf.zeros(units)) for _ in range(3)]

def gru_step(h, x):
    hx = tf.concat([h, x], axis=1)
    z = tf.sigmoid(tf.matmul(hx, Wz) + bz)
    r = tf.sigmoid(tf.matmul(hx, Wr) + br)
    n = tf.tanh(tf.matmul(tf.concat([r * h, x], axis=1), Wn) + bn)
    return (1 - z) * h + z * n

x = tf.random.normal((2, 6, features))
states = tf.scan(gru_step, tf.transpose(x, [1, 0, 2]), initializer=tf.zeros((2, units)))
print(tf.transpose(states, [1, 0, 2]).shape)
"""),
    "a class in NumPy": Right("""
def sigmoid(v):
    return 1 / (1 + np.exp(-v))

class GRUCell:
    def __init__(self, input_dim, hidden_dim):
        rnd = lambda *s: np.random.uniform(-0.3, 0.3, s)
        self.Wz, self.Uz, self.bz = rnd(hidden_dim, input_dim), rnd(hidden_dim, hidden_dim), np.zeros(hidden_dim)
        self.Wr, self.Ur, self.br = rnd(hidden_dim, input_dim), rnd(hidden_dim, hidden_dim), np.zeros(hidden_dim)
        self.Wh, self.Uh, self.bh = rnd(hidden_dim, input_dim), rnd(hidden_dim, hidden_dim), np.zeros(hidden_dim)

    def forward(self, x, h):
        z = sigmoid(self.Wz @ x + self.Uz @ h + self.bz)
        r = sigmoid(self.Wr @ x + self.Ur @ h + self.br)
        h_tilde = np.tanh(self.Wh @ x + self.Uh @ (r * h) + self.bh)
        return (1 - z) * h + z * h_tilde

cell, h = GRUCell(3, 5), np.zeros(5)
for x in np.random.randn(6, 3):
    h = cell.forward(x, h)
print(h)
"""),
    "a step as a NumPy function": Right("""
rng = np.random.default_rng(0)
D, H = 3, 4
W, U, b = rng.normal(size=(D, 3 * H)), rng.normal(size=(H, 3 * H)), np.zeros(3 * H)

def gru_step(x, h, W, U, b):
    z = 1 / (1 + np.exp(-(x @ W[:, :H] + h @ U[:, :H] + b[:H])))
    r = 1 / (1 + np.exp(-(x @ W[:, H:2 * H] + h @ U[:, H:2 * H] + b[H:2 * H])))
    n = np.tanh(x @ W[:, 2 * H:] + (r * h) @ U[:, 2 * H:] + b[2 * H:])
    return z * h + (1 - z) * n

h, states = np.zeros((2, H)), []
for t in range(5):
    h = gru_step(rng.normal(size=(2, D)), h, W, U, b)
    states.append(h)
print(np.stack(states, axis=1).shape)
"""),
    "a cell of TensorFlow 1": Right(
        """
rnn = tf.keras.layers.RNN(tf.compat.v1.nn.rnn_cell.GRUCell(5), return_sequences=True)
print(rnn(tf.random.normal((2, 6, 3))).shape)
""",
        keras=(2,),
    ),
    "a layer built without data": Right(
        """
import keras

gru = keras.layers.GRU(12)
gru.build((None, 10, 8))
print(gru.count_params(), 3 * 12 * (8 + 12 + 2))
print(gru.compute_output_shape((None, 10, 8)))
"""
    ),
    "a loop in NumPy": Right("""
sigmoid = lambda z: 1 / (1 + np.exp(-z))
m, u = 3, 4
Wz, Wr, Wh = [np.random.randn(m, u) * 0.5 for _ in range(3)]
Uz, Ur, Uh = [np.random.randn(u, u) * 0.5 for _ in range(3)]
bz, br, bh = np.zeros(u), np.zeros(u), np.zeros(u)
X = np.random.randn(2, 5, m)
h = np.zeros((2, u))
for t in range(5):
    z = sigmoid(X[:, t] @ Wz + h @ Uz + bz)
    r = sigmoid(X[:, t] @ Wr + h @ Ur + br)
    n = np.tanh(X[:, t] @ Wh + (r * h) @ Uh + bh)
    h = z * h + (1 - z) * n
print(h)
"""),
    "a step with as many inputs as units, and no bias": Right("""
def gru(h, x, R, S, Z, Y, C, D):
    gate = lambda v: 1 / (1 + np.exp(-v))
    r, z = gate(h @ R + x @ S), gate(h @ Z + x @ Y)
    return (1 - z) * h + z * np.tanh((r * h) @ C + x @ D)

weights = [np.random.randn(4, 4) * 0.6 for _ in range(6)]
h = np.zeros((3, 4))
for _ in range(5):
    h = gru(h, np.random.randn(3, 4), *weights)
print(h.shape)
"""),
    "kernels in one array of three axes": Right("""
units, features = 4, 4
W = np.random.standard_normal((3, features, units)) / np.sqrt(features)
U = np.random.standard_normal((3, units, units)) / np.sqrt(units)
b = np.zeros((3, units))
b[0] = 1.0
x, h = np.random.standard_normal((2, 6, features)), np.zeros((2, units))
sigma = lambda a: 1 / (1 + np.exp(-a))
for t in range(6):
    from_x = np.einsum("bf,gfu->gbu", x[:, t], W) + b[:, None]
    z, r = sigma(from_x[:2] + np.einsum("bk,gku->gbu", h, U[:2]))
    h = z * h + (1 - z) * np.tanh(from_x[2] + (r * h) @ U[2])
print(h)
"""),
    "time first": Right(
        """
print(tf.keras.layers.GRU(6, return_sequences=True, time_major=True)(tf.random.normal((8, 3, 5))).shape)
""",
        keras=(2,),
    ),
}

WRONG = {
    "the layer below gives its last state alone": Wrong(
        """
from tensorflow.keras import Input, Sequential
from tensorflow.keras.layers import Dense, GRU
model = Sequential([Input((10, 8)), GRU(16), GRU(6), Dense(1)])
model.summary()
""",
        "q5.output",
        breaks=True,
    ),
    "NumPy, the bias of the reset gate is subtracted": Wrong(
        """
rng = np.random.default_rng(2)
sigmoid = lambda v: 1 / (1 + np.exp(-v))
X = rng.normal(size=(6, 2, 3))
Wz, Wr, Wh = (rng.normal(size=(3, 4)) for _ in "zrh")
Uz, Ur, Uh = (rng.normal(size=(4, 4)) * 0.4 for _ in "zrh")
bz, br, bh = np.zeros(4), np.zeros(4), np.zeros(4)
h = np.zeros((2, 4))
for x in X:
    z = sigmoid(x @ Wz + h @ Uz + bz)
    r = sigmoid(x @ Wr + h @ Ur - br)
    h = z * h + (1 - z) * np.tanh(x @ Wh + (r * h) @ Uh + bh)
    print(h.round(3))
""",
        "q5.one-step",
    ),
    "a simple RNN": Wrong(
        """
model = tf.keras.Sequential([tf.keras.layers.Input((6, 5)), tf.keras.layers.SimpleRNN(8)])
""",
        "q5.parameters",
        also=frozenset({"q5.one-step", "q5.output"}),
    ),
    "an LSTM": Wrong(
        """
model = tf.keras.Sequential([tf.keras.layers.Input((6, 5)), tf.keras.layers.LSTM(8), tf.keras.layers.Dense(2)])
print(model(tf.random.normal((2, 6, 5))).shape)
""",
        "q5.parameters",
        also=frozenset({"q5.one-step", "q5.output"}),
    ),
    "bias switched off": Wrong(
        """
gru = tf.keras.layers.GRU(6, use_bias=False, return_sequences=True)
print(gru(tf.random.normal((2, 6, 5))).shape)
""",
        "q5.parameters",
        also=frozenset({"q5.one-step"}),
    ),
    "one dense layer for both gates": Wrong(
        """
class Cell(tf.keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.state_size = units
        self.gate = tf.keras.layers.Dense(units, activation="sigmoid")
        self.new = tf.keras.layers.Dense(units, activation="tanh")

    def call(self, x, states):
        h = states[0]
        z = r = self.gate(tf.concat([x, h], axis=1))
        g = self.new(tf.concat([x, r * h], axis=1))
        h = z * h + (1 - z) * g
        return h, [h]

print(tf.keras.layers.RNN(Cell(4))(tf.random.normal((2, 6, 3))).shape)
""",
        "q5.parameters",
        also=frozenset({"q5.one-step"}),
    ),
    "the reset gate is used nowhere": Wrong(
        _with_step("""
z = tf.sigmoid(x @ self.Wz + h @ self.Uz + self.bz)
r = tf.sigmoid(x @ self.Wr + h @ self.Ur + self.br)
g = tf.tanh(x @ self.Wh + h @ self.Uh + self.bh)
h_new = z * h + (1 - z) * g
"""),
        "q5.one-step",
        also=frozenset({"q5.parameters"}),
    ),
    "z on both sides": Wrong(
        _with_step("""
z = tf.sigmoid(x @ self.Wz + h @ self.Uz + self.bz)
r = tf.sigmoid(x @ self.Wr + h @ self.Ur + self.br)
g = tf.tanh(x @ self.Wh + (r * h) @ self.Uh + self.bh)
h_new = z * h + z * g
"""),
        "q5.one-step",
    ),
    "the old state is not mixed in": Wrong(
        _with_step("""
z = tf.sigmoid(x @ self.Wz + h @ self.Uz + self.bz)
r = tf.sigmoid(x @ self.Wr + h @ self.Ur + self.br)
g = tf.tanh(x @ self.Wh + (r * h) @ self.Uh + self.bh)
h_new = (1 - z) * g
"""),
        "q5.one-step",
    ),
    "ReLU for the candidate": Wrong(
        """
i = tf.keras.layers.Input((6, 3))
o = tf.keras.layers.GRU(5, activation="relu")(i)
model = tf.keras.Model(i, o)
print(model.predict(np.random.rand(4, 6, 3), verbose=0).shape)
""",
        "q5.one-step",
    ),
    "a linear update gate": Wrong(
        """
class Cell(tf.keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        D = tf.keras.layers.Dense
        self.update, self.reset = D(units), D(units, activation="sigmoid")
        self.candidate = D(units, activation="tanh")

    def call(self, x, h):
        both = tf.concat([h, x], axis=1)
        z = self.update(both)
        g = self.candidate(tf.concat([self.reset(both) * h, x], axis=1))
        return (1 - z) * h + z * g

cell, h = Cell(4), tf.zeros((2, 4))
for t in range(5):
    h = cell(tf.random.normal((2, 3)), h)
""",
        "q5.one-step",
    ),
    "a sigmoid candidate in NumPy": Wrong(
        """
sigmoid = lambda v: 1 / (1 + np.exp(-v))
D, H = 3, 4
Wz, Wr, Wh = [np.random.randn(D, H) for _ in range(3)]
Uz, Ur, Uh = [np.random.randn(H, H) for _ in range(3)]
bz, br, bh = [np.zeros(H) for _ in range(3)]

def gru_step(x, h):
    z = sigmoid(x @ Wz + h @ Uz + bz)
    r = sigmoid(x @ Wr + h @ Ur + br)
    candidate = sigmoid(x @ Wh + (r * h) @ Uh + bh)
    return z * h + (1 - z) * candidate

h = np.zeros((2, H))
for t in range(6):
    h = gru_step(np.random.randn(2, D), h)
print(h)
""",
        "q5.one-step",
    ),
    "the steps lie one under the other in the batch": Wrong(
        """
class MyGRU(tf.keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.units = units
        self.cell = tf.keras.layers.GRUCell(units)

    def call(self, x):
        h, states = tf.zeros((tf.shape(x)[0], self.units)), []
        for t in range(x.shape[1]):
            h, _ = self.cell(x[:, t], h)
            states.append(h)
        return tf.concat(states, axis=0)

print(MyGRU(4)(tf.random.normal((2, 6, 3))).shape)
""",
        "q5.output",
        also=frozenset({"q5.one-step"}),
    ),
    "the cell gives its update gate away": Wrong(
        """
class Cell(tf.keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.units = self.state_size = units
        self.gates = tf.keras.layers.Dense(2 * units, activation="sigmoid")
        self.new = tf.keras.layers.Dense(units, activation="tanh")

    def call(self, x, states):
        h = states[0]
        z, r = tf.split(self.gates(tf.concat([x, h], 1)), 2, axis=1)
        g = self.new(tf.concat([x, r * h], 1))
        h = z * h + (1 - z) * g
        return z, [h]

print(tf.keras.layers.RNN(Cell(4), return_sequences=True)(tf.random.normal((2, 6, 3))).shape)
""",
        "q5.output",
        also=frozenset({"q5.one-step"}),
    ),
    "a loop in NumPy whose candidate has no reset gate": Wrong(
        """
sigmoid = lambda z: 1 / (1 + np.exp(-z))
m, u = 5, 4
Wz, Wr, Wh = [np.random.randn(m, u) * 0.5 for _ in range(3)]
Uz, Ur, Uh = [np.random.randn(u, u) * 0.5 for _ in range(3)]
bz, br, bh = np.random.randn(3, u)
X = np.random.randn(2, 5, m)
h = np.zeros((2, u))
for t in range(5):
    z = sigmoid(X[:, t] @ Wz + h @ Uz + bz)
    r = sigmoid(X[:, t] @ Wr + h @ Ur + br)
    n = np.tanh(X[:, t] @ Wh + h @ Uh + bh)
    h = z * h + (1 - z) * n
print(h)
""",
        "q5.one-step",
        also=frozenset({"q5.parameters"}),
    ),
    "a layer that is only made": Wrong(
        """
layer = tf.keras.layers.GRU(64)
""",
        "q5.one-step",
        also=frozenset({"q5.output"}),
    ),
    "Keras's weights with reset and update gates exchanged": Wrong(
        """
import numpy as np
import tensorflow as tf

tf.random.set_seed(9)
u = 4
gru = tf.keras.layers.GRU(u, reset_after=False)
x = tf.random.normal((3, 7, 2), seed=5)
keras_h = gru(x).numpy()
kernel, recurrent_kernel, bias = [w.numpy() for w in gru.weights]

W_r, W_z, W_n = np.split(kernel, 3, axis=1)
U_r, U_z, U_n = np.split(recurrent_kernel, 3, axis=1)
b_r, b_z, b_n = np.split(bias, 3)

s = lambda a: 1 / (1 + np.exp(-a))
h = np.zeros((3, u))
for xt in x.numpy().transpose(1, 0, 2):
    r = s(xt @ W_r + h @ U_r + b_r)
    z = s(xt @ W_z + h @ U_z + b_z)
    n = np.tanh(xt @ W_n + (r * h) @ U_n + b_n)
    h = z * h + (1 - z) * n
print("numpy", h)
print("keras", keras_h)
""",
        "q5.one-step",
    ),
}
