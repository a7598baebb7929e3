"""The six equations of an LSTM as papers, libraries, courses and programs write them."""

import pytest
from lstm_writings import STATEMENTS, statements, statuses

STYLES = {
    "gates as words": """forget = sigmoid(Wf @ x + Uf @ h_prev + bf)
input = sigmoid(Wi @ x + Ui @ h_prev + bi)
candidate = tanh(Wg @ x + Ug @ h_prev + bg)
cell = forget * cell_prev + input * candidate
output = sigmoid(Wo @ x + Uo @ h_prev + bo)
h = output * tanh(cell)""",
    "numpy words": """```python
forget_gate = sigmoid(np.dot(Wf, concat) + bf)
input_gate = sigmoid(np.dot(Wi, concat) + bi)
candidate = np.tanh(np.dot(Wc, concat) + bc)
c_next = forget_gate * c_prev + input_gate * candidate
output_gate = sigmoid(np.dot(Wo, concat) + bo)
h_next = output_gate * np.tanh(c_next)
```""",
    "Ng code": """ft = sigmoid(np.dot(Wf, concat) + bf)
it = sigmoid(np.dot(Wi, concat) + bi)
cct = np.tanh(np.dot(Wc, concat) + bc)
c_next = ft * c_prev + it * cct
ot = sigmoid(np.dot(Wo, concat) + bo)
a_next = ot * np.tanh(c_next)""",
    "d2l": r"""$$\begin{split}\begin{aligned}
\mathbf{I}_t &= \sigma(\mathbf{X}_t \mathbf{W}_{\textrm{xi}} + \mathbf{H}_{t-1} \mathbf{W}_{\textrm{hi}} + \mathbf{b}_\textrm{i}),\\
\mathbf{F}_t &= \sigma(\mathbf{X}_t \mathbf{W}_{\textrm{xf}} + \mathbf{H}_{t-1} \mathbf{W}_{\textrm{hf}} + \mathbf{b}_\textrm{f}),\\
\mathbf{O}_t &= \sigma(\mathbf{X}_t \mathbf{W}_{\textrm{xo}} + \mathbf{H}_{t-1} \mathbf{W}_{\textrm{ho}} + \mathbf{b}_\textrm{o}),
\end{aligned}\end{split}$$
$$\tilde{\mathbf{C}}_t = \text{tanh}(\mathbf{X}_t \mathbf{W}_{\textrm{xc}} + \mathbf{H}_{t-1} \mathbf{W}_{\textrm{hc}} + \mathbf{b}_\textrm{c}),$$
$$\mathbf{C}_t = \mathbf{F}_t \odot \mathbf{C}_{t-1} + \mathbf{I}_t \odot \tilde{\mathbf{C}}_t.$$
$$\mathbf{H}_t = \mathbf{O}_t \odot \tanh(\mathbf{C}_t).$$""",
    "wikipedia": r"""<math>
\begin{align}
f_t &= \sigma_g(W_{f} x_t + U_{f} h_{t-1} + b_f) \\
i_t &= \sigma_g(W_{i} x_t + U_{i} h_{t-1} + b_i) \\
o_t &= \sigma_g(W_{o} x_t + U_{o} h_{t-1} + b_o) \\
\tilde{c}_t &= \sigma_c(W_{c} x_t + U_{c} h_{t-1} + b_c) \\
c_t &= f_t \odot c_{t-1} + i_t \odot \tilde{c}_t \\
h_t &= o_t \odot \sigma_h(c_t)
\end{align}
</math>""",
    "pytorch docs": r"""\begin{array}{ll} \\
        i_t = \sigma(W_{ii} x_t + b_{ii} + W_{hi} h_{t-1} + b_{hi}) \\
        f_t = \sigma(W_{if} x_t + b_{if} + W_{hf} h_{t-1} + b_{hf}) \\
        g_t = \tanh(W_{ig} x_t + b_{ig} + W_{hg} h_{t-1} + b_{hg}) \\
        o_t = \sigma(W_{io} x_t + b_{io} + W_{ho} h_{t-1} + b_{ho}) \\
        c_t = f_t \odot c_{t-1} + i_t \odot g_t \\
        h_t = o_t \odot \tanh(c_t) \\
    \end{array}""",
    "greff": r"""$$z^t = g(W_z x^t + R_z y^{t-1} + b_z)$$
$$i^t = \sigma(W_i x^t + R_i y^{t-1} + b_i)$$
$$f^t = \sigma(W_f x^t + R_f y^{t-1} + b_f)$$
$$c^t = z^t \odot i^t + c^{t-1} \odot f^t$$
$$o^t = \sigma(W_o x^t + R_o y^{t-1} + b_o)$$
$$y^t = h(c^t) \odot o^t$$""",
    "sak": r"""i_t = σ(W_ix x_t + W_im m_{t−1} + b_i)
f_t = σ(W_fx x_t + W_fm m_{t−1} + b_f)
c_t = f_t ⊙ c_{t−1} + i_t ⊙ g(W_cx x_t + W_cm m_{t−1} + b_c)
o_t = σ(W_ox x_t + W_om m_{t−1} + b_o)
m_t = o_t ⊙ h(c_t)""",
    "stacked": r"""$$\begin{pmatrix} i \\ f \\ o \\ g \end{pmatrix} = \begin{pmatrix} \sigma \\ \sigma \\ \sigma \\ \tanh \end{pmatrix} W \begin{pmatrix} h_{t-1} \\ x_t \end{pmatrix}$$
$$c_t = f \odot c_{t-1} + i \odot g$$
$$h_t = o \odot \tanh(c_t)$$""",
    "both C_t": """Forget: f_t = sigmoid(W_f . [h_t-1, x_t] + b_f)
Input: i_t = sigmoid(W_i . [h_t-1, x_t] + b_i)
Candidate: C_t = tanh(W_c . [h_t-1, x_t] + b_c)
Cell: C_t = f_t * C_t-1 + i_t * C_t
Output: o_t = sigmoid(W_o . [h_t-1, x_t] + b_o)
h_t = o_t * tanh(C_t)""",
    "hs[t]": """f[t] = sigmoid(Wf @ x[t] + Uf @ hs[t-1] + bf)
i[t] = sigmoid(Wi @ x[t] + Ui @ hs[t-1] + bi)
g[t] = tanh(Wg @ x[t] + Ug @ hs[t-1] + bg)
cs[t] = f[t] * cs[t-1] + i[t] * g[t]
o[t] = sigmoid(Wo @ x[t] + Uo @ hs[t-1] + bo)
hs[t] = o[t] * tanh(cs[t])""",
    "names in words": """Forget gate = σ(Wf·[h(t-1), x(t)] + bf)
Input gate = σ(Wi·[h(t-1), x(t)] + bi)
Candidate memory = tanh(Wc·[h(t-1), x(t)] + bc)
Cell state(t) = Forget gate * Cell state(t-1) + Input gate * Candidate memory
Output gate = σ(Wo·[h(t-1), x(t)] + bo)
Hidden state(t) = Output gate * tanh(Cell state(t))""",
    "z intermediates": """z_t = [h_{t-1}, x_t]
f = σ(W_f z + b_f)
i = σ(W_i z + b_i)
g = tanh(W_g z + b_g)
c = f * c_prev + i * g
o = σ(W_o z + b_o)
h = o * tanh(c)""",
    "keras": """i = sigmoid(x @ W_i + h_prev @ U_i + b_i)
f = sigmoid(x @ W_f + h_prev @ U_f + b_f)
c_hat = tanh(x @ W_c + h_prev @ U_c + b_c)
c = f * c_prev + i * c_hat
o = sigmoid(x @ W_o + h_prev @ U_o + b_o)
h = o * tanh(c)""",
    "tf code": """f = tf.sigmoid(tf.matmul(x, Wf) + tf.matmul(h, Uf) + bf)
i = tf.sigmoid(tf.matmul(x, Wi) + tf.matmul(h, Ui) + bi)
c_ = tf.tanh(tf.matmul(x, Wc) + tf.matmul(h, Uc) + bc)
c = f * c + i * c_
o = tf.sigmoid(tf.matmul(x, Wo) + tf.matmul(h, Uo) + bo)
h = o * tf.tanh(c)""",
}


