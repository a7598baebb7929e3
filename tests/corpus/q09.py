"""BiLSTM."""

from tests.corpus.samples import Right, Wrong

RIGHT = {
    "the wrapper in a Sequential model": Right("""
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Input, LSTM, Bidirectional, Dense

bilstm = Sequential([
    Input(shape=(10, 4)),
    Bidirectional(LSTM(5, return_sequences=True)),
    Dense(1, activation="sigmoid"),
])
bilstm.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
bilstm.summary()
"""),
    "imported from keras": Right("""
import keras
from keras import layers

inputs = keras.Input(shape=(None, 4))
x = layers.Bidirectional(layers.LSTM(6))(inputs)
outputs = layers.Dense(3, activation="softmax")(x)
model = keras.Model(inputs, outputs)
model.summary()
"""),
    "built inside a function": Right("""
from tensorflow import keras as K

def make_sentiment_net(n_words=30, size=4, hidden=3):
    net = K.models.Sequential()
    net.add(K.layers.Embedding(n_words, size))
    net.add(K.layers.Bidirectional(K.layers.LSTM(hidden)))
    net.add(K.layers.Dense(1, activation="sigmoid"))
    return net

sentiment = make_sentiment_net()
ids = np.random.randint(0, 30, (5, 12))
print(sentiment.predict(ids, verbose=0).ravel())
"""),
    "two stacked": Right("""
L = tf.keras.layers
tagger = tf.keras.Sequential([
    L.Input((8, 3)),
    L.Bidirectional(L.LSTM(4, return_sequences=True)),
    L.Dropout(0.2),
    L.Bidirectional(L.LSTM(2)),
    L.Dense(1),
])
tagger.compile("rmsprop", "mse")
print(tagger.count_params())
"""),
    "called on a tensor, with states": Right("""
encoder = tf.keras.layers.Bidirectional(tf.keras.layers.LSTM(4, return_sequences=True, return_state=True))
out, h_fwd, c_fwd, h_bwd, c_bwd = encoder(tf.random.normal((2, 7, 3)))
print(out.shape, h_fwd.shape, c_bwd.shape)
"""),
    "summed": Right("""
layer = tf.keras.layers.Bidirectional(tf.keras.layers.LSTM(7, return_sequences=True), merge_mode="sum")
print(layer(np.random.rand(2, 5, 3).astype("float32")).shape)
"""),
    "averaged": Right("""
from tensorflow.keras.layers import *
seq = Input((9, 2))
hidden = Bidirectional(LSTM(3, return_sequences=True), merge_mode="ave")(seq)
tags = TimeDistributed(Dense(4, activation="softmax"))(hidden)
pos_tagger = tf.keras.Model(seq, tags)
pos_tagger.summary()
"""),
    "not merged": Right("""
bi = tf.keras.layers.Bidirectional(tf.keras.layers.LSTM(4, return_sequences=True), merge_mode=None)
lr, rl = bi(tf.random.uniform((3, 6, 2)))
print(lr.shape, rl.shape)
"""),
    "a backward layer given": Right("""
one = tf.keras.layers.LSTM(4, return_sequences=True)
two = tf.keras.layers.LSTM(4, return_sequences=True, go_backwards=True)
model = tf.keras.Sequential([tf.keras.Input((6, 3)), tf.keras.layers.Bidirectional(one, backward_layer=two)])
print(model.output_shape)
"""),
    "joined by hand": Right("""
from tensorflow.keras.layers import Input, LSTM, Lambda, Concatenate

entrada = Input((6, 3))
ida = LSTM(4, return_sequences=True)(entrada)
vuelta = LSTM(4, return_sequences=True, go_backwards=True)(entrada)
vuelta = Lambda(lambda z: z[:, ::-1, :])(vuelta)
salida = Concatenate(axis=-1)([ida, vuelta])
modelo = tf.keras.Model(entrada, salida)
modelo.summary()
"""),
    "last states joined by hand": Right("""
q = tf.keras.Input((6, 3))
p = tf.keras.layers.Concatenate()([
    tf.keras.layers.LSTM(4)(q),
    tf.keras.layers.LSTM(4, go_backwards=True)(q),
])
model = tf.keras.Model(q, tf.keras.layers.Dense(2)(p))
model.summary()
"""),
    "two layers in a subclassed model": Right("""
class BiLSTM(tf.keras.Model):
    def __init__(self, units):
        super(BiLSTM, self).__init__()
        self.left_to_right = tf.keras.layers.LSTM(units, return_sequences=True)
        self.right_to_left = tf.keras.layers.LSTM(units, return_sequences=True, go_backwards=True)
        self.head = tf.keras.layers.Dense(1)

    def call(self, x):
        a = self.left_to_right(x)
        b = tf.reverse(self.right_to_left(x), axis=[1])
        return self.head(tf.concat([a, b], axis=-1))

net = BiLSTM(4)
print(net(tf.random.normal((2, 6, 3))).shape)
"""),
    "two cells and a loop": Right("""
class TwoWayLSTM(tf.keras.layers.Layer):
    def __init__(self, n):
        super().__init__()
        self.n = n
        self.cell_f = tf.keras.layers.LSTMCell(n)
        self.cell_b = tf.keras.layers.LSTMCell(n)

    def call(self, x):
        T = x.shape[1]
        zero = tf.zeros((x.shape[0], self.n))
        forward, backward = [None] * T, [None] * T
        s = [zero, zero]
        for t in range(T):
            forward[t], s = self.cell_f(x[:, t], s)
        s = [zero, zero]
        for t in range(T - 1, -1, -1):
            backward[t], s = self.cell_b(x[:, t], s)
        return tf.concat([tf.stack(forward, 1), tf.stack(backward, 1)], axis=2)

print(TwoWayLSTM(4)(tf.random.normal((2, 5, 3))).shape)
"""),
    "in NumPy": Right("""
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm(x, W, U, b):
    n = U.shape[0]
    h, c, out = np.zeros(n), np.zeros(n), []
    for x_t in x:
        i, f, g, o = np.split(x_t @ W + h @ U + b, 4)
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        h = sigmoid(o) * np.tanh(c)
        out.append(h)
    return np.array(out)

def init(m, n, rng):
    return rng.normal(0, 0.3, (m, 4 * n)), rng.normal(0, 0.3, (n, 4 * n)), np.zeros(4 * n)

rng = np.random.default_rng(0)
forward_params, backward_params = init(3, 4, rng), init(3, 4, rng)
x = rng.normal(size=(6, 3))
h_fwd = lstm(x, *forward_params)
h_bwd = lstm(x[::-1], *backward_params)[::-1]
y = np.hstack([h_fwd, h_bwd])
print(y.shape)
"""),
    "around LSTM cells": Right("""
rnn = tf.keras.layers.RNN(tf.keras.layers.LSTMCell(4), return_sequences=True)
print(tf.keras.layers.Bidirectional(rnn)(tf.random.normal((2, 6, 3))).shape)
"""),
    "tf_keras": Right(
        """
import tf_keras
from tf_keras.layers import LSTM, Bidirectional

m = tf_keras.models.Sequential()
m.add(Bidirectional(LSTM(4, return_sequences=True), input_shape=(10, 3)))
m.summary()
""",
        keras=(2,),
    ),
    "flipped with ops": Right(
        """
import keras
from keras import layers, ops

i = keras.Input((6, 3))
f = layers.LSTM(4, return_sequences=True)(i)
b = layers.LSTM(4, return_sequences=True)(ops.flip(i, axis=1))
o = ops.concatenate([f, ops.flip(b, axis=1)], axis=-1)
model = keras.Model(i, o)
model.summary()
""",
        keras=(3,),
    ),
    "in NumPy, with as many inputs as units and an open forget gate": Right("""
n = 4

def fresh():
    b = np.zeros(4 * n)
    b[n:2 * n] = 1.0
    return {"W": np.random.randn(n, 4 * n) / np.sqrt(n), "U": np.random.randn(n, 4 * n) / np.sqrt(n), "b": b}

def lstm(x, w):
    h, c, states = np.zeros((2, n)), np.zeros((2, n)), []
    for x_t in x:
        i, f, g, o = np.split(x_t @ w["W"] + h @ w["U"] + w["b"], 4, axis=-1)
        i, f, o = [1 / (1 + np.exp(-a)) for a in (i, f, o)]
        c = f * c + i * np.tanh(g)
        h = o * np.tanh(c)
        states.append(h)
    return np.array(states)

ahead, back = fresh(), fresh()
x = np.random.randn(7, 2, n)
print(np.concatenate([lstm(x, ahead), lstm(x[::-1], back)[::-1]], axis=-1).shape)
"""),
}

