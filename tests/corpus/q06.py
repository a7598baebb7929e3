"""Peephole LSTM."""

from tests.corpus.samples import Right, Wrong

RIGHT = {
    "fused kernels and three peephole vectors": Right("""
class PeepholeLSTMCell(tf.keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.state_size = [units, units]
        self.output_size = units

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], 4 * self.units), initializer="glorot_uniform", name="k")
        self.recurrent = self.add_weight(shape=(self.units, 4 * self.units), initializer="orthogonal", name="r")
        self.bias = self.add_weight(shape=(4 * self.units,), initializer="zeros", name="b")
        self.p_i = self.add_weight(shape=(self.units,), initializer="random_normal", name="p_i")
        self.p_f = self.add_weight(shape=(self.units,), initializer="random_normal", name="p_f")
        self.p_o = self.add_weight(shape=(self.units,), initializer="random_normal", name="p_o")
        self.built = True

    def call(self, inputs, states):
        h_prev, c_prev = states
        z = tf.matmul(inputs, self.kernel) + tf.matmul(h_prev, self.recurrent) + self.bias
        z_i, z_f, z_c, z_o = tf.split(z, 4, axis=1)
        i = tf.sigmoid(z_i + self.p_i * c_prev)
        f = tf.sigmoid(z_f + self.p_f * c_prev)
        c = f * c_prev + i * tf.tanh(z_c)
        o = tf.sigmoid(z_o + self.p_o * c)
        h = o * tf.tanh(c)
        return h, [h, c]

layer = tf.keras.layers.RNN(PeepholeLSTMCell(4), return_sequences=True)
print(layer(tf.random.normal((2, 6, 3))).shape)
"""),
    "a kernel for each gate": Right("""
from tensorflow.keras import layers

class PeepholeCell(layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.units = units
        self.state_size = (units, units)

    def build(self, shape):
        u = self.units
        def new(*size):
            return self.add_weight(shape=size, initializer="random_normal")
        self.Wi, self.Ui, self.bi, self.Vi = new(shape[-1], u), new(u, u), new(u), new(u)
        self.Wf, self.Uf, self.bf, self.Vf = new(shape[-1], u), new(u, u), new(u), new(u)
        self.Wc, self.Uc, self.bc = new(shape[-1], u), new(u, u), new(u)
        self.Wo, self.Uo, self.bo, self.Vo = new(shape[-1], u), new(u, u), new(u), new(u)

    def call(self, x, states):
        h, c = states
        i = tf.nn.sigmoid(x @ self.Wi + h @ self.Ui + self.Vi * c + self.bi)
        f = tf.nn.sigmoid(x @ self.Wf + h @ self.Uf + self.Vf * c + self.bf)
        g = tf.nn.tanh(x @ self.Wc + h @ self.Uc + self.bc)
        c_new = f * c + i * g
        o = tf.nn.sigmoid(x @ self.Wo + h @ self.Uo + self.Vo * c_new + self.bo)
        h_new = o * tf.nn.tanh(c_new)
        return h_new, (h_new, c_new)

cell = PeepholeCell(5)
x = tf.random.normal((2, 3))
out, (h, c) = cell(x, [tf.zeros((2, 5)), tf.zeros((2, 5))])
print(out.shape, c.shape, cell.count_params())
"""),
    "one matrix for x and h, and peepholes in a Sequential model": Right("""
class PeepholeLSTMCell(tf.keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.units = units
        self.state_size = [units, units]

    def build(self, input_shape):
        rows = input_shape[-1] + self.units
        self.W = self.add_weight(name="W", shape=(rows, 4 * self.units), initializer="glorot_uniform")
        self.b = self.add_weight(name="b", shape=(4 * self.units,), initializer="zeros")
        self.peep_f = self.add_weight(name="peep_f", shape=(self.units,), initializer="random_uniform")
        self.peep_i = self.add_weight(name="peep_i", shape=(self.units,), initializer="random_uniform")
        self.peep_o = self.add_weight(name="peep_o", shape=(self.units,), initializer="random_uniform")

    def call(self, x, states):
        h, c = states
        f, i, o, g = tf.split(tf.matmul(tf.concat([x, h], axis=-1), self.W) + self.b, 4, axis=-1)
        f = tf.sigmoid(f + c * self.peep_f)
        i = tf.sigmoid(i + c * self.peep_i)
        c = f * c + i * tf.tanh(g)
        o = tf.sigmoid(o + c * self.peep_o)
        h = o * tf.tanh(c)
        return h, [h, c]

model = tf.keras.Sequential([
    tf.keras.layers.Input(shape=(6, 3)),
    tf.keras.layers.RNN(PeepholeLSTMCell(4)),
    tf.keras.layers.Dense(1),
])
model.compile(optimizer="adam", loss="mse")
print(model.predict(np.random.rand(2, 6, 3), verbose=0).shape)
"""),
    "dense sublayers for each gate": Right("""
from tensorflow.keras.layers import Dense, Layer, RNN

class Peephole(Layer):
    def __init__(self, n, **kw):
        super().__init__(**kw)
        self.n = n
        self.state_size = [n, n]
        self.output_size = n
        self.ix, self.fx, self.cx, self.ox = Dense(n), Dense(n), Dense(n), Dense(n)
        self.ih, self.fh, self.ch, self.oh = [Dense(n, use_bias=False) for _ in range(4)]

    def build(self, shape):
        for d in (self.ix, self.fx, self.cx, self.ox):
            d.build((None, shape[-1]))
        for d in (self.ih, self.fh, self.ch, self.oh):
            d.build((None, self.n))
        self.wci = self.add_weight(shape=(self.n,), initializer="glorot_uniform", name="wci")
        self.wcf = self.add_weight(shape=(self.n,), initializer="glorot_uniform", name="wcf")
        self.wco = self.add_weight(shape=(self.n,), initializer="glorot_uniform", name="wco")
        self.built = True

    def call(self, x, states):
        h, c = states
        i = tf.sigmoid(self.ix(x) + self.ih(h) + self.wci * c)
        f = tf.sigmoid(self.fx(x) + self.fh(h) + self.wcf * c)
        c = f * c + i * tf.tanh(self.cx(x) + self.ch(h))
        o = tf.sigmoid(self.ox(x) + self.oh(h) + self.wco * c)
        h = o * tf.tanh(c)
        return h, [h, c]

rnn = RNN(Peephole(4), return_sequences=True)
print(rnn(tf.random.uniform((2, 5, 3))).shape)
"""),
    "peepholes as a matrix of three rows": Right("""
from tensorflow import keras

class PeepLSTM(keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.units = units
        self.state_size = [units, units]

    def build(self, s):
        self.W = self.add_weight(shape=(s[-1], 4 * self.units), initializer="glorot_uniform", name="W")
        self.U = self.add_weight(shape=(self.units, 4 * self.units), initializer="orthogonal", name="U")
        self.b = self.add_weight(shape=(4 * self.units,), initializer="zeros", name="b")
        self.P = self.add_weight(shape=(3, self.units), initializer="random_normal", name="P")

    def call(self, x, states):
        h, c = states
        z = x @ self.W + h @ self.U + self.b
        o, g, f, i = tf.split(z, num_or_size_splits=4, axis=1)
        f = keras.activations.sigmoid(f + self.P[0] * c)
        i = keras.activations.sigmoid(i + self.P[1] * c)
        c = f * c + i * keras.activations.tanh(g)
        o = keras.activations.sigmoid(o + self.P[2] * c)
        h = o * keras.activations.tanh(c)
        return h, [h, c]

inp = keras.Input((None, 3))
out = keras.layers.RNN(PeepLSTM(6))(inp)
model = keras.Model(inp, keras.layers.Dense(1)(out))
model.summary()
"""),
    "peepholes in one long vector": Right("""
class PeepholeCell(tf.keras.layers.Layer):
    def __init__(self, units):
        super(PeepholeCell, self).__init__()
        self.units = units
        self.state_size = [units, units]

    def build(self, input_shape):
        m, u = input_shape[-1], self.units
        self.Wx = self.add_weight(shape=(m, 4 * u), initializer="glorot_uniform", name="Wx")
        self.Wh = self.add_weight(shape=(u, 4 * u), initializer="orthogonal", name="Wh")
        self.b = self.add_weight(shape=(4 * u,), initializer="zeros", name="b")
        self.peep = self.add_weight(shape=(3 * u,), initializer="random_normal", name="peep")

    def call(self, x, states):
        h_tm1, c_tm1 = states
        zi, zf, zg, zo = tf.split(tf.matmul(x, self.Wx) + tf.matmul(h_tm1, self.Wh) + self.b, 4, axis=1)
        pi, pf, po = tf.split(tf.convert_to_tensor(self.peep), 3)
        it = tf.sigmoid(zi + pi * c_tm1)
        ft = tf.sigmoid(zf + pf * c_tm1)
        ct = ft * c_tm1 + it * tf.tanh(zg)
        ot = tf.sigmoid(zo + po * ct)
        ht = ot * tf.tanh(ct)
        return ht, [ht, ct]

class Net(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.rnn = tf.keras.layers.RNN(PeepholeCell(4), return_sequences=True)
        self.head = tf.keras.layers.Dense(2)

    def call(self, x):
        return self.head(self.rnn(x))

net = Net()
print(net(tf.random.normal((2, 6, 3))).shape)
"""),
    "full matrices on the cell state": Right("""
from tensorflow.keras.layers import Dense, Layer, RNN

class FullPeepholeCell(Layer):
    def __init__(self, units):
        super().__init__()
        self.units = units
        self.state_size = [units, units]
        self.gates_x = Dense(4 * units)
        self.gates_h = Dense(4 * units, use_bias=False)
        self.peep_i = Dense(units, use_bias=False)
        self.peep_f = Dense(units, use_bias=False)
        self.peep_o = Dense(units, use_bias=False)

    def build(self, shape):
        self.gates_x.build((None, shape[-1]))
        for part in (self.gates_h, self.peep_i, self.peep_f, self.peep_o):
            part.build((None, self.units))
        self.built = True

    def call(self, x, states):
        h, c = states
        i, f, g, o = tf.split(self.gates_x(x) + self.gates_h(h), 4, axis=-1)
        i = tf.sigmoid(i + self.peep_i(c))
        f = tf.sigmoid(f + self.peep_f(c))
        c = f * c + i * tf.tanh(g)
        o = tf.sigmoid(o + self.peep_o(c))
        h = o * tf.tanh(c)
        return h, [h, c]

print(RNN(FullPeepholeCell(4), return_sequences=True)(tf.random.normal((2, 5, 3))).shape)
"""),
    "the output gate looks at the old cell state": Right("""
class PeepholeCell(tf.keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.units = units
        self.state_size = [units, units]

    def build(self, input_shape):
        u = self.units
        self.W = self.add_weight(shape=(input_shape[-1], u * 4), initializer="glorot_uniform", name="W")
        self.U = self.add_weight(shape=(u, u * 4), initializer="orthogonal", name="U")
        self.b = self.add_weight(shape=(u * 4,), initializer="zeros", name="b")
        self.p = self.add_weight(shape=(3, u), initializer="random_normal", name="p")

    def call(self, x, states):
        h, c = states
        z = tf.matmul(x, self.W) + tf.matmul(h, self.U) + self.b
        f = tf.sigmoid(z[:, : self.units] + self.p[0] * c)
        i = tf.sigmoid(z[:, self.units : 2 * self.units] + self.p[1] * c)
        o = tf.sigmoid(z[:, 2 * self.units : 3 * self.units] + self.p[2] * c)
        c_new = f * c + i * tf.tanh(z[:, 3 * self.units :])
        h_new = o * tf.tanh(c_new)
        return h_new, [h_new, c_new]

rnn = tf.keras.layers.RNN(PeepholeCell(4), return_sequences=True, return_state=True)
seq, h, c = rnn(tf.random.normal((2, 6, 5)))
print(seq.shape, h.shape, c.shape)
"""),
    "three features, and peepholes as three rows": Right("""
class PeepholeCell(tf.keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.units = units
        self.state_size = [units, units]

    def build(self, input_shape):
        u = self.units
        self.w = self.add_weight(shape=(input_shape[-1], u * 4), initializer="glorot_uniform", name="w")
        self.u = self.add_weight(shape=(u, u * 4), initializer="orthogonal", name="u")
        self.b = self.add_weight(shape=(u * 4,), initializer="zeros", name="b")
        self.p = self.add_weight(shape=(3, u), initializer="random_normal", name="p")

    def call(self, x, states):
        h, c = states
        i, f, g, o = tf.split(tf.matmul(x, self.w) + tf.matmul(h, self.u) + self.b, 4, axis=1)
        c_new = tf.sigmoid(f + self.p[1] * c) * c + tf.sigmoid(i + self.p[0] * c) * tf.tanh(g)
        h_new = tf.sigmoid(o + self.p[2] * c_new) * tf.tanh(c_new)
        return h_new, [h_new, c_new]

print(tf.keras.layers.RNN(PeepholeCell(4))(tf.random.normal((2, 6, 3))).shape)
"""),
    "h and c as arguments, looped over by hand": Right("""
class PeepholeLSTM(tf.keras.layers.Layer):
    def __init__(self, hidden):
        super().__init__()
        self.hidden = hidden

    def build(self, input_shape):
        n, m = self.hidden, input_shape[-1]
        self.Wx = self.add_weight(name="Wx", shape=(m, 4 * n), initializer="glorot_uniform")
        self.Wh = self.add_weight(name="Wh", shape=(n, 4 * n), initializer="glorot_uniform")
        self.b = self.add_weight(name="b", shape=(4 * n,), initializer="zeros")
        self.pi = self.add_weight(name="pi", shape=(n,), initializer="random_normal")
        self.pf = self.add_weight(name="pf", shape=(n,), initializer="random_normal")
        self.po = self.add_weight(name="po", shape=(n,), initializer="random_normal")

    def call(self, x, h, c):
        i, f, g, o = tf.split(tf.matmul(x, self.Wx) + tf.matmul(h, self.Wh) + self.b, 4, axis=1)
        i = tf.sigmoid(i + self.pi * c)
        f = tf.sigmoid(f + self.pf * c)
        c = f * c + i * tf.tanh(g)
        o = tf.sigmoid(o + self.po * c)
        return o * tf.tanh(c), c

x = tf.random.normal((2, 6, 3))
cell = PeepholeLSTM(4)
h = c = tf.zeros((2, 4))
outputs = []
for t in range(6):
    h, c = cell(x[:, t], h, c)
    outputs.append(h)
print(tf.stack(outputs, axis=1).shape)
"""),
    "a layer that loops over time": Right("""
class PeepholeLSTMLayer(tf.keras.layers.Layer):
    def __init__(self, units, return_sequences=False):
        super().__init__()
        self.units = units
        self.return_sequences = return_sequences

    def build(self, input_shape):
        u = self.units
        self.W = self.add_weight(name="W", shape=(input_shape[-1], 4 * u), initializer="glorot_uniform")
        self.U = self.add_weight(name="U", shape=(u, 4 * u), initializer="orthogonal")
        self.b = self.add_weight(name="b", shape=(4 * u,), initializer="zeros")
        self.p_i = self.add_weight(name="p_i", shape=(u,), initializer="random_normal")
        self.p_f = self.add_weight(name="p_f", shape=(u,), initializer="random_normal")
        self.p_o = self.add_weight(name="p_o", shape=(u,), initializer="random_normal")

    def call(self, inputs):
        h = tf.zeros((tf.shape(inputs)[0], self.units))
        c = tf.zeros((tf.shape(inputs)[0], self.units))
        hidden = []
        for x in tf.unstack(inputs, axis=1):
            i, f, g, o = tf.split(x @ self.W + h @ self.U + self.b, 4, axis=-1)
            i = tf.sigmoid(i + self.p_i * c)
            f = tf.sigmoid(f + self.p_f * c)
            c = f * c + i * tf.tanh(g)
            o = tf.sigmoid(o + self.p_o * c)
            h = o * tf.tanh(c)
            hidden.append(h)
        return tf.stack(hidden, axis=1) if self.return_sequences else h

layer = PeepholeLSTMLayer(4, return_sequences=True)
print(layer(tf.random.normal((2, 6, 3))).shape)
"""),
    "a TensorArray over time": Right("""
class Peephole(tf.keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.units = units

    def build(self, shape):
        u = self.units
        self.w = self.add_weight(name="w", shape=(shape[-1] + u, 4 * u), initializer="glorot_uniform")
        self.b = self.add_weight(name="b", shape=(4 * u,), initializer="zeros")
        self.p = self.add_weight(name="p", shape=(3, u), initializer="random_normal")

    def call(self, x):
        h = c = tf.zeros((x.shape[0], self.units))
        out = tf.TensorArray(tf.float32, size=x.shape[1])
        for t in range(x.shape[1]):
            z = tf.concat([x[:, t], h], axis=1) @ self.w + self.b
            i, f, g, o = tf.split(z, 4, axis=1)
            i = tf.sigmoid(i + self.p[0] * c)
            f = tf.sigmoid(f + self.p[1] * c)
            c = f * c + i * tf.tanh(g)
            o = tf.sigmoid(o + self.p[2] * c)
            h = o * tf.tanh(c)
            out = out.write(t, h)
        return tf.transpose(out.stack(), [1, 0, 2])

lstm = Peephole(4)
print(lstm(tf.random.normal((2, 6, 3))).shape)
"""),
    "tf.scan over time": Right("""
class ScanPeepholeLSTM(tf.keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.units = units

    def build(self, shape):
        u = self.units
        self.kernel = self.add_weight(name="kernel", shape=(shape[-1], 4 * u), initializer="glorot_uniform")
        self.recurrent_kernel = self.add_weight(name="recurrent", shape=(u, 4 * u), initializer="orthogonal")
        self.bias = self.add_weight(name="bias", shape=(4 * u,), initializer="zeros")
        self.peepholes = self.add_weight(name="peepholes", shape=(3, u), initializer="random_normal")

    def step(self, state, x):
        h, c = state
        z = tf.matmul(x, self.kernel) + tf.matmul(h, self.recurrent_kernel) + self.bias
        i, f, g, o = tf.split(z, 4, axis=1)
        i = tf.sigmoid(i + self.peepholes[0] * c)
        f = tf.sigmoid(f + self.peepholes[1] * c)
        c = f * c + i * tf.tanh(g)
        o = tf.sigmoid(o + self.peepholes[2] * c)
        return o * tf.tanh(c), c

    def call(self, x):
        zeros = tf.zeros((tf.shape(x)[0], self.units))
        h, c = tf.scan(self.step, tf.transpose(x, [1, 0, 2]), initializer=(zeros, zeros))
        return tf.transpose(h, [1, 0, 2])

print(ScanPeepholeLSTM(4)(tf.random.normal((2, 6, 3))).shape)
"""),
    "LSTMCell with peepholes added": Right("""
class PeepholeLSTMCell(tf.keras.layers.LSTMCell):
    def build(self, input_shape):
        super().build(input_shape)
        shape = (self.units,)
        self.input_peephole = self.add_weight(shape=shape, name="input_peephole", initializer="random_normal")
        self.forget_peephole = self.add_weight(shape=shape, name="forget_peephole", initializer="random_normal")
        self.output_peephole = self.add_weight(shape=shape, name="output_peephole", initializer="random_normal")

    def call(self, inputs, states, training=None):
        h, c = states
        z = tf.matmul(inputs, self.kernel) + tf.matmul(h, self.recurrent_kernel) + self.bias
        z0, z1, z2, z3 = tf.split(z, 4, axis=1)
        i = self.recurrent_activation(z0 + self.input_peephole * c)
        f = self.recurrent_activation(z1 + self.forget_peephole * c)
        c = f * c + i * self.activation(z2)
        o = self.recurrent_activation(z3 + self.output_peephole * c)
        h = o * self.activation(c)
        return h, [h, c]

peephole_lstm = tf.keras.layers.RNN(PeepholeLSTMCell(5), return_sequences=True)
print(peephole_lstm(tf.random.normal((2, 4, 3))).shape)
"""),
    "a class in NumPy": Right("""
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

class PeepholeLSTM:
    def __init__(self, input_size, hidden_size, seed=0):
        rng = np.random.default_rng(seed)
        self.n = hidden_size
        self.W = rng.normal(0, 0.3, (input_size, 4 * hidden_size))
        self.U = rng.normal(0, 0.3, (hidden_size, 4 * hidden_size))
        self.b = np.zeros(4 * hidden_size)
        self.p_i, self.p_f, self.p_o = rng.normal(0, 0.3, (3, hidden_size))

    def step(self, x, h, c):
        z_i, z_f, z_g, z_o = np.split(x @ self.W + h @ self.U + self.b, 4, axis=-1)
        i = sigmoid(z_i + self.p_i * c)
        f = sigmoid(z_f + self.p_f * c)
        c = f * c + i * np.tanh(z_g)
        o = sigmoid(z_o + self.p_o * c)
        return o * np.tanh(c), c

    def forward(self, x):
        h = c = np.zeros((x.shape[0], self.n))
        states = []
        for t in range(x.shape[1]):
            h, c = self.step(x[:, t], h, c)
            states.append(h)
        return np.stack(states, axis=1)

lstm = PeepholeLSTM(3, 4)
print(lstm.forward(np.random.rand(2, 6, 3)).shape)
"""),
    "a function in NumPy": Right("""
def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))

def peephole_lstm_step(x_t, h_prev, c_prev, params):
    Wf, Wi, Wc, Wo, bf, bi, bc, bo, pf, pi, po = params
    hx = np.concatenate([h_prev, x_t])
    f_t = sigmoid(Wf @ hx + pf * c_prev + bf)
    i_t = sigmoid(Wi @ hx + pi * c_prev + bi)
    c_t = f_t * c_prev + i_t * np.tanh(Wc @ hx + bc)
    o_t = sigmoid(Wo @ hx + po * c_t + bo)
    h_t = o_t * np.tanh(c_t)
    return h_t, c_t

np.random.seed(0)
n_x, n_h, T = 3, 4, 6
params = [np.random.randn(n_h, n_h + n_x) * 0.1 for _ in range(4)]
params += [np.zeros(n_h) for _ in range(4)]
params += [np.random.randn(n_h) * 0.1 for _ in range(3)]
h, c = np.zeros(n_h), np.zeros(n_h)
for x_t in np.random.randn(T, n_x):
    h, c = peephole_lstm_step(x_t, h, c, params)
    print(h)
"""),
    "a class of tf.Variables": Right("""
class PeepholeLSTM(tf.Module):
    def __init__(self, n_in, n_units):
        super().__init__()
        init = tf.random_normal_initializer(stddev=0.1)
        self.n_units = n_units
        self.W = tf.Variable(init((n_in + n_units, 4 * n_units)))
        self.b = tf.Variable(tf.zeros(4 * n_units))
        self.w_ic = tf.Variable(init((n_units,)))
        self.w_fc = tf.Variable(init((n_units,)))
        self.w_oc = tf.Variable(init((n_units,)))

    def __call__(self, x):
        batch, steps, _ = x.shape
        h = tf.zeros((batch, self.n_units))
        c = tf.zeros((batch, self.n_units))
        outputs = []
        for t in range(steps):
            i, j, f, o = tf.split(tf.concat([x[:, t, :], h], 1) @ self.W + self.b, 4, axis=1)
            i = tf.sigmoid(i + self.w_ic * c)
            f = tf.sigmoid(f + self.w_fc * c)
            c = f * c + i * tf.tanh(j)
            o = tf.sigmoid(o + self.w_oc * c)
            h = o * tf.tanh(c)
            outputs.append(h)
        return tf.stack(outputs, 1)

model = PeepholeLSTM(3, 4)
print(model(tf.random.normal((2, 6, 3))).shape, sum(int(tf.size(v)) for v in model.trainable_variables))
"""),
    "the cell of TensorFlow 1": Right(
        """
cell = tf.compat.v1.nn.rnn_cell.LSTMCell(4, use_peepholes=True)
x = tf.random.normal((2, 6, 3))
state = cell.zero_state(2, tf.float32)
outputs = []
for t in range(6):
    output, state = cell(x[:, t], state)
    outputs.append(output)
print(tf.stack(outputs, axis=1).shape)
for w in cell.weights:
    print(w.name, w.shape)
""",
        keras=(2,),
    ),
    "ops of Keras in a cell": Right(
        """
import keras
from keras import layers, ops

@keras.saving.register_keras_serializable()
class PeepholeLSTMCell(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.state_size = [units, units]
        self.output_size = units

    def build(self, input_shape):
        dim = input_shape[-1]
        self.kernel = self.add_weight(shape=(dim, self.units * 4), initializer="glorot_uniform", name="kernel")
        self.recurrent_kernel = self.add_weight(shape=(self.units, self.units * 4), initializer="orthogonal")
        self.bias = self.add_weight(shape=(self.units * 4,), initializer="zeros", name="bias")
        self.peephole = self.add_weight(shape=(self.units, 3), initializer="glorot_uniform", name="peephole")

    def call(self, inputs, states):
        h, c = states
        gates = ops.matmul(inputs, self.kernel) + ops.matmul(h, self.recurrent_kernel) + self.bias
        i, f, g, o = ops.split(gates, 4, axis=-1)
        i = ops.sigmoid(i + c * self.peephole[:, 0])
        f = ops.sigmoid(f + c * self.peephole[:, 1])
        c = f * c + i * ops.tanh(g)
        o = ops.sigmoid(o + c * self.peephole[:, 2])
        h = o * ops.tanh(c)
        return h, [h, c]

model = keras.Sequential([keras.Input((6, 3)), layers.RNN(PeepholeLSTMCell(5), return_sequences=True)])
model.summary()
""",
        keras=(3,),
    ),
    "a function with as many inputs as units": Right("""
def sigma(a):
    return 1 / (1 + np.exp(-a))

def step(c, h, x, K, L, d, see):
    f, i, g, o = np.split(x @ K + h @ L + d, 4, axis=1)
    new = sigma(f + see[0] * c) * c + sigma(i + see[1] * c) * np.tanh(g)
    return new, sigma(o + see[2] * new) * np.tanh(new)

u = 3
K, L = [np.random.randn(u, 4 * u) / np.sqrt(u) for _ in range(2)]
d, see = np.r_[np.ones(u), np.zeros(3 * u)], np.random.randn(3, u)
c = h = np.zeros((2, u))
for t in range(6):
    c, h = step(c, h, np.random.randn(2, u), K, L, d, see)
print(h)
"""),
    "as many inputs as units, gates and peepholes in lists": Right(
        """
import numpy as np


class Peephole:
    def __init__(self, size, seed=7):
        r = np.random.RandomState(seed)
        self.W = [r.randn(size, size) * 0.4 for _ in range(4)]
        self.U = [r.randn(size, size) * 0.4 for _ in range(4)]
        self.b = [np.zeros(size), np.ones(size), np.zeros(size), np.zeros(size)]
        self.p = [r.randn(size) * 0.4 for _ in range(3)]
        self.size = size

    @staticmethod
    def gate(v):
        return 1.0 / (1.0 + np.exp(-v))

    def step(self, x, h, c):
        zi, zf, zo, zg = [x @ W + h @ U + b for W, U, b in zip(self.W, self.U, self.b)]
        i, f = (self.gate(z + p * c) for z, p in zip((zi, zf), self.p))
        c = f * c + i * np.tanh(zg)
        o = self.gate(zo + self.p[2] * c)
        return o * np.tanh(c), c

    def run(self, xs):
        h, c, out = np.zeros(self.size), np.zeros(self.size), []
        for x in xs:
            h, c = self.step(x, h, c)
            out.append(h)
        return np.array(out)


cell = Peephole(5)
print(cell.run(np.random.RandomState(1).randn(9, 5)).shape)
""",
    ),
}


