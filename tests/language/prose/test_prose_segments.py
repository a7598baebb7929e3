"""How a text becomes sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.language.prose.segments import sentences
from grader.language.prose.statements import is_statement
from grader.language.prose.words import tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "RNNs keep information.In this example a cell runs.",
            ["RNNs keep information.", "In this example a cell runs."],
        ),
        ("Use a unit (e.g. ReLU, i.e. a ramp). It helps.", ["Use a unit (e.g. ReLU, i.e. a ramp).", "It helps."]),
        ("The layer tf.keras.layers.Dense is used.", ["The layer tf.keras.layers.Dense is used."]),
        ("The derivative is 0.25 at most.", ["The derivative is 0.25 at most."]),
        ("It adds a bias b. The state is h_t. It is kept.", ["It adds a bias b.", "The state is h_t.", "It is kept."]),
        ("A sentence that is\nwrapped in a docstring.", ["A sentence that is wrapped in a docstring."]),
        ("- one thing\n- another thing", ["one thing", "another thing"]),
        ("1.First item\n2) second item", ["First item", "second item"]),
        ("## Forget gate\nIt decides\nwhat goes.", ["Forget gate", "It decides what goes."]),
        ("# a comment that is\n# wrapped over lines", ["a comment that is wrapped over lines"]),
        ("| gate | role |\n|:---|---|\n| forget | erases |", ["gate | role", "forget | erases"]),
        (
            "| | GRU | LSTM |\n|---|:-:|---|\n| gates | two | **three** |\n\nIt ends.",
            ["GRU | LSTM", "gates | two | three", "GRU: gates: two", "LSTM: gates: three", "It ends."],
        ),
        ("| a | b | c |\n| d | e | f |", ["a | b | c", "d | e | f"]),
        ("<p>The <b>cell</b> state</p><ul><li>is kept</li></ul>", ["The cell state", "is kept"]),
        ("Equation:-\nf_t = σ(W x_t)\ni_t = σ(U x_t)", ["Equation:-", "f_t = σ(W x_t)", "i_t = σ(U x_t)"]),
        ("Ans 3:- Gradients vanish.", ["Gradients vanish."]),
        ("Is it? Yes! It is.", ["Is it?", "Yes!", "It is."]),
        ("", []),
        ("***\n---\n...", []),
    ],
)
def test_splitting(text, expected):
    """Where does a sentence end, and where does it not?"""
    assert sentences(text) == expected


@pytest.mark.parametrize(
    "symbol",
    [
        "h_{t-1}",
        "h_(t-1)",
        "h_t-1",
        "h(t-1)",
        "h[t-1]",
        "hₜ₋₁",
        "ht-1",
        "h^{<t-1>}",
        "$h_{t - 1}$",
        r"\mathbf{h}_{t-1}",
    ],
)
def test_one_spelling_of_the_previous_state(symbol):
    """Are all the ways to write the previous hidden state the same word?"""
    assert tokens(f"the state {symbol} is used") == ["the", "state", "h_prev", "is", "used"]


def test_symbols_do_not_swallow_words():
    """Do "it" and "at" remain words, and "-1" a number with a sign?"""
    assert tokens("it is at -1, x_t") == ["it", "is", "at", "minus", "1", ",", "x_t"]


@given(st.text(max_size=400))
def test_any_text_is_split(text):
    """Does every text give sentences that are not empty and on one line?"""
    for sentence in sentences(text):
        assert sentence.strip()
        assert "\n" not in sentence


@given(
    st.lists(st.sampled_from(["The cell keeps a state.", "Gates decide.", "It is e.g. tanh."]), min_size=1, max_size=5)
)
def test_sentences_survive_wrapping(parts):
    """Does it matter where a paragraph is wrapped?"""
    assert sentences(" ".join(parts)) == sentences(" ".join(parts).replace(" keeps ", "\nkeeps\n"))


@pytest.mark.parametrize(
    "unit", ["<p ", "<!--", "h_{", "e.g.", "* ", "| ", "=\n", "$\\tilde{", "((", "a.B", "1. ", "&lt;", "#"]
)
def test_no_text_takes_long_to_split(unit):
    """Does it end for long runs of one fragment of markup, which is where quadratic time shows?"""
    text = unit * (300_000 // len(unit))
    for sentence in sentences(text):
        tokens(sentence)


@pytest.mark.parametrize(
    ("sentence", "says"),
    [
        ("both directions, two LSTMs, concatenated, past and future context", False),
        ("both directions, two LSTMs, concatenated, past and future context, y = x", False),
        ("hidden state, memory, time step, same weights, h_t = relu(x_t)", False),
        ("h_t = tanh(W x_t + U h_{t-1} + b)", True),
        ("f_t = σ(W_f x_t), i_t = σ(W_i x_t), o_t = σ(W_o x_t), h_t = o_t * tanh(c_t)", True),
        ("forget gate f_t = σ(W_f x_t), input gate i_t = σ(W_i x_t)", True),
        ("The gates are the forget gate, the input gate and the output gate, with f_t = σ(W_f x_t)", True),
    ],
)
def test_an_equation_makes_no_statement_of_keywords(sentence, says):
    """Is a row of keywords one, also with an equation at its end, and does an equation say something by itself?"""
    assert is_statement(tokens(sentence)) is says