NO_BILSTM = frozenset({"q9.parameters", "q9.sees-the-future", "q9.computes-both-directions", "q9.output"})
NO_JOINT = frozenset({"q9.output"})

WRONG = {
    "made of GRUs": Wrong(
        """
bilstm = tf.keras.layers.Bidirectional(tf.keras.layers.GRU(4, return_sequences=True))
print(bilstm(tf.random.normal((2, 6, 3))).shape)
""",
        "q9.parameters",
    ),
    "made of simple RNNs": Wrong(
        """
from tensorflow.keras import Sequential, layers
model = Sequential([layers.Input((6, 3)), layers.Bidirectional(layers.SimpleRNN(4, return_sequences=True))])
model.summary()
""",
        "q9.parameters",
    ),
    "a GRU as backward layer": Wrong(
        """
forward = tf.keras.layers.LSTM(4, return_sequences=True)
backward = tf.keras.layers.GRU(4, return_sequences=True, go_backwards=True)
print(tf.keras.layers.Bidirectional(forward, backward_layer=backward)(tf.random.normal((2, 6, 3))).shape)
""",
        "q9.parameters",
    ),
    "a single LSTM": Wrong(
        """
model = tf.keras.Sequential([tf.keras.Input((6, 3)), tf.keras.layers.LSTM(8, return_sequences=True)])
model.summary()
""",
        "q9.parameters",
    ),
    "two LSTMs on each other": Wrong(
        """
model = tf.keras.Sequential([
    tf.keras.Input((6, 4)),
    tf.keras.layers.LSTM(4, return_sequences=True),
    tf.keras.layers.LSTM(4, return_sequences=True),
    tf.keras.layers.Dense(1),
])
model.summary()
""",
        "q9.sees-the-future",
        also=NO_BILSTM,
    ),
    "both LSTMs read forwards": Wrong(
        """
inp = tf.keras.Input((6, 3))
a = tf.keras.layers.LSTM(4, return_sequences=True, name="forward")(inp)
b = tf.keras.layers.LSTM(4, return_sequences=True, name="backward")(inp)
model = tf.keras.Model(inp, tf.keras.layers.concatenate([a, b]))
model.summary()
""",
        "q9.sees-the-future",
        also=NO_BILSTM,
    ),
    "the backward states are out of step": Wrong(
        """
inp = tf.keras.Input((6, 3))
a = tf.keras.layers.LSTM(4, return_sequences=True)(inp)
b = tf.keras.layers.LSTM(4, return_sequences=True, go_backwards=True)(inp)
model = tf.keras.Model(inp, tf.keras.layers.add([a, b]))
model.summary()
""",
        "q9.computes-both-directions",
        also=NO_JOINT,
    ),
    "one LSTM used twice": Wrong(
        """
class BiLSTM(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.lstm = tf.keras.layers.LSTM(4, return_sequences=True)

    def call(self, x):
        ahead = self.lstm(x)
        back = tf.reverse(self.lstm(tf.reverse(x, [1])), [1])
        return tf.concat([ahead, back], axis=-1)

net = BiLSTM()
print(net(tf.random.normal((2, 6, 3))).shape, net.count_params())
""",
        "q9.parameters",
    ),
    "the backward LSTM reads what the forward one gives": Wrong(
        """
inp = tf.keras.Input((6, 4))
flip = tf.keras.layers.Lambda(lambda t: t[:, ::-1])
a = tf.keras.layers.LSTM(4, return_sequences=True)(inp)
b = flip(tf.keras.layers.LSTM(4, return_sequences=True, go_backwards=True)(a))
model = tf.keras.Model(inp, tf.keras.layers.Concatenate()([a, b]))
model.summary()
""",
        "q9.computes-both-directions",
        also=NO_JOINT,
    ),
    "only the forward states come out": Wrong(
        """
class MyBiLSTM(tf.keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.fw = tf.keras.layers.LSTM(units, return_sequences=True)
        self.bw = tf.keras.layers.LSTM(units, return_sequences=True, go_backwards=True)

    def call(self, x):
        forward, backward = self.fw(x), self.bw(x)
        return forward

print(MyBiLSTM(4)(tf.random.normal((2, 6, 3))).shape)
""",
        "q9.sees-the-future",
        also=NO_BILSTM,
    ),
    "only the backward states come out": Wrong(
        """
class MyBiLSTM(tf.keras.Model):
    def __init__(self, units):
        super().__init__()
        self.fw = tf.keras.layers.LSTM(units, return_sequences=True)
        self.bw = tf.keras.layers.LSTM(units, return_sequences=True, go_backwards=True)

    def call(self, x):
        forward, backward = self.fw(x), tf.reverse(self.bw(x), [1])
        return backward

print(MyBiLSTM(4)(tf.random.normal((2, 6, 3))).shape)
""",
        "q9.computes-both-directions",
        also=NO_JOINT,
    ),
    "joined along time": Wrong(
        """
inp = tf.keras.Input((6, 3))
a = tf.keras.layers.LSTM(4, return_sequences=True)(inp)
b = tf.keras.layers.LSTM(4, return_sequences=True, go_backwards=True)(inp)
b = tf.keras.layers.Lambda(lambda t: t[:, ::-1])(b)
model = tf.keras.Model(inp, tf.keras.layers.Concatenate(axis=1)([a, b]))
print(model.output_shape)
""",
        "q9.computes-both-directions",
        also=frozenset({"q9.sees-the-future", "q9.output"}),
    ),
    "never built": Wrong(
        """
bilstm = tf.keras.layers.Bidirectional(tf.keras.layers.LSTM(8, return_sequences=True))
print(bilstm)
""",
        "q9.output",
        also=NO_BILSTM,
    ),
    "a layer over two cells, out of step": Wrong(
        """
class BiLSTM(tf.keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.units = units
        self.one, self.two = tf.keras.layers.LSTMCell(units), tf.keras.layers.LSTMCell(units)

    def read(self, cell, x):
        states, out = [tf.zeros((x.shape[0], self.units))] * 2, []
        for t in range(x.shape[1]):
            h, states = cell(x[:, t], states)
            out.append(h)
        return tf.stack(out, axis=1)

    def call(self, x):
        return tf.concat([self.read(self.one, x), self.read(self.two, x[:, ::-1])], axis=-1)

print(BiLSTM(4)(tf.random.normal((2, 6, 3))).shape)
""",
        "q9.computes-both-directions",
        also=NO_JOINT,
    ),
}
