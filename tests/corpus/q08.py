"""Gates of the LSTM: six equations, and the weights of an LSTM layer."""

from tests.corpus.samples import Right, Wrong

UNICODE = """
The forget gate decides what is removed from the cell state, the input gate what is added.

f_t = σ(W_f·[h_{t-1}, x_t] + b_f)

i_t = σ(W_i·[h_{t-1}, x_t] + b_i)

C̃_t = tanh(W_C·[h_{t-1}, x_t] + b_C)

C_t = f_t ⊙ C_{t-1} + i_t ⊙ C̃_t

The output gate decides what becomes the hidden state.

o_t = σ(W_o·[h_{t-1}, x_t] + b_o)

h_t = o_t ⊙ tanh(C_t)
"""
GET_WEIGHTS = """
layer = tf.keras.layers.LSTM(5, return_sequences=True)
layer(tf.random.normal((2, 6, 3)))
for w in layer.get_weights():
    print(w.shape)
"""

RIGHT = {
    "Unicode, get_weights": Right(GET_WEIGHTS, prose=UNICODE),
    "ASCII, the kernel split into gates": Right(
        """
lstm = tf.keras.layers.LSTM(4)
lstm.build((None, 6, 3))
kernel, recurrent_kernel, bias = lstm.get_weights()
for name, W, U, b in zip("ifco", np.split(kernel, 4, 1), np.split(recurrent_kernel, 4, 1), np.split(bias, 4)):
    print(name, W.shape, U.shape, b.shape)
""",
        prose="""
Forget gate:
f_t = sigmoid(W_f * x_t + U_f * h_(t-1) + b_f)

Input gate:
i_t = sigmoid(W_i * x_t + U_i * h_(t-1) + b_i)

Candidate:
g_t = tanh(W_g * x_t + U_g * h_(t-1) + b_g)

Cell state:
c_t = f_t * c_(t-1) + i_t * g_t

Output gate:
o_t = sigmoid(W_o * x_t + U_o * h_(t-1) + b_o)

Hidden state:
h_t = o_t * tanh(c_t)
""",
    ),
    "LaTeX on lines of its own, a model's layer": Right(
        """
from tensorflow.keras import Sequential
from tensorflow.keras.layers import LSTM, Dense, Input
model = Sequential([Input((10, 3)), LSTM(6, return_sequences=True), Dense(1)])
names = ["kernel", "recurrent kernel", "bias"]
for name, weight in zip(names, model.layers[0].get_weights()):
    print(name, weight.shape)
""",
        prose=r"""
**Forget gate**: what is thrown away.
$$f_t = \sigma(W_f \cdot [h_{t-1}, x_t] + b_f)$$
**Input gate**: what is stored.
$$i_t = \sigma(W_i \cdot [h_{t-1}, x_t] + b_i)$$
$$\tilde{C}_t = \tanh(W_C \cdot [h_{t-1}, x_t] + b_C)$$
**Cell state**
$$C_t = f_t * C_{t-1} + i_t * \tilde{C}_t$$
**Output gate**
$$o_t = \sigma(W_o \cdot [h_{t-1}, x_t] + b_o)$$
$$h_t = o_t * \tanh(C_t)$$
""",
    ),
    "LaTeX aligned, weights with their names": Right(
        """
inputs = tf.keras.Input((None, 3))
states = tf.keras.layers.LSTM(4, return_sequences=True, name="memory")(inputs)
model = tf.keras.Model(inputs, states)
for variable in model.get_layer("memory").weights:
    print(variable.name, variable.shape)
print(model.count_params() // 4, "for each gate")
""",
        prose=r"""
$$
\begin{aligned}
i_t &= \sigma(W_{xi} x_t + W_{hi} h_{t-1} + b_i) \\
f_t &= \sigma(W_{xf} x_t + W_{hf} h_{t-1} + b_f) \\
o_t &= \sigma(W_{xo} x_t + W_{ho} h_{t-1} + b_o) \\
g_t &= \tanh(W_{xg} x_t + W_{hg} h_{t-1} + b_g) \\
c_t &= f_t \odot c_{t-1} + i_t \odot g_t \\
h_t &= o_t \odot \tanh(c_t)
\end{aligned}
$$
""",
    ),
    "LaTeX inline in bullets": Right(
        """
from tensorflow.keras.layers import LSTM
units = 4
lstm = LSTM(units)
_ = lstm(np.zeros((1, 5, 3), dtype="float32"))
W, U, b = lstm.get_weights()
print("forget gate", W[:, units : 2 * units].shape, U[:, units : 2 * units].shape, b[units : 2 * units])
""",
        prose=r"""
- Forget gate: $f_t = \sigma(W_f [x_t, h_{t-1}] + b_f)$, between 0 (forget) and 1 (keep)
- Input gate: $i_t = \sigma(W_i [x_t, h_{t-1}] + b_i)$
- Candidate values: $\tilde{c}_t = \tanh(W_c [x_t, h_{t-1}] + b_c)$
- New cell state: $c_t = f_t \circ c_{t-1} + i_t \circ \tilde{c}_t$
- Output gate: $o_t = \sigma(W_o [x_t, h_{t-1}] + b_o)$
- New hidden state: $h_t = o_t \circ \tanh(c_t)$
""",
    ),
    "a table": Right(
        """
lstm = tf.keras.layers.LSTM(4, return_sequences=True)
lstm(tf.ones((1, 6, 3)))
print("W", lstm.cell.kernel.shape, "U", lstm.cell.recurrent_kernel.shape, "b", lstm.cell.bias.shape)
""",
        prose=r"""
| Part | Equation |
|---|---|
| Forget gate | $f_t = \sigma(W_f x_t + U_f h_{t-1} + b_f)$ |
| Input gate | $i_t = \sigma(W_i x_t + U_i h_{t-1} + b_i)$ |
| Candidate | $\tilde{C}_t = \tanh(W_c x_t + U_c h_{t-1} + b_c)$ |
| Cell state | $C_t = f_t \odot C_{t-1} + i_t \odot \tilde{C}_t$ |
| Output gate | $o_t = \sigma(W_o x_t + U_o h_{t-1} + b_o)$ |
| Hidden state | $h_t = o_t \odot \tanh(C_t)$ |
""",
    ),
    "like code": Right(
        GET_WEIGHTS,
        prose="""
One step of an LSTM:

```python
f = sigmoid(np.dot(W_f, np.concatenate([h_prev, x])) + b_f)
i = sigmoid(np.dot(W_i, np.concatenate([h_prev, x])) + b_i)
g = np.tanh(np.dot(W_g, np.concatenate([h_prev, x])) + b_g)
c = f * c_prev + i * g
o = sigmoid(np.dot(W_o, np.concatenate([h_prev, x])) + b_o)
h = o * np.tanh(c)
```
""",
    ),
    "like code, plain": Right(
        """
net = tf.keras.models.Sequential()
net.add(tf.keras.layers.Input((4, 2)))
net.add(tf.keras.layers.LSTM(3))
print([p.shape for p in net.get_weights()])
""",
        prose="""
The six steps

    ft = sigmoid(Wf @ xt + Uf @ h_prev + bf)
    it = sigmoid(Wi @ xt + Ui @ h_prev + bi)
    gt = tanh(Wg @ xt + Ug @ h_prev + bg)
    ct = ft * c_prev + it * gt
    ot = sigmoid(Wo @ xt + Uo @ h_prev + bo)
    ht = ot * tanh(ct)
""",
    ),
    "gates as capital gammas": Right(
        """
layer = tf.keras.layers.LSTM(units=8, return_sequences=True)
layer(np.random.rand(1, 10, 4).astype("float32"))
kernel, recurrent, bias = layer.weights
print(kernel.shape, recurrent.shape, bias.shape, layer.count_params() / 4)
""",
        prose=r"""
$$\Gamma_f^{\langle t \rangle} = \sigma(W_f [a^{\langle t-1 \rangle}, x^{\langle t \rangle}] + b_f)$$
$$\Gamma_u^{\langle t \rangle} = \sigma(W_u [a^{\langle t-1 \rangle}, x^{\langle t \rangle}] + b_u)$$
$$\tilde{c}^{\langle t \rangle} = \tanh(W_c [a^{\langle t-1 \rangle}, x^{\langle t \rangle}] + b_c)$$
$$c^{\langle t \rangle} = \Gamma_f^{\langle t \rangle} * c^{\langle t-1 \rangle}
+ \Gamma_u^{\langle t \rangle} * \tilde{c}^{\langle t \rangle}$$
$$\Gamma_o^{\langle t \rangle} = \sigma(W_o [a^{\langle t-1 \rangle}, x^{\langle t \rangle}] + b_o)$$
$$a^{\langle t \rangle} = \Gamma_o^{\langle t \rangle} * \tanh(c^{\langle t \rangle})$$
""",
    ),
    "numbered, with Unicode subscripts": Right(
        GET_WEIGHTS,
        prose="""
1. Forget gate: fₜ = σ(Wf · [hₜ₋₁, xₜ] + bf)
2. Input gate: iₜ = σ(Wi · [hₜ₋₁, xₜ] + bi)
3. Candidate: C̃ₜ = tanh(Wc · [hₜ₋₁, xₜ] + bc)
4. Cell state: Cₜ = fₜ * Cₜ₋₁ + iₜ * C̃ₜ
5. Output gate: oₜ = σ(Wo · [hₜ₋₁, xₜ] + bo)
6. Hidden state: hₜ = oₜ * tanh(Cₜ)
""",
    ),
    "x before h, without signs of multiplication": Right(
        """
import keras
lstm = keras.layers.LSTM(4)
out = lstm(np.ones((2, 5, 3), dtype="float32"))
gates = np.split(lstm.get_weights()[0], 4, axis=1)
print({gate: w.shape for gate, w in zip(["input", "forget", "candidate", "output"], gates)})
""",
        prose="""
The forget gate f_t = σ(W_f[x_t, h_{t-1}] + b_f) looks at the input and at the last hidden state.

The input gate is i_t = σ(W_i[x_t, h_{t-1}] + b_i) and the new values are c~_t = tanh(W_c[x_t, h_{t-1}] + b_c).

With both the memory is renewed: c_t = f_t c_{t-1} + i_t c~_t.

Finally the output gate o_t = σ(W_o[x_t, h_{t-1}] + b_o) gives h_t = o_t tanh(c_t).
""",
    ),
    "with both biases": Right(
        GET_WEIGHTS,
        prose=r"""
$$i_t = \sigma(W_{ii} x_t + b_{ii} + W_{hi} h_{t-1} + b_{hi})$$
$$f_t = \sigma(W_{if} x_t + b_{if} + W_{hf} h_{t-1} + b_{hf})$$
$$g_t = \tanh(W_{ig} x_t + b_{ig} + W_{hg} h_{t-1} + b_{hg})$$
$$o_t = \sigma(W_{io} x_t + b_{io} + W_{ho} h_{t-1} + b_{ho})$$
$$c_t = f_t \odot c_{t-1} + i_t \odot g_t$$
$$h_t = o_t \odot \tanh(c_t)$$
""",
    ),
    "rows times matrices": Right(
        GET_WEIGHTS,
        prose=r"""
$$F_t = \sigma(X_t W_{xf} + H_{t-1} W_{hf} + b_f)$$
$$I_t = \sigma(X_t W_{xi} + H_{t-1} W_{hi} + b_i)$$
$$O_t = \sigma(X_t W_{xo} + H_{t-1} W_{ho} + b_o)$$
$$\tilde{C}_t = \tanh(X_t W_{xc} + H_{t-1} W_{hc} + b_c)$$
$$C_t = F_t \odot C_{t-1} + I_t \odot \tilde{C}_t$$
$$H_t = O_t \odot \tanh(C_t)$$
""",
    ),
    "brackets around LaTeX, operatornames": Right(
        GET_WEIGHTS,
        prose=r"""
\[ f_t = \operatorname{sigmoid}\left(W_f x_t + U_f h_{t-1} + b_f\right) \]
\[ i_t = \operatorname{sigmoid}\left(W_i x_t + U_i h_{t-1} + b_i\right) \]
\[ \tilde{c}_t = \operatorname{tanh}\left(W_c x_t + U_c h_{t-1} + b_c\right) \]
\[ c_t = f_t \otimes c_{t-1} + i_t \otimes \tilde{c}_t \]
\[ o_t = \operatorname{sigmoid}\left(W_o x_t + U_o h_{t-1} + b_o\right) \]
\[ h_t = o_t \otimes \operatorname{tanh}\left(c_t\right) \]
""",
    ),
    "in a fence, with @": Right(
        GET_WEIGHTS,
        prose="""
The step as code:

```
f_t = sigmoid(W_f @ x_t + U_f @ h_prev + b_f)
i_t = sigmoid(W_i @ x_t + U_i @ h_prev + b_i)
g_t = tanh(W_g @ x_t + U_g @ h_prev + b_g)
c_t = f_t * c_prev + i_t * g_t
o_t = sigmoid(W_o @ x_t + U_o @ h_prev + b_o)
h_t = o_t * tanh(c_t)
```
""",
    ),
    "products by np.dot, without a fence": Right(
        GET_WEIGHTS,
        prose="""
f = sigmoid(np.dot(Wf, x) + np.dot(Uf, h_prev) + bf)

i = sigmoid(np.dot(Wi, x) + np.dot(Ui, h_prev) + bi)

g = np.tanh(np.dot(Wg, x) + np.dot(Ug, h_prev) + bg)

c = f * c_prev + i * g

o = sigmoid(np.dot(Wo, x) + np.dot(Uo, h_prev) + bo)

h = o * np.tanh(c)
""",
    ),
    "in a string of the code": Right(
        "\n'''Ans 8:- The LSTM has three gates.\n" + UNICODE + "'''\n" + GET_WEIGHTS,
    ),
    "in comments of the code": Right(
        """
# Forget gate: f_t = sigmoid(W_f [h_{t-1}, x_t] + b_f)
# Input gate: i_t = sigmoid(W_i [h_{t-1}, x_t] + b_i)
# Candidate: C~_t = tanh(W_c [h_{t-1}, x_t] + b_c)
# Cell state: C_t = f_t * C_{t-1} + i_t * C~_t
# Output gate: o_t = sigmoid(W_o [h_{t-1}, x_t] + b_o)
# Hidden state: h_t = o_t * tanh(C_t)
"""
        + GET_WEIGHTS.lstrip("\n"),
    ),
    "bold letters and a semicolon": Right(
        GET_WEIGHTS,
        prose=r"""
$\mathbf{f}_t = \sigma(\mathbf{W}_f [\mathbf{h}_{t-1}; \mathbf{x}_t] + \mathbf{b}_f)$

$\mathbf{i}_t = \sigma(\mathbf{W}_i [\mathbf{h}_{t-1}; \mathbf{x}_t] + \mathbf{b}_i)$

$\mathbf{o}_t = \sigma(\mathbf{W}_o [\mathbf{h}_{t-1}; \mathbf{x}_t] + \mathbf{b}_o)$

$\hat{\mathbf{c}}_t = \tanh(\mathbf{W}_c [\mathbf{h}_{t-1}; \mathbf{x}_t] + \mathbf{b}_c)$

$\mathbf{c}_t = \mathbf{f}_t \odot \mathbf{c}_{t-1} + \mathbf{i}_t \odot \hat{\mathbf{c}}_t$

$\mathbf{h}_t = \mathbf{o}_t \odot \tanh(\mathbf{c}_t)$
""",
    ),
    "time in brackets": Right(
        GET_WEIGHTS,
        prose="""
* f(t) = σ(W_f x(t) + U_f h(t-1) + b_f)
* i(t) = σ(W_i x(t) + U_i h(t-1) + b_i)
* g(t) = tanh(W_g x(t) + U_g h(t-1) + b_g)
* c(t) = f(t) ∘ c(t-1) + i(t) ∘ g(t)
* o(t) = σ(W_o x(t) + U_o h(t-1) + b_o)
* h(t) = o(t) ∘ tanh(c(t))
""",
    ),
    "subscripts of HTML": Right(
        GET_WEIGHTS,
        prose="""
Forget gate: f<sub>t</sub> = σ(W<sub>f</sub> · [h<sub>t-1</sub>, x<sub>t</sub>] + b<sub>f</sub>)

Input gate: i<sub>t</sub> = σ(W<sub>i</sub> · [h<sub>t-1</sub>, x<sub>t</sub>] + b<sub>i</sub>)

Candidate: g<sub>t</sub> = tanh(W<sub>g</sub> · [h<sub>t-1</sub>, x<sub>t</sub>] + b<sub>g</sub>)

Cell state: c<sub>t</sub> = f<sub>t</sub> * c<sub>t-1</sub> + i<sub>t</sub> * g<sub>t</sub>

Output gate: o<sub>t</sub> = σ(W<sub>o</sub> · [h<sub>t-1</sub>, x<sub>t</sub>] + b<sub>o</sub>)

Hidden state: h<sub>t</sub> = o<sub>t</sub> * tanh(c<sub>t</sub>)
""",
    ),
    "terms the other way round": Right(
        GET_WEIGHTS,
        prose=r"""
$$o_t = \sigma(b_o + U_o h_{t-1} + W_o x_t)$$
$$f_t = \sigma(b_f + U_f h_{t-1} + W_f x_t)$$
$$i_t = \sigma(b_i + U_i h_{t-1} + W_i x_t)$$
$$c_t = i_t \odot \tilde{c}_t + c_{t-1} \odot f_t \quad \text{with} \quad
\tilde{c}_t = \tanh(b_c + U_c h_{t-1} + W_c x_t)$$
$$h_t = \tanh(c_t) \odot o_t$$
""",
    ),
    "the sigmoid written out": Right(
        GET_WEIGHTS,
        prose=r"""
$$f_t = \frac{1}{1 + e^{-(W_f x_t + U_f h_{t-1} + b_f)}}$$
$$i_t = \frac{1}{1 + e^{-(W_i x_t + U_i h_{t-1} + b_i)}}$$
$$\tilde{c}_t = \tanh(W_c x_t + U_c h_{t-1} + b_c)$$
$$c_t = f_t \odot c_{t-1} + i_t \odot \tilde{c}_t$$
$$o_t = \frac{1}{1 + e^{-(W_o x_t + U_o h_{t-1} + b_o)}}$$
$$h_t = o_t \odot \tanh(c_t)$$
""",
    ),
    "the gates computed by hand from the weights": Right(
        """
u = 4
lstm = tf.keras.layers.LSTM(u, return_sequences=True)
x = np.random.rand(1, 5, 3).astype("float32")
expected = lstm(x).numpy()
W, U, b = [w.numpy() for w in lstm.trainable_weights]
sigmoid = lambda z: 1 / (1 + np.exp(-z))
h, c = np.zeros((1, u)), np.zeros((1, u))
for t in range(5):
    i, f, g, o = np.split(x[:, t] @ W + h @ U + b, 4, axis=1)
    c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    h = sigmoid(o) * np.tanh(c)
print(np.allclose(h, expected[:, -1], atol=1e-5))
""",
        prose=UNICODE.replace("⊙", "*").replace("·", " "),
    ),
}


