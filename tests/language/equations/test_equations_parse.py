"""Reading one equation in every notation: what it means is compared by its one-line text."""

import pytest

from grader.language.equations import Equation, ParseFailure, parse, to_text


def read(text: str, *, latex: bool | None = None) -> str:
    equation = parse(text, latex=latex)
    assert isinstance(equation, Equation), equation
    return to_text(equation)


PREVIOUS = [
    "h_{t-1}", "h_(t-1)", "h_t-1", "h[t-1]", "h(t-1)", "hₜ₋₁", "h^{<t-1>}", "h^{(t-1)}", "ht-1", "h_prev", "h_old",
    "h^{⟨t-1⟩}", r"h^{\langle t-1\rangle}", "h_{(t-1)}", "h^{t-1}", "hprev", "prev_h", "h_{t−1}", "h^(t-1)", "h^<t-1>",
    "h_{prev}", "h⟨t-1⟩", r"\mathbf{h}_{t-1}", r"\boldsymbol{h}_{t-1}", r"h_{\text{t-1}}", "h_{ t - 1 }", r"h\_{t-1}",
    "h(t - 1)", "h_t - 1", "𝐡_{t-1}", "h_t\u20101", "h_{t\u20111}", "h_{t\uff0d1}",
]  # fmt: skip


@pytest.mark.parametrize("written", PREVIOUS)
def test_the_previous_step(written: str) -> None:
    """Is h at t - 1 understood however it is written?"""
    assert read(f"y_t = tanh(U {written} + b)") == "y_t = tanh(U h_{t-1} + b)"


def test_one_minus_is_a_subtraction() -> None:
    """Is `1 - z_t` a subtraction, where `h_t-1` is a step?"""
    assert read("h_t = (1 - z_t) * h_t-1 + z_t * g_t") == "h_t = (1 - z_t) * h_{t-1} + z_t * g_t"
    assert read("h_t = (1-z_t)*h_t-1") == "h_t = (1 - z_t) * h_{t-1}"
    assert read("i_t = 1-f_t") == "i_t = 1 - f_t"


CANDIDATES = [
    "c̃_t", "~c_t", "c~_t", "c_t~", "c'_t", "c_t'", r"\tilde{c}_t", r"\hat{c}_t", r"\tilde{c_t}", r"\widetilde{c}_t",
    r"\tilde c_t", r"\bar{c}_t", r"\overline{c_t}", "ĉ_t", "c̄_t", "c̃ₜ", r"\mathbf{\tilde{c}}_t",
    r"\tilde{\mathbf{c}}_t", "c̃^{<t>}", "c_t^*", "c^~_t", "c^{~}_t", "c~t",
]  # fmt: skip


@pytest.mark.parametrize("written", CANDIDATES)
def test_the_candidate(written: str) -> None:
    """Is the accent of a candidate understood however it is written?"""
    assert read(f"c_t = i_t * {written}") == "c_t = i_t * c̃_t"


@pytest.mark.parametrize(
    ("sign", "shown"),
    [
        ("*", "*"), ("·", "*"), ("×", "*"), (r"\cdot", "*"), (r"\times", "*"), ("⊙", "⊙"), ("∘", "⊙"), (r"\odot", "⊙"),
        (r"\circ", "⊙"), ("⊗", "⊙"), ("@", "@"), ("", ""),
    ],
)  # fmt: skip
def test_products(sign: str, shown: str) -> None:
    """Does every sign of a product stand for one?"""
    assert read(f"c_t = f_t {sign} c_{{t-1}}") == f"c_t = f_t{f' {shown} ' if shown else ' '}c_{{t-1}}"


@pytest.mark.parametrize(
    "written",
    ["σ(z_t)", "sigmoid(z_t)", "sigm(z_t)", "logistic(z_t)", r"\sigma(z_t)", r"\operatorname{sigmoid}(z_t)",
     r"\text{sigmoid}(z_t)", r"\mathrm{sigmoid}\left(z_t\right)", "Sigmoid(z_t)", "tf.sigmoid(z_t)",
     "torch.sigmoid(z_t)", "tf.nn.sigmoid(z_t)", r"\sigma\big(z_t\big)", "𝜎(z_t)", "σ{z_t}", "σ[z_t]"],
)  # fmt: skip
def test_sigmoid(written: str) -> None:
    """Is the sigmoid known by each of its names?"""
    assert read(f"f_t = {written}") == "f_t = σ(z_t)"


@pytest.mark.parametrize("written", ["tanh(z_t)", "φ(z_t)", r"\tanh(z_t)", r"\phi(z_t)", "np.tanh(z_t)", "Tanh(z_t)"])
def test_tanh(written: str) -> None:
    """Is tanh known by each of its names?"""
    assert read(f"g_t = {written}") == "g_t = tanh(z_t)"


