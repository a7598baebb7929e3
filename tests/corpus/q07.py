"""Bidirectional RNN."""

from tests.corpus.samples import Right, Wrong

RIGHT = {
    "Bidirectional in a Sequential model": Right("""
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Input, Bidirectional, SimpleRNN, Dense

model = Sequential()
model.add(Input(shape=(6, 3)))
model.add(Bidirectional(SimpleRNN(4, return_sequences=True)))
model.add(Dense(1, activation="sigmoid"))
model.compile(optimizer="adam", loss="binary_crossentropy")
model.summary()
"""),
    "called on a tensor": Right("""
brnn = tf.keras.layers.Bidirectional(tf.keras.layers.LSTM(5, return_sequences=True))
x = np.random.rand(2, 7, 4).astype("float32")
y = brnn(x)
print(y.shape, brnn.count_params())
"""),
    "only the last states": Right("""
inputs = tf.keras.Input((6, 3))
h = tf.keras.layers.Bidirectional(tf.keras.layers.GRU(4))(inputs)
outputs = tf.keras.layers.Dense(2, activation="softmax")(h)
classifier = tf.keras.Model(inputs, outputs)
print(classifier.predict(np.random.rand(3, 6, 3), verbose=0))
"""),
    "summed": Right("""
from tensorflow.keras import layers
both = layers.Bidirectional(layers.SimpleRNN(6, return_sequences=True), merge_mode="sum")
print(both(tf.random.normal((1, 5, 2))).shape)
"""),
    "multiplied": Right("""
from tensorflow.keras import layers
net = tf.keras.Sequential([
    tf.keras.Input((5, 2)),
    layers.Bidirectional(layers.LSTM(6, return_sequences=True), merge_mode="mul"),
    layers.TimeDistributed(layers.Dense(1)),
])
print(net.output_shape)
"""),
    "averaged, last states": Right("""
layer = tf.keras.layers.Bidirectional(tf.keras.layers.SimpleRNN(3), merge_mode="ave")
print(layer(tf.ones((2, 4, 5))))
"""),
    "not merged": Right("""
layer = tf.keras.layers.Bidirectional(tf.keras.layers.SimpleRNN(4, return_sequences=True), merge_mode=None)
forward_states, backward_states = layer(tf.random.normal((2, 6, 3)))
print(forward_states.shape, backward_states.shape)
"""),
    "with a backward layer given": Right("""
from tensorflow.keras.layers import Bidirectional, SimpleRNN

fwd = SimpleRNN(5, return_sequences=True, name="fwd")
bwd = SimpleRNN(5, return_sequences=True, go_backwards=True, name="bwd")
birnn = Bidirectional(fwd, backward_layer=bwd)
print(birnn(np.random.randn(2, 8, 3).astype(np.float32)).shape)
"""),
    "with words in front": Right("""
vocab, T = 50, 8
tokens = np.random.randint(1, vocab, size=(4, T))
tagger = tf.keras.Sequential([
    tf.keras.layers.Embedding(vocab, 6),
    tf.keras.layers.Bidirectional(tf.keras.layers.SimpleRNN(5, return_sequences=True)),
    tf.keras.layers.TimeDistributed(tf.keras.layers.Dense(3, activation="softmax")),
])
print(tagger(tokens).shape)
"""),
    "in a subclassed model": Right("""
class BiRNN(tf.keras.Model):
    def __init__(self, units, classes):
        super().__init__()
        self.bi = tf.keras.layers.Bidirectional(tf.keras.layers.SimpleRNN(units, return_sequences=True))
        self.out = tf.keras.layers.Dense(classes)

    def call(self, x):
        return self.out(self.bi(x))

m = BiRNN(4, 2)
print(m(tf.random.normal((2, 6, 3))).shape)
m.summary()
"""),
    "two layers joined by hand": Right("""
from tensorflow.keras.layers import Input, SimpleRNN, Concatenate, Lambda

x = Input((6, 3))
forward = SimpleRNN(4, return_sequences=True)(x)
backward = SimpleRNN(4, return_sequences=True, go_backwards=True)(x)
backward = Lambda(lambda t: tf.reverse(t, axis=[1]))(backward)
y = Concatenate()([forward, backward])
bidirectional = tf.keras.Model(x, y)
bidirectional.summary()
"""),
    "two layers added, the input turned round": Right("""
fw = tf.keras.layers.SimpleRNN(4, return_sequences=True)
bw = tf.keras.layers.SimpleRNN(4, return_sequences=True)

def bi_rnn(x):
    ahead = fw(x)
    back = bw(x[:, ::-1])[:, ::-1]
    return ahead + back

inp = tf.keras.Input((6, 3))
model = tf.keras.Model(inp, bi_rnn(inp))
print(model(tf.random.normal((2, 6, 3))).shape)
"""),
    "last states joined by hand": Right("""
inp = tf.keras.Input(shape=(7, 3))
left = tf.keras.layers.LSTM(4)(inp)
right = tf.keras.layers.LSTM(4, go_backwards=True)(inp)
merged = tf.keras.layers.concatenate([left, right])
model = tf.keras.Model(inp, tf.keras.layers.Dense(1)(merged))
model.compile("adam", "mse")
print(model.count_params())
"""),
    "two layers called on data": Right("""
x = tf.random.normal((2, 6, 3))
forward_rnn = tf.keras.layers.SimpleRNN(4, return_sequences=True)
backward_rnn = tf.keras.layers.SimpleRNN(4, return_sequences=True, go_backwards=True)
h_f = forward_rnn(x)
h_b = tf.reverse(backward_rnn(x), axis=[1])
h = tf.concat([h_f, h_b], axis=-1)
print(h.shape)
"""),
    "a layer of two layers": Right("""
class MyBidirectional(tf.keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.f = tf.keras.layers.SimpleRNN(units, return_sequences=True)
        self.b = tf.keras.layers.SimpleRNN(units, return_sequences=True)

    def call(self, x):
        yf = self.f(x)
        yb = tf.reverse(self.b(tf.reverse(x, [1])), [1])
        return tf.concat([yf, yb], axis=2)

layer = MyBidirectional(5)
print(layer(tf.random.normal((2, 6, 3))).shape)
"""),
    "a layer of two cells": Right("""
class BiRNN(tf.keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.units = units
        self.forward_cell = tf.keras.layers.SimpleRNNCell(units)
        self.backward_cell = tf.keras.layers.SimpleRNNCell(units)

    def read(self, cell, steps):
        h, states = tf.zeros((steps[0].shape[0], self.units)), []
        for x_t in steps:
            h, _ = cell(x_t, [h])
            states.append(h)
        return states

    def call(self, x):
        steps = tf.unstack(x, axis=1)
        ahead = self.read(self.forward_cell, steps)
        back = self.read(self.backward_cell, steps[::-1])[::-1]
        return tf.stack([tf.concat(pair, axis=-1) for pair in zip(ahead, back)], axis=1)

rnn = BiRNN(4)
print(rnn(tf.random.normal((2, 5, 3))).shape)
"""),
    "a loop in NumPy": Right("""
rng = np.random.default_rng(1)
T, m, u = 6, 3, 4
x = rng.normal(size=(T, m))
Wf, Uf, bf = rng.normal(size=(u, m)), rng.normal(size=(u, u)), np.zeros(u)
Wb, Ub, bb = rng.normal(size=(u, m)), rng.normal(size=(u, u)), np.zeros(u)

hf = np.zeros((T + 1, u))
for t in range(T):
    hf[t + 1] = np.tanh(Wf @ x[t] + Uf @ hf[t] + bf)
hb = np.zeros((T + 1, u))
for t in reversed(range(T)):
    hb[t] = np.tanh(Wb @ x[t] + Ub @ hb[t + 1] + bb)
y = np.concatenate([hf[1:], hb[:-1]], axis=1)
print(y.shape)
"""),
    "a class in NumPy": Right("""
class RNN:
    def __init__(self, m, u):
        self.W, self.U, self.b = np.random.randn(m, u) * 0.1, np.random.randn(u, u) * 0.1, np.zeros(u)

    def __call__(self, x):
        h, out = np.zeros((len(x), len(self.b))), []
        for t in range(x.shape[1]):
            h = np.tanh(x[:, t] @ self.W + h @ self.U + self.b)
            out.append(h)
        return np.stack(out, 1)

class BidirectionalRNN:
    def __init__(self, m, u):
        self.fwd, self.bwd = RNN(m, u), RNN(m, u)

    def __call__(self, x):
        return np.concatenate([self.fwd(x), self.bwd(x[:, ::-1])[:, ::-1]], axis=-1)

net = BidirectionalRNN(3, 4)
print(net(np.random.randn(2, 6, 3)).shape)
"""),
    "two bidirectional layers, one on the other": Right("""
from tensorflow.keras import Sequential, layers
deep = Sequential([
    layers.Input((6, 3)),
    layers.Bidirectional(layers.SimpleRNN(4, return_sequences=True)),
    layers.Bidirectional(layers.SimpleRNN(4, return_sequences=True)),
    layers.Dense(1),
])
deep.build((None, 6, 3))
deep.summary()
"""),
    "without a bias": Right("""
layer = tf.keras.layers.Bidirectional(tf.keras.layers.SimpleRNN(4, use_bias=False, return_sequences=True))
layer(tf.random.normal((2, 6, 3)))
print([w.shape for w in layer.weights])
"""),
    "around a cell": Right("""
cell = tf.keras.layers.SimpleRNNCell(4)
rnn = tf.keras.layers.Bidirectional(tf.keras.layers.RNN(cell, return_sequences=True))
print(rnn(tf.random.normal((2, 6, 3))).shape)
"""),
    "ops of Keras turn the states": Right(
        """
import keras
from keras import layers, ops

inputs = keras.Input((6, 3))
a = layers.SimpleRNN(4, return_sequences=True)(inputs)
z = ops.flip(layers.SimpleRNN(4, return_sequences=True, go_backwards=True)(inputs), axis=1)
model = keras.Model(inputs, layers.Average()([a, z]))
print(model.output_shape)
""",
        keras=(3,),
    ),
    "tf_keras": Right(
        """
import tf_keras as keras
from tf_keras.layers import Bidirectional, SimpleRNN
model = keras.Sequential([Bidirectional(SimpleRNN(4, return_sequences=True), input_shape=(6, 3))])
model.summary()
""",
        keras=(2,),
    ),
    "tf.reverse in a functional model": Right(
        """
inp = tf.keras.layers.Input((6, 3))
a = tf.keras.layers.SimpleRNN(4, return_sequences=True)(inp)
b = tf.keras.layers.SimpleRNN(4, return_sequences=True, go_backwards=True)(inp)
out = tf.concat([a, tf.reverse(b, [1])], axis=-1)
model = tf.keras.models.Model(inputs=inp, outputs=out)
print(model.predict(np.ones((1, 6, 3)), verbose=0).shape)
""",
        keras=(2,),
    ),
    "around a layer with an own cell": Right("""
@tf.keras.utils.register_keras_serializable("corpus")
class Plain(tf.keras.layers.Layer):
    def __init__(self, size, **kwargs):
        super().__init__(**kwargs)
        self.size = self.state_size = self.output_size = size

    def build(self, shape):
        self.a = self.add_weight(shape=(shape[-1], self.size), name="a")
        self.b = self.add_weight(shape=(self.size, self.size), name="b")
        self.c = self.add_weight(shape=(self.size,), name="c")
        self.built = True

    def call(self, x, states):
        h = tf.tanh(tf.matmul(x, self.a) + tf.matmul(states[0], self.b) + self.c)
        return h, [h]

    def get_config(self):
        return {**super().get_config(), "size": self.size}

layer = tf.keras.layers.Bidirectional(tf.keras.layers.RNN(Plain(6), return_sequences=True))
print(layer(tf.random.normal((2, 5, 3))).shape)
"""),
    "one function for a direction, flipped before and after": Right(
        """
import numpy as np

rng = np.random.default_rng(13)
T, m, u = 7, 3, 3


def direction(x, W, U, b):
    h = np.zeros(U.shape[0])
    states = []
    for x_t in x:
        h = np.tanh(x_t @ W + h @ U + b)
        states.append(h)
    return np.array(states)


def weights():
    return rng.normal(0, 0.5, (m, u)), rng.normal(0, 0.5, (u, u)), rng.normal(0, 0.1, u)


forward_weights, backward_weights = weights(), weights()
x = rng.normal(size=(T, m))
forward = direction(x, *forward_weights)
backward = np.flip(direction(np.flip(x, axis=0), *backward_weights), axis=0)
y = np.concatenate([forward, backward], axis=-1)
print(y.shape)
changed = x.copy()
changed[-1] += 1
print("first output moves:", not np.allclose(
    np.flip(direction(np.flip(changed, axis=0), *backward_weights), axis=0)[0], backward[0]))
""",
    ),
}

