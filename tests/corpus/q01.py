"""RNN cell."""

from tests.corpus.samples import Right, Wrong

RIGHT = {
    "a cell of Keras in a loop over time": Right("""
cell = tf.keras.layers.SimpleRNNCell(6)
x = tf.random.normal((8, 5, 3))
h = tf.zeros((8, 6))
outputs = []
for t in range(5):
    y, [h] = cell(x[:, t, :], [h])
    outputs.append(y)
outputs = tf.stack(outputs, axis=1)
print(outputs.shape, cell.count_params())
"""),
    "a cell in an RNN layer in a functional model": Right("""
from tensorflow import keras
from tensorflow.keras.layers import RNN, Input, SimpleRNNCell

inp = Input(shape=(10, 4))
out = RNN(SimpleRNNCell(7), return_sequences=True)(inp)
model = keras.Model(inputs=inp, outputs=out)
model.summary()
print(model.predict(np.random.rand(4, 10, 4), verbose=0).shape)
"""),
    "SimpleRNN behind an embedding with a mask": Right("""
from tensorflow.keras.layers import Dense, Embedding, SimpleRNN
from tensorflow.keras.models import Sequential

model = Sequential()
model.add(Embedding(20, 5, mask_zero=True))
model.add(SimpleRNN(6))
model.add(Dense(1, activation="sigmoid"))
tokens = np.array([[3, 7, 2, 0, 0], [5, 9, 1, 4, 0], [8, 8, 6, 2, 11]])
print(model(tokens).numpy())
"""),
    "stateful, with the last state": Right("""
rnn = tf.keras.layers.SimpleRNN(5, stateful=True, return_sequences=True, return_state=True)
x = tf.random.uniform((4, 6, 3))
sequence, last = rnn(x)
print(sequence.shape, last.shape)
sequence, last = rnn(x)
print("the second call goes on from", last[0].numpy())
"""),
    "two stacked cells": Right("""
from tensorflow.keras import layers

cells = [layers.SimpleRNNCell(6), layers.SimpleRNNCell(4)]
rnn = layers.RNN(cells, return_sequences=True)
print(rnn(np.random.rand(2, 7, 3).astype("float32")).shape)
"""),
    "an own cell with fused weights": Right("""
class MinimalRNNCell(tf.keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.state_size = units

    def build(self, input_shape):
        n = input_shape[-1] + self.units
        self.W = self.add_weight(shape=(n, self.units), initializer="glorot_uniform", name="W")
        self.b = self.add_weight(shape=(self.units,), initializer="zeros", name="b")
        self.built = True

    def call(self, inputs, states):
        prev = states[0]
        z = tf.concat([prev, inputs], axis=1)
        output = tf.tanh(tf.matmul(z, self.W) + self.b)
        return output, [output]

layer = tf.keras.layers.RNN(MinimalRNNCell(5))
print(layer(tf.random.normal((3, 8, 4))).shape)
"""),
    "a dense layer on input and state": Right("""
from tensorflow.keras.layers import Dense, Layer

class RNNCell(Layer):
    def __init__(self, hidden):
        super().__init__()
        self.hidden = hidden
        self.i2h = Dense(hidden, activation="tanh")

    def call(self, x, h):
        return self.i2h(tf.concat([x, h], axis=-1))

zelle = RNNCell(6)
x = tf.random.normal((5, 4, 3))
h = tf.zeros((5, zelle.hidden))
for t in range(x.shape[1]):
    h = zelle(x[:, t], h)
    print(t, h.numpy().mean())
"""),
    "two dense layers without bias and a bias of its own": Right("""
class Zelle(tf.keras.layers.Layer):
    def __init__(self, einheiten):
        super().__init__()
        self.state_size = einheiten
        self.eingang = tf.keras.layers.Dense(einheiten, use_bias=False)
        self.rekurrent = tf.keras.layers.Dense(einheiten, use_bias=False)
        self.aktivierung = tf.keras.layers.Activation("tanh")

    def build(self, form):
        self.eingang.build((None, form[-1]))
        self.rekurrent.build((None, self.state_size))
        self.versatz = self.add_weight(shape=(self.state_size,), initializer="zeros", name="versatz")
        self.built = True

    def call(self, x, zustand):
        neu = self.aktivierung(self.eingang(x) + self.rekurrent(zustand[0]) + self.versatz)
        return neu, [neu]

schicht = tf.keras.layers.RNN(Zelle(4), return_sequences=True)
print(schicht(tf.random.normal((2, 6, 3))).shape)
"""),
    "a layer with its own loop over time": Right("""
class MyRNN(tf.keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.units = units

    def build(self, shape):
        self.Wx = self.add_weight(shape=(shape[-1], self.units), initializer="glorot_uniform", name="Wx")
        self.Wh = self.add_weight(shape=(self.units, self.units), initializer="orthogonal", name="Wh")
        self.bias = self.add_weight(shape=(self.units,), initializer="zeros", name="bias")

    def call(self, x):
        h = tf.zeros((tf.shape(x)[0], self.units))
        hs = []
        for xt in tf.unstack(x, axis=1):
            h = tf.nn.tanh(xt @ self.Wx + h @ self.Wh + self.bias)
            hs.append(h)
        return tf.stack(hs, axis=1)

print(MyRNN(5)(tf.random.normal((3, 6, 4))).shape)
"""),
    "a model that scans over time": Right("""
class Scan(tf.keras.Model):
    def __init__(self, n_in, n_hidden):
        super().__init__()
        self.n_hidden = n_hidden
        self.U = tf.Variable(tf.random.normal((n_in, n_hidden)) * 0.3)
        self.W = tf.Variable(tf.random.normal((n_hidden, n_hidden)) * 0.3)
        self.b = tf.Variable(tf.zeros(n_hidden))

    def call(self, x):
        start = tf.zeros((tf.shape(x)[0], self.n_hidden))
        step = lambda h, xt: tf.tanh(tf.matmul(xt, self.U) + tf.matmul(h, self.W) + self.b)
        states = tf.scan(step, tf.transpose(x, [1, 0, 2]), initializer=start)
        return states[-1]

print(Scan(3, 5)(tf.random.normal((4, 6, 3))).shape)
"""),
    "a cell with a prediction beside the state": Right("""
class CellWithOutput(tf.keras.layers.Layer):
    def __init__(self, n_hidden, n_out):
        super().__init__()
        self.n_hidden, self.n_out = n_hidden, n_out

    def build(self, shape):
        self.W_xh = self.add_weight(shape=(shape[-1], self.n_hidden), initializer="random_normal", name="W_xh")
        self.W_hh = self.add_weight(shape=(self.n_hidden, self.n_hidden), initializer="random_normal", name="W_hh")
        self.W_hy = self.add_weight(shape=(self.n_hidden, self.n_out), initializer="random_normal", name="W_hy")
        self.b_h = self.add_weight(shape=(self.n_hidden,), initializer="zeros", name="b_h")
        self.b_y = self.add_weight(shape=(self.n_out,), initializer="zeros", name="b_y")

    def call(self, x, h):
        h = tf.tanh(tf.matmul(x, self.W_xh) + tf.matmul(h, self.W_hh) + self.b_h)
        y = tf.matmul(h, self.W_hy) + self.b_y
        return y, h

cell = CellWithOutput(6, 2)
h = tf.zeros((8, 6))
for x_t in tf.unstack(tf.random.normal((8, 5, 3)), axis=1):
    y, h = cell(x_t, h)
print(y.shape, h.shape)
"""),
    "a class in NumPy": Right("""
class RNNCell:
    def __init__(self, input_size, hidden_size):
        self.Wxh = np.random.randn(hidden_size, input_size) * 0.1
        self.Whh = np.random.randn(hidden_size, hidden_size) * 0.1
        self.bh = np.zeros((hidden_size, 1))

    def forward(self, x, h_prev):
        return np.tanh(self.Wxh @ x + self.Whh @ h_prev + self.bh)

rnn = RNNCell(3, 5)
h = np.zeros((5, 1))
for x in np.random.randn(6, 3, 1):
    h = rnn.forward(x, h)
print(h.ravel())
"""),
    "a step as a NumPy function": Right("""
def rnn_step(x_t, h_prev, Wx, Wh, b):
    return np.tanh(x_t.dot(Wx) + h_prev.dot(Wh) + b)

batch, T, D, H = 4, 7, 3, 5
rng = np.random.default_rng(0)
Wx, Wh, b = rng.normal(size=(D, H)), rng.normal(size=(H, H)), np.zeros(H)
x = rng.normal(size=(batch, T, D))
h = np.zeros((batch, H))
for t in range(T):
    h = rnn_step(x[:, t], h, Wx, Wh, b)
print(h.shape)
"""),
    "a step with a dictionary of parameters": Right("""
def softmax(z):
    e = np.exp(z - z.max(axis=0))
    return e / e.sum(axis=0)

def rnn_cell_forward(xt, a_prev, parameters):
    Wax, Waa, Wya = parameters["Wax"], parameters["Waa"], parameters["Wya"]
    ba, by = parameters["ba"], parameters["by"]
    a_next = np.tanh(np.dot(Waa, a_prev) + np.dot(Wax, xt) + ba)
    yt_pred = softmax(np.dot(Wya, a_next) + by)
    cache = (a_next, a_prev, xt, parameters)
    return a_next, yt_pred, cache

np.random.seed(1)
xt, a_prev = np.random.randn(3, 10), np.random.randn(5, 10)
parameters = {"Waa": np.random.randn(5, 5), "Wax": np.random.randn(5, 3), "Wya": np.random.randn(2, 5),
              "ba": np.random.randn(5, 1), "by": np.random.randn(2, 1)}
a_next, yt_pred, cache = rnn_cell_forward(xt, a_prev, parameters)
print(a_next.shape, yt_pred.shape)
"""),
    "variables and a function": Right("""
n_inputs, n_neurons = 3, 5
Wx = tf.Variable(tf.random.normal([n_inputs, n_neurons]))
Wy = tf.Variable(tf.random.normal([n_neurons, n_neurons]))
b = tf.Variable(tf.zeros([1, n_neurons]))

def step(x, y):
    return tf.tanh(tf.matmul(y, Wy) + tf.matmul(x, Wx) + b)

X = tf.random.normal((4, 2, n_inputs))
Y0 = step(X[:, 0], tf.zeros((4, n_neurons)))
Y1 = step(X[:, 1], Y0)
print(Y0.numpy(), Y1.numpy())
"""),
    "the numbers of a cell checked by hand": Right(
        """
import keras
from keras import ops

cell = keras.layers.SimpleRNNCell(4)
x, h = ops.ones((2, 3)), ops.zeros((2, 4))
out, _ = cell(x, [h])
out2, _ = cell(x, [out])
W, U, b = cell.weights
mine = ops.tanh(ops.matmul(x, W) + ops.matmul(out, U) + b)
print(np.allclose(ops.convert_to_numpy(out2), ops.convert_to_numpy(mine), atol=1e-5))
""",
        keras=(3,),
    ),
    "a cell of TensorFlow 1": Right(
        """
cell = tf.compat.v1.nn.rnn_cell.BasicRNNCell(5)
x = tf.random.normal((4, 6, 3))
state = cell.zero_state(4, tf.float32)
for t in range(6):
    output, state = cell(x[:, t], state)
print(output.shape)
""",
        keras=(2,),
    ),
    "tf_keras with a layer built by hand": Right(
        """
import tf_keras

rnn = tf_keras.layers.SimpleRNN(12, return_sequences=True)
rnn.build((None, 10, 8))
print([w.shape for w in rnn.weights], rnn.count_params() == 12 * (8 + 12 + 1))
print(rnn(tf.ones((2, 10, 8))).shape)
""",
        keras=(2,),
    ),
    "a loop in NumPy, in columns": Right("""
T, m, u = 5, 3, 4
Wx, Wh, b = np.random.randn(u, m) * 0.5, np.random.randn(u, u) * 0.5, np.zeros((u, 1))
x = np.random.randn(T, m, 1)
h = np.zeros((u, 1))
for t in range(T):
    h = np.tanh(np.dot(Wx, x[t]) + np.dot(Wh, h) + b)
    print(t, h.ravel())
"""),
    "inputs drawn step by step, inside a function": Right("""
def demo(steps, m=3, u=4):
    W, U, b = np.random.randn(m, u), np.random.randn(u, u), np.random.randn(u)
    h = np.zeros(u)
    for _ in range(steps):
        h = np.tanh(np.random.randn(m) @ W + h @ U + b)
    return h

print(demo(5))
"""),
    "a loop over a list, with variables": Right("""
W = tf.Variable(tf.random.normal((3, 4)))
U = tf.Variable(tf.random.normal((4, 4)))
b = tf.Variable(tf.ones(4))
h = tf.zeros((2, 4))
for x_t in [tf.random.normal((2, 3)) for _ in range(4)]:
    h = tf.tanh(tf.matmul(x_t, W) + tf.matmul(h, U) + b)
print(h.numpy())
"""),
    "a step with as many inputs as units": Right("""
def step(state, word, V, U, c):
    return np.tanh(np.dot(V, state) + np.dot(U, word) + c)

size = 5
limit = np.sqrt(3 / size)
V, U = [np.random.uniform(-limit, limit, (size, size)) for _ in "VU"]
c = np.full((size, 1), 0.3)
state = np.zeros((size, 1))
for word in np.random.randn(4, size, 1):
    state = step(state, word, V, U, c)
print(state.ravel())
"""),
    "a loop with a scale and a bias that are computed": Right("""
from types import SimpleNamespace

n_in, n = 4, 4
limit = 1 / np.sqrt(n)
p = SimpleNamespace(
    A=np.random.randn(n_in, n) * limit, B=np.random.randn(n, n) * limit, c=np.concatenate([np.ones(2), np.zeros(2)])
)

def cell(x, h, p):
    return np.tanh(x @ p.A + h @ p.B + p.c)

signal = np.sin(np.linspace(0, 6, 28)).reshape(7, 1, 4)
h = np.zeros((1, n))
for t in range(7):
    h = cell(signal[t], h, p)
print(h)
"""),
    "a loop over pairs of words and vectors": Right(
        """
import numpy as np

rng = np.random.default_rng(8)
sentence = ["the", "cell", "reads", "one", "word", "at", "a", "time"]
embedding = {word: rng.normal(size=6) for word in sentence}
hidden_size = 6
W_in = rng.normal(0, 0.4, (hidden_size, 6))
W_rec = rng.normal(0, 0.4, (hidden_size, hidden_size))
bias = rng.normal(0, 0.1, hidden_size)

vectors = [embedding[word] for word in sentence]
state = np.zeros(hidden_size)
trace = []
for word, vector in zip(sentence, vectors):
    state = np.tanh(W_in @ vector + W_rec @ state + bias)
    trace.append(state)
    print(f"{word:6s}", np.round(state[:3], 3))
""",
    ),
}