@pytest.mark.parametrize(
    "written",
    ["[h_{t-1}, x_t]", "[h_{t-1}; x_t]", "(h_{t-1}, x_t)", "concat(h_{t-1}, x_t)", "concat([h_{t-1}, x_t])",
     "np.concatenate([h_{t-1}, x_t])", r"\left[h_{t-1}, x_t\right]", "tf.concat([h_{t-1}, x_t], axis=-1)",
     r"\begin{bmatrix} h_{t-1} \\ x_t \end{bmatrix}", "[h_{t-1} ‖ x_t]", "[h_t-1, x_t]"],
)  # fmt: skip
def test_concatenation(written: str) -> None:
    """Are vectors side by side understood in every notation?"""
    assert read(f"f_t = σ(W_f {written} + b_f)") == "f_t = σ(W_f [h_{t-1}, x_t] + b_f)"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (r"W_{xi}x_t + W_{hi}h_{t-1}", "W_{xi} x_t + W_{hi} h_{t-1}"),
        ("W_fx_t + U_fh_{t-1}", "W_f x_t + U_f h_{t-1}"),
        ("Wf.xt + Uf.ht-1", "Wf * x_t + Uf * h_{t-1}"),
        ("Wx_t + Uh_{t-1}", "W x_t + U h_{t-1}"),
        ("W^{(f)} x_t + U^{(f)} h_{t-1}", "W_f x_t + U_f h_{t-1}"),
        ("W_f^T x_t", "W_f x_t"),
        ("np.dot(Wf, x_t)", "(Wf @ x_t)"),
        ("W[h_{t-1}, x_t]", "W [h_{t-1}, x_t]"),
    ],
)
def test_weights(written: str, shown: str) -> None:
    """Is it seen where a weight ends and a vector begins?"""
    assert read(f"z_t = {written}") == f"z_t = {shown}"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("-a_t + b_t * d_t", "-a_t + b_t * d_t"),
        ("a_t - (b_t - d_t)", "a_t - (b_t - d_t)"),
        ("a_t * -b_t", "a_t * (-b_t)"),
        ("1 / (1 + exp(-a_t))", "1 / (1 + exp(-a_t))"),
        (r"\frac{1}{1+e^{-a_t}}", "1 / (1 + exp(-a_t))"),
        ("(1 + e^-a_t)^-1", "(1 + exp(-a_t))^(-1)"),
        ("((a_t + b_t)) * d_t", "((a_t + b_t)) * d_t"),
        ("a_t ** 2", "a_t^(2)"),
    ],
)
def test_precedence(written: str, shown: str) -> None:
    """Do signs bind as in mathematics?"""
    assert read(f"y_t = {written}") == f"y_t = {shown}"


def test_ng() -> None:
    """Is the notation of Andrew Ng's course read?"""
    assert read("Γ_f = σ(W_f[a^{<t-1>}, x^{<t>}] + b_f)") == "Γ_f = σ(W_f [a_{t-1}, x_t] + b_f)"


@pytest.mark.parametrize(
    ("written", "where"),
    [
        ("f_t = σ(W_f x_t + * b)", 18),
        ("f_t = ", 6),
        ("f_t = σ(W_f x_t))", 16),
        ("f_t = a_t ? b_t", 10),
        ("f_t + 1 = g_t * 2", 0),
    ],
)
def test_where_reading_stops(written: str, where: int) -> None:
    """Does a failure name the place?"""
    failure = parse(written)
    assert isinstance(failure, ParseFailure)
    assert failure.where == where
    assert failure.what


def test_place_in_decomposed_text() -> None:
    """Is the place counted in the characters that the student wrote, accents and all?"""
    failure = parse("c̃_t = ĉ_t ? x")
    assert isinstance(failure, ParseFailure)
    assert "c̃_t = ĉ_t ? x"[failure.where] == "?"


def test_forgotten_bracket() -> None:
    """Is a bracket that is missing at the end added, and said?"""
    equation = parse("h_t = o_t * tanh(c_t")
    assert isinstance(equation, Equation)
    assert to_text(equation) == "h_t = o_t * tanh(c_t)"
    assert "missing" in equation.repaired


@pytest.mark.parametrize(
    "written", ["f_t = σ(W_f [h_{t-1}, x_t] + b_f)", "c_t = f_t * c_{t-1} + i_t ⊙ c̃_t", "y_t = 1 / (1 + exp(-(W x_t)))"]
)
def test_text_reads_back(written: str) -> None:
    """Does the one-line text mean the same equation?"""
    assert read(written) == written
