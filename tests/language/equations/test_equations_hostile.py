"""Text that is no equation, or made to hurt: nothing raises, and everything is quick."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lstm_writings import ALL_RIGHT, statements

from grader.language.equations import Equation, find, judge, parse, to_mathml, to_text
from reference.equations import GRU, LSTM

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


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("head", ["", "f_t = "])
def test_long_nonsense_is_quick(unit: str, head: str) -> None:
    """Do 100,000 characters of nonsense take less than a second?"""
    statements("f_t = σ(W x_t + U h_{t-1} + b)")
    text = (head + unit * (LENGTH // len(unit)))[:LENGTH]
    started = time.process_time()
    found = find(text)
    for item in found:
        parse(item.text)
    assert time.process_time() - started < 1


def test_many_equations_are_quick() -> None:
    """Is judging bounded, though thousands of equations use every gate in every product?"""
    statements("f_t = σ(W x_t + U h_{t-1} + b)")
    term = "f_t * g_t * i_t * o_t * c_{t-1}"
    text = "\n".join(f"c_t = {' + '.join([term] * 9)} + {number}" for number in range(1_000))
    started = time.process_time()
    judge(find(text), LSTM)
    assert time.process_time() - started < 3


def test_a_notebook_is_quick() -> None:
    """Do the equations of an answer take less than a tenth of a second once the first have been read?"""
    text = "\n\n".join(["Prose about gates, without equations."] * 300) + ALL_RIGHT["plain"]
    statements(text)
    started = time.process_time()
    statements(text)
    assert time.process_time() - started < 0.1


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
