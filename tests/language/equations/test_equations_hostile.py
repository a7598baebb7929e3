"""Text that is no equation, or made to hurt: nothing raises, and everything is quick."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.language.equations import Equation, find, judge, parse, to_mathml, to_text
from reference.recurrent.equations import GRU, LSTM
from tests.benchmarks.hostile_text import Make
from tests.linear.growth import slow_shapes

LENGTH = 100_000
PIECES = [
    "f_t", "c_{t-1}", "h", "x_t", "W_f", "=", " = ", "+", "-", "*", "⊙", "·", "(", ")", "[", "]", "{", "}", "_", "^",
    "\\", "\\frac", "\\begin{align}", "\\end{align}", "\\tilde", "\\left", "σ", "tanh", "e^", "1", "/", ",", ";", ".",
    "~", "'", "`", "**", "$", "$$", "&", "\\\\", "\n", " ", "ₜ₋₁", "̃", "where", "if", "#", "\x00", "\ud800", "<sub>",
    "</sub>", "|", "@", "²", "٣", "−",
]  # fmt: skip
UNITS = [
    "=", "f_t = ", "f_t=(", "$", "(", "{", "[", "\\[", "\\(", "$x", "\\begin{align}", "```math\n", "<sub>", "&", "~",
    "a", "f_t = σ(W_f ", "f_t = x_t *\n", "\\hat{", "f_{", "^", "σ", "- ", "* ", "f_t = x (abc ",
    "<", "\\", "\n", " ", "'",
    "a_t = b_t = ", "|", "the gate is (open) ", ".", "f = 1 ", "W_fx_tW_fx_t",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=80))
@settings(max_examples=150, deadline=None)
def test_nonsense_never_raises(text: str) -> None:
    """Is arbitrary text read, judged and shown without an exception?"""
    found = find(text)
    judge(found, LSTM)
    for written in [text, f"f_t = {text}", *(item.text for item in found)]:
        equation = parse(written)
        if isinstance(equation, Equation):
            to_mathml(equation)
            to_text(equation)
            judge([equation], GRU)
        else:
            assert 0 <= equation.where <= len(written)


def test_nonsense_takes_linear_time() -> None:
    """Does nonsense eight times as long take hardly more than eight times as long?"""
    shapes = {f"{head}{unit}": _repeated(head, unit) for head in ("", "f_t = ") for unit in UNITS}
    assert not slow_shapes(lambda text: [parse(item.text) for item in find(text)], LENGTH // 4, most=5, shapes=shapes)


def test_many_equations_take_linear_time() -> None:
    """Is judging bounded, though hundreds of equations use every gate in every product?"""
    term = "f_t * g_t * i_t * o_t * c_{t-1}"
    line = f"c_t = {' + '.join([term] * 9)} + 1\n"
    shapes = {"equations": _repeated("", line)}
    assert not slow_shapes(lambda text: judge(find(text), LSTM), 100_000, most=10, shapes=shapes)


def _repeated(head: str, unit: str) -> Make:
    return lambda length: (head + unit * (length // len(unit)))[:length]


@pytest.mark.parametrize(
    "written",
    [
        "f_t = " + "(" * 500 + "x",
        "f_t = " + "-" * 290 + "x",
        "f_t = " + "σ " * 200 + "x",
        "f_t = " + "1/" * 140 + "x",
        "f_t = " + "e^" * 140 + "x",
        "f_t = " + "\\frac{1}{" * 60 + "x" + "}" * 60,
        "f_t = " + "x" * 5_000,
        "f_t = 9^9^9^9",
        "f_t = 1 / 0",
        "f_t = 0^-1 * h_{t-1}",
        "f_t = " + "9" * 900,
        "f_t = f_t",
        "f_t = g_t\ng_t = f_t",
        "c_t = " + " * ".join(["x_t"] * 140),
        "f_t = [h_{t-1}, x_t",
        "h_t = [[[h_{t-1}], x_t], c_t] * o_t",
        "f_t = σ(softmax(x_t, h_{t-1}))",
        "f_t = concat()",
        "f_t = dot(x_t)",
    ],
)
def test_traps(written: str) -> None:
    """Are depth, size, division by zero and circles survived?"""
    for system in (LSTM, GRU):
        assert judge(find(written), system).right == 0
        assert judge([written], system).right == 0
