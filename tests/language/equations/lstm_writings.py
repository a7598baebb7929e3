"""The LSTM in many hands: ways to write the same six equations, and helpers to change one of them."""

from __future__ import annotations

from collections.abc import Mapping

from grader.language.equations import StatementVerdict, find, judge
from reference.recurrent.equations import GRU, LSTM, NAMES

STATEMENTS = ("forget", "input", "candidate", "cell", "output", "hidden")

PLAIN = {
    "forget": "f_t = σ(W_f * [h_{t-1}, x_t] + b_f)",
    "input": "i_t = σ(W_i * [h_{t-1}, x_t] + b_i)",
    "candidate": "~C_t = tanh(W_c * [h_{t-1}, x_t] + b_c)",
    "cell": "C_t = f_t * C_{t-1} + i_t * ~C_t",
    "output": "o_t = σ(W_o * [h_{t-1}, x_t] + b_o)",
    "hidden": "h_t = o_t * tanh(C_t)",
}

SPLIT = {
    "forget": "f_t = σ(W_f x_t + U_f h_{t-1} + b_f)",
    "input": "i_t = σ(W_i x_t + U_i h_{t-1} + b_i)",
    "candidate": "g_t = tanh(W_g x_t + U_g h_{t-1} + b_g)",
    "cell": "c_t = f_t ⊙ c_{t-1} + i_t ⊙ g_t",
    "output": "o_t = σ(W_o x_t + U_o h_{t-1} + b_o)",
    "hidden": "h_t = o_t ⊙ tanh(c_t)",
}

LATEX = r"""
\begin{align}
f_t &= \sigma\left(W_f \cdot [h_{t-1}, x_t] + b_f\right) \\
i_t &= \sigma\left(W_i \cdot [h_{t-1}, x_t] + b_i\right) \\
\tilde{C}_t &= \tanh\left(W_C \cdot [h_{t-1}, x_t] + b_C\right) \\
C_t &= f_t \odot C_{t-1} + i_t \odot \tilde{C}_t \\
o_t &= \sigma\left(W_o \cdot [h_{t-1}, x_t] + b_o\right) \\
h_t &= o_t \odot \tanh(C_t)
\end{align}
"""

DISPLAYED = r"""
**Forget gate:** $$f_t = \sigma(\mathbf{W}_{xf} \mathbf{x}_t + \mathbf{W}_{hf} \mathbf{h}_{t-1} + \mathbf{b}_f)$$
The input gate is $i_t = \operatorname{sigmoid}(W_{xi}x_t + W_{hi}h_{t-1} + b_i)$ and
\[ \hat{c}_t = \tanh(W_{xc} x_t + W_{hc} h_{t-1} + b_c) \]
$$
c_t = f_t \circ c_{t-1}
    + i_t \circ \hat{c}_t
$$
\(o_t = \frac{1}{1+e^{-(W_{xo} x_t + W_{ho} h_{t-1} + b_o)}}\), finally
$$\mathbf{h}_t = o_t \times \text{tanh}(c_t) \quad (6)$$
"""

CODE = """
```python
f = sigmoid(Wf @ x + Uf @ h + bf)      # forget gate
i = sigmoid(Wi @ x + Ui @ h + bi)
g = np.tanh(Wg @ x + Ug @ h + bg)
o = sigmoid(np.dot(Wo, x) + np.dot(Uo, h) + bo)
c = f * c + i * g
h = o * np.tanh(c)
```
"""

ANDREW_NG = r"""
1. Γ_f = σ(W_f[a^{<t-1>}, x^{<t>}] + b_f)
2. Γ_u = σ(W_u[a^{<t-1>}, x^{<t>}] + b_u)
3. c̃^{<t>} = tanh(W_c[a^{<t-1>}, x^{<t>}] + b_c)
4. c^{<t>} = Γ_u * c̃^{<t>} + Γ_f * c^{<t-1>}
5. Γ_o = σ(W_o[a^{<t-1>}, x^{<t>}] + b_o)
6. a^{<t>} = Γ_o * tanh(c^{<t>})
"""

COURSE_CODE = """
concat = np.concatenate((a_prev, xt))
ft = sigmoid(np.dot(Wf, concat) + bf)
it = sigmoid(np.dot(Wi, concat) + bi)
cct = np.tanh(np.dot(Wc, concat) + bc)
c_next = ft * c_prev + it * cct
ot = sigmoid(np.dot(Wo, concat) + bo)
a_next = ot * np.tanh(c_next)
"""

SUBSCRIPTS = """
- fₜ = σ(W_f·[hₜ₋₁; xₜ] + b_f) (forget gate)
- iₜ = σ(W_i·[hₜ₋₁; xₜ] + b_i) – input gate
- C̃ₜ = tanh(W_C·[hₜ₋₁; xₜ] + b_C)
- Cₜ = fₜ∘Cₜ₋₁ + iₜ∘C̃ₜ
- oₜ = σ(W_o·[hₜ₋₁; xₜ] + b_o)
- hₜ = oₜ∘tanh(Cₜ), where σ is the sigmoid
"""

