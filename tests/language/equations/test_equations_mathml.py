"""Equations as MathML: well-formed, safe, and the same equation."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from lstm_writings import LATEX, PLAIN, SPLIT

from grader.language.equations import Equation, find, parse, to_mathml

ALLOWED = {"math", "mrow", "mi", "mn", "mo", "msub", "msup", "mfrac", "mover"}


def shown(text: str) -> ET.Element:
    equation = parse(text)
    assert isinstance(equation, Equation), equation
    return ET.fromstring(to_mathml(equation))


@pytest.mark.parametrize("text", [*PLAIN.values(), *SPLIT.values(), *(item.text for item in find(LATEX))])
def test_well_formed(text: str) -> None:
    """Is what is shown well-formed, of presentation elements alone, with the arguments that each must have?"""
    root = shown(text)
    assert root.tag == "math"
    for element in root.iter():
        assert element.tag in ALLOWED
        if element.tag in ("msub", "msup", "mfrac", "mover"):
            assert len(element) == 2


def test_letters_and_signs() -> None:
    """Does everything that was written appear, in its order?"""
    text = "".join(shown("f_t = σ(W_f [h_{t-1}, x_t] + b_f)").itertext()).replace("\u2062", "").replace("\u2061", "")
    assert text == "ft=σ(Wf[ht−1,xt]+bf)"


def test_fraction_and_accent() -> None:
    """Are fractions and accents shown as such?"""
    root = shown(r"\tilde{c}_t = \frac{1}{1 + e^{-x_t}}")
    assert root.find(".//mfrac") is not None
    assert root.find(".//mover") is not None


@pytest.mark.parametrize("text", ["f_{<script>} = x_t + y_t", "f_t = W_{<b>&\"'} x_t", "f_t = W_{&lt;i&gt;} x_t"])
def test_no_markup_comes_through(text: str) -> None:
    """Is a student's markup shown as text or not read at all?"""
    equation = parse(text)
    if isinstance(equation, Equation):
        assert {element.tag for element in ET.fromstring(to_mathml(equation)).iter()} <= ALLOWED
