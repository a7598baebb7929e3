"""Bidirectional GRU."""

from tests.corpus.samples import Right, Wrong

RIGHT = {
    "the wrapper in a Sequential model": Right("""
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Bidirectional, Dense, GRU, Input

bigru = Sequential(name="bigru")
bigru.add(Input((10, 4)))
bigru.add(Bidirectional(GRU(5, return_sequences=True)))
bigru.add(Dense(1, activation="sigmoid"))
bigru.compile(loss="binary_crossentropy", optimizer="adam")
bigru.summary()
"""),
    "reset before the product": Right("""
layer = tf.keras.layers.Bidirectional(tf.keras.layers.GRU(4, return_sequences=True, reset_after=False))
print(layer(tf.random.normal((2, 6, 3))).shape, layer.count_params())
"""),
    "imported from keras": Right("""
import keras

model = keras.Sequential([
    keras.layers.Embedding(40, 5),
    keras.layers.Bidirectional(keras.layers.GRU(3)),
    keras.layers.Dense(1),
])
print(model(np.random.randint(0, 40, (2, 9))).shape)
"""),
    "built inside a function": Right("""
def build(units, steps, features, mode):
    inputs = tf.keras.layers.Input((steps, features))
    states = tf.keras.layers.Bidirectional(tf.keras.layers.GRU(units, return_sequences=True), merge_mode=mode)(inputs)
    return tf.keras.models.Model(inputs, tf.keras.layers.Dense(1)(states))

for mode in ("concat", "sum", "ave", "mul"):
    net = build(3, 5, 2, mode)
    print(mode, net.count_params(), net.output_shape)
"""),
    "multiplied": Right("""
g = tf.keras.layers.Bidirectional(tf.keras.layers.GRU(4, return_sequences=True), merge_mode="mul")
print(g(tf.ones((1, 5, 3))).shape)
"""),
    "not merged, last states": Right("""
both = tf.keras.layers.Bidirectional(tf.keras.layers.GRU(4), merge_mode=None)
f, b = both(tf.random.normal((2, 5, 3)))
print(f.shape, b.shape)
"""),
    "a backward layer given": Right("""
from tensorflow.keras import layers
bi = layers.Bidirectional(
    layers.GRU(4, return_sequences=True),
    backward_layer=layers.GRU(4, return_sequences=True, go_backwards=True),
    merge_mode="sum",
)
print(bi(np.zeros((2, 6, 3), dtype="float32")).shape)
"""),
    "with states": Right("""
class Encoder(tf.keras.Model):
    def __init__(self, vocabulary, size, units):
        super().__init__()
        self.embed = tf.keras.layers.Embedding(vocabulary, size)
        self.bigru = tf.keras.layers.Bidirectional(
            tf.keras.layers.GRU(units, return_sequences=True, return_state=True)
        )

    def call(self, tokens):
        outputs, ahead, back = self.bigru(self.embed(tokens))
        return outputs, tf.concat([ahead, back], axis=-1)

encoder = Encoder(20, 4, 3)
outputs, state = encoder(tf.constant([[1, 5, 2, 7], [3, 3, 9, 0]]))
print(outputs.shape, state.shape)
"""),
    "joined by hand": Right("""
L = tf.keras.layers
x = L.Input((7, 3))
forward = L.GRU(5, return_sequences=True, name="gru_forward")(x)
backward = L.GRU(5, return_sequences=True, go_backwards=True, name="gru_backward")(x)
backward = L.Lambda(lambda states: tf.reverse(states, axis=[1]), name="in_time")(backward)
bigru = tf.keras.Model(x, L.Concatenate()([forward, backward]))
bigru.summary()
"""),
    "averaged by hand, last states": Right("""
x = tf.keras.Input((7, 3))
h1 = tf.keras.layers.GRU(5)(x)
h2 = tf.keras.layers.GRU(5, go_backwards=True)(x)
net = tf.keras.Model(inputs=[x], outputs=[tf.keras.layers.Average()([h1, h2])])
net.compile("sgd", "mse")
print(net.predict(np.random.rand(2, 7, 3), verbose=0))
"""),
    "layers called on data": Right("""
data = tf.random.normal((2, 6, 3))
gru_a = tf.keras.layers.GRU(4, return_sequences=True)
gru_b = tf.keras.layers.GRU(4, return_sequences=True)
result = tf.concat([gru_a(data), gru_b(data[:, ::-1, :])[:, ::-1, :]], axis=2)
print(result.shape)
"""),
    "a layer that reverses the input": Right("""
class BiGRU(tf.keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.gru_f = tf.keras.layers.GRU(units, return_sequences=True)
        self.gru_b = tf.keras.layers.GRU(units, return_sequences=True)

    def call(self, inputs):
        forward = self.gru_f(inputs)
        backward = tf.reverse(self.gru_b(tf.reverse(inputs, axis=[1])), axis=[1])
        return tf.concat([forward, backward], axis=-1)

net = tf.keras.Sequential([tf.keras.Input((6, 3)), BiGRU(4), tf.keras.layers.Dense(1)])
print(net(tf.random.normal((2, 6, 3))).shape)
"""),
    "two cells and a loop": Right("""
units = 4
cells = [tf.keras.layers.GRUCell(units), tf.keras.layers.GRUCell(units)]
x = tf.random.normal((2, 6, 3))

def run(cell, steps):
    h = tf.zeros((2, units))
    out = {}
    for t in steps:
        h, _ = cell(x[:, t], [h])
        out[t] = h
    return tf.stack([out[t] for t in sorted(out)], axis=1)

y = tf.concat([run(cells[0], range(6)), run(cells[1], reversed(range(6)))], axis=-1)
print(y.shape)
"""),
    "in NumPy": Right("""
sig = lambda z: 1 / (1 + np.exp(-z))

class GRU:
    def __init__(self, m, u, rng):
        self.Wz, self.Wr, self.Wh = rng.normal(0, 0.5, (3, m, u))
        self.Uz, self.Ur, self.Uh = rng.normal(0, 0.5, (3, u, u))
        self.bz, self.br, self.bh = np.zeros((3, u))

    def run(self, xs):
        h, hs = np.zeros(self.Uz.shape[0]), []
        for x in xs:
            z = sig(x @ self.Wz + h @ self.Uz + self.bz)
            r = sig(x @ self.Wr + h @ self.Ur + self.br)
            n = np.tanh(x @ self.Wh + (r * h) @ self.Uh + self.bh)
            h = (1 - z) * h + z * n
            hs.append(h)
        return hs

rng = np.random.default_rng(3)
xs = rng.normal(size=(5, 3))
fwd, bwd = GRU(3, 4, rng), GRU(3, 4, rng)
ys = [np.r_[a, b] for a, b in zip(fwd.run(xs), bwd.run(xs[::-1])[::-1])]
print(np.array(ys).shape)
"""),
    "three stacked": Right("""
model = tf.keras.Sequential()
model.add(tf.keras.Input((8, 3)))
for n in (6, 4, 2):
    model.add(tf.keras.layers.Bidirectional(tf.keras.layers.GRU(n, return_sequences=True)))
model.summary()
"""),
    "input_shape and tf_keras": Right(
        """
import tf_keras as tfk
net = tfk.Sequential()
net.add(tfk.layers.Bidirectional(tfk.layers.GRU(4, return_sequences=True), input_shape=(6, 3)))
net.add(tfk.layers.TimeDistributed(tfk.layers.Dense(2, activation="softmax")))
print(net.output_shape)
""",
        keras=(2,),
    ),
    "flipped with ops": Right(
        """
import keras
class Both(keras.Model):
    def __init__(self, n):
        super().__init__()
        self.a, self.z = [keras.layers.GRU(n, return_sequences=True, go_backwards=back) for back in (False, True)]

    def call(self, x):
        return keras.ops.concatenate([self.a(x), keras.ops.flip(self.z(x), axis=1)], axis=-1)

both = Both(4)
print(both(np.random.rand(2, 6, 3).astype("float32")).shape)
""",
        keras=(3,),
    ),
    "in NumPy, in two functions": Right("""
features, units = 3, 5
scale = 1 / np.sqrt(units)

def weights():
    uniform = lambda *shape: np.random.uniform(-scale, scale, shape)
    return [(uniform(features, units), uniform(units, units), np.zeros(units)) for _ in range(3)]

def gru(x, h, w):
    (A, B, c), (D, E, f), (G, H, k) = w
    update, reset = [1 / (1 + np.exp(-(x @ p + h @ q + b))) for p, q, b in ((A, B, c), (D, E, f))]
    return update * h + (1 - update) * np.tanh(x @ G + (reset * h) @ H + k)

def both(x, one, other):
    steps = x.shape[1]
    h, g = np.zeros((2, units)), np.zeros((2, units))
    ahead, back = [], [None] * steps
    for t in range(steps):
        h = gru(x[:, t], h, one)
        ahead.append(h)
        g = gru(x[:, steps - 1 - t], g, other)
        back[steps - 1 - t] = g
    return np.concatenate([np.stack(ahead, axis=1), np.stack(back, axis=1)], axis=-1)

print(both(np.random.randn(2, 6, features), weights(), weights()).shape)
"""),
    "a layer of its own": Right("""
class Both(tf.keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.units = units

    def build(self, shape):
        size = shape[-1] + self.units
        weight = lambda name, *s: self.add_weight(shape=s, name=name, initializer="glorot_uniform")
        self.ahead = [weight(f"a{k}", size, self.units) for k in "zrh"] + [weight("ab", 3, self.units)]
        self.back = [weight(f"b{k}", size, self.units) for k in "zrh"] + [weight("bb", 3, self.units)]

    def over(self, steps, Z, R, H, b):
        h, states = tf.zeros((tf.shape(steps[0])[0], self.units)), []
        for x in steps:
            z = tf.sigmoid(tf.concat([x, h], 1) @ Z + b[0])
            r = tf.sigmoid(tf.concat([x, h], 1) @ R + b[1])
            h = z * h + (1 - z) * tf.tanh(tf.concat([x, r * h], 1) @ H + b[2])
            states.append(h)
        return states

    def call(self, x):
        steps = tf.unstack(x, axis=1)
        one, other = self.over(steps, *self.ahead), self.over(steps[::-1], *self.back)[::-1]
        return tf.concat([tf.stack(one, axis=1), tf.stack(other, axis=1)], axis=-1)

print(Both(4)(tf.random.normal((2, 5, 3))).shape)
"""),
    "several cells in each direction": Right("""
cells = [tf.keras.layers.GRUCell(6), tf.keras.layers.GRUCell(4)]
layer = tf.keras.layers.Bidirectional(tf.keras.layers.RNN(cells, return_sequences=True))
print(layer(tf.random.normal((2, 5, 3))).shape)
"""),
    "time first": Right(
        """
layer = tf.keras.layers.Bidirectional(tf.keras.layers.GRU(5, return_sequences=True, time_major=True))
print(layer(tf.random.normal((7, 2, 3))).shape)
""",
        keras=(2,),
    ),
    "two loops that fill one array": Right(
        """
import numpy as np

rng = np.random.default_rng(23)
T, m, u = 6, 3, 4
x = rng.normal(size=(T, m))
P = {way: {k: rng.normal(0, 0.4, (u, m + u)) for k in ("z", "r", "n")} for way in ("fwd", "bwd")}
B = {way: {k: rng.normal(0, 0.1, u) for k in ("z", "r", "n")} for way in ("fwd", "bwd")}
sig = lambda a: 1.0 / (1.0 + np.exp(-a))


def cell(x_t, h, p, b):
    hx = np.concatenate([h, x_t])
    z = sig(p["z"] @ hx + b["z"])
    r = sig(p["r"] @ hx + b["r"])
    n = np.tanh(p["n"] @ np.concatenate([r * h, x_t]) + b["n"])
    return (1 - z) * h + z * n


states = np.zeros((T, 2 * u))
h = np.zeros(u)
for t in range(T):
    h = cell(x[t], h, P["fwd"], B["fwd"])
    states[t, :u] = h
h = np.zeros(u)
for t in reversed(range(T)):
    h = cell(x[t], h, P["bwd"], B["bwd"])
    states[t, u:] = h
print(states.shape, states[0])
""",
    ),
}