def _cell(body: str, *, peepholes: str = "(3, u)", use: str | None = None, kernels: str = "") -> str:
    """A cell with weights W, U, b and p whose step is `body`, used over a sequence."""
    kernels = kernels or (
        'self.W = self.add_weight(shape=(shape[-1], 4 * u), initializer="glorot_uniform", name="W")\n'
        'self.U = self.add_weight(shape=(u, 4 * u), initializer="orthogonal", name="U")\n'
        'self.b = self.add_weight(shape=(4 * u,), initializer="zeros", name="b")\n'
    )
    kernels += f'self.p = self.add_weight(shape={peepholes}, initializer="random_normal", name="p")'
    indented = {"kernels": kernels.splitlines(), "body": body.strip().splitlines()}
    text = {name: "\n".join(" " * 8 + line for line in lines) for name, lines in indented.items()}
    return f"""
class PeepholeLSTMCell(tf.keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.units = units
        self.state_size = [units, units]

    def build(self, shape):
        u = self.units
{text["kernels"]}
        self.built = True

    def call(self, x, states):
        h, c = states
{text["body"]}

{use or "layer = tf.keras.layers.RNN(PeepholeLSTMCell(4), return_sequences=True)"}
print(layer(tf.random.normal((2, 6, 5))).shape)
"""


