"""A simple RNN in every style in which students write one; `{act}` is its activation, tanh in a right one."""

HEAD = """
import numpy as np
import tensorflow as tf
from tensorflow import keras

def relu(z):
    return np.maximum(z, 0)
"""
NUMPY = """
rng = np.random.default_rng(3)
W, U, b = rng.normal(size=(3, 4)), rng.normal(size=(4, 4)), rng.normal(size=4)
x = rng.normal(size=(2, 5, 3))
h = np.zeros((2, 4))
"""
CELL = """
class Cell(keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.units = self.state_size = self.output_size = units

    def build(self, shape):
        self.W = self.add_weight(shape=(shape[-1], self.units), name="W")
        self.U = self.add_weight(shape=(self.units, self.units), name="U")
        self.b = self.add_weight(shape=(self.units,), name="b")
        self.built = True

    def call(self, x, states):
        h = {act}(x @ self.W + states[0] @ self.U + self.b)
        return h, [h]
"""

ONE_WAY = {
    "a layer of Keras": """
layer = keras.layers.SimpleRNN(4, activation={act}, return_sequences=True)
layer(tf.random.normal((2, 5, 3)))
""",
    "a layer around a cell": CELL
    + """
keras.layers.RNN(Cell(4), return_sequences=True)(tf.random.normal((2, 5, 3)))
""",
    "a cell of Keras": """
cell, x, h = keras.layers.SimpleRNNCell(4, activation={act}), tf.random.normal((2, 5, 3)), tf.zeros((2, 4))
for t in range(5):
    h, _ = cell(x[:, t], [h])
""",
    "a cell": CELL
    + """
cell, x, h = Cell(4), tf.random.normal((2, 5, 3)), tf.zeros((2, 4))
for t in range(5):
    h, _ = cell(x[:, t], [h])
""",
    "a function": NUMPY
    + """
def step(x, h, W, U, b):
    return {act_numpy}(x @ W + h @ U + b)

for t in range(5):
    h = step(x[:, t], h, W, U, b)
""",
    "a layer that loops": """
class Loops(keras.layers.Layer):
    def build(self, shape):
        self.W = self.add_weight(shape=(shape[-1], 4), name="W")
        self.U = self.add_weight(shape=(4, 4), name="U")
        self.b = self.add_weight(shape=(4,), name="b")
        self.built = True

    def call(self, x):
        h, found = tf.zeros((tf.shape(x)[0], 4)), []
        for step in tf.unstack(x, axis=1):
            h = {act}(step @ self.W + h @ self.U + self.b)
            found.append(h)
        return tf.stack(found, axis=1)

Loops()(tf.random.normal((2, 5, 3)))
""",
    "a loop": NUMPY
    + """
for t in range(5):
    h = {act_numpy}(x[:, t] @ W + h @ U + b)
""",
}
TWO_WAYS = {
    "a Bidirectional": """
layer = keras.layers.Bidirectional(keras.layers.SimpleRNN(4, activation={act}, return_sequences=True))
layer(tf.random.normal((2, 5, 3)))
""",
    "joined layers": """
class Both(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.ahead = keras.layers.SimpleRNN(4, activation={act}, return_sequences=True)
        self.back = keras.layers.SimpleRNN(4, activation={act}, return_sequences=True, go_backwards=True)

    def call(self, x):
        return tf.concat([self.ahead(x), tf.reverse(self.back(x), axis=[1])], axis=-1)

Both()(tf.random.normal((2, 5, 3)))
""",
    "a layer of one's own": """
class Both(keras.layers.Layer):
    def build(self, shape):
        self.there = [self.add_weight(shape=size) for size in ((shape[-1], 4), (4, 4), (4,))]
        self.back = [self.add_weight(shape=size) for size in ((shape[-1], 4), (4, 4), (4,))]
        self.built = True

    def read(self, steps, W, U, b):
        h, found = tf.zeros((tf.shape(steps[0])[0], 4)), []
        for step in steps:
            h = {act}(step @ W + h @ U + b)
            found.append(h)
        return found

    def call(self, x):
        steps = tf.unstack(x, axis=1)
        ahead, back = self.read(steps, *self.there), self.read(steps[::-1], *self.back)[::-1]
        return tf.concat([tf.stack(ahead, axis=1), tf.stack(back, axis=1)], axis=-1)

Both()(tf.random.normal((2, 5, 3)))
""",
    "two loops": NUMPY
    + """
V, R, a = rng.normal(size=(3, 4)), rng.normal(size=(4, 4)), rng.normal(size=4)
g = np.zeros((2, 4))
ahead, back = [], []
for t in range(5):
    h = {act_numpy}(x[:, t] @ W + h @ U + b)
    ahead.append(h)
for t in reversed(range(5)):
    g = {act_numpy}(x[:, t] @ V + g @ R + a)
    back.insert(0, g)
y = np.concatenate([np.stack(ahead, 1), np.stack(back, 1)], axis=-1)
""",
}


def written(style: str, activation: str = "tanh") -> str:
    """The code of a style, with tanh or relu."""
    in_numpy = {"tanh": "np.tanh", "relu": "relu"}[activation]
    in_tensorflow = {"tanh": "tf.tanh", "relu": "tf.nn.relu"}[activation]
    code = {**ONE_WAY, **TWO_WAYS}[style]
    return HEAD + code.replace("{act_numpy}", in_numpy).replace("{act}", in_tensorflow)