def _with(*changes: tuple[str, str]) -> str:
    """The equations in Unicode with something replaced."""
    text = UNICODE
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


WRONG = {
    "tanh in the forget gate": Wrong(GET_WEIGHTS, "q8.forget-gate", prose=_with(("f_t = σ", "f_t = tanh"))),
    "the forget gate does not see h": Wrong(
        GET_WEIGHTS, "q8.forget-gate", prose=_with(("W_f·[h_{t-1}, x_t]", "W_f·x_t"))
    ),
    "the forget gate sees the cell state for h": Wrong(
        GET_WEIGHTS, "q8.forget-gate", prose=_with(("W_f·[h_{t-1}, x_t]", "W_f·[C_{t-1}, x_t]"))
    ),
    "the input gate sees this step's h": Wrong(
        GET_WEIGHTS, "q8.input-gate", prose=_with(("W_i·[h_{t-1}, x_t]", "W_i·[h_t, x_t]"))
    ),
    "no equation of the input gate": Wrong(
        GET_WEIGHTS, "q8.input-gate", prose=_with(("i_t = σ(W_i·[h_{t-1}, x_t] + b_i)\n\n", ""))
    ),
    "no sigmoid in the input gate": Wrong(
        GET_WEIGHTS,
        "q8.input-gate",
        prose=_with(("i_t = σ(W_i·[h_{t-1}, x_t] + b_i)", "i_t = W_i·[h_{t-1}, x_t] + b_i")),
    ),
    "a sigmoid in the candidate": Wrong(GET_WEIGHTS, "q8.candidate", prose=_with(("C̃_t = tanh", "C̃_t = σ"))),
    "the candidate sees the last input": Wrong(
        GET_WEIGHTS, "q8.candidate", prose=_with(("W_C·[h_{t-1}, x_t]", "W_C·[h_{t-1}, x_{t-1}]"))
    ),
    "no equation of the candidate": Wrong(
        GET_WEIGHTS, "q8.candidate", prose=_with(("C̃_t = tanh(W_C·[h_{t-1}, x_t] + b_C)\n\n", ""))
    ),
    "minus in the cell state": Wrong(
        GET_WEIGHTS, "q8.cell-state", prose=_with(("C_{t-1} + i_t ⊙ C̃_t", "C_{t-1} - i_t ⊙ C̃_t"))
    ),
    "a product in the cell state": Wrong(
        GET_WEIGHTS, "q8.cell-state", prose=_with(("C_{t-1} + i_t ⊙ C̃_t", "C_{t-1} ⊙ i_t ⊙ C̃_t"))
    ),
    "sums in the cell state": Wrong(
        GET_WEIGHTS, "q8.cell-state", prose=_with(("f_t ⊙ C_{t-1} + i_t ⊙ C̃_t", "(f_t + C_{t-1}) ⊙ (i_t + C̃_t)"))
    ),
    "gates swapped in the cell state": Wrong(
        GET_WEIGHTS, "q8.cell-state", prose=_with(("f_t ⊙ C_{t-1} + i_t ⊙ C̃_t", "i_t ⊙ C_{t-1} + f_t ⊙ C̃_t"))
    ),
    "the hidden state in the cell state": Wrong(
        GET_WEIGHTS, "q8.cell-state", prose=_with(("f_t ⊙ C_{t-1}", "f_t ⊙ h_{t-1}"))
    ),
    "one minus f in the cell state": Wrong(
        GET_WEIGHTS, "q8.cell-state", prose=_with(("f_t ⊙ C_{t-1} + i_t ⊙ C̃_t", "f_t ⊙ C_{t-1} + (1 - f_t) ⊙ C̃_t"))
    ),
    "tanh in the output gate": Wrong(GET_WEIGHTS, "q8.output-gate", prose=_with(("o_t = σ", "o_t = tanh"))),
    "the output gate sees the cell state": Wrong(
        GET_WEIGHTS, "q8.output-gate", prose=_with(("W_o·[h_{t-1}, x_t]", "W_o·[C_t, x_t]"))
    ),
    "no tanh in the hidden state": Wrong(GET_WEIGHTS, "q8.hidden-state", prose=_with(("tanh(C_t)", "C_t"))),
    "a sigmoid in the hidden state": Wrong(GET_WEIGHTS, "q8.hidden-state", prose=_with(("tanh(C_t)", "σ(C_t)"))),
    "a sum in the hidden state": Wrong(GET_WEIGHTS, "q8.hidden-state", prose=_with(("o_t ⊙ tanh", "o_t + tanh"))),
    "the last cell state in the hidden state": Wrong(
        GET_WEIGHTS, "q8.hidden-state", prose=_with(("tanh(C_t)", "tanh(C_{t-1})"))
    ),
    "no output gate in the hidden state, in LaTeX": Wrong(
        GET_WEIGHTS,
        "q8.hidden-state",
        prose=r"""
$$
\begin{align}
f_t &= \sigma(W_f x_t + U_f h_{t-1} + b_f) \\
i_t &= \sigma(W_i x_t + U_i h_{t-1} + b_i) \\
o_t &= \sigma(W_o x_t + U_o h_{t-1} + b_o) \\
\tilde{c}_t &= \tanh(W_c x_t + U_c h_{t-1} + b_c) \\
c_t &= f_t \odot c_{t-1} + i_t \odot \tilde{c}_t \\
h_t &= \tanh(c_t)
\end{align}
$$
""",
    ),
    "weights of a GRU": Wrong(
        """
layer = tf.keras.layers.GRU(5, return_sequences=True)
layer(tf.random.normal((2, 6, 3)))
for w in layer.get_weights():
    print(w.shape)
""",
        "q8.weights",
        prose=UNICODE,
    ),
    "weights of a simple RNN": Wrong(
        """
model = tf.keras.Sequential([tf.keras.Input((6, 3)), tf.keras.layers.SimpleRNN(5)])
print([w.shape for w in model.get_weights()])
""",
        "q8.weights",
        prose=UNICODE,
    ),
    "an LSTM without a bias": Wrong(
        """
layer = tf.keras.layers.LSTM(5, use_bias=False)
layer(tf.random.normal((2, 6, 3)))
print([w.shape for w in layer.get_weights()])
""",
        "q8.weights",
        prose=UNICODE,
    ),
    "weights before there are any": Wrong(
        """
layer = tf.keras.layers.LSTM(5)
print(layer.get_weights())
""",
        "q8.weights",
        prose=UNICODE,
    ),
    "a kernel cut along its rows": Wrong(
        """
import numpy as np
import tensorflow as tf

lstm = tf.keras.layers.LSTM(6)
lstm.build((None, 5, 8))
kernel, recurrent_kernel, bias = lstm.get_weights()
kernel_i, kernel_f, kernel_c, kernel_o = tf.split(kernel, 4, axis=0)
recurrent_i, recurrent_f, recurrent_c, recurrent_o = tf.split(recurrent_kernel, 4, axis=1)
bias_i, bias_f, bias_c, bias_o = tf.split(bias, 4)
print("input gate", kernel_i.shape, recurrent_i.shape, bias_i.shape)
print("forget gate", kernel_f.shape, recurrent_f.shape, bias_f.shape)
print("candidate", kernel_c.shape, recurrent_c.shape, bias_c.shape)
print("output gate", kernel_o.shape, recurrent_o.shape, bias_o.shape)
""",
        "q8.weights",
        prose=UNICODE,
    ),
    "a step with kernel and recurrent kernel exchanged": Wrong(
        """
import numpy as np
import tensorflow as tf

d = 4
model = tf.keras.Sequential([tf.keras.layers.Input((6, d)), tf.keras.layers.LSTM(d)])
recurrent, kernel, bias = model.layers[-1].get_weights()
blocks = lambda w: np.split(w, 4, axis=-1)
for gate, k, r, v in zip(("input", "forget", "cell", "output"), blocks(kernel), blocks(recurrent), blocks(bias)):
    print(f"{gate}: W{k.shape} U{r.shape} b{v.shape}")


def sigma(a):
    return 1 / (1 + np.exp(-a))


seq = np.random.rand(6, d)
h, c = np.zeros(d), np.zeros(d)
for x in seq:
    i, f, g, o = np.split(x @ kernel + h @ recurrent + bias, 4)
    c = sigma(f) * c + sigma(i) * np.tanh(g)
    h = sigma(o) * np.tanh(c)
print(h, model.predict(seq[None], verbose=0)[0])
""",
        "q8.weights",
        prose=UNICODE,
    ),
    "the kernel called the recurrent one": Wrong(
        r"""
import tensorflow as tf
import numpy as np

size = 4
inp = tf.keras.Input((6, size))
lstm = tf.keras.layers.LSTM(size, name="lstm")
model = tf.keras.Model(inp, lstm(inp))

recurrent_kernel, kernel, bias = lstm.get_weights()
print("recurrent kernel U:", recurrent_kernel.shape, " kernel W:", kernel.shape, " bias b:", bias.shape)
gates = ["input", "forget", "cell", "output"]
for k in range(4):
    part = slice(k * size, (k + 1) * size)
    print("\n" + gates[k])
    print("W (from the input x_t)\n", kernel[:, part].round(2))
    print("U (from the state h_{t-1})\n", recurrent_kernel[:, part].round(2))
    print("b", bias[part])
""",
        "q8.weights",
        prose=UNICODE,
    ),
}
