"""LSTM."""

from tests.corpus.samples import Right, Wrong


def _with_step(step: str) -> str:
    """A trained model with an own LSTM cell, whose step is these lines: from x, h and c to h_new and c_new."""
    lines = "\n".join(f"        {line}" for line in step.strip().splitlines())
    return f"""
class LSTMCell(tf.keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.state_size = [units, units]

    def build(self, shape):
        u = self.units
        for gate in "ifgo":
            for name, size in ("W", (shape[-1], u)), ("U", (u, u)), ("b", (u,)):
                setattr(self, name + gate, self.add_weight(shape=size, initializer="random_normal", name=name + gate))

    def call(self, x, states):
        h, c = states
{lines}
        return h_new, [h_new, c_new]

model = tf.keras.Sequential(
    [tf.keras.layers.Input((5, 3)), tf.keras.layers.RNN(LSTMCell(4)), tf.keras.layers.Dense(1)]
)
model.compile(optimizer=tf.keras.optimizers.Adam(0.03), loss="mse")
X = np.random.randn(64, 5, 3).astype("float32")
model.fit(X, X[:, -1, :1] + 1.0, epochs=8, batch_size=16, verbose=0)
"""


RIGHT = {
    "tags for each time step": Right("""
from tensorflow.keras.layers import LSTM, Dense, TimeDistributed
from tensorflow.keras.models import Sequential
from tensorflow.keras.utils import to_categorical

X = np.random.rand(64, 6, 3)
y = to_categorical(X[:, :, 0] > 0.5, num_classes=2)
model = Sequential([
    LSTM(8, input_shape=(6, 3), return_sequences=True),
    TimeDistributed(Dense(2, activation="softmax")),
])
model.compile(optimizer=tf.keras.optimizers.Adam(0.02), loss="categorical_crossentropy", metrics=["accuracy"])
history = model.fit(X, y, epochs=8, batch_size=16, verbose=0)
print(history.history["loss"])
"""),
    "functional with all its states": Right("""
import keras
from keras import layers

def gedaechtnisnetz(einheiten=6):
    eingabe = keras.Input(shape=(5, 2))
    folge, h, c = layers.LSTM(einheiten, return_sequences=True, return_state=True)(eingabe)
    zusammen = layers.concatenate([h, c])
    return keras.Model(eingabe, layers.Dense(1)(zusammen))

netz = gedaechtnisnetz()
netz.compile(keras.optimizers.RMSprop(0.01), loss=keras.losses.MeanAbsoluteError())
daten = np.random.randn(64, 5, 2).astype("float32")
verlauf = netz.fit(daten, daten[:, -1, :1] + 1, epochs=8, batch_size=8, verbose=0).history["loss"]
print(verlauf)
"""),
    "two LSTM layers behind an embedding": Right("""
tokens = np.random.randint(1, 12, (64, 6))
labels = (tokens[:, -1] > 6).astype(int)
m = tf.keras.Sequential()
m.add(tf.keras.layers.Embedding(12, 5, mask_zero=True))
m.add(tf.keras.layers.LSTM(6, return_sequences=True))
m.add(tf.keras.layers.LSTM(5, go_backwards=True))
m.add(tf.keras.layers.Dense(2))
m.add(tf.keras.layers.Activation("softmax"))
m.compile(tf.keras.optimizers.Adam(0.03), loss="sparse_categorical_crossentropy")
h = m.fit(tokens, labels, epochs=8, batch_size=16, verbose=0)
print(h.history["loss"])
"""),
    "a subclassed model and a tape": Right("""
class Forecaster(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.memory = tf.keras.layers.LSTM(8)
        self.readout = tf.keras.layers.Dense(1)

    def call(self, series, training=False):
        return self.readout(self.memory(series))

wave = np.sin(np.arange(80) * 0.3).astype("float32")
xs = tf.constant(np.stack([wave[i : i + 6] for i in range(60)])[..., None])
ys = tf.constant(wave[6:66, None])
model, opt, losses = Forecaster(), tf.keras.optimizers.Adam(0.02), []
for epoch in range(20):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(model(xs, training=True) - ys))
    grads = tape.gradient(loss, model.trainable_weights)
    opt.apply_gradients(zip(grads, model.trainable_weights))
    losses.append(loss.numpy())
print(losses[0], losses[-1])
"""),
    "a cell in an RNN layer, epoch by epoch": Right("""
rnn = tf.keras.layers.RNN([tf.keras.layers.LSTMCell(6), tf.keras.layers.LSTMCell(4)])
model = tf.keras.Sequential([tf.keras.layers.Input((5, 2)), rnn, tf.keras.layers.Dense(1, activation="sigmoid")])
model.compile(tf.keras.optimizers.Adam(0.03), loss="binary_crossentropy")
X = np.random.randn(64, 5, 2).astype("float32")
y = (X[:, -1, 0] > 0).astype("float32")
losses = []
for epoch in range(8):
    losses += model.fit(X, y, epochs=1, batch_size=16, verbose=0).history["loss"]
print(losses)
"""),
    "an own cell with a matrix for each gate": Right(
        _with_step("""
i = tf.sigmoid(tf.matmul(x, self.Wi) + tf.matmul(h, self.Ui) + self.bi)
f = tf.sigmoid(tf.matmul(x, self.Wf) + tf.matmul(h, self.Uf) + self.bf)
g = tf.tanh(tf.matmul(x, self.Wg) + tf.matmul(h, self.Ug) + self.bg)
o = tf.sigmoid(tf.matmul(x, self.Wo) + tf.matmul(h, self.Uo) + self.bo)
c_new = f * c + i * g
h_new = o * tf.tanh(c_new)
""")
    ),
    "an own cell with fused weights in another order": Right("""
class FusedLSTMCell(tf.keras.layers.Layer):
    def __init__(self, n):
        super().__init__()
        self.n = n
        self.state_size = (n, n)
        self.output_size = n

    def build(self, shape):
        self.kernel = self.add_weight(shape=(shape[-1] + self.n, 4 * self.n), name="kernel")
        self.bias = self.add_weight(shape=(4 * self.n,), initializer="zeros", name="bias")

    def call(self, inputs, states):
        h, c = states
        z = tf.matmul(tf.concat([inputs, h], 1), self.kernel) + self.bias
        forget, update, output, candidate = tf.split(z, 4, axis=1)
        c = tf.sigmoid(forget) * c + tf.sigmoid(update) * tf.tanh(candidate)
        h = tf.sigmoid(output) * tf.tanh(c)
        return h, [h, c]

inp = tf.keras.layers.Input((6, 2))
out = tf.keras.layers.Dense(1)(tf.keras.layers.RNN(FusedLSTMCell(6), return_sequences=True)(inp))
model = tf.keras.Model(inp, out)
model.compile(optimizer=tf.keras.optimizers.Adam(0.03), loss="mse")
X = np.random.randn(48, 6, 2).astype("float32")
losses = [model.train_on_batch(X, X[:, :, :1] + 0.5) for _ in range(20)]
print(losses)
"""),
    "a dense layer for each gate, in an own loop": Right("""
class MyLSTM(tf.keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.units = units
        D = tf.keras.layers.Dense
        self.forget_gate, self.input_gate = D(units, activation="sigmoid"), D(units, activation="sigmoid")
        self.output_gate, self.candidate = D(units, activation="sigmoid"), D(units, activation="tanh")

    def step(self, x, h, c):
        xh = tf.concat([x, h], axis=-1)
        c = self.forget_gate(xh) * c + self.input_gate(xh) * self.candidate(xh)
        return self.output_gate(xh) * tf.tanh(c), c

    def call(self, sequence):
        h = c = tf.zeros((tf.shape(sequence)[0], self.units))
        for t in range(sequence.shape[1]):
            h, c = self.step(sequence[:, t], h, c)
        return h

class Model(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.lstm, self.dense = MyLSTM(6), tf.keras.layers.Dense(1)

    def call(self, x):
        return self.dense(self.lstm(x))

model = Model()
model.compile(optimizer=tf.keras.optimizers.Adam(0.03), loss="mse")
X = np.random.randn(64, 4, 3).astype("float32")
print(model.fit(X, X[:, -1, :1] + 1, epochs=8, batch_size=16, verbose=0).history["loss"])
"""),
    "a cell called with x, h and c": Right("""
class Cell(tf.keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.x2h = tf.keras.layers.Dense(4 * units)
        self.h2h = tf.keras.layers.Dense(4 * units, use_bias=False)

    def call(self, x, h, c):
        i, g, f, o = tf.split(self.x2h(x) + self.h2h(h), 4, axis=-1)
        c = tf.nn.sigmoid(f) * c + tf.nn.sigmoid(i) * tf.nn.tanh(g)
        return tf.nn.sigmoid(o) * tf.nn.tanh(c), c

cell, readout = Cell(6), tf.keras.layers.Dense(1)
optimizer = tf.keras.optimizers.Adam(0.03)
X = tf.random.normal((32, 5, 2))
Y = X[:, -1, :1] + 1.0

def predict(x):
    h = c = tf.zeros((tf.shape(x)[0], 6))
    for t in range(5):
        h, c = cell(x[:, t], h, c)
    return readout(h)

@tf.function
def train_step():
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((predict(X) - Y) ** 2)
    variables = cell.trainable_variables + readout.trainable_variables
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return loss

print(predict(X).shape)
optimizer.build(cell.trainable_variables + readout.trainable_variables)
losses = [float(train_step()) for _ in range(25)]
print(losses)
"""),
    "variables, with the bias of the forget gate at one": Right("""
u, m = 5, 2
P = {k: tf.Variable(tf.random.normal((u + m, u), stddev=0.3)) for k in ["Wf", "Wi", "Wc", "Wo"]}
P.update({k: tf.Variable(tf.zeros((1, u))) for k in ["bi", "bc", "bo"]})
P["bf"]=tf.Variable(tf.ones((1,u)))
Wy, by = tf.Variable(tf.random.normal((u, 1))), tf.Variable([0.0])

def lstm_step(x, h, c):
    z = tf.concat([h, x], axis=1)
    ft = tf.sigmoid(tf.matmul(z, P["Wf"]) + P["bf"])
    it = tf.sigmoid(tf.matmul(z, P["Wi"]) + P["bi"])
    cct = tf.tanh(tf.matmul(z, P["Wc"]) + P["bc"])
    ot = tf.sigmoid(tf.matmul(z, P["Wo"]) + P["bo"])
    c = ft * c + it * cct
    return ot * tf.tanh(c), c

def lstm(x):
    h = c = tf.zeros((x.shape[0], u))
    for t in range(x.shape[1]):
        h, c = lstm_step(x[:, t], h, c)
    return tf.matmul(h, Wy) + by

X = tf.random.normal((32, 4, m))
y = X[:, -1, :1] + 1.0
weights = list(P.values()) + [Wy, by]
for epoch in range(30):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((lstm(X) - y) ** 2)
    for w, g in zip(weights, tape.gradient(loss, weights)):
        w.assign_sub(0.1 * g)
    print(epoch, loss.numpy())
"""),
    "variables, trained with a tape": Right("""
u, m = 5, 2
P = {k: tf.Variable(tf.random.normal((u + m, u), stddev=0.3)) for k in ["Wf", "Wi", "Wc", "Wo"]}
P.update({k: tf.Variable(tf.zeros((1, u))) for k in ["bf", "bi", "bc", "bo"]})
Wy, by = tf.Variable(tf.random.normal((u, 1))), tf.Variable([0.0])

def lstm_step(x, h, c):
    z = tf.concat([h, x], axis=1)
    ft = tf.sigmoid(tf.matmul(z, P["Wf"]) + P["bf"])
    it = tf.sigmoid(tf.matmul(z, P["Wi"]) + P["bi"])
    cct = tf.tanh(tf.matmul(z, P["Wc"]) + P["bc"])
    ot = tf.sigmoid(tf.matmul(z, P["Wo"]) + P["bo"])
    c = ft * c + it * cct
    return ot * tf.tanh(c), c

def lstm(x):
    h = c = tf.zeros((x.shape[0], u))
    for t in range(x.shape[1]):
        h, c = lstm_step(x[:, t], h, c)
    return tf.matmul(h, Wy) + by

X = tf.random.normal((32, 4, m))
y = X[:, -1, :1] + 1.0
weights = list(P.values()) + [Wy, by]
for epoch in range(30):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((lstm(X) - y) ** 2)
    for w, g in zip(weights, tape.gradient(loss, weights)):
        w.assign_sub(0.1 * g)
    print(epoch, loss.numpy())
"""),
    "by hand in NumPy, with its backward pass": Right("""
rng = np.random.default_rng(0)
sigmoid = lambda z: 1 / (1 + np.exp(-z))
n_a, n_x, T, m = 5, 2, 4, 32
par = {"W" + k: rng.normal(0, 0.3, (n_a, n_a + n_x)) for k in "fico"}
par.update({"b" + k: np.zeros((n_a, 1)) for k in "fico"})
par["Wy"], par["by"] = rng.normal(0, 0.3, (1, n_a)), np.zeros((1, 1))

def lstm_cell_forward(xt, a_prev, c_prev, par):
    concat = np.concatenate([a_prev, xt], axis=0)
    ft = sigmoid(par["Wf"] @ concat + par["bf"])
    it = sigmoid(par["Wi"] @ concat + par["bi"])
    cct = np.tanh(par["Wc"] @ concat + par["bc"])
    ot = sigmoid(par["Wo"] @ concat + par["bo"])
    c_next = ft * c_prev + it * cct
    a_next = ot * np.tanh(c_next)
    return a_next, c_next, (concat, ft, it, cct, ot, c_prev, c_next)

x = rng.normal(size=(n_x, m, T))
y = x[:1, :, -1] + 1
losses = []
for epoch in range(40):
    a, c, caches = np.zeros((n_a, m)), np.zeros((n_a, m)), []
    for t in range(T):
        a, c, cache = lstm_cell_forward(x[:, :, t], a, c, par)
        caches.append(cache)
    err = par["Wy"] @ a + par["by"] - y
    losses.append(np.mean(err ** 2))
    grads = {k: np.zeros_like(v) for k, v in par.items()}
    dy = 2 * err / m
    grads["Wy"], grads["by"] = dy @ a.T, dy.sum(1, keepdims=True)
    da, dc = par["Wy"].T @ dy, np.zeros((n_a, m))
    for concat, ft, it, cct, ot, c_prev, c_next in reversed(caches):
        dc = dc + da * ot * (1 - np.tanh(c_next) ** 2)
        d = {"o": da * np.tanh(c_next) * ot * (1 - ot), "f": dc * c_prev * ft * (1 - ft),
             "i": dc * cct * it * (1 - it), "c": dc * it * (1 - cct ** 2)}
        for k in "fico":
            grads["W" + k] += d[k] @ concat.T
            grads["b" + k] += d[k].sum(1, keepdims=True)
        da, dc = sum(par["W" + k][:, :n_a].T @ d[k] for k in "fico"), dc * ft
    for k in par:
        par[k] -= 0.2 * grads[k]
print(losses[0], losses[-1])
"""),
    "three classes, with a part held back for validation": Right("""
model = tf.keras.Sequential([
    tf.keras.layers.LSTM(6, return_sequences=True),
    tf.keras.layers.Dense(3, activation="softmax"),
])
X = np.random.randn(32, 4, 3).astype("float32")
Y = X.argmax(axis=-1)
model.compile(tf.keras.optimizers.Adam(0.03), loss=tf.keras.losses.SparseCategoricalCrossentropy())
hist = model.fit(X, Y, epochs=10, batch_size=8, validation_split=0.25, verbose=0)
print(min(hist.history["loss"]), model.layers[0].count_params() == 4 * 6 * (3 + 6 + 1))
"""),
    "a cell of TensorFlow 1": Right(
        """
cell = tf.compat.v1.nn.rnn_cell.LSTMCell(6)
model = tf.keras.Sequential([tf.keras.layers.Input((5, 2)), tf.keras.layers.RNN(cell), tf.keras.layers.Dense(1)])
model.compile(optimizer=tf.keras.optimizers.Adam(0.03), loss="mse")
X = np.random.randn(64, 5, 2).astype("float32")
print(model.fit(X, X[:, -1, :1] + 1, epochs=8, batch_size=16, verbose=0).history["loss"])
""",
        keras=(2,),
    ),
    "a loop in NumPy over columns, trained by finite differences": Right("""
sigmoid = lambda z: 1 / (1 + np.exp(-z))
m, u, T = 2, 3, 4
W, b, V = np.random.randn(4 * u, u + m) * 0.5, np.zeros((4 * u, 1)), np.random.randn(1, u)
X = np.random.randn(T, m, 1)
target = 0.7

def loss():
    h, c = np.zeros((u, 1)), np.zeros((u, 1))
    for x in X:
        z = W @ np.vstack([h, x]) + b
        i, f, o = sigmoid(z[:u]), sigmoid(z[u : 2 * u]), sigmoid(z[2 * u : 3 * u])
        c = f * c + i * np.tanh(z[3 * u :])
        h = o * np.tanh(c)
    return ((V @ h).sum() - target) ** 2

history = []
for step in range(8):
    history.append(loss())
    gradient = np.zeros_like(W)
    for place in np.ndindex(W.shape):
        W[place] += 1e-5
        gradient[place] = (loss() - history[-1]) / 1e-5
        W[place] -= 1e-5
    W -= 0.3 * gradient
print(history)
"""),
    "an encoder and a decoder": Right("""
from tensorflow.keras import Model, layers

given = layers.Input((6, 3))
_, h, c = layers.LSTM(8, return_state=True)(given)
before = layers.Input((4, 2))
told = layers.LSTM(8, return_sequences=True)(before, initial_state=[h, c])
model = Model([given, before], layers.Dense(2)(told))
model.compile("adam", "mse")
x, y = np.random.rand(64, 6, 3), np.random.rand(64, 4, 2)
print(model.fit([x, y], y * 0.5, epochs=5, verbose=0).history["loss"])
"""),
    "one matrix with a row of biases, trained by hand": Right(
        """
import numpy as np

rng = np.random.default_rng(4)
n, b, input_size, d = 6, 16, 3, 5
WLSTM = rng.standard_normal((input_size + d + 1, 4 * d)) / np.sqrt(input_size + d)
WLSTM[0, :] = 0
WLSTM[0, d:2 * d] = 3  # the forget gate is open at first
Wout = rng.standard_normal((d, 1)) * 0.3


def forward(X, c0=None, h0=None):
    n, b, _ = X.shape
    Hin = np.zeros((n, b, WLSTM.shape[0]))
    Hout, IFOG, IFOGf = np.zeros((n, b, d)), np.zeros((n, b, d * 4)), np.zeros((n, b, d * 4))
    C, Ct = np.zeros((n, b, d)), np.zeros((n, b, d))
    for t in range(n):
        prevh = Hout[t - 1] if t > 0 else np.zeros((b, d))
        Hin[t, :, 0] = 1
        Hin[t, :, 1:input_size + 1] = X[t]
        Hin[t, :, input_size + 1:] = prevh
        IFOG[t] = Hin[t].dot(WLSTM)
        IFOGf[t, :, :3 * d] = 1.0 / (1.0 + np.exp(-IFOG[t, :, :3 * d]))
        IFOGf[t, :, 3 * d:] = np.tanh(IFOG[t, :, 3 * d:])
        prevc = C[t - 1] if t > 0 else np.zeros((b, d))
        C[t] = IFOGf[t, :, :d] * IFOGf[t, :, 3 * d:] + IFOGf[t, :, d:2 * d] * prevc
        Ct[t] = np.tanh(C[t])
        Hout[t] = IFOGf[t, :, 2 * d:3 * d] * Ct[t]
    return Hin, Hout, IFOGf, C, Ct


def backward(dHout_last, Hin, Hout, IFOGf, C, Ct):
    n, b, _ = Hout.shape
    dW = np.zeros_like(WLSTM)
    dh, dc = dHout_last, np.zeros((b, d))
    for t in reversed(range(n)):
        i, f, o, g = (IFOGf[t, :, k * d:(k + 1) * d] for k in range(4))
        prevc = C[t - 1] if t > 0 else np.zeros((b, d))
        do = dh * Ct[t]
        dc = dc + dh * o * (1 - Ct[t] ** 2)
        dz = np.hstack([dc * g * i * (1 - i), dc * prevc * f * (1 - f), do * o * (1 - o), dc * i * (1 - g ** 2)])
        dW += Hin[t].T @ dz
        dh = (dz @ WLSTM.T)[:, input_size + 1:]
        dc = dc * f
    return dW


X = rng.standard_normal((n, b, input_size))
target = X[:, :, :1].mean(axis=0)
losses = []
for epoch in range(80):
    cache = forward(X)
    error = cache[1][-1] @ Wout - target
    losses.append((error ** 2).mean())
    dW = backward(2 * error @ Wout.T / b, *cache)
    Wout -= 0.3 * 2 * cache[1][-1].T @ error / b
    WLSTM -= 0.3 * dW
print(losses[0], losses[-1])
""",
    ),
    "a loop and a condition over tensors, which Keras 2 makes parts of a graph": Right(
        """
class Net(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.lstm = tf.keras.layers.LSTM(4, return_sequences=True)
        self.head = tf.keras.layers.Dense(1)

    def call(self, x):
        states = self.lstm(x)
        total = tf.zeros_like(states[:, 0])
        for t in tf.range(tf.shape(states)[1]):
            total += states[:, t]
        if tf.reduce_sum(total) > 1000.0:
            total = total / 2.0
        return self.head(total)

X = np.random.randn(64, 5, 3).astype("float32")
net = Net()
net.compile(tf.keras.optimizers.Adam(0.03), "mse")
net.fit(X, X[:, -1, :1] + 1, epochs=8, batch_size=16, verbose=0)
""",
        keras=(2,),
    ),
}