NOT_BIDIRECTIONAL = frozenset({"q7.two-directions", "q7.sees-the-future", "q7.in-step", "q7.output"})
"""What stays true of nothing that reads from the first step to the last alone."""

WRONG = {
    "two forward layers side by side": Wrong(
        """
from tensorflow.keras.layers import Input, SimpleRNN, Concatenate
x = Input((6, 3))
first = SimpleRNN(4, return_sequences=True)(x)
second = SimpleRNN(4, return_sequences=True)(x)
model = tf.keras.Model(x, Concatenate()([first, second]))
print(model(tf.random.normal((2, 6, 3))).shape)
""",
        "q7.sees-the-future",
        also=NOT_BIDIRECTIONAL,
    ),
    "a stack of two forward layers": Wrong(
        """
model = tf.keras.Sequential([
    tf.keras.layers.Input((6, 3)),
    tf.keras.layers.SimpleRNN(4, return_sequences=True),
    tf.keras.layers.SimpleRNN(4, return_sequences=True),
])
model.summary()
""",
        "q7.sees-the-future",
        also=NOT_BIDIRECTIONAL,
    ),
    "one direction only": Wrong(
        """
rnn = tf.keras.layers.SimpleRNN(8, return_sequences=True)
print(rnn(tf.random.normal((2, 6, 3))).shape)
""",
        "q7.two-directions",
    ),
    "one layer that goes backwards": Wrong(
        """
inp = tf.keras.Input((6, 3))
out = tf.keras.layers.SimpleRNN(8, return_sequences=True, go_backwards=True)(inp)
model = tf.keras.Model(inp, out)
model.summary()
""",
        "q7.two-directions",
    ),
    "backward states not turned back": Wrong(
        """
from tensorflow.keras.layers import Input, SimpleRNN, Concatenate
inp = Input((6, 3))
fwd = SimpleRNN(4, return_sequences=True)(inp)
bwd = SimpleRNN(4, return_sequences=True, go_backwards=True)(inp)
model = tf.keras.Model(inp, Concatenate()([fwd, bwd]))
model.summary()
""",
        "q7.in-step",
        also=frozenset({"q7.output"}),
    ),
    "a layer that does not turn its states back": Wrong(
        """
class BiRNN(tf.keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.fwd = tf.keras.layers.SimpleRNN(units, return_sequences=True)
        self.bwd = tf.keras.layers.SimpleRNN(units, return_sequences=True)

    def call(self, x):
        return self.fwd(x) + self.bwd(tf.reverse(x, axis=[1]))

birnn = BiRNN(4)
print(birnn(tf.random.normal((2, 6, 3))).shape)
""",
        "q7.in-step",
        also=frozenset({"q7.output"}),
    ),
    "turned along the wrong axis": Wrong(
        """
inp = tf.keras.Input((6, 3))
ahead = tf.keras.layers.SimpleRNN(4, return_sequences=True)(inp)
back = tf.keras.layers.SimpleRNN(4, return_sequences=True, go_backwards=True)(inp)
back = tf.keras.layers.Lambda(lambda t: t[:, :, ::-1])(back)
model = tf.keras.Model(inp, tf.keras.layers.Concatenate()([ahead, back]))
print(model.output_shape)
""",
        "q7.in-step",
        also=frozenset({"q7.output"}),
    ),
    "one layer used in both directions": Wrong(
        """
rnn = tf.keras.layers.SimpleRNN(4, return_sequences=True)
inp = tf.keras.Input((6, 3))
flip = tf.keras.layers.Lambda(lambda t: t[:, ::-1])
out = tf.keras.layers.Concatenate()([rnn(inp), flip(rnn(flip(inp)))])
model = tf.keras.Model(inp, out)
model.summary()
""",
        "q7.two-directions",
    ),
    "one layer called twice on data": Wrong(
        """
x = np.random.rand(2, 6, 3).astype("float32")
rnn = tf.keras.layers.SimpleRNN(4, return_sequences=True)
y = tf.concat([rnn(x), rnn(x)], axis=-1)
print(y.shape)
""",
        "q7.two-directions",
    ),
    "the forward states twice": Wrong(
        """
inp = tf.keras.Input((6, 3))
h = tf.keras.layers.SimpleRNN(4, return_sequences=True)(inp)
model = tf.keras.Model(inp, tf.keras.layers.Concatenate(axis=-1)([h, h]))
model.summary()
""",
        "q7.two-directions",
    ),
    "the backward direction is dropped": Wrong(
        """
class BiRNN(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.forward_rnn = tf.keras.layers.SimpleRNN(4, return_sequences=True)
        self.backward_rnn = tf.keras.layers.SimpleRNN(4, return_sequences=True, go_backwards=True)

    def call(self, x):
        a = self.forward_rnn(x)
        b = tf.reverse(self.backward_rnn(x), [1])
        return a

net = BiRNN()
print(net(tf.random.normal((2, 6, 3))).shape)
""",
        "q7.sees-the-future",
        also=NOT_BIDIRECTIONAL,
    ),
    "the forward direction is dropped": Wrong(
        """
class BiRNN(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.f = tf.keras.layers.SimpleRNN(4, return_sequences=True)
        self.b = tf.keras.layers.SimpleRNN(4, return_sequences=True)

    def call(self, x):
        ahead = self.f(x)
        back = self.b(x[:, ::-1])[:, ::-1]
        return back

net = BiRNN()
print(net(tf.random.normal((2, 6, 3))).shape)
""",
        "q7.in-step",
        also=frozenset({"q7.output"}),
    ),
    "a backward cell that reads forwards": Wrong(
        """
class BiRNN(tf.keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.units = units
        self.forward_cell = tf.keras.layers.SimpleRNNCell(units)
        self.backward_cell = tf.keras.layers.SimpleRNNCell(units)

    def call(self, x):
        a = b = tf.zeros((x.shape[0], self.units))
        out = []
        for x_t in tf.unstack(x, axis=1):
            a, _ = self.forward_cell(x_t, [a])
            b, _ = self.backward_cell(x_t, [b])
            out.append(tf.concat([a, b], axis=-1))
        return tf.stack(out, axis=1)

print(BiRNN(4)(tf.random.normal((2, 6, 3))).shape)
""",
        "q7.sees-the-future",
        also=NOT_BIDIRECTIONAL,
    ),
    "the backward loop of NumPy goes forwards": Wrong(
        """
T, m, u = 6, 3, 4
x = np.random.randn(T, m)
Wf, Uf = np.random.randn(m, u), np.random.randn(u, u)
Wb, Ub = np.random.randn(m, u), np.random.randn(u, u)
forward, backward = [], []
hf = hb = np.zeros(u)
for t in range(T):
    hf = np.tanh(x[t] @ Wf + hf @ Uf)
    hb = np.tanh(x[t] @ Wb + hb @ Ub)
    forward.append(hf)
    backward.append(hb)
print(np.concatenate([np.array(forward), np.array(backward)], axis=1).shape)
""",
        "q7.sees-the-future",
        also=NOT_BIDIRECTIONAL,
    ),
}
