"""Finding equations in running text."""

import pytest

from grader.language.equations import find

F = "f_t = σ(W_f [h_{t-1}, x_t] + b_f)"


def texts(source: str) -> list[str]:
    return [item.text for item in find(source)]


@pytest.mark.parametrize(
    "source",
    [
        F,
        f"Forget gate: {F}",
        f"Forget Gate (f_t) Equation:-\n{F}",
        f"1. {F}",
        f"- **{F}**",
        f"* `{F}`",
        f"> {F}",
        f"The gate is {F}.",
        f"{F}, where σ is the sigmoid",
        f"{F} where σ is the sigmoid",
        f"{F} (forget gate)",
        f"{F} (1)",
        f"{F} ------ (2)",
        f"{F} - what is discarded",
        f"{F} -> forget",
        f"{F}  # forget gate",
        f"'''Ans 8:- {F}'''",
        f"```\n{F}\n```",
        f"**Forget gate**: **{F}** (forget)",
        f"| gate | {F} |",
        f"# {F}",
        f"2) Forget gate – {F}",
    ],
)
def test_words_and_markup_around(source: str) -> None:
    """Is the equation cut out of what stands around it?"""
    assert texts(source) == [F]


@pytest.mark.parametrize(
    "source",
    [
        "model = tf.keras.Sequential([layer])",
        "model = tf.keras.Sequential([\n    tf.keras.layers.LSTM(64),\n])",
        "1. σ represents the sigmoid",
        "2. tanh represents the hyperbolic tangent, between -1 and 1.",
        "X_train = np.random.rand(100, 2)",
        "h = Dense(10, activation='tanh')(x)",
        "h_t, c_t = cell(x_t)",
        "history = model.fit(x, y, epochs=10)",
        "y = model.predict(x)",
        "layer = LSTM(units, return_sequences=True)",
        'print("h_t = o_t * tanh(C_t)")',
        "if f_t == 1: keep",
        "σ(z) = 1 / (1 + e^{-z})",
        "epochs = 10",
        "name = 'LSTM'",
        "the gate f_t is 0 when nothing is kept",
        "",
    ],
)
def test_what_is_no_equation(source: str) -> None:
    """Are programs and prose left alone?"""
    assert texts(source) == []


def test_code_that_computes() -> None:
    """Is a line of NumPy that computes a gate an equation?"""
    assert texts("f = sigmoid(Wf @ x + Uf @ h + bf)") == ["f = sigmoid(Wf @ x + Uf @ h + bf)"]


def test_several_on_one_line() -> None:
    """Are equations that run into one another told apart, with and without commas?"""
    first, second = "f_t = σ(W_f x_t + b_f)", "c_t = f_t * c_{t-1}"
    for between in (" ", ", ", "; ", " and ", ". Then "):
        assert texts(first + between + second) == [first, second]


@pytest.mark.parametrize(
    "source",
    [
        r"$$c_t = f_t \odot c_{t-1} + i_t \odot g_t$$",
        r"so $c_t = f_t \odot c_{t-1} + i_t \odot g_t$ holds",
        r"\[c_t = f_t \odot c_{t-1} + i_t \odot g_t\]",
        r"\(c_t = f_t \odot c_{t-1} + i_t \odot g_t\)",
        "$$\nc_t = f_t \\odot c_{t-1}\n + i_t \\odot g_t\n$$",
        r"\begin{equation} c_t = f_t \odot c_{t-1} + i_t \odot g_t \tag{4} \end{equation}",
        r"$c_t = f_t \odot c_{t-1} + i_t \odot g_t \quad \text{(cell state)}$",
        r"$$c_t = f_t \odot c_{t-1} + i_t \odot g_t \qquad (4)$$",
    ],
)
def test_latex(source: str) -> None:
    """Is a formula found in every kind of LaTeX?"""
    assert texts(source) == [r"c_t = f_t \odot c_{t-1} + i_t \odot g_t"]
    assert find(source)[0].latex


@pytest.mark.parametrize("environment", ["align", "align*", "aligned", "cases", "gather", "eqnarray", "split"])
def test_environments(environment: str) -> None:
    """Is each row of an environment an equation?"""
    source = rf"\begin{{{environment}}} f_t &= \sigma(W_f x_t) \\ h_t &= o_t \odot \tanh(c_t) \end{{{environment}}}"
    assert [item.text.replace("&", "") for item in find(f"$${source}$$")] == [
        r"f_t = \sigma(W_f x_t)",
        r"h_t = o_t \odot \tanh(c_t)",
    ]


def test_position() -> None:
    """Does the place lead back to the text that was written?"""
    source = f"Ans: **Forget** gate: {F}, where\nh<sub>t</sub> = o<sub>t</sub> * tanh(c<sub>t</sub>) holds"
    first, second = find(source)
    assert source[first.start : first.end] == F
    assert source[second.start : second.end].startswith("h<sub>t</sub> = o<sub>t</sub> * tanh(c<sub>t</sub>")


def test_label() -> None:
    """Are the words in front of an equation kept beside it?"""
    assert "forget gate" in find(f"The forget gate: {F}")[0].label.lower()


@pytest.mark.parametrize(
    ("sign", "end"),
    [("-", "\n"), ("-", " \r\n"), ("\u2010", "\n"), ("¬", "\n"), ("-", "<br>"), ("-", "\n> "), ("-", "\\\n")],
)
@pytest.mark.parametrize("before", ["f_t = ", "> Forget gate: f_t = ", "As above. f_t = "])
def test_a_word_that_a_lines_end_cuts(before: str, sign: str, end: str) -> None:
    """Is the name of a function read whole, wherever it was cut, and does the place lead back?"""
    source = f"{before}sig{sign}{end}moid(W_f x_t + U_f h_{{t-1}} + b_f)"
    assert texts(source) == ["f_t = sigmoid(W_f x_t + U_f h_{t-1} + b_f)"]
    assert source[find(source)[0].start : find(source)[0].end] == source[source.index("f_t") :]


def test_a_minus_at_a_lines_end_is_one() -> None:
    """Are two symbols that make no word together a difference, whatever is between them?"""
    assert texts("c_t = mean_t -\n var_t + tanh(W x_t)") == ["c_t = mean_t - var_t + tanh(W x_t)"]
    assert texts("u_t = alpha-\nbeta + tanh(W x_t)") == ["u_t = alpha- beta + tanh(W x_t)"]


def test_bracket_over_two_lines() -> None:
    """Does an equation go on where a bracket is open?"""
    assert texts("f_t = σ(W_f x_t +\n      U_f h_{t-1} + b_f)\nnext") == ["f_t = σ(W_f x_t + U_f h_{t-1} + b_f)"]


def test_a_bold_label_on_the_next_line_is_no_product() -> None:
    """Does `**Input gate**:` under an equation end it, though a line may go on with a product sign?"""
    texts = [found.text for found in find("f_t = σ(W_f x_t + b_f)\n**Input gate**: i_t = σ(W_i x_t + b_i)")]
    assert texts == ["f_t = σ(W_f x_t + b_f)", "i_t = σ(W_i x_t + b_i)"]