@pytest.mark.parametrize("written", STYLES.values(), ids=STYLES.keys())
def test_a_style(written: str) -> None:
    """Are all six right, whatever the states, the candidate and the activations are called?"""
    assert statuses(statements(written)) == dict.fromkeys(STATEMENTS, "right")


def test_one_name_for_the_candidate_and_the_cell_state() -> None:
    """Is it said that the candidate needs a name of its own, and is a cell state of itself still wrong?"""
    verdicts = statements(STYLES["both C_t"])
    assert "write C̃_t for the candidate" in (verdicts["candidate"].note or "")
    alone = STYLES["both C_t"].replace("Candidate: C_t = tanh", "Candidate: g_t = tanh")
    assert statements(alone)["cell"].status == "wrong"


@pytest.mark.parametrize("wrong", ["swapped", "no tanh"])
def test_wrong_in_other_names(wrong: str) -> None:
    """Is a mistake in the names of a paper still that mistake?"""
    sak = STYLES["sak"]
    if wrong == "swapped":
        changed = sak.replace("f_t ⊙ c_{t−1} + i_t ⊙ g", "i_t ⊙ c_{t−1} + f_t ⊙ g")
        assert statuses(statements(changed))["cell"] == "wrong"
    else:
        assert statements(sak.replace("⊙ h(c_t)", "⊙ c_t"))["hidden"].slip == "no_tanh"