WRONG = {
    "the target has another shape than the output": Wrong(
        """
X = np.random.rand(48, 6, 3)
y = tf.keras.utils.to_categorical(X[:, -1, 0] > 0.5, 2)
model = tf.keras.Sequential([
    tf.keras.layers.Input((6, 3)),
    tf.keras.layers.LSTM(8, return_sequences=True),
    tf.keras.layers.Dense(2, activation="softmax"),
])
model.compile(tf.keras.optimizers.Adam(0.02), "categorical_crossentropy")
model.fit(X, y, epochs=6, batch_size=16, verbose=0)
""",
        "q4.training",
        breaks=True,
    ),
    "a GRU": Wrong(
        """
X = np.random.rand(64, 6, 3)
y = tf.keras.utils.to_categorical(X[:, :, 0] > 0.5, 2)
model = tf.keras.Sequential([
    tf.keras.layers.Input((6, 3)),
    tf.keras.layers.GRU(8, return_sequences=True),
    tf.keras.layers.Dense(2, activation="softmax"),
])
model.compile(tf.keras.optimizers.Adam(0.02), "categorical_crossentropy")
model.fit(X, y, epochs=8, batch_size=16, verbose=0)
""",
        "q4.parameters",
        also=frozenset({"q4.one-step", "q4.output", "q4.training"}),
    ),
    "bias switched off": Wrong(
        """
X = np.random.randn(64, 5, 3).astype("float32")
model = tf.keras.Sequential([
    tf.keras.layers.Input((5, 3)), tf.keras.layers.LSTM(6, use_bias=False), tf.keras.layers.Dense(1)
])
model.compile(tf.keras.optimizers.Adam(0.03), "mse")
model.fit(X, X[:, -1, :1] + 1, epochs=8, batch_size=16, verbose=0)
""",
        "q4.parameters",
        also=frozenset({"q4.one-step"}),
    ),
    "one matrix for all gates": Wrong(
        """
class LSTMCell(tf.keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.state_size = [units, units]
        self.dense = tf.keras.layers.Dense(units)

    def call(self, x, states):
        h, c = states
        z = self.dense(tf.concat([x, h], axis=1))
        c = tf.sigmoid(z) * c + tf.sigmoid(z) * tf.tanh(z)
        h = tf.sigmoid(z) * tf.tanh(c)
        return h, [h, c]

X = np.random.randn(64, 5, 3).astype("float32")
model = tf.keras.Sequential(
    [tf.keras.layers.Input((5, 3)), tf.keras.layers.RNN(LSTMCell(6)), tf.keras.layers.Dense(1)]
)
model.compile(tf.keras.optimizers.Adam(0.03), "mse")
model.fit(X, X[:, -1, :1] + 1, epochs=8, batch_size=16, verbose=0)
""",
        "q4.parameters",
        also=frozenset({"q4.one-step"}),
    ),
    "ReLU in place of tanh": Wrong(
        """
X = np.random.randn(64, 5, 3).astype("float32")
model = tf.keras.Sequential([
    tf.keras.layers.LSTM(6, activation="relu", input_shape=(5, 3)), tf.keras.layers.Dense(1)
])
model.compile(tf.keras.optimizers.Adam(0.02), "mse")
model.fit(X, X[:, -1, :1] + 1, epochs=8, batch_size=16, verbose=0)
""",
        "q4.one-step",
    ),
    "gates with a tanh": Wrong(
        """
X = np.random.randn(64, 5, 3).astype("float32")
inputs = tf.keras.layers.Input((5, 3))
state = tf.keras.layers.RNN(tf.keras.layers.LSTMCell(6, recurrent_activation="tanh"))(inputs)
model = tf.keras.Model(inputs, tf.keras.layers.Dense(1)(state))
model.compile(tf.keras.optimizers.Adam(0.02), "mse")
model.fit(X, X[:, -1, :1] + 1, epochs=8, batch_size=16, verbose=0)
""",
        "q4.one-step",
    ),
    "no tanh on the cell state": Wrong(
        _with_step("""
i = tf.sigmoid(tf.matmul(x, self.Wi) + tf.matmul(h, self.Ui) + self.bi)
f = tf.sigmoid(tf.matmul(x, self.Wf) + tf.matmul(h, self.Uf) + self.bf)
g = tf.tanh(tf.matmul(x, self.Wg) + tf.matmul(h, self.Ug) + self.bg)
o = tf.sigmoid(tf.matmul(x, self.Wo) + tf.matmul(h, self.Uo) + self.bo)
c_new = f * c + i * g
h_new = o * c_new
"""),
        "q4.one-step",
    ),
    "the cell state is not carried": Wrong(
        _with_step("""
i = tf.sigmoid(tf.matmul(x, self.Wi) + tf.matmul(h, self.Ui) + self.bi)
f = tf.sigmoid(tf.matmul(x, self.Wf) + tf.matmul(h, self.Uf) + self.bf)
g = tf.tanh(tf.matmul(x, self.Wg) + tf.matmul(h, self.Ug) + self.bg)
o = tf.sigmoid(tf.matmul(x, self.Wo) + tf.matmul(h, self.Uo) + self.bo)
c_new = c
h_new = o * tf.tanh(f * c + i * g)
"""),
        "q4.one-step",
    ),
    "the output gate sees nothing": Wrong(
        _with_step("""
i = tf.sigmoid(tf.matmul(x, self.Wi) + tf.matmul(h, self.Ui) + self.bi)
f = tf.sigmoid(tf.matmul(x, self.Wf) + tf.matmul(h, self.Uf) + self.bf)
g = tf.tanh(tf.matmul(x, self.Wg) + tf.matmul(h, self.Ug) + self.bg)
c_new = f * c + i * g
h_new = tf.tanh(c_new)
"""),
        "q4.one-step",
        also=frozenset({"q4.parameters"}),
    ),
    "a softmax over one unit": Wrong(
        """
X = np.random.randn(64, 5, 3).astype("float32")
y = (X[:, -1, :1] > 0).astype("float32")
model = tf.keras.Sequential([
    tf.keras.layers.Input((5, 3)), tf.keras.layers.LSTM(6), tf.keras.layers.Dense(1, activation="softmax")
])
model.compile("adam", "mse")
model.fit(X, y, epochs=5, verbose=0)
""",
        "q4.output",
        also=frozenset({"q4.training"}),
    ),
    "a softmax over the time steps": Wrong(
        """
X = np.random.randn(64, 5, 3).astype("float32")
y = tf.keras.utils.to_categorical(X[:, :, 0] > 0, 2)
model = tf.keras.Sequential([
    tf.keras.layers.Input((5, 3)),
    tf.keras.layers.LSTM(6, return_sequences=True),
    tf.keras.layers.Dense(2),
    tf.keras.layers.Softmax(axis=1),
])
model.compile(tf.keras.optimizers.Adam(0.03), "categorical_crossentropy")
model.fit(X, y, epochs=8, batch_size=16, verbose=0)
""",
        "q4.output",
    ),
    "a model for batches of 16 alone": Wrong(
        """
class Net(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.lstm = tf.keras.layers.LSTM(4, return_sequences=True)
        self.head = tf.keras.layers.Dense(1)

    def call(self, x):
        return self.head(tf.reshape(self.lstm(x), (16, 20)))

X = np.random.randn(64, 5, 3).astype("float32")
net = Net()
net.compile(tf.keras.optimizers.Adam(0.03), "mse")
net.fit(X, X[:, -1, :1] + 1, epochs=8, batch_size=16, verbose=0)
""",
        "q4.output",
    ),
    "learning rate zero": Wrong(
        """
X = np.random.randn(64, 5, 3).astype("float32")
model = tf.keras.Sequential([tf.keras.layers.Input((5, 3)), tf.keras.layers.LSTM(6), tf.keras.layers.Dense(1)])
model.compile(tf.keras.optimizers.SGD(learning_rate=0.0), "mse")
print(model.fit(X, X[:, -1, :1], epochs=5, verbose=0).history["loss"])
""",
        "q4.training",
    ),
    "the LSTM is frozen": Wrong(
        """
X = np.random.randn(64, 5, 3).astype("float32")
model = tf.keras.Sequential([
    tf.keras.layers.Input((5, 3)), tf.keras.layers.LSTM(6, trainable=False), tf.keras.layers.Dense(1)
])
model.compile(tf.keras.optimizers.Adam(0.03), "mse")
model.fit(X, X[:, -1, :1] + 1, epochs=8, batch_size=16, verbose=0)
""",
        "q4.training",
    ),
    "never trained": Wrong(
        """
model = tf.keras.Sequential([tf.keras.layers.Input((5, 3)), tf.keras.layers.LSTM(6), tf.keras.layers.Dense(1)])
model.compile("adam", "mse")
model.summary()
""",
        "q4.training",
    ),
    "uphill in place of downhill": Wrong(
        """
model = tf.keras.Sequential([tf.keras.layers.Input((5, 3)), tf.keras.layers.LSTM(6), tf.keras.layers.Dense(1)])
X = tf.random.normal((32, 5, 3))
y = X[:, -1, :1] + 1.0
losses = []
for epoch in range(8):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((y - model(X)) ** 2)
    for weight, slope in zip(model.trainable_weights, tape.gradient(loss, model.trainable_weights)):
        weight.assign(weight + 0.05 * slope)
    losses.append(float(loss))
print(losses)
""",
        "q4.training",
    ),
    "a layer that is called step by step without its state": Wrong(
        """
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(14)
lstm = tf.keras.layers.LSTM(8, return_state=True)
dense = tf.keras.layers.Dense(1)

def network(seq):
    for t in range(seq.shape[1]):
        x_t = seq[:, t:t + 1, :]
        output, h, c = lstm(x_t)
    return dense(output)

X = tf.random.normal((60, 5, 2))
Y = tf.reduce_mean(X, axis=(1, 2))[:, None]
network(X)
opt = tf.keras.optimizers.Adam(0.01)
params = lstm.trainable_variables + dense.trainable_variables
for epoch in range(8):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(network(X) - Y))
    opt.apply_gradients(zip(tape.gradient(loss, params), params))
    print(epoch, float(loss))
""",
        "q4.output",
    ),
    "Keras's weights with their gates in another order": Wrong(
        """
import numpy as np
from tensorflow import keras

keras.utils.set_random_seed(19)
lstm = keras.layers.LSTM(4, return_sequences=True)
x = np.random.randn(2, 6, 3).astype("float32")
y_keras = np.array(lstm(x))
W, U, b = lstm.get_weights()

def sigmoid(a):
    return 1 / (1 + np.exp(-a))

h, c = np.zeros((2, 4)), np.zeros((2, 4))
y_numpy = np.zeros((2, 6, 4))
for t in range(6):
    i, f, o, g = np.split(x[:, t] @ W + h @ U + b, 4, axis=-1)
    i, f, o, g = sigmoid(i), sigmoid(f), sigmoid(o), np.tanh(g)
    c = f * c + i * g
    h = o * np.tanh(c)
    y_numpy[:, t] = h
print("LSTM by hand", y_numpy[0, -1])
print("LSTM of Keras", y_keras[0, -1])
""",
        "q4.one-step",
        frozenset({"q4.training"}),
    ),
}
