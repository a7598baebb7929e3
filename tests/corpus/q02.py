"""Backpropagation through time."""

from tests.corpus.samples import Right, Wrong

RIGHT = {
    "Sequential and fit": Right("""
from tensorflow.keras.layers import Dense, SimpleRNN
from tensorflow.keras.models import Sequential

X = np.random.randn(64, 6, 3).astype("float32")
y = X[:, :, 0].sum(axis=1, keepdims=True) * 0.3
model = Sequential([SimpleRNN(8, input_shape=(6, 3)), Dense(1)])
model.compile(optimizer=tf.keras.optimizers.Adam(0.02), loss="mse")
history = model.fit(X, y, epochs=8, batch_size=16, verbose=0)
print(history.history["loss"])
"""),
    "an LSTM over text, with a loss as an instance": Right("""
import keras

words = np.random.randint(1, 15, size=(64, 6))
label = (words[:, -1] > 7).astype("float32")[:, None]

def make_model():
    ids = keras.Input((6,), dtype="int32")
    e = keras.layers.Embedding(15, 6, mask_zero=True)(ids)
    h = keras.layers.LSTM(8)(e)
    return keras.Model(ids, keras.layers.Dense(1, activation="sigmoid")(h))

net = make_model()
net.compile(keras.optimizers.Adam(learning_rate=0.05), loss=keras.losses.BinaryCrossentropy())
print(net.fit(words, label, epochs=8, batch_size=8, verbose=0).history["loss"])
"""),
    "a tape, step by step": Right("""
class Net(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.rnn = tf.keras.layers.SimpleRNN(8)
        self.out = tf.keras.layers.Dense(1)

    def call(self, x):
        return self.out(self.rnn(x))

x = tf.random.normal((32, 6, 2))
y = tf.reduce_mean(x[:, :, :1], axis=1)
net, optimizer, track = Net(), tf.keras.optimizers.Adam(0.03), []
for step in range(15):
    with tf.GradientTape() as tape:
        error = tf.reduce_mean((net(x) - y) ** 2)
    grads = tape.gradient(error, net.trainable_variables)
    optimizer.apply_gradients(zip(grads, net.trainable_variables))
    track.append(float(error))
print(track)
"""),
    "a compiled train step": Right("""
model = tf.keras.Sequential([tf.keras.layers.Input((5, 2)), tf.keras.layers.GRU(8), tf.keras.layers.Dense(1)])
opt = tf.keras.optimizers.Adam(0.03)
mse = tf.keras.losses.MeanSquaredError()

@tf.function
def train_step(xb, yb):
    with tf.GradientTape() as tape:
        loss = mse(yb, model(xb, training=True))
    opt.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
    return loss

xb = tf.random.normal((32, 5, 2))
yb = xb[:, 0, :1]
losses = [train_step(xb, yb).numpy() for _ in range(20)]
print(losses[0], "->", losses[-1])
"""),
    "one epoch after the other": Right("""
from tensorflow import keras

X = np.random.rand(48, 5, 2)
y = X[:, :, 1].mean(axis=1)
model = keras.Sequential([keras.Input((5, 2)), keras.layers.SimpleRNN(10), keras.layers.Dense(1)])
model.compile(optimizer=keras.optimizers.Adam(0.02), loss="mean_squared_error")
verlauf = []
for epoche in range(8):
    h = model.fit(X, y, epochs=1, batch_size=8, verbose=0)
    verlauf.append(h.history["loss"][0])
print(verlauf)
"""),
    "train on batch": Right("""
x = np.random.randn(32, 6, 2).astype("float32")
t = np.cumsum(x[:, :, :1], axis=1) * 0.3
inputs = tf.keras.layers.Input((6, 2))
states = tf.keras.layers.SimpleRNN(8, return_sequences=True)(inputs)
outputs = tf.keras.layers.TimeDistributed(tf.keras.layers.Dense(1))(states)
model = tf.keras.Model(inputs, outputs)
model.compile(tf.keras.optimizers.Adam(0.03), "mse")
losses = []
for i in range(20):
    losses.append(model.train_on_batch(x, t))
print(losses)
"""),
    "an own loss and an activation layer": Right("""
def squared_error(y_true, y_pred):
    return tf.reduce_mean(tf.square(y_true - y_pred), axis=-1)

model = tf.keras.models.Sequential()
model.add(tf.keras.layers.Input(shape=(8, 1)))
model.add(tf.keras.layers.SimpleRNN(6, return_sequences=True))
model.add(tf.keras.layers.SimpleRNN(6, go_backwards=True))
model.add(tf.keras.layers.Dense(1))
model.add(tf.keras.layers.Activation("sigmoid"))
model.compile(optimizer=tf.keras.optimizers.Adam(0.03), loss=squared_error)
series = np.random.randn(64, 8, 1).astype("float32")
goal = (series[:, 0] > 0).astype("float32")
res = model.fit(series, goal, epochs=8, batch_size=16, verbose=0)
print(res.history["loss"])
"""),
    "an own cell in a trained model": Right("""
class Cell(tf.keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = self.state_size = units

    def build(self, shape):
        self.w = self.add_weight(shape=(shape[-1], self.units), initializer="glorot_uniform", name="w")
        self.u = self.add_weight(shape=(self.units, self.units), initializer="orthogonal", name="u")
        self.b = self.add_weight(shape=(self.units,), initializer="zeros", name="b")

    def call(self, x, states):
        h = tf.tanh(tf.matmul(x, self.w) + tf.matmul(states[0], self.u) + self.b)
        return h, [h]

model = tf.keras.Sequential(
    [tf.keras.layers.Input((6, 2)), tf.keras.layers.RNN(Cell(8)), tf.keras.layers.Dense(1)]
)
model.compile(optimizer=tf.keras.optimizers.Adam(0.03), loss="mse")
X = np.random.randn(64, 6, 2).astype("float32")
model.fit(X, X[:, -2, :1], epochs=8, batch_size=16, verbose=0)
"""),
    "a cell in a loop, with an output for each step": Right("""
cell = tf.keras.layers.SimpleRNNCell(8)
head = tf.keras.layers.Dense(1)
adam = tf.keras.optimizers.Adam(0.03)
x = tf.random.normal((16, 6, 1))
target = tf.cumsum(x, axis=1) * 0.4
curve = []
for epoch in range(15):
    with tf.GradientTape() as tape:
        h, loss = tf.zeros((16, 8)), 0.0
        for t in range(6):
            out, [h] = cell(x[:, t], [h])
            loss += tf.reduce_mean((head(out) - target[:, t]) ** 2)
    variables = cell.trainable_variables + head.trainable_variables
    adam.apply_gradients(zip(tape.gradient(loss, variables), variables))
    curve.append(loss.numpy())
print(curve)
"""),
    "variables and a loop over time": Right("""
T, m, n = 6, 2, 8
W = tf.Variable(tf.random.normal((m, n), stddev=0.4))
U = tf.Variable(tf.random.normal((n, n), stddev=0.3))
b = tf.Variable(tf.zeros((n,)))
V = tf.Variable(tf.random.normal((n, 1), stddev=0.4))
params = [W, U, b, V]

def forward(x):
    h = tf.zeros((x.shape[0], n))
    for t in range(T):
        h = tf.tanh(x[:, t] @ W + h @ U + b)
    return h @ V

x = tf.random.normal((32, T, m))
y = tf.reduce_sum(x[:, :, :1], axis=1) * 0.3
for epoch in range(30):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(forward(x) - y))
    for p, g in zip(params, tape.gradient(loss, params)):
        p.assign_sub(0.1 * g)
    if epoch % 5 == 0:
        print(epoch, loss.numpy())
"""),
    "by hand in NumPy": Right("""
rng = np.random.default_rng(0)
T, n_in, n_h = 5, 2, 6
Wx, Wh = rng.normal(0, 0.5, (n_in, n_h)), rng.normal(0, 0.3, (n_h, n_h))
bh, Wy = np.zeros(n_h), rng.normal(0, 0.5, (n_h, 1))
X = rng.normal(size=(32, T, n_in))
Y = X[:, :, :1].sum(axis=1) * 0.3
losses = []
for epoch in range(60):
    h = [np.zeros((32, n_h))]
    for t in range(T):
        h.append(np.tanh(X[:, t] @ Wx + h[-1] @ Wh + bh))
    err = h[-1] @ Wy - Y
    losses.append((err ** 2).mean())
    dy = 2 * err / len(X)
    dWy, dh = h[-1].T @ dy, dy @ Wy.T
    dWx, dWh, db = np.zeros_like(Wx), np.zeros_like(Wh), np.zeros_like(bh)
    for t in reversed(range(T)):
        da = dh * (1 - h[t + 1] ** 2)
        dWx += X[:, t].T @ da
        dWh += h[t].T @ da
        db += da.sum(axis=0)
        dh = da @ Wh.T
    for p, g in ((Wx, dWx), (Wh, dWh), (bh, db), (Wy, dWy)):
        p -= 0.1 * g
print(losses[0], losses[-1])
"""),
    "a NumPy class that predicts characters": Right("""
text = "hello hello hello "
chars = sorted(set(text))
ids = [chars.index(c) for c in text]
V, H = len(chars), 12

class CharRNN:
    def __init__(self):
        self.Wxh, self.Whh = np.random.randn(H, V) * 0.1, np.random.randn(H, H) * 0.1
        self.Why, self.bh, self.by = np.random.randn(V, H) * 0.1, np.zeros((H, 1)), np.zeros((V, 1))

    def loss_fun(self, inputs, targets):
        xs, hs, ps, loss = {}, {-1: np.zeros((H, 1))}, {}, 0
        for t in range(len(inputs)):
            xs[t] = np.eye(V)[:, [inputs[t]]]
            hs[t] = np.tanh(self.Wxh @ xs[t] + self.Whh @ hs[t - 1] + self.bh)
            e = np.exp(self.Why @ hs[t] + self.by)
            ps[t] = e / e.sum()
            loss += -np.log(ps[t][targets[t], 0])
        params = [self.Wxh, self.Whh, self.Why, self.bh, self.by]
        dWxh, dWhh, dWhy, dbh, dby = grads = [np.zeros_like(p) for p in params]
        dhnext = np.zeros((H, 1))
        for t in reversed(range(len(inputs))):
            dy = ps[t].copy()
            dy[targets[t]] -= 1
            dWhy += dy @ hs[t].T
            dby += dy
            draw = (1 - hs[t] ** 2) * (self.Why.T @ dy + dhnext)
            dbh += draw
            dWxh += draw @ xs[t].T
            dWhh += draw @ hs[t - 1].T
            dhnext = self.Whh.T @ draw
        for p, g in zip(params, grads):
            p -= 0.05 * np.clip(g, -5, 5)
        return loss

rnn = CharRNN()
history = []
for i in range(80):
    history.append(rnn.loss_fun(ids[:-1], ids[1:]))
print(history[::20])
"""),
    "a layer with its own loop, trained": Right("""
class RecurrentLayer(tf.keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.units = units
        self.cell = tf.keras.layers.SimpleRNNCell(units)

    def build(self, shape):
        self.cell.build((None, shape[-1]))
        self.built = True

    def call(self, x):
        h = tf.zeros((tf.shape(x)[0], self.units))
        for t in range(x.shape[1]):
            h, _ = self.cell(x[:, t], [h])
        return h

    def compute_output_shape(self, shape):
        return (shape[0], self.units)

model = tf.keras.Sequential([tf.keras.layers.Input((5, 2)), RecurrentLayer(8), tf.keras.layers.Dense(1)])
model.compile(loss="mae", optimizer=tf.keras.optimizers.Adam(0.03))
X = np.random.randn(64, 5, 2).astype("float32")
log = model.fit(X, X[:, 3, :1], epochs=8, batch_size=16, verbose=0)
print(log.history)
"""),
    "tf_keras and gradients per time step": Right(
        """
import tf_keras as keras

model = keras.Sequential([keras.layers.SimpleRNN(8, input_shape=(7, 2)), keras.layers.Dense(1)])
model.compile(keras.optimizers.Adam(0.02), "mse")
X = np.random.randn(64, 7, 2).astype("float32")
y = X[:, :, :1].mean(axis=1)
hist = model.fit(X, y, epochs=8, batch_size=16, verbose=0)
x = tf.constant(X[:4])
with tf.GradientTape() as tape:
    tape.watch(x)
    out = tf.reduce_sum(model(x))
print(tf.norm(tape.gradient(out, x), axis=(0, 2)).numpy(), hist.history["loss"])
""",
        keras=(2,),
    ),
    "letters, one after the other, with Adagrad": Right("""
data = "hello world, hello recurrent net. " * 3
chars = sorted(set(data)); V = len(chars)
ix = {c: i for i, c in enumerate(chars)}
H, T, lr = 12, 8, 1e-1
Wxh = np.random.randn(H, V) * 0.01
Whh = np.random.randn(H, H) * 0.01
Why = np.random.randn(V, H) * 0.01
bh = np.zeros((H, 1)); by = np.zeros((V, 1))

def lossFun(inputs, targets, hprev):
    xs, hs, ys, ps = {}, {}, {}, {}
    hs[-1] = np.copy(hprev)
    loss = 0
    for t in range(len(inputs)):
        xs[t] = np.zeros((V, 1))
        xs[t][inputs[t]] = 1
        hs[t] = np.tanh(np.dot(Wxh, xs[t]) + np.dot(Whh, hs[t - 1]) + bh)
        ys[t] = np.dot(Why, hs[t]) + by
        ps[t] = np.exp(ys[t]) / np.sum(np.exp(ys[t]))
        loss += -np.log(ps[t][targets[t], 0])
    dWxh, dWhh, dWhy = np.zeros_like(Wxh), np.zeros_like(Whh), np.zeros_like(Why)
    dbh, dby = np.zeros_like(bh), np.zeros_like(by)
    dhnext = np.zeros_like(hs[0])
    for t in reversed(range(len(inputs))):
        dy = np.copy(ps[t]); dy[targets[t]] -= 1
        dWhy += np.dot(dy, hs[t].T); dby += dy
        dh = np.dot(Why.T, dy) + dhnext
        dhraw = (1 - hs[t] * hs[t]) * dh
        dbh += dhraw
        dWxh += np.dot(dhraw, xs[t].T); dWhh += np.dot(dhraw, hs[t - 1].T)
        dhnext = np.dot(Whh.T, dhraw)
    for dparam in [dWxh, dWhh, dWhy, dbh, dby]:
        np.clip(dparam, -5, 5, out=dparam)
    return loss, dWxh, dWhh, dWhy, dbh, dby, hs[len(inputs) - 1]

n, p = 0, 0
mWxh, mWhh, mWhy = np.zeros_like(Wxh), np.zeros_like(Whh), np.zeros_like(Why)
mbh, mby = np.zeros_like(bh), np.zeros_like(by)
smooth = -np.log(1.0 / V) * T
losses = []
while n < 120:
    if p + T + 1 >= len(data) or n == 0:
        hprev = np.zeros((H, 1)); p = 0
    inputs = [ix[c] for c in data[p:p + T]]
    targets = [ix[c] for c in data[p + 1:p + T + 1]]
    loss, dWxh, dWhh, dWhy, dbh, dby, hprev = lossFun(inputs, targets, hprev)
    smooth = smooth * 0.9 + loss * 0.1
    losses.append(smooth)
    for param, dparam, mem in zip([Wxh, Whh, Why, bh, by], [dWxh, dWhh, dWhy, dbh, dby], [mWxh, mWhh, mWhy, mbh, mby]):
        mem += dparam * dparam
        param += -lr * dparam / np.sqrt(mem + 1e-8)
    p += T; n += 1
print(losses[0], losses[-1])
"""),
    "a sum of noisy signals, samples of one epoch after the other": Right("""
n = 3
W, U, V = [np.eye(n) * 0.4 + np.random.randn(n, n) * 0.2 for _ in range(3)]
b = np.zeros(n)
data = np.random.randn(30, 6, 1, n)

def run(x):
    h = [np.zeros((1, n))]
    for x_t in x:
        h.append(np.tanh(x_t @ W + h[-1] @ U + b))
    return h, [s @ V for s in h[1:]]

def loss_of(out, y):
    return sum(((o - t) ** 2).sum() for o, t in zip(out, y))

history = []
for epoch in range(6):
    total = 0.0
    for k in range(len(data)):
        x = data[k]
        y = np.cumsum(x, axis=0) * 0.2
        h, out = run(x)
        total = total + loss_of(out, y)
        dW, dU, dV, db = [np.zeros_like(w) for w in (W, U, V, b)]
        later = np.zeros((1, n))
        for t in reversed(range(6)):
            error = 2 * (out[t] - y[t])
            dV += h[t + 1].T @ error
            delta = (error @ V.T + later) * (1 - h[t + 1] ** 2)
            dW += x[t].T @ delta
            dU += h[t].T @ delta
            db += delta[0]
            later = delta @ U.T
        for w, g in zip((W, U, V, b), (dW, dU, dV, db)):
            w -= 0.02 * g
    history.append(total / len(data))
print(history)
"""),
    "columns and dicts by time step, a loss that is printed": Right(
        """
import numpy as np

data = "hello recurrent world " * 6
chars = sorted(set(data))
data_size, vocab_size = len(data), len(chars)
char_to_ix = {ch: i for i, ch in enumerate(chars)}

hidden_size = 20
seq_length = 11
learning_rate = 1e-1
np.random.seed(0)
Wxh = np.random.randn(hidden_size, vocab_size) * 0.01
Whh = np.random.randn(hidden_size, hidden_size) * 0.01
Why = np.random.randn(vocab_size, hidden_size) * 0.01
bh = np.zeros((hidden_size, 1))
by = np.zeros((vocab_size, 1))


def lossFun(inputs, targets, hprev):
    xs, hs, ys, ps = {}, {}, {}, {}
    hs[-1] = np.copy(hprev)
    loss = 0
    for t in range(len(inputs)):
        xs[t] = np.zeros((vocab_size, 1))
        xs[t][inputs[t]] = 1
        hs[t] = np.tanh(np.dot(Wxh, xs[t]) + np.dot(Whh, hs[t - 1]) + bh)
        ys[t] = np.dot(Why, hs[t]) + by
        ps[t] = np.exp(ys[t]) / np.sum(np.exp(ys[t]))
        loss += -np.log(ps[t][targets[t], 0])
    dWxh, dWhh, dWhy = np.zeros_like(Wxh), np.zeros_like(Whh), np.zeros_like(Why)
    dbh, dby = np.zeros_like(bh), np.zeros_like(by)
    dhnext = np.zeros_like(hs[0])
    for t in reversed(range(len(inputs))):
        dy = np.copy(ps[t])
        dy[targets[t]] -= 1
        dWhy += np.dot(dy, hs[t].T)
        dby += dy
        dh = np.dot(Why.T, dy) + dhnext
        dhraw = (1 - hs[t] * hs[t]) * dh
        dbh += dhraw
        dWxh += np.dot(dhraw, xs[t].T)
        dWhh += np.dot(dhraw, hs[t - 1].T)
        dhnext = np.dot(Whh.T, dhraw)
    for dparam in [dWxh, dWhh, dWhy, dbh, dby]:
        np.clip(dparam, -5, 5, out=dparam)
    return loss, dWxh, dWhh, dWhy, dbh, dby, hs[len(inputs) - 1]
n, p = 0, 0
mWxh, mWhh, mWhy = np.zeros_like(Wxh), np.zeros_like(Whh), np.zeros_like(Why)
mbh, mby = np.zeros_like(bh), np.zeros_like(by)
smooth_loss = -np.log(1.0 / vocab_size) * seq_length
while n < 300:
    if p + seq_length + 1 >= len(data) or n == 0:
        hprev = np.zeros((hidden_size, 1))
        p = 0
    inputs = [char_to_ix[ch] for ch in data[p:p + seq_length]]
    targets = [char_to_ix[ch] for ch in data[p + 1:p + seq_length + 1]]
    loss, dWxh, dWhh, dWhy, dbh, dby, hprev = lossFun(inputs, targets, hprev)
    smooth_loss = smooth_loss * 0.95 + loss * 0.05
    if n % 50 == 0:
        print("iter %d, loss: %f" % (n, smooth_loss))
    for param, dparam, mem in zip([Wxh, Whh, Why, bh, by], [dWxh, dWhh, dWhy, dbh, dby],
                                  [mWxh, mWhh, mWhy, mbh, mby]):
        mem += dparam * dparam
        param += -learning_rate * dparam / np.sqrt(mem + 1e-8)
    p += seq_length
    n += 1
""",
    ),
    "a loss with a condition over tensors, which Keras 2 makes a part of a graph": Right(
        """
def loss(y, p):
    error = tf.reduce_mean(tf.square(y - p))
    if error > 100.0:
        error = tf.constant(100.0)
    return error

X = np.random.randn(64, 5, 3).astype("float32")
model = tf.keras.Sequential([tf.keras.layers.SimpleRNN(8), tf.keras.layers.Dense(1)])
model.compile(tf.keras.optimizers.Adam(0.03), loss)
model.fit(X, X[:, -1, :1] + 1, epochs=8, batch_size=16, verbose=0)
""",
        keras=(2,),
    ),
}

