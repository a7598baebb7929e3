"""Vanishing and exploding gradients."""

from tests.corpus.samples import Right, Wrong

RIGHT = {
    "two deep networks and fit": Right("""
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Sequential

X = np.random.rand(64, 4)
y = np.random.randint(0, 2, (64, 1))

# vanishing
vanish = Sequential([Dense(8, activation="sigmoid", input_shape=(4,))])
for _ in range(7):
    vanish.add(Dense(8, activation="sigmoid"))
vanish.add(Dense(1, activation="sigmoid"))
vanish.compile(optimizer="sgd", loss="mse")
print(vanish.fit(X, y, epochs=5, verbose=0).history["loss"])

# exploding
big = tf.keras.initializers.RandomNormal(stddev=10.0, seed=1)
explode = Sequential([Dense(16, kernel_initializer=big, input_shape=(4,))])
for seed in range(2, 5):
    explode.add(Dense(16, kernel_initializer=tf.keras.initializers.RandomNormal(stddev=10.0, seed=seed)))
explode.add(Dense(1))
explode.compile(optimizer="adam", loss="mse")
print(explode.fit(X, y, epochs=5, verbose=0).history["loss"])
"""),
    "gradient norms of each layer by a tape": Right("""
import keras

def build(depth, activation, init):
    x = inp = keras.Input((6,))
    for _ in range(depth):
        x = keras.layers.Dense(10, activation=activation, kernel_initializer=init)(x)
    return keras.Model(inp, keras.layers.Dense(1)(x))

def layer_norms(model, x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((model(x) - y) ** 2)
    kernels = [v for v in model.trainable_variables if len(v.shape) == 2]
    return [float(tf.norm(g)) for g in tape.gradient(loss, kernels)]

x, y = tf.random.normal((32, 6)), tf.random.normal((32, 1))
norms_vanishing = layer_norms(build(10, "sigmoid", "glorot_uniform"), x, y)
norms_exploding = layer_norms(build(10, "linear", keras.initializers.RandomNormal(stddev=2.0, seed=0)), x, y)
print("vanishing", norms_vanishing)
print("exploding", norms_exploding)
"""),
    "long recurrent networks with small and large weights": Right("""
layers, init = tf.keras.layers, tf.keras.initializers

def norms_per_step(rnn, x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        last = tf.reduce_sum(rnn(x))
    return tf.norm(tape.gradient(last, x), axis=[0, 2]).numpy()

x = tf.random.normal((4, 30, 3)) * 0.1
small = layers.SimpleRNN(6, recurrent_initializer=init.Orthogonal(gain=0.3, seed=3))
large = layers.SimpleRNN(6, activation=None, recurrent_initializer=init.Orthogonal(gain=2.0, seed=3))
print("small:", norms_per_step(small, x))
print("large:", norms_per_step(large, x))
"""),
    "recurrent networks trained with fit": Right("""
from tensorflow import keras

X = np.random.randn(64, 20, 2).astype("float32")
y = np.sign(X[:, 0, :1])

def rnn(gain, activation):
    return keras.Sequential([
        keras.Input((20, 2)),
        keras.layers.SimpleRNN(5, activation=activation, recurrent_initializer=keras.initializers.Identity(gain)),
        keras.layers.Dense(1, kernel_initializer=keras.initializers.RandomNormal(stddev=0.3, seed=1)),
    ])

results = {}
for name, gain, activation in [("vanishing", 0.2, "tanh"), ("exploding", 3.0, "linear")]:
    m = rnn(gain, activation)
    m.compile(optimizer=keras.optimizers.SGD(0.001), loss="mse")
    results[name] = m.fit(X, y, epochs=5, verbose=0).history["loss"]
print(results)
"""),
    "subclassed models and a loss that stops being a number": Right("""
class Deep(tf.keras.Model):
    def __init__(self, depth, activation, scale):
        super().__init__()
        normal = lambda k: tf.keras.initializers.RandomNormal(stddev=scale, seed=k)
        self.hidden = [
            tf.keras.layers.Dense(12, activation=activation, kernel_initializer=normal(k)) for k in range(depth)
        ]
        self.last = tf.keras.layers.Dense(1)

    def call(self, x):
        for layer in self.hidden:
            x = layer(x)
        return self.last(x)

x = np.random.randn(32, 5).astype("float32")
y = np.sin(x[:, :1])
flat = Deep(8, "tanh", 0.05)
flat.compile(optimizer=tf.keras.optimizers.SGD(0.01), loss="mse")
print(flat.fit(x, y, epochs=5, verbose=0).history["loss"])
boom = Deep(6, "relu", 5.0)
boom.compile(optimizer=tf.keras.optimizers.SGD(0.01), loss="mse")
print(boom.fit(x, y, epochs=5, verbose=0).history["loss"])
"""),
    "own training loops": Right("""
def train(model, lr, steps=6):
    opt, losses, first_norms = tf.keras.optimizers.SGD(lr), [], []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(model(x) - y))
        grads = tape.gradient(loss, model.trainable_variables)
        opt.apply_gradients(zip(grads, model.trainable_variables))
        losses.append(loss.numpy())
        first_norms.append(tf.norm(grads[0]).numpy())
    return losses, first_norms

x = tf.random.normal((32, 4))
y = tf.cast(x[:, :1] > 0, tf.float32)
D = tf.keras.layers.Dense
sig = tf.keras.Sequential([tf.keras.layers.Input((4,))] + [D(8, activation="sigmoid") for _ in range(9)])
sig.add(D(1, activation="sigmoid"))
wide = tf.keras.Sequential([tf.keras.layers.Input((4,))])
for k in range(5):
    wide.add(D(16, kernel_initializer=tf.keras.initializers.RandomNormal(stddev=8.0, seed=k)))
wide.add(D(1))
print(train(sig, 0.05))
print(train(wide, 0.001))
"""),
    "activation layers, and train on batch": Right("""
K = tf.keras
rs = np.random.RandomState(0)
A, b = rs.rand(32, 3), rs.randint(0, 2, (32, 1))

verschwindend = K.Sequential()
verschwindend.add(K.layers.Input((3,)))
for i in range(8):
    verschwindend.add(K.layers.Dense(6))
    verschwindend.add(K.layers.Activation("sigmoid"))
verschwindend.add(K.layers.Dense(1))
verschwindend.add(K.layers.Activation("sigmoid"))
verschwindend.compile(optimizer=K.optimizers.SGD(0.01), loss=K.losses.BinaryCrossentropy())
kurve = [float(verschwindend.train_on_batch(A, b)) for _ in range(6)]

explodierend = K.Sequential()
explodierend.add(K.layers.Input((3,)))
for i in range(5):
    explodierend.add(K.layers.Dense(16, kernel_initializer=K.initializers.RandomUniform(-9, 9, seed=i)))
    explodierend.add(K.layers.Activation("relu"))
explodierend.add(K.layers.Dense(1, kernel_initializer=K.initializers.RandomUniform(-9, 9, seed=9)))
explodierend.compile(optimizer=K.optimizers.Adam(0.001), loss=K.losses.MeanSquaredError())
kurve2 = [float(explodierend.train_on_batch(A, b)) for _ in range(6)]
print(kurve, kurve2)
"""),
    "an own cell with a gain": Right("""
class GainCell(tf.keras.layers.Layer):
    def __init__(self, units, gain, **kwargs):
        super().__init__(**kwargs)
        self.units = self.state_size = units
        self.gain = gain

    def build(self, shape):
        self.w = self.add_weight(shape=(shape[-1], self.units), initializer="glorot_uniform", name="w")
        self.u = self.add_weight(
            shape=(self.units, self.units), initializer=tf.keras.initializers.Orthogonal(self.gain, seed=2), name="u"
        )

    def call(self, x, states):
        h = tf.matmul(x, self.w) + tf.matmul(states[0], self.u)
        return h, [h]

seq = tf.random.normal((4, 25, 3))
for gain in (0.4, 1.8):
    rnn = tf.keras.layers.RNN(GainCell(6, gain))
    with tf.GradientTape() as tape:
        tape.watch(seq)
        value = tf.reduce_sum(rnn(seq) ** 2)
    g = tape.gradient(value, seq)
    print(gain, tf.norm(g[:, 0]).numpy(), tf.norm(g[:, -1]).numpy())
"""),
    "variables and a product over time": Right("""
n, T = 5, 30

def first_gradient(scale):
    U = tf.Variable(tf.eye(n) * scale)
    W = tf.Variable(tf.random.normal((3, n)))
    xs = [tf.Variable(tf.random.normal((2, 3)) * 0.1) for _ in range(T)]
    with tf.GradientTape() as tape:
        h = tf.zeros((2, n))
        for x in xs:
            h = tf.matmul(x, W) + tf.matmul(h, U)
        loss = tf.reduce_sum(h ** 2)
    return [tf.norm(g).numpy() for g in tape.gradient(loss, xs)]

vanishing = first_gradient(0.5)
exploding = first_gradient(1.6)
print(vanishing[0], vanishing[-1])
print(exploding[0], exploding[-1])
"""),
    "products of Jacobians in NumPy": Right("""
rng = np.random.default_rng(0)

def gradient_norms(scale, T=40, n=8):
    U = scale * np.linalg.qr(rng.normal(size=(n, n)))[0]
    h, hs = np.zeros(n), []
    for t in range(T):
        h = np.tanh(U @ h + 0.01 * rng.normal(size=n)) if scale < 1 else U @ h + 0.01 * rng.normal(size=n)
        hs.append(h)
    g, norms = np.ones(n), []
    for h in reversed(hs):
        norms.append(np.linalg.norm(g))
        g = U.T @ (g * (1 - h ** 2)) if scale < 1 else U.T @ g
    return norms

small, large = gradient_norms(0.5), gradient_norms(1.5)
print("vanishing:", small[0], "->", small[-1])
print("exploding:", large[0], "->", large[-1])
"""),
    "NumPy networks trained by hand": Right("""
rng = np.random.default_rng(3)
X = rng.normal(size=(32, 4))
Y = (X[:, :1] > 0).astype(float)
sigmoid = lambda z: 1 / (1 + np.exp(-z))

def train(depth, scale, f, df, rate, epochs=6):
    Ws = [rng.normal(0, scale, (a, b)) for a, b in zip([4] + [8] * depth, [8] * depth + [1])]
    losses = []
    for _ in range(epochs):
        a = [X]
        for W in Ws:
            a.append(f(a[-1] @ W))
        losses.append(float(((a[-1] - Y) ** 2).mean()))
        d, norms = 2 * (a[-1] - Y) / len(X), []
        for k in reversed(range(len(Ws))):
            d = d * df(a[k + 1])
            grad, d = a[k].T @ d, d @ Ws[k].T
            norms.insert(0, np.linalg.norm(grad))
            Ws[k] = Ws[k] - rate * grad
        print(norms[0], norms[-1])
    return losses

print("vanishing", train(8, 0.5, sigmoid, lambda s: s * (1 - s), 0.1))
with np.errstate(all="ignore"):
    print("exploding", train(5, 5.0, lambda z: z, lambda s: 1.0, 0.01))
"""),
    "tf_keras and a callback": Right(
        """
import tf_keras as keras

class Log(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        print(self.model.name, epoch, logs["loss"])

X, y = np.random.rand(64, 3), np.random.randint(0, 2, 64)
v = keras.Sequential([keras.layers.Dense(6, activation="sigmoid") for _ in range(8)], name="vanishing")
v.add(keras.layers.Dense(1, activation="sigmoid"))
v.compile("sgd", "binary_crossentropy")
v.fit(X, y, epochs=5, verbose=0, callbacks=[Log()])
e = keras.Sequential(name="exploding")
for s in range(5):
    e.add(keras.layers.Dense(12, kernel_initializer=keras.initializers.RandomNormal(stddev=10, seed=s)))
e.add(keras.layers.Dense(1))
e.compile("sgd", "mse")
e.fit(X, y, epochs=5, verbose=0, callbacks=[Log()])
""",
        keras=(2,),
    ),
}