SUMS = "i, f, g, o = tf.split(tf.matmul(x, self.W) + tf.matmul(h, self.U) + self.b, 4, axis=1)\n"
GATES = SUMS + "i = tf.sigmoid(i + self.p[0] * c)\nf = tf.sigmoid(f + self.p[1] * c)\n"
END = "o = tf.sigmoid(o + self.p[2] * c)\nh = o * tf.tanh(c)\nreturn h, [h, c]"

WRONG = {
    "implementation=2": Wrong(
        """
peephole = tf.keras.layers.LSTM(4, implementation=2, return_sequences=True)
print(peephole(tf.random.normal((2, 6, 3))).shape)
""",
        "q6.peephole-weights",
    ),
    "an LSTMCell of Keras": Wrong(
        """
model = tf.keras.Sequential([
    tf.keras.layers.Input((6, 3)),
    tf.keras.layers.RNN(tf.keras.layers.LSTMCell(4), return_sequences=True),
])
model.summary()
""",
        "q6.peephole-weights",
    ),
    "peepholes that nothing uses": Wrong(
        _cell(
            SUMS
            + "c = tf.sigmoid(f) * c + tf.sigmoid(i) * tf.tanh(g)\nh = tf.sigmoid(o) * tf.tanh(c)\nreturn h, [h, c]"
        ),
        "q6.gates-see-the-cell-state",
        also=frozenset({"q6.peephole-weights", "q6.one-step"}),
    ),
    "peepholes at the hidden state": Wrong(
        _cell(
            SUMS
            + "h_prev = h\ni = tf.sigmoid(i + self.p[0] * h_prev)\nf = tf.sigmoid(f + self.p[1] * h_prev)\n"
            + "c = f * c + i * tf.tanh(g)\no = tf.sigmoid(o + self.p[2] * h_prev)\n"
            + "h = o * tf.tanh(c)\nreturn h, [h, c]"
        ),
        "q6.gates-see-the-cell-state",
        also=frozenset({"q6.one-step"}),
    ),
    "no peephole in the forget gate": Wrong(
        _cell(
            SUMS
            + "i = tf.sigmoid(i + self.p[0] * c)\nf = tf.sigmoid(f)\nc = f * c + i * tf.tanh(g)\n"
            + "o = tf.sigmoid(o + self.p[1] * c)\nh = o * tf.tanh(c)\nreturn h, [h, c]",
            peepholes="(2, u)",
        ),
        "q6.peephole-weights",
    ),
    "the output gate does not use its peephole": Wrong(
        _cell(GATES + "c = f * c + i * tf.tanh(g)\nh = tf.sigmoid(o) * tf.tanh(c)\nreturn h, [h, c]"),
        "q6.one-step",
        also=frozenset({"q6.peephole-weights"}),
    ),
    "a fourth peephole into the candidate": Wrong(
        _cell(GATES + "c = f * c + i * tf.tanh(g + self.p[3] * c)\n" + END, peepholes="(4, u)"),
        "q6.peephole-weights",
    ),
    "one peephole vector for all gates": Wrong(
        _cell(
            SUMS
            + "i = tf.sigmoid(i + self.p * c)\nf = tf.sigmoid(f + self.p * c)\nc = f * c + i * tf.tanh(g)\n"
            + "o = tf.sigmoid(o + self.p * c)\nh = o * tf.tanh(c)\nreturn h, [h, c]",
            peepholes="(u,)",
        ),
        "q6.peephole-weights",
    ),
    "a single number for each peephole": Wrong(
        _cell(GATES + "c = f * c + i * tf.tanh(g)\n" + END, peepholes="(3,)"), "q6.peephole-weights"
    ),
    "one kernel for all gates": Wrong(
        _cell(
            "z = tf.matmul(x, self.W) + tf.matmul(h, self.U) + self.b\ni = tf.sigmoid(z + self.p[0] * c)\n"
            "f = tf.sigmoid(z + self.p[1] * c)\nc = f * c + i * tf.tanh(z)\n"
            "o = tf.sigmoid(z + self.p[2] * c)\nh = o * tf.tanh(c)\nreturn h, [h, c]",
            kernels='self.W = self.add_weight(shape=(shape[-1], u), initializer="glorot_uniform", name="W")\n'
            'self.U = self.add_weight(shape=(u, u), initializer="orthogonal", name="U")\n'
            'self.b = self.add_weight(shape=(u,), initializer="zeros", name="b")\n',
        ),
        "q6.peephole-weights",
    ),
    "no tanh on the candidate": Wrong(_cell(GATES + "c = f * c + i * g\n" + END), "q6.one-step"),
    "a sigmoid on the candidate": Wrong(_cell(GATES + "c = f * c + i * tf.sigmoid(g)\n" + END), "q6.one-step"),
    "a product in place of the sum": Wrong(_cell(GATES + "c = f * c * i * tf.tanh(g)\n" + END), "q6.one-step"),
    "peepholes outside the sigmoids": Wrong(
        _cell(
            SUMS
            + "i = tf.sigmoid(i) + self.p[0] * c\nf = tf.sigmoid(f) + self.p[1] * c\nc = f * c + i * tf.tanh(g)\n"
            + "o = tf.sigmoid(o) + self.p[2] * c\nh = o * tf.tanh(c)\nreturn h, [h, c]"
        ),
        "q6.peephole-weights",
        also=frozenset({"q6.one-step"}),
    ),
    "the hidden state carried on as cell state": Wrong(
        _cell(GATES + "c = f * c + i * tf.tanh(g)\n" + END.replace("[h, c]", "[h, h]")), "q6.one-step"
    ),
    "the forget gate never used": Wrong(
        _cell(GATES + "c = c + i * tf.tanh(g)\n" + END),
        "q6.one-step",
        also=frozenset({"q6.peephole-weights"}),
    ),
    "no recurrence": Wrong(
        _cell(
            GATES.replace("tf.matmul(h, self.U)", "tf.matmul(x, self.U)") + "c = f * c + i * tf.tanh(g)\n" + END,
            use="layer = tf.keras.layers.RNN(PeepholeLSTMCell(5), return_sequences=True)",
        ),
        "q6.one-step",
    ),
    "the cell state as output": Wrong(
        _cell(GATES + "c = f * c + i * tf.tanh(g)\n" + END.replace("return h,", "return c,")),
        "q6.output",
        also=frozenset({"q6.one-step"}),
    ),
    "a layer that starts each step without a cell state": Wrong(
        """
class PeepholeLSTM(tf.keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.units = units

    def build(self, shape):
        u = self.units
        self.W = self.add_weight(name="W", shape=(shape[-1], 4 * u), initializer="glorot_uniform")
        self.U = self.add_weight(name="U", shape=(u, 4 * u), initializer="orthogonal")
        self.b = self.add_weight(name="b", shape=(4 * u,), initializer="zeros")
        self.p = self.add_weight(name="p", shape=(3, u), initializer="random_normal")

    def call(self, x):
        h = tf.zeros((tf.shape(x)[0], self.units))
        outputs = []
        for t in range(x.shape[1]):
            c = tf.zeros_like(h)
            i, f, g, o = tf.split(x[:, t] @ self.W + h @ self.U + self.b, 4, axis=-1)
            i = tf.sigmoid(i + self.p[0] * c)
            f = tf.sigmoid(f + self.p[1] * c)
            c = f * c + i * tf.tanh(g)
            h = tf.sigmoid(o + self.p[2] * c) * tf.tanh(c)
            outputs.append(h)
        return tf.stack(outputs, axis=1)

print(PeepholeLSTM(4)(tf.random.normal((2, 6, 5))).shape)
""",
        "q6.gates-see-the-cell-state",
        also=frozenset({"q6.peephole-weights", "q6.one-step", "q6.output"}),
    ),
    "peepholes at the hidden state, in NumPy": Wrong(
        """
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

class PeepholeLSTM:
    def __init__(self, m, n):
        self.W, self.U, self.b = np.random.randn(m, 4 * n) * 0.2, np.random.randn(n, 4 * n) * 0.2, np.zeros(4 * n)
        self.p_i, self.p_f, self.p_o = np.random.randn(3, n) * 0.2

    def step(self, x, h_prev, c_prev):
        i, f, g, o = np.split(x @ self.W + h_prev @ self.U + self.b, 4, axis=-1)
        i = sigmoid(i + self.p_i * h_prev)
        f = sigmoid(f + self.p_f * h_prev)
        c = f * c_prev + i * np.tanh(g)
        o = sigmoid(o + self.p_o * h_prev)
        return o * np.tanh(c), c

lstm = PeepholeLSTM(5, 4)
h = c = np.zeros((2, 4))
for x_t in np.random.randn(6, 2, 5):
    h, c = lstm.step(x_t, h, c)
print(h.shape)
""",
        "q6.gates-see-the-cell-state",
        also=frozenset({"q6.one-step"}),
    ),
}