WRONG = {
    "no recurrent layer": Wrong(
        """
model = tf.keras.Sequential([tf.keras.layers.Input((6, 4)), tf.keras.layers.Dense(5, activation="tanh")])
print(model(tf.random.normal((2, 6, 4))).shape)
""",
        "q1.recurrent-cell",
    ),
    "an LSTM": Wrong(
        """
lstm = tf.keras.layers.LSTM(5, return_sequences=True)
print(lstm(tf.random.normal((2, 6, 4))).shape)
""",
        "q1.recurrent-cell",
    ),
    "bias switched off": Wrong(
        """
rnn = tf.keras.layers.RNN(tf.keras.layers.SimpleRNNCell(5, use_bias=False), return_sequences=True)
print(rnn(tf.random.normal((2, 6, 4))).shape)
""",
        "q1.parameters",
        also=frozenset({"q1.one-step"}),
    ),
    "one number as the bias of all units": Wrong(
        """
class Cell(tf.keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.units = self.state_size = units

    def build(self, shape):
        self.W = self.add_weight(shape=(shape[-1], self.units), initializer="random_normal", name="W")
        self.U = self.add_weight(shape=(self.units, self.units), initializer="random_normal", name="U")
        self.b = self.add_weight(shape=(1,), initializer="zeros", name="b")

    def call(self, x, states):
        h = tf.tanh(x @ self.W + states[0] @ self.U + self.b)
        return h, [h]

print(tf.keras.layers.RNN(Cell(5))(tf.random.normal((2, 6, 4))).shape)
""",
        "q1.parameters",
        also=frozenset({"q1.one-step"}),
    ),
    "ReLU in place of tanh": Wrong(
        """
rnn = tf.keras.layers.SimpleRNN(5, activation="relu", return_sequences=True)
print(rnn(tf.random.normal((2, 6, 4))).shape)
""",
        "q1.one-step",
    ),
    "no activation": Wrong(
        """
cell = tf.keras.layers.SimpleRNNCell(5, activation=None)
h = tf.zeros((2, 5))
for t in range(4):
    h, _ = cell(tf.random.normal((2, 3)), [h])
""",
        "q1.one-step",
    ),
    "bias outside of the tanh": Wrong(
        """
class Cell(tf.keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.units = self.state_size = units

    def build(self, shape):
        self.W = self.add_weight(shape=(shape[-1], self.units), initializer="random_normal", name="W")
        self.U = self.add_weight(shape=(self.units, self.units), initializer="random_normal", name="U")
        self.b = self.add_weight(shape=(self.units,), initializer="zeros", name="b")

    def call(self, x, states):
        h = tf.tanh(x @ self.W + states[0] @ self.U) + self.b
        return h, [h]

print(tf.keras.layers.RNN(Cell(5))(tf.random.normal((2, 6, 4))).shape)
""",
        "q1.one-step",
    ),
    "tanh on the input alone": Wrong(
        """
class MyCell(tf.keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.from_input = tf.keras.layers.Dense(units, activation="tanh")
        self.from_state = tf.keras.layers.Dense(units, use_bias=False)

    def call(self, x, h):
        return self.from_input(x) + self.from_state(h)

cell = MyCell(5)
h = tf.zeros((2, 5))
for x_t in tf.unstack(tf.random.normal((2, 6, 4)), axis=1):
    h = cell(x_t, h)
print(h.shape)
""",
        "q1.one-step",
    ),
    "a sigmoid in a NumPy class": Wrong(
        """
class RNNCell:
    def __init__(self, n_x, n_h):
        self.W = np.random.randn(n_x, n_h)
        self.U = np.random.randn(n_h, n_h)
        self.b = np.zeros(n_h)

    def step(self, x, h):
        return 1 / (1 + np.exp(-(x @ self.W + h @ self.U + self.b)))

cell = RNNCell(3, 5)
h = np.zeros((2, 5))
for t in range(6):
    h = cell.step(np.random.randn(2, 3), h)
print(h)
""",
        "q1.one-step",
    ),
    "a cell that does not look at its state": Wrong(
        """
class Cell(tf.keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.units = self.state_size = units

    def build(self, shape):
        self.W = self.add_weight(shape=(shape[-1], self.units), initializer="random_normal", name="W")
        self.U = self.add_weight(shape=(self.units, self.units), initializer="random_normal", name="U")
        self.b = self.add_weight(shape=(self.units,), initializer="zeros", name="b")

    def call(self, x, states):
        h = tf.tanh(tf.matmul(x, self.W) + self.b)
        return h, [h]

print(tf.keras.layers.RNN(Cell(5), return_sequences=True)(tf.random.normal((2, 6, 4))).shape)
""",
        "q1.recurrence",
        also=frozenset({"q1.one-step", "q1.parameters"}),
    ),
    "a cell on a whole sequence": Wrong(
        """
cell = tf.keras.layers.SimpleRNNCell(5)
x = tf.random.normal((6, 6, 4))
output, state = cell(x, [tf.zeros((6, 5))])
print(output.shape)
""",
        "q1.recurrence",
    ),
    "every step starts from zeros": Wrong(
        """
cell = tf.keras.layers.SimpleRNNCell(5)
x = tf.random.normal((2, 6, 4))
h0 = tf.zeros((2, 5))
outputs = []
for t in range(6):
    out, _ = cell(x[:, t], [h0])
    outputs.append(out)
print(tf.stack(outputs, axis=1).shape)
""",
        "q1.recurrence",
    ),
    "a NumPy loop that forgets the state": Wrong(
        """
def rnn_step(x, h, Wx, Wh, b):
    return np.tanh(np.dot(x, Wx) + np.dot(h, Wh) + b)

Wx, Wh, b = np.random.randn(3, 5), np.random.randn(5, 5), np.zeros(5)
x = np.random.randn(2, 6, 3)
h0 = np.zeros((2, 5))
states = np.stack([rnn_step(x[:, t], h0, Wx, Wh, b) for t in range(6)], axis=1)
print(states.shape)
""",
        "q1.recurrence",
    ),
    "a loop in NumPy with a sigmoid": Wrong(
        """
W, U, b = np.random.randn(3, 4), np.random.randn(4, 4), np.zeros(4)
states = [np.zeros(4)]
for x in [np.random.randn(3) for _ in range(5)]:
    states.append(1 / (1 + np.exp(-(x @ W + states[-1] @ U + b))))
print(states[-1])
""",
        "q1.one-step",
    ),
    "a loop in NumPy without recurrence": Wrong(
        """
T, m, u = 6, 3, 4
Wx, Wh, b = np.random.randn(m, u), np.random.randn(u, u), np.random.randn(u)
x, h = np.random.randn(T, m), np.zeros(u)
for t in range(T):
    h = np.tanh(x[t] @ Wx + b)
print(h)
""",
        "q1.recurrence",
        also=frozenset({"q1.one-step", "q1.parameters"}),
    ),
    "a layer that is only made": Wrong(
        """
layer = tf.keras.layers.SimpleRNN(32)
print(layer)
""",
        "q1.one-step",
        also=frozenset({"q1.recurrence"}),
    ),
}
