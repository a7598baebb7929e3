"""Every way to write a thing, one at a time: the six equations of an LSTM stay right."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from lstm_writings import STATEMENTS, statements, statuses

JOINT = """f_t = σ(W_f [h_{t-1}, x_t] + b_f)
i_t = σ(W_i [h_{t-1}, x_t] + b_i)
g_t = tanh(W_g [h_{t-1}, x_t] + b_g)
c_t = f_t * c_{t-1} + i_t * g_t
o_t = σ(W_o [h_{t-1}, x_t] + b_o)
h_t = o_t * tanh(c_t)"""
SPLIT = re.sub(r"W_(.) \[h_\{t-1\}, x_t\]", r"W_\1 x_t + U_\1 h_{t-1}", JOINT)
LATEX = SPLIT.replace("σ", r"\sigma").replace("tanh", r"\tanh").replace("*", r"\odot")
LINES = JOINT.split("\n")

PREVIOUS = (
    "h_(t-1)", "h_t-1", "h[t-1]", "h(t-1)", "hₜ₋₁", "h^{<t-1>}", "h^{(t-1)}", "h_{t−1}", r"h^{\langle t-1 \rangle}",
    "h_{(t-1)}", "h_prev", "ht-1", "h_tm1",
)  # fmt: skip
PRESENT = "{}[t] {}(t) {}ₜ {}^{{<t>}} {}t {} {}_{{t}} {}^{{(t)}} {}^t"
SIGMOIDS = (
    "sigmoid", "sigm", "logistic", r"\sigma", "Sigmoid", "sig", r"\mathrm{sigmoid}", r"\operatorname{sigmoid}",
    r"\text{sigmoid}", "tf.sigmoid", "tf.nn.sigmoid", "torch.sigmoid", "self.sigmoid", "np.sigmoid", "σ_g",
)  # fmt: skip
WRITTEN_OUT = (
    r"1/(1+e^{-(\1)})", r"1 / (1 + exp(-(\1)))", r"1/(1+np.exp(-(\1)))", r"\\frac{1}{1+e^{-(\1)}}",
    r"(1 + e^{-(\1)})^{-1}",
)  # fmt: skip
TANHS = r"φ \phi Tanh np.tanh tf.tanh \tanh \mathrm{tanh} torch.tanh σ_h"
PRODUCTS = r"· × ⊙ ∘ @ \cdot \odot \circ \times .* ⊗ ⋅ • \otimes ∗ ◦ x *"
MATRIX_PRODUCTS = r"· × * @ \cdot \times ⋅"
JOINED = (
    "[h_{t-1}; x_t]", "[h_{t-1} x_t]", "(h_{t-1}, x_t)", "(h_{t-1} x_t)", "concat(h_{t-1}, x_t)", "[x_t, h_{t-1}]",
    "concat([h_{t-1}, x_t])", "[h_{t-1} | x_t]", "[h_{t-1} || x_t]", "(h_{t-1} ⊕ x_t)", "[x_t; h_{t-1}]",
    r"\begin{bmatrix} h_{t-1} \\ x_t \end{bmatrix}", "np.concatenate((h_{t-1}, x_t))", "np.vstack((h_{t-1}, x_t))",
    "tf.concat([h_{t-1}, x_t], axis=1)", "torch.cat((h_{t-1}, x_t), 1)", "torch.cat([h_{t-1}, x_t], dim=-1)",
    "[x_t h_{t-1}]", "[h_{t-1}, x_t]^T", r"[h_{t-1}, x_t]^{\top}", r"\left[ h_{t-1}, x_t \right]",
    "concatenate(h_{t-1}, x_t)",
)  # fmt: skip
WEIGHTS = {
    "x first": r"W_{x\1} x_t + W_{h\1} h_{t-1}",
    "gate first": r"W_{\1x} x_t + W_{\1h} h_{t-1}",
    "without marks": r"Wx\1 x_t + Wh\1 h_{t-1}",
    "raised": r"W_x^{\1} x_t + W_h^{\1} h_{t-1}",
    "gates raised": r"W^\1 x_t + U^\1 h_{t-1}",
    "PyTorch": r"W_{i\1} x_t + b_{i\1} + W_{h\1} h_{t-1}",
    "rows": r"x_t W_\1 + h_{t-1} U_\1",
    "rows with @": r"x_t @ W_\1 + h_{t-1} @ U_\1",
}
CANDIDATES = (
    r"c̃_t C~_t ~C_t \tilde{C}_t \hat{c}_t \hat{c} \widetilde{c}_t C̃t c'_t c_hat c_tilde \bar{c}_t candidate Ĉ_t "
    r"C_tilde_t a_t u_t j_t N_t ĉ_t \tilde{c_t} Č_t \dot{c}_t"
)
NAMES = ("Forget gate", "Input gate", "Candidate", "Cell state", "Output gate", "Hidden state")


def forms() -> Iterator[tuple[str, str]]:
    """A name for each form, and the six equations in it."""
    for previous in PREVIOUS:
        for equations in (JOINT, SPLIT):
            lagged = equations.replace("h_{t-1}", previous).replace("c_{t-1}", previous.replace("h", "c", 1))
            yield f"{previous}, {'joint' if equations is JOINT else 'split'}", lagged
    for present in PRESENT.split():
        yield f"now {present}", re.sub(r"\b([figcohx])_t\b", lambda found, p=present: p.format(found[1]), JOINT)
    yield from ((f"sigmoid {name}", JOINT.replace("σ", name)) for name in SIGMOIDS)
    yield from ((f"sigmoid {form}", re.sub(r"σ\((.*)\)", form, JOINT)) for form in WRITTEN_OUT)
    yield from ((f"tanh {name}", JOINT.replace("tanh", name)) for name in TANHS.split())
    yield from ((f"product {sign}", JOINT.replace(" * ", f" {sign} ")) for sign in PRODUCTS.split())
    yield "product side by side", JOINT.replace(" * ", " ")
    for sign in MATRIX_PRODUCTS.split():
        yield f"matrix {sign}", JOINT.replace(" [", f" {sign} [")
        yield f"matrices {sign}", SPLIT.replace(" h_{t-1}", f" {sign} h_{{t-1}}").replace(" x_t", f" {sign} x_t")
    yield from ((f"joined {form}", JOINT.replace("[h_{t-1}, x_t]", form)) for form in JOINED)
    for name, form in WEIGHTS.items():
        yield f"weights {name}", re.sub(r"W_(.) x_t \+ U_. h_\{t-1\}", form, SPLIT)
    for name in CANDIDATES.split():
        yield f"candidate {name}", JOINT.replace("g_t", name)
    yield "candidate inline", "\n".join(LINES[:2] + LINES[3:]).replace("g_t", "tanh(W_g [h_{t-1}, x_t] + b_g)")
    yield "no bias", re.sub(r" \+ b_.", "", JOINT)
    yield from _around()


def _around() -> Iterator[tuple[str, str]]:
    """What can stand around equations."""
    yield "words before", "\n".join(f"{name}: {line}" for name, line in zip(NAMES, LINES, strict=True))
    yield "headings", "\n\n".join(f"### {name}\n{line}" for name, line in zip(NAMES, LINES, strict=True))
    yield "bold", "\n".join(f"- **{line}**" for line in LINES)
    yield "quoted and slanted", "\n".join(f"> *{line}*" for line in LINES)
    yield "inline code", "\n".join(f"1. `{line}`" for line in LINES)
    yield "a block of code", f"```python\n{JOINT}\n```"
    yield "a table", "| gate | equation |\n|---|---|\n" + "\n".join(f"| x | {line} |" for line in LINES)
    latex = LATEX.split("\n")
    yield "inline LaTeX", "\n".join(f"so ${line}$ it is" for line in latex)
    yield "displayed LaTeX", "\n".join(f"$${line}$$" for line in latex)
    yield "brackets", "\n".join(rf"\[{line}\]" for line in latex)
    rows = " \\\\\n".join(line.replace("=", "&=") for line in latex)
    yield "aligned", f"$$\\begin{{aligned}}\n{rows}\n\\end{{aligned}}$$"
    yield "align", f"\\begin{{align*}}\n{rows}\n\\end{{align*}}"
    yield "cases", "$$\\begin{cases}\n" + " \\\\\n".join(latex) + "\n\\end{cases}$$"
    yield "array", "\\begin{array}{l}\n" + " \\\\\n".join(latex) + "\n\\end{array}"
    gamma = LATEX
    for gate, mark in (("f_t", "f"), ("i_t", "u"), ("o_t", "o")):
        gamma = gamma.replace(gate, rf"\Gamma_{mark}^{{\langle t \rangle}}")
    yield "Γ in LaTeX", "\n".join(f"$${line}$$" for line in gamma.split("\n"))
    yield "Γ", JOINT.replace("f_t", "Γ_f").replace("i_t", "Γ_u").replace("o_t", "Γ_o")


FORMS = list(forms())


@pytest.mark.parametrize("written", [text for _, text in FORMS], ids=[name for name, _ in FORMS])
def test_a_form(written: str) -> None:
    """Are all six right in this form?"""
    assert statuses(statements(written)) == dict.fromkeys(STATEMENTS, "right")


WORDS = """{i} = sigmoid(W_i * x + U_i * prev_h)
{f} = sigmoid(W_f * x + U_f * prev_h)
{o} = sigmoid(W_o * x + U_o * prev_h)
g = tanh(W_g * x + U_g * prev_h)
next_c = {kept} * prev_c + {added} * g
next_h = {o} * tanh(next_c)"""


@pytest.mark.parametrize("names", ["in_gate forget_gate out_gate", "gate_i gate_f gate_o", "inp keep outp"])
def test_the_letters_of_the_weights_tell_the_gates(names: str) -> None:
    """Are gates known by the letters of their weights where their own names tell nothing?"""
    i, f, o = names.split()
    right = WORDS.format(i=i, f=f, o=o, kept=f, added=i)
    assert statuses(statements(right)) == dict.fromkeys(STATEMENTS, "right")
    exchanged = WORDS.format(i=i, f=f, o=o, kept=i, added=f)
    assert statuses(statements(exchanged))["cell"] == "wrong"


def test_a_state_between_two_signs_is_told() -> None:
    """Does `y_t = h_t = ...` say what h_t is?"""
    assert statuses(statements(JOINT.replace("h_t = o_t", "y_t = h_t = o_t"))) == dict.fromkeys(STATEMENTS, "right")