INLINE = """
f_t = sigm(W_f x_t + U_f h_t-1 + b_f); i_t = sigm(W_i x_t + U_i h_t-1 + b_i)
o_t = sigm(W_o x_t + U_o h_t-1 + b_o)
C_t = f_t * C_t-1 + i_t * tanh(W_c x_t + U_c h_t-1 + b_c)
h_t = o_t * tanh(C_t)
"""

FROM_T_TO_T_PLUS_1 = """
f_t = σ(W_f x_t + U_f h_t + b_f)
i_t = σ(W_i x_t + U_i h_t + b_i)
g_t = tanh(W_g x_t + U_g h_t + b_g)
o_t = σ(W_o x_t + U_o h_t + b_o)
c_{t+1} = f_t c_t + i_t g_t
h_{t+1} = o_t tanh(c_{t+1})
"""

HTML = """
f<sub>t</sub> = σ(W<sub>f</sub> · [h<sub>t-1</sub>, x<sub>t</sub>] + b<sub>f</sub>)<br>
i<sub>t</sub> = σ(W<sub>i</sub> · [h<sub>t-1</sub>, x<sub>t</sub>] + b<sub>i</sub>)<br>
C̃<sub>t</sub> = tanh(W<sub>C</sub> · [h<sub>t-1</sub>, x<sub>t</sub>] + b<sub>C</sub>)<br>
C<sub>t</sub> = f<sub>t</sub> * C<sub>t-1</sub> + i<sub>t</sub> * C̃<sub>t</sub><br>
o<sub>t</sub> = σ(W<sub>o</sub> · [h<sub>t-1</sub>, x<sub>t</sub>] + b<sub>o</sub>)<br>
h<sub>t</sub> = o<sub>t</sub> * tanh(C<sub>t</sub>)
"""

LONG_NAMES = """
forget_gate = sigmoid(W_f x_t + U_f h_prev + b_f)
input_gate = sigmoid(W_i x_t + U_i h_prev + b_i)
candidate = tanh(W_c x_t + U_c h_prev + b_c)
output_gate = sigmoid(W_o x_t + U_o h_prev + b_o)
new_cell_state = forget_gate * prev_cell_state + input_gate * candidate
h_new = output_gate * tanh(new_cell_state)
"""

STEP_BY_STEP = """
z_f = W_f x_t + U_f h_{t-1} + b_f
z_i = W_i x_t + U_i h_{t-1} + b_i
f_t = σ(z_f) = 1 / (1 + e^{-z_f})
i_t = σ(z_i)
v_t = [h_{t-1}, x_t]
C'_t = tanh(W_c v_t + b_c)
o_t = σ(W_o v_t + b_o)
C_t = f_t * C_{t-1} + i_t * C'_t
m_t = tanh(C_t)
h_t = o_t * m_t
"""

ALL_RIGHT = {
    "plain": "\n\n".join(PLAIN.values()),
    "split": "\n".join(SPLIT.values()),
    "run together": " ".join(PLAIN.values()),
    "latex": LATEX,
    "displayed": DISPLAYED,
    "code": CODE,
    "andrew ng": ANDREW_NG,
    "course code": COURSE_CODE,
    "subscripts": SUBSCRIPTS,
    "inline candidate": INLINE,
    "from t to t + 1": FROM_T_TO_T_PLUS_1,
    "html": HTML,
    "long names": LONG_NAMES,
    "step by step": STEP_BY_STEP,
}

GRU_PLAIN = {
    "reset": "r_t = σ(W_r x_t + U_r h_{t-1} + b_r)",
    "update": "z_t = σ(W_z x_t + U_z h_{t-1} + b_z)",
    "candidate": "h̃_t = tanh(W_h x_t + U_h (r_t ⊙ h_{t-1}) + b_h)",
    "hidden": "h_t = (1 - z_t) ⊙ h_{t-1} + z_t ⊙ h̃_t",
}


def statements(text: str) -> Mapping[str, StatementVerdict]:
    """The verdicts on the six statements of an LSTM in a text."""
    return judge(find(text, NAMES), LSTM).statements


def changed(base: Mapping[str, str], **equations: str) -> str:
    """The equations of `base`, some of them replaced."""
    return "\n".join((base | equations).values())


def gru(**equations: str) -> Mapping[str, StatementVerdict]:
    """The verdicts on the four statements of a GRU with some of its equations replaced."""
    return judge(find(changed(GRU_PLAIN, **equations)), GRU).statements


def statuses(verdicts: Mapping[str, StatementVerdict]) -> dict[str, str]:
    return {identity: verdict.status for identity, verdict in verdicts.items()}


def only_wrong(verdicts: Mapping[str, StatementVerdict], identity: str) -> StatementVerdict:
    """The verdict on a statement, which must be the only one that is not right."""
    assert [name for name, verdict in verdicts.items() if verdict.status != "right"] == [identity], verdicts
    return verdicts[identity]
