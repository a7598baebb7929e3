"""Equations in the report: typeset as they were understood, beside what the student wrote."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.report.html import render
from grader.report.typeset import typeset
from grader.result.model import QuestionResult
from tests.report import samples
from tests.report.markup import Node, parse
from tests.report.pages import article, dangers, squeezed

REFERENCE = "h_t = o_t * tanh(C_t)"


def page(written: str | None, message: str = "It does not use C_t.") -> Node:
    """The report on one equation."""
    return parse(html(written, message))


def html(written: str | None, message: str = "It does not use C_t.") -> str:
    check = samples.check("q8.hidden", "equations", "The hidden state.", 10, "fail", message)
    check = check.model_copy(update={"expected": REFERENCE, "observed": written})
    full = samples.full(8, (1,))
    question = QuestionResult.model_validate({**full.model_dump(), "score": 0, "checks": [check.model_dump()]})
    return render(samples.graded(questions=(question,)), None)


def test_an_equation_is_shown_as_understood_and_as_written():
    """Do the expected and the student's equation stand there as MathML, and the student's as it was written too?"""
    report = page(r"h_t = \frac{C_t}{o_t}")
    assert [len(maths.all("mfrac")) for maths in report.all("math")] == [0, 1]
    written = [code.text for code in report.all("code") if code.attributes.get("class") == "written"]
    assert written == [r"h_t = \frac{C_t}{o_t}"]


def test_what_cannot_be_read_is_shown_as_text():
    """Is an equation that is no equation to us shown as it is?"""
    report = page("h_t = = ((")
    assert len(report.all("math")) == 1
    assert "Found h_t = = ((" in squeezed(report.text)


def test_the_expected_equation_is_said_once():
    """Is it left out of the sentence, where it stands below?"""
    report = html(None, f"The hidden state is not among your equations. Expected: {REFERENCE}.")
    text = squeezed(article(report, 8).text)
    assert "Expected: h_t" not in text
    assert "The hidden state is not among your equations." in text


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script> = 1",
        'h_t = W_{<img src=x onerror="alert(1)">} x_t',
        "h_t = W_{&lt;script&gt;} x_t",
        'h_{"><svg onload=alert(1)>} = x_t',
    ],
)
def test_an_equation_cannot_break_out(text: str):
    """Is there no element in the report that an equation brought?"""
    found = typeset(text)
    assert found is None or "<script" not in found
    assert dangers(html(text)) == []


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ht_{}=W<>&\"'/\\x+ σ~", min_size=1, max_size=40))
def test_any_symbol_is_escaped(text: str):
    """Are marks of HTML never left as they are, whatever stands in an equation?"""
    found = typeset(f"h_t = {text}")
    if found is not None:
        assert {element.tag for element in parse(str(found)).elements} <= ALLOWED


ALLOWED = {"math", "mrow", "mi", "mn", "mo", "msub", "msup", "mover", "mfrac"}