NO_BIGRU = frozenset({"q10.parameters", "q10.sees-the-future", "q10.computes-both-directions", "q10.output"})
NO_JOINT = frozenset({"q10.output"})

WRONG = {
    "made of LSTMs": Wrong(
        """
from tensorflow.keras import Sequential, layers
bigru = Sequential([layers.Input((6, 3)), layers.Bidirectional(layers.LSTM(4, return_sequences=True))])
bigru.summary()
""",
        "q10.parameters",
    ),
    "an LSTM as backward layer": Wrong(
        """
bi = tf.keras.layers.Bidirectional(
    tf.keras.layers.GRU(4, return_sequences=True),
    backward_layer=tf.keras.layers.LSTM(4, return_sequences=True, go_backwards=True),
)
print(bi(tf.random.normal((2, 6, 3))).shape)
""",
        "q10.parameters",
    ),
    "a single GRU": Wrong(
        """
layer = tf.keras.layers.GRU(8, return_sequences=True)
print(layer(tf.random.normal((2, 6, 3))).shape)
""",
        "q10.parameters",
    ),
    "a single GRU that goes backwards": Wrong(
        """
model = tf.keras.Sequential([
    tf.keras.Input((6, 3)),
    tf.keras.layers.GRU(4, go_backwards=True, return_sequences=True),
])
model.summary()
""",
        "q10.parameters",
    ),
    "two GRUs on each other": Wrong(
        """
x = tf.keras.Input((6, 3))
h = tf.keras.layers.GRU(4, return_sequences=True)(x)
h = tf.keras.layers.GRU(4, return_sequences=True)(h)
model = tf.keras.Model(x, h)
model.summary()
""",
        "q10.sees-the-future",
        also=NO_BIGRU,
    ),
    "both GRUs read forwards": Wrong(
        """
class BiGRU(tf.keras.Model):
    def __init__(self, units):
        super().__init__()
        self.forward_gru = tf.keras.layers.GRU(units, return_sequences=True)
        self.backward_gru = tf.keras.layers.GRU(units, return_sequences=True)

    def call(self, x):
        return tf.concat([self.forward_gru(x), self.backward_gru(x)], axis=-1)

net = BiGRU(4)
print(net(tf.random.normal((2, 6, 3))).shape)
""",
        "q10.sees-the-future",
        also=NO_BIGRU,
    ),
    "the last states of two forward GRUs": Wrong(
        """
x = tf.keras.Input((6, 3))
out = tf.keras.layers.Concatenate()([tf.keras.layers.GRU(4)(x), tf.keras.layers.GRU(4)(x)])
model = tf.keras.Model(x, out)
model.summary()
""",
        "q10.computes-both-directions",
        also=NO_BIGRU,
    ),
    "the backward states are out of step": Wrong(
        """
x = tf.keras.Input((6, 3))
a = tf.keras.layers.GRU(4, return_sequences=True)(x)
b = tf.keras.layers.GRU(4, return_sequences=True)(x[:, ::-1])
model = tf.keras.Model(x, tf.keras.layers.Concatenate()([a, b]))
model.summary()
""",
        "q10.computes-both-directions",
        also=NO_JOINT,
    ),
    "one GRU used twice": Wrong(
        """
gru = tf.keras.layers.GRU(4, return_sequences=True)
x = tf.keras.Input((6, 3))
flip = tf.keras.layers.Lambda(lambda t: t[:, ::-1])
model = tf.keras.Model(x, tf.keras.layers.Concatenate()([gru(x), flip(gru(flip(x)))]))
model.summary()
""",
        "q10.parameters",
    ),
    "the forward states twice": Wrong(
        """
x = tf.keras.Input((6, 3))
a = tf.keras.layers.GRU(4, return_sequences=True)(x)
model = tf.keras.Model(x, tf.keras.layers.concatenate([a, a]))
model.summary()
""",
        "q10.parameters",
    ),
    "the backward GRU reads what the forward one gives": Wrong(
        """
x = tf.keras.Input((6, 4))
a = tf.keras.layers.GRU(4, return_sequences=True)(x)
b = tf.keras.layers.GRU(4, return_sequences=True)(a[:, ::-1])[:, ::-1]
model = tf.keras.Model(x, tf.keras.layers.Concatenate()([a, b]))
model.summary()
""",
        "q10.computes-both-directions",
        also=NO_JOINT,
    ),
    "only the forward states come out": Wrong(
        """
class BiGRU(tf.keras.Model):
    def __init__(self, units):
        super().__init__()
        self.ahead = tf.keras.layers.GRU(units, return_sequences=True)
        self.back = tf.keras.layers.GRU(units, return_sequences=True, go_backwards=True)

    def call(self, x):
        a, b = self.ahead(x), self.back(x)
        return a

net = BiGRU(4)
print(net(tf.random.normal((2, 6, 3))).shape)
""",
        "q10.sees-the-future",
        also=NO_BIGRU,
    ),
    "never built": Wrong(
        """
layer = tf.keras.layers.Bidirectional(tf.keras.layers.GRU(16))
""",
        "q10.output",
        also=NO_BIGRU,
    ),
    "a loop over two cells, both forwards": Wrong(
        """
forward_cell, backward_cell = tf.keras.layers.GRUCell(4), tf.keras.layers.GRUCell(4)
x = tf.random.normal((2, 6, 3))
hf = hb = tf.zeros((2, 4))
outputs = []
for t in range(6):
    hf, _ = forward_cell(x[:, t], [hf])
    hb, _ = backward_cell(x[:, t], [hb])
    outputs.append(tf.concat([hf, hb], axis=-1))
print(tf.stack(outputs, axis=1).shape)
""",
        "q10.sees-the-future",
        also=NO_BIGRU,
    ),
    "a layer of its own that reads forwards twice": Wrong(
        """
class Twice(tf.keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.units = units

    def build(self, shape):
        size = shape[-1] + self.units
        weight = lambda name, *s: self.add_weight(shape=s, name=name, initializer="glorot_uniform")
        self.ahead = [weight(f"a{k}", size, self.units) for k in "zrh"] + [weight("ab", 3, self.units)]
        self.back = [weight(f"b{k}", size, self.units) for k in "zrh"] + [weight("bb", 3, self.units)]

    def over(self, steps, Z, R, H, b):
        h, states = tf.zeros((tf.shape(steps[0])[0], self.units)), []
        for x in steps:
            z = tf.sigmoid(tf.concat([x, h], 1) @ Z + b[0])
            r = tf.sigmoid(tf.concat([x, h], 1) @ R + b[1])
            h = z * h + (1 - z) * tf.tanh(tf.concat([x, r * h], 1) @ H + b[2])
            states.append(h)
        return states

    def call(self, x):
        steps = tf.unstack(x, axis=1)
        one, other = self.over(steps, *self.ahead), self.over(steps, *self.back)
        return tf.concat([tf.stack(one, axis=1), tf.stack(other, axis=1)], axis=-1)

print(Twice(4)(tf.random.normal((2, 5, 3))).shape)
""",
        "q10.computes-both-directions",
        also=frozenset({"q10.sees-the-future", "q10.output"}),
    ),
}
