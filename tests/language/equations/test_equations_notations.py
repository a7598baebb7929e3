"""Notations of programs, tables and papers, each with what makes it hard to read."""

import pytest

from grader.language.equations import System, find, judge
from reference.recurrent.equations import GRU, LSTM, NAMES

RIGHT = {
    "added up line by line, and unpacked": (
        LSTM,
        r"""
```python
z = K.dot(inputs, self.kernel)
z += K.dot(h_tm1, self.recurrent_kernel)
z = K.bias_add(z, self.bias)
z0, z1, z2, z3 = tf.split(z, 4, axis=1)
i = self.recurrent_activation(z0)
f = self.recurrent_activation(z1)
c = f * c_tm1 + i * self.activation(z2)
o = self.recurrent_activation(z3)
h = o * self.activation(c)
```
""",
    ),
    "added up in branches, and cut": (
        LSTM,
        r"""
```python
z = ops.matmul(inputs, self.kernel)
z += ops.matmul(h_tm1, self.recurrent_kernel)
if self.use_bias:
    z += self.bias
z0, z1, z2, z3 = ops.split(z, 4, axis=1)
i = sigmoid(z0)
f = sigmoid(z1)
c = f * c_tm1 + i * tanh(z2)
o = sigmoid(z3)
h = o * tanh(c)
```
""",
    ),
    "a module whose result is cut": (
        LSTM,
        r"""
```python
self.W = nn.Linear(in_dim + hid, 4*hid)
combined = torch.cat((x, h), dim=1)
gates = self.W(combined)
i, f, g, o = gates.chunk(4, dim=1)
i = torch.sigmoid(i)
f = torch.sigmoid(f)
g = torch.tanh(g)
o = torch.sigmoid(o)
c = f * c + i * g
h = o * torch.tanh(c)
```
""",
    ),
    "blocks of weights, and of gates": (
        LSTM,
        r"""
$$f_t = \sigma(\begin{bmatrix} W_{hf} & W_{xf}\end{bmatrix}\begin{bmatrix} h_{t-1}\\ x_t\end{bmatrix} + b_f)$$
$$i_t = \sigma(\begin{bmatrix} W_{hi} & W_{xi}\end{bmatrix}\begin{bmatrix} h_{t-1}\\ x_t\end{bmatrix} + b_i)$$
$$o_t = \sigma(\begin{bmatrix} W_{ho} & W_{xo}\end{bmatrix}\begin{bmatrix} h_{t-1}\\ x_t\end{bmatrix} + b_o)$$
$$g_t = \tanh(\begin{bmatrix} W_{hg} & W_{xg}\end{bmatrix}\begin{bmatrix} h_{t-1}\\ x_t\end{bmatrix} + b_g)$$
$$c_t = \begin{bmatrix} f_t & i_t\end{bmatrix}\cdot\begin{bmatrix} c_{t-1}\\ g_t\end{bmatrix} = f_t c_{t-1}+i_t g_t$$
$$h_t = o_t\odot\tanh(c_t)$$
""",
    ),
    "one equation for any gate, a star as its name": (
        LSTM,
        r"""
$$\Gamma_{\star} = \sigma(W_\star[a^{\langle t-1\rangle},x^{\langle t\rangle}]+b_\star),\quad \star\in\{f,u,o\}$$
$$\tilde c^{\langle t\rangle}=\tanh(W_c[a^{\langle t-1\rangle},x^{\langle t\rangle}]+b_c)$$
$$c^{\langle t\rangle}=\Gamma_u\tilde c^{\langle t\rangle}+\Gamma_f c^{\langle t-1\rangle}$$
$$a^{\langle t\rangle}=\Gamma_o\tanh(c^{\langle t\rangle})$$
""",
    ),
    "a symbol in one cell of a table, its value in the next": (
        LSTM,
        r"""
| Gate | |
|---|---|
| Forget $\Gamma_f$ | $\sigma(W_fx^{<t>}+U_fa^{<t-1>}+b_f)$ |
| Update $\Gamma_u$ | $\sigma(W_ux^{<t>}+U_ua^{<t-1>}+b_u)$ |
| Output $\Gamma_o$ | $\sigma(W_ox^{<t>}+U_oa^{<t-1>}+b_o)$ |

$\tilde c^{<t>}=\tanh(W_cx^{<t>}+U_ca^{<t-1>}+b_c)$,
$c^{<t>}=\Gamma_u\star\tilde c^{<t>}+\Gamma_f\star c^{<t-1>}$, $a^{<t>}=\Gamma_o\star\tanh(c^{<t>})$
""",
    ),
    "turned around": (
        LSTM,
        r"""
$$\sigma(W_f[h_{t-1},x_t]+b_f) = f_t$$ $$\sigma(W_i[h_{t-1},x_t]+b_i) = i_t$$
$$\tanh(W_g[h_{t-1},x_t]+b_g) = g_t$$ $$f_t c_{t-1}+i_t g_t = c_t$$ $$\sigma(W_o[h_{t-1},x_t]+b_o) = o_t$$
$$o_t\tanh(c_t) = h_t$$
""",
    ),
    "layers in square brackets": (
        LSTM,
        r"""
$f^{[l]}_t=\sigma(W^{[l]}_f h^{[l-1]}_t+U^{[l]}_f h^{[l]}_{t-1}+b^{[l]}_f)$,
$i^{[l]}_t=\sigma(W^{[l]}_i h^{[l-1]}_t+U^{[l]}_i h^{[l]}_{t-1}+b^{[l]}_i)$,
$o^{[l]}_t=\sigma(W^{[l]}_o h^{[l-1]}_t+U^{[l]}_o h^{[l]}_{t-1}+b^{[l]}_o)$,
$g^{[l]}_t=\tanh(W^{[l]}_g h^{[l-1]}_t+U^{[l]}_g h^{[l]}_{t-1}+b^{[l]}_g)$,
$c^{[l]}_t=f^{[l]}_t c^{[l]}_{t-1}+i^{[l]}_t g^{[l]}_t$, $h^{[l]}_t=o^{[l]}_t\tanh(c^{[l]}_t)$
""",
    ),
    "a candidate with the usual name of the state": (
        GRU,
        r"""
$z=\sigma(x_tU^z+s_{t-1}W^z)$; $r=\sigma(x_tU^r+s_{t-1}W^r)$; $h=\tanh(x_tU^h+(s_{t-1}\circ r)W^h)$;
$s_t=(1-z)\circ h+z\circ s_{t-1}$
""",
    ),
    "transposed weights with names, several functions in a line": (
        LSTM,
        r"""
```python
gates = x @ self.w_ih.t() + self.b_ih + h @ self.w_hh.t() + self.b_hh
i, f, g, o = gates.chunk(4, 1)
i, f, o = torch.sigmoid(i), torch.sigmoid(f), torch.sigmoid(o)
g = torch.tanh(g)
c = f * c + i * g
h = o * torch.tanh(c)
```
""",
    ),
    "a memory in two steps": (
        LSTM,
        r"""
$f_t=\sigma(W_f x_t+U_f h_{t-1}+b_f)$; $i_t=\sigma(W_i x_t+U_i h_{t-1}+b_i)$;
$\tilde c_t=\tanh(W_c x_t+U_c h_{t-1}+b_c)$. First forget: $c_t = c_{t-1}\odot f_t$.
Then add: $c_t = c_t + i_t\odot\tilde c_t$. $o_t=\sigma(W_o x_t+U_o h_{t-1}+b_o)$; $h_t=o_t\odot\tanh(c_t)$.
""",
    ),
    "parts that are explained below": (
        LSTM,
        r"""
in_gate = sigmoid(i2h_i + h2h_i)
forget_gate = sigmoid(i2h_f + h2h_f)
in_transform = tanh(i2h_c + h2h_c)
out_gate = sigmoid(i2h_o + h2h_o)
next_c = forget_gate * prev_c + in_gate * in_transform
next_h = out_gate * tanh(next_c)

where i2h_i = W_i x, h2h_i = U_i prev_h + b_i and so on for i2h_f = W_f x, h2h_f = U_f prev_h + b_f,
i2h_c = W_c x, h2h_c = U_c prev_h + b_c, i2h_o = W_o x, h2h_o = U_o prev_h + b_o
""",
    ),
}
WRONG = {
    "gates exchanged inside functions": (
        "cell",
        r"""
```julia
gates = Wx * x .+ Wh * h .+ b
i, f, g, o = chunk(gates, 4)
c2 = σ.(i) .* c .+ σ.(f) .* tanh.(g)
h2 = σ.(o) .* tanh.(c2)
```
""",
    ),
    "unpacked from one name": (
        "hidden",
        r"""
```python
z0, z1, z2, z3 = z
i = self.recurrent_activation(z0)
f = self.recurrent_activation(z1)
c = f * c_tm1 + i * self.activation(z2)
o = self.recurrent_activation(z3)
h = o * c
```
with z = inputs @ W + h_tm1 @ U + b
""",
    ),
}


@pytest.mark.parametrize(("system", "written"), RIGHT.values(), ids=RIGHT)
def test_right_systems(system: System, written: str) -> None:
    """Is every statement of a right system found?"""
    verdicts = judge(find(written, NAMES), system).statements
    assert {name: verdict.status for name, verdict in verdicts.items()} == dict.fromkeys(verdicts, "right")


@pytest.mark.parametrize(("role", "written"), WRONG.values(), ids=WRONG)
def test_one_wrong_role(role: str, written: str) -> None:
    """Is the role that is wrong the only one that is refused?"""
    verdicts = judge(find(written, NAMES), LSTM).statements
    assert {name for name, verdict in verdicts.items() if verdict.status != "right"} == {role}