_EXPLODING = """
explode = tf.keras.Sequential([tf.keras.layers.Input((4,))])
for k in range(4):
    explode.add(tf.keras.layers.Dense(16, kernel_initializer=tf.keras.initializers.RandomNormal(stddev=10.0, seed=k)))
explode.add(tf.keras.layers.Dense(1))
explode.compile(optimizer="adam", loss="mse")
explode.fit(X, y, epochs=5, verbose=0)
"""

_VANISHING = """
vanish = tf.keras.Sequential([tf.keras.layers.Input((4,))])
for k in range(8):
    vanish.add(tf.keras.layers.Dense(8, activation="sigmoid"))
vanish.add(tf.keras.layers.Dense(1, activation="sigmoid"))
vanish.compile(optimizer="sgd", loss="mse")
vanish.fit(X, y, epochs=5, verbose=0)
"""

_DATA = """
X = np.random.rand(64, 4)
y = np.random.randint(0, 2, (64, 1))
"""

WRONG = {
    "the vanishing network is shallow": Wrong(
        _DATA
        + """
vanish = tf.keras.Sequential([
    tf.keras.layers.Input((4,)),
    tf.keras.layers.Dense(16, activation="relu", kernel_initializer="he_normal"),
    tf.keras.layers.Dense(1, activation="sigmoid"),
])
vanish.compile(optimizer="sgd", loss="mse")
vanish.fit(X, y, epochs=5, verbose=0)
"""
        + _EXPLODING,
        "q3.vanishing",
    ),
    "only an exploding network": Wrong(_DATA + _EXPLODING, "q3.vanishing"),
    "a recurrent network over three steps does not vanish": Wrong(
        """
x = tf.random.normal((8, 3, 4)) * 0.1
short = tf.keras.layers.SimpleRNN(6, recurrent_initializer="orthogonal")
large = tf.keras.layers.SimpleRNN(6, activation=None, recurrent_initializer=tf.keras.initializers.Identity(8.0))
for rnn in (short, large):
    with tf.GradientTape() as tape:
        tape.watch(x)
        total = tf.reduce_sum(rnn(x))
    print(tf.norm(tape.gradient(total, x), axis=[0, 2]).numpy())
""",
        "q3.vanishing",
    ),
    "only a vanishing network": Wrong(_DATA + _VANISHING, "q3.exploding"),
    "the exploding network starts from ordinary weights": Wrong(
        _DATA
        + _VANISHING
        + """
explode = tf.keras.Sequential([tf.keras.layers.Input((4,))])
for k in range(3):
    explode.add(tf.keras.layers.Dense(16, kernel_initializer=tf.keras.initializers.GlorotUniform(seed=k)))
explode.add(tf.keras.layers.Dense(1))
explode.compile(optimizer="adam", loss="mse")
explode.fit(X, y, epochs=5, verbose=0)
""",
        "q3.exploding",
    ),
    "NumPy products that never grow": Wrong(
        """
rng = np.random.default_rng(0)

def norms(scale, T=40, n=8):
    U = scale * np.linalg.qr(rng.normal(size=(n, n)))[0]
    g, found = np.ones(n), []
    for t in range(T):
        found.append(np.linalg.norm(g))
        g = U.T @ g
    return found

vanishing, exploding = norms(0.5), norms(0.9)
print(vanishing[-1], exploding[-1])
""",
        "q3.exploding",
    ),
    "the loss of the vanishing network falls": Wrong(
        """
X = np.random.rand(64, 4)
y = np.random.randint(0, 2, (64, 1)) + 5.0
vanish = tf.keras.Sequential([tf.keras.layers.Input((4,))])
for k in range(8):
    vanish.add(tf.keras.layers.Dense(8, activation="sigmoid"))
vanish.add(tf.keras.layers.Dense(1))
vanish.compile(optimizer=tf.keras.optimizers.Adam(0.1), loss="mse")
vanish.fit(X, y, epochs=10, batch_size=16, verbose=0)
"""
        + _EXPLODING,
        "q3.loss-stays",
    ),
    "the vanishing network is not trained": Wrong(
        _DATA
        + """
vanish = tf.keras.Sequential([tf.keras.layers.Input((4,))])
for k in range(8):
    vanish.add(tf.keras.layers.Dense(8, activation="sigmoid"))
vanish.add(tf.keras.layers.Dense(1, activation="sigmoid"))
vanish.compile(optimizer="sgd", loss="mse")
vanish.summary()
"""
        + _EXPLODING,
        "q3.loss-stays",
    ),
    "the exploding network is not trained": Wrong(
        _DATA
        + _VANISHING
        + """
inputs = x = tf.keras.layers.Input((4,))
for k in range(5):
    x = tf.keras.layers.Dense(16, kernel_initializer=tf.keras.initializers.RandomNormal(stddev=10.0, seed=k))(x)
explode = tf.keras.Model(inputs, x)
print(explode.predict(X, verbose=0).max())
""",
        "q3.loss-is-huge",
    ),
    "the loss of the exploding network is fine": Wrong(
        """
X = np.random.rand(64, 4).astype("float32")
y = np.random.randint(0, 2, (64, 1))
"""
        + _VANISHING
        + """
layers, normal = tf.keras.layers, tf.keras.initializers.RandomNormal
explode = tf.keras.Sequential([tf.keras.layers.Input((4,))])
for k in range(4):
    explode.add(layers.Dense(16, kernel_initializer=normal(stddev=3.0, seed=k)))
explode.add(layers.Dense(1, kernel_initializer=normal(stddev=0.00005, seed=7)))
explode.compile(optimizer=tf.keras.optimizers.SGD(1e-12), loss="mse")
explode.fit(X, y, epochs=5, verbose=0)
""",
        "q3.loss-is-huge",
    ),
    "clipped before their norms are taken": Wrong(
        """
import numpy as np
import tensorflow as tf

tf.random.set_seed(12)
inputs = tf.random.normal((50, 12))
targets = tf.random.normal((50, 1))

def gradient_norms(scale, act):
    net = tf.keras.Sequential([tf.keras.layers.Dense(20, activation=act, use_bias=False,
              kernel_initializer=tf.keras.initializers.RandomNormal(stddev=scale, seed=k)) for k in range(12)]
              + [tf.keras.layers.Dense(1)])
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(net(inputs) - targets))
    grads = tape.gradient(loss, net.trainable_variables)
    grads = [tf.clip_by_norm(g, 1.0) for g in grads]       # otherwise the numbers get too large
    return [float(tf.norm(g)) for g in grads]

print("vanishing:", gradient_norms(0.02, "tanh"))
print("exploding:", gradient_norms(1.5, "linear"))
""",
        "q3.loss-is-huge",
    ),
}
