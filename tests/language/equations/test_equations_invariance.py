"""Rewriting a system without changing what it computes never changes the verdict; a mistake stays one."""

from __future__ import annotations

import re
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st
from lstm_writings import STATEMENTS, statements, statuses

PREVIOUS = ("_{t-1}", "_(t-1)", "_t-1", "[t-1]", "(t-1)", "ₜ₋₁", "^{<t-1>}", "^{(t-1)}", "_prev")
NOW = ("_t", "_{t}", "(t)", "[t]", "ₜ", "^{<t>}", "^{(t)}")
LETTERS = "klpqrsvyz"
PRODUCTS = (" * ", " ⊙ ", " · ", " ∘ ", " × ", "*", "·")
MATRIX = (" ", " * ", " · ", " @ ")
SIGMOIDS = ("σ({})", "sigmoid({})", "sigm({})", "logistic({})", "1 / (1 + e^(-({})))", "1/(1+exp(-({})))", "σ[{}]")
LINES = ("\n", "\n\n", "; ", ", ", "\n- ", "\n* ", " and ")

Draw = Callable[[st.SearchStrategy[str]], str]


@st.composite
def layers(draw: Draw, mark: str, now: str, before: str) -> str:
    """`W x + U h + b` in one of its forms, with weights of its own."""
    times = draw(st.sampled_from(MATRIX))
    name = draw(st.sampled_from([f"_{mark}", f"_{{x{mark}}}", f"^{{({mark})}}", f"_{{{mark}}}"]))
    x, h = f"x{now}", f"h{before}"
    joined = draw(st.sampled_from(["[{}, {}]", "[{}; {}]", "concat({}, {})", "({}, {})"]))
    inputs = draw(st.permutations([x, h]))
    split = draw(st.permutations([f"W{name}{times}{x}", f"U{name}{times}{h}"]))
    weighted = draw(st.sampled_from([f"W{name}{times}{joined.format(*inputs)}", " + ".join(split)]))
    terms = draw(st.permutations([weighted, f"b{name}"]))
    return " + ".join(terms)


@st.composite
def lstms(draw: Draw, swapped: bool = False) -> str:
    """A right LSTM, or one whose cell state has lost a sign, with any names, order and notation."""
    now, before = draw(st.sampled_from(NOW)), draw(st.sampled_from(PREVIOUS))
    f, i, g, o = draw(st.permutations(LETTERS))[:4]
    plain = draw(st.booleans())
    f, i, g, o = ("f", "i", "g", "o") if plain else (f, i, g, o)
    times, sigmoid = draw(st.sampled_from(PRODUCTS)), draw(st.sampled_from(SIGMOIDS))
    c = draw(st.sampled_from("cC"))
    kept = times.join(draw(st.permutations([f"{f}{now}", f"{c}{before}"])))
    new = times.join(draw(st.permutations([f"{i}{now}", f"{g}{now}"])))
    cell = f"{kept} - {new}" if swapped else " + ".join(draw(st.permutations([kept, new])))
    shown = times.join(draw(st.permutations([f"{o}{now}", f"tanh({c}{now})"])))
    equations = [
        *(f"{name}{now} = {sigmoid.format(draw(layers(name, now, before)))}" for name in (f, i, o)),
        f"{g}{now} = tanh({draw(layers(g, now, before))})",
        f"{c}{now} = {cell}",
        f"h{now} = {shown}",
    ]
    return draw(st.sampled_from(LINES)).join(draw(st.permutations(equations)))


@given(lstms())
@settings(max_examples=80, deadline=None)
def test_right_in_any_notation(written: str) -> None:
    """Is a right LSTM right, whatever its names, its order and its notation?"""
    verdicts = statements(written)
    assert statuses(verdicts) == dict.fromkeys(STATEMENTS, "right"), verdicts


@given(lstms(swapped=True))
@settings(max_examples=25, deadline=None)
def test_wrong_in_any_notation(written: str) -> None:
    """Is a wrong sign found in every notation, at the cost of the cell state alone?"""
    verdicts = statements(written)
    expected = dict.fromkeys(STATEMENTS, "right") | {"cell": "wrong"}
    assert statuses(verdicts) == expected, verdicts
    assert verdicts["cell"].slip == "sign"


@given(lstms())
@settings(max_examples=25, deadline=None)
def test_words_around_change_nothing(written: str) -> None:
    """Do headings, prose and programs around equations change nothing?"""
    around = f"An LSTM has gates. model = LSTM(64)\n\n{written}\n\n1. σ represents the sigmoid.\nlr = 1e-3\n"
    assert statuses(statements(around)) == dict.fromkeys(STATEMENTS, "right")


@given(lstms())
@settings(max_examples=25, deadline=None)
def test_blanks_change_nothing(written: str) -> None:
    """Do more blanks around signs change nothing?"""
    wide = re.sub(r" ([+*·⊙∘×@=]) ", r"   \1  ", written)
    assert statuses(statements(wide)) == statuses(statements(written))