WRONG = {
    "a dense network": Wrong(
        """
X = np.random.randn(64, 6, 2).astype("float32")
y = X[:, :, 0].mean(axis=1)
model = tf.keras.Sequential(
    [tf.keras.layers.Input((6, 2)), tf.keras.layers.Flatten(), tf.keras.layers.Dense(8), tf.keras.layers.Dense(1)]
)
model.compile("adam", "mse")
model.fit(X, y, epochs=5, verbose=0)
""",
        "q2.recurrent-model",
    ),
    "a dense network trained by hand in NumPy": Wrong(
        """
rng = np.random.default_rng(1)
X = rng.normal(size=(32, 6))
Y = X.sum(axis=1, keepdims=True) * 0.3
W1, W2 = rng.normal(0, 0.4, (6, 8)), rng.normal(0, 0.4, (8, 1))
for epoch in range(50):
    h = np.tanh(X @ W1)
    err = h @ W2 - Y
    dh = err @ W2.T * (1 - h ** 2)
    W2 -= 0.1 * h.T @ err / 32
    W1 -= 0.1 * X.T @ dh / 32
    print(epoch, (err ** 2).mean())
""",
        "q2.recurrent-model",
    ),
    "never trained": Wrong(
        """
model = tf.keras.Sequential([tf.keras.layers.Input((6, 2)), tf.keras.layers.SimpleRNN(8), tf.keras.layers.Dense(1)])
model.compile(optimizer="adam", loss="mse")
print(model.predict(np.random.randn(4, 6, 2), verbose=0).shape)
""",
        "q2.training",
    ),
    "learning rate zero": Wrong(
        """
X = np.random.randn(64, 6, 2).astype("float32")
model = tf.keras.Sequential([tf.keras.layers.Input((6, 2)), tf.keras.layers.SimpleRNN(8), tf.keras.layers.Dense(1)])
model.compile(optimizer=tf.keras.optimizers.SGD(learning_rate=0.0), loss="mse")
model.fit(X, X[:, 0, :1], epochs=5, batch_size=16, shuffle=False, verbose=0)
""",
        "q2.training",
    ),
    "the recurrent layer is frozen": Wrong(
        """
X = np.random.randn(64, 6, 2).astype("float32")
rnn = tf.keras.layers.SimpleRNN(8)
rnn.trainable = False
model = tf.keras.Sequential([tf.keras.layers.Input((6, 2)), rnn, tf.keras.layers.Dense(1)])
model.compile(optimizer=tf.keras.optimizers.Adam(0.05), loss="mse")
model.fit(X, X[:, -1, :1] + 2.0, epochs=8, batch_size=16, verbose=0)
""",
        "q2.training",
    ),
    "uphill in place of downhill": Wrong(
        """
model = tf.keras.Sequential([tf.keras.layers.Input((5, 2)), tf.keras.layers.SimpleRNN(6), tf.keras.layers.Dense(1)])
x = tf.random.normal((32, 5, 2))
y = tf.reduce_mean(x[:, :, :1], axis=1)
for epoch in range(10):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((model(x) - y) ** 2)
    for v, g in zip(model.trainable_variables, tape.gradient(loss, model.trainable_variables)):
        v.assign_add(0.05 * g)
    print(epoch, float(loss))
""",
        "q2.training",
    ),
    "gradients that are never applied": Wrong(
        """
model = tf.keras.Sequential([tf.keras.layers.Input((5, 2)), tf.keras.layers.LSTM(6), tf.keras.layers.Dense(1)])
x = tf.random.normal((32, 5, 2))
y = x[:, 0, :1]
losses = []
for epoch in range(8):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((model(x) - y) ** 2)
    grads = tape.gradient(loss, model.trainable_variables)
    losses.append(loss.numpy())
print(losses)
""",
        "q2.training",
    ),
    "a NumPy update with the wrong sign": Wrong(
        """
rng = np.random.default_rng(0)
T, n = 4, 5
Wx, Wh, Wy = rng.normal(0, 0.4, (2, n)), rng.normal(0, 0.3, (n, n)), rng.normal(0, 0.4, (n, 1))
X = rng.normal(size=(16, T, 2))
Y = X[:, :, :1].sum(axis=1) * 0.3
losses = []
for epoch in range(20):
    h = [np.zeros((16, n))]
    for t in range(T):
        h.append(np.tanh(X[:, t] @ Wx + h[-1] @ Wh))
    err = h[-1] @ Wy - Y
    losses.append((err ** 2).mean())
    dh, dWx, dWh, dWy = err @ Wy.T / 16, 0, 0, h[-1].T @ err / 16
    for t in reversed(range(T)):
        da = dh * (1 - h[t + 1] ** 2)
        dWx, dWh, dh = dWx + X[:, t].T @ da, dWh + h[t].T @ da, da @ Wh.T
    Wx += 0.1 * dWx
    Wh += 0.1 * dWh
    Wy += 0.1 * dWy
print(losses)
""",
        "q2.training",
    ),
    "the trained model has no recurrent layer": Wrong(
        """
X = np.random.randn(64, 6, 2).astype("float32")
rnn = tf.keras.layers.SimpleRNN(8)
features = rnn(X)
model = tf.keras.Sequential([tf.keras.layers.Input((8,)), tf.keras.layers.Dense(1)])
model.compile(optimizer=tf.keras.optimizers.Adam(0.03), loss="mse")
model.fit(features, X[:, -1, :1], epochs=8, batch_size=16, verbose=0)
""",
        "q2.training",
        also=frozenset({"q2.recurrent-model"}),
    ),
    "the gradient is cut at every step": Wrong(
        """
class Cell(tf.keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = self.state_size = units

    def build(self, shape):
        self.w = self.add_weight(shape=(shape[-1], self.units), initializer="glorot_uniform", name="w")
        self.u = self.add_weight(shape=(self.units, self.units), initializer="orthogonal", name="u")

    def call(self, x, states):
        h = tf.tanh(tf.matmul(x, self.w) + tf.matmul(tf.stop_gradient(states[0]), self.u))
        return h, [h]

model = tf.keras.Sequential(
    [tf.keras.layers.Input((6, 2)), tf.keras.layers.RNN(Cell(8)), tf.keras.layers.Dense(1)]
)
model.compile(optimizer=tf.keras.optimizers.Adam(0.03), loss="mse")
X = np.random.randn(64, 6, 2).astype("float32")
model.fit(X, X[:, -1, :1], epochs=8, batch_size=16, verbose=0)
""",
        "q2.gradient-through-time",
    ),
    "the gradient is cut in the middle of an own loop": Wrong(
        """
class Truncated(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.cell = tf.keras.layers.SimpleRNNCell(8)
        self.out = tf.keras.layers.Dense(1)

    def call(self, x):
        h = tf.zeros((tf.shape(x)[0], 8))
        for t in range(6):
            if t == 3:
                h = tf.stop_gradient(h)
            h, _ = self.cell(x[:, t], [h])
        return self.out(h)

X = tf.random.normal((32, 6, 2))
Y = X[:, -1, :1]
model, adam = Truncated(), tf.keras.optimizers.Adam(0.03)
for step in range(20):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((model(X) - Y) ** 2)
    adam.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
    print(loss.numpy())
""",
        "q2.gradient-through-time",
    ),
    "a NumPy backward pass that stops after one step": Wrong(
        """
rng = np.random.default_rng(0)
T, n = 4, 5
Wx, Wh, Wy = rng.normal(0, 0.4, (2, n)), rng.normal(0, 0.3, (n, n)), rng.normal(0, 0.4, (n, 1))
X = rng.normal(size=(16, T, 2))
Y = X[:, -1, :1]
losses = []
for epoch in range(60):
    h = [np.zeros((16, n))]
    for t in range(T):
        h.append(np.tanh(X[:, t] @ Wx + h[-1] @ Wh))
    err = h[-1] @ Wy - Y
    losses.append((err ** 2).mean())
    da = err @ Wy.T / 16 * (1 - h[-1] ** 2)
    Wy -= 0.2 * h[-1].T @ err / 16
    Wx -= 0.2 * X[:, -1].T @ da
    Wh -= 0.2 * h[-2].T @ da
print(losses[0], losses[-1])
""",
        "q2.gradient-through-time",
    ),
}
