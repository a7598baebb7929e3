"""Equations that no question asks for: feedback on them, and what they show that a student knows."""

from __future__ import annotations

import pytest

from grader.answer.answer import Answer
from grader.grading.judge import Judged, Reading, judge
from reference.checks.written import remarks
from reference.pack import assignment
from reference.recurrent.equations import GRU, PEEPHOLE_LSTM, SIMPLE_RNN
from reference.wording.terms import VOCABULARY

GRU_EQUATIONS = """z_t = σ(W_z x_t + U_z h_{t-1} + b_z)
r_t = σ(W_r x_t + U_r h_{t-1} + b_r)
n_t = tanh(W_n x_t + U_n (r_t * h_{t-1}) + b_n)
h_t = (1 - z_t) * n_t + z_t * h_{t-1}"""
PEEPHOLES = r"""Three gates:
$$i_t = \sigma(W_i x_t + U_i h_{t-1} + p_i \odot c_{t-1} + b_i)$$
$$f_t = \sigma(W_f x_t + U_f h_{t-1} + p_f \odot c_{t-1} + b_f)$$
$$o_t = \sigma(W_o x_t + U_o h_{t-1} + p_o \odot c_t + b_o)$$"""


def said(prose: str, number: int) -> list[str]:
    system = {1: SIMPLE_RNN, 5: GRU, 6: PEEPHOLE_LSTM}[number]
    return [remark.message for remark in remarks(Answer(f"q{number}", prose=[prose]), system)]


def graded(prose: str, number: int) -> Judged:
    """The question on an answer without code."""
    question = assignment.questions[number - 1]
    return judge(question, Answer(question.id, prose=[prose]), Reading((0,), 1.0), [], terms=VOCABULARY)


@pytest.mark.parametrize("number", [1, 5, 6])
def test_no_equations_no_remark(number: int) -> None:
    """Is nothing said of an answer without equations, and of one with others?"""
    assert said("A network with a state, and a loss L = 0.5 * (y - t)^2.", number) == []


def test_right_equations_are_named() -> None:
    """Does a student learn which equations compute what they should?"""
    found = said(GRU_EQUATIONS, 5)
    assert [text.split(":")[0] for text in found] == [
        "The reset gate",
        "The update gate",
        "The candidate",
        "The hidden state",
    ]
    assert all("computes what that of a GRU does" in text for text in found)


def test_a_wrong_equation_is_quoted_with_its_mistake() -> None:
    """Is the equation shown that is wrong, with what is wrong about it, and the others praised?"""
    *right, wrong = said(GRU_EQUATIONS.replace("n_t + z_t", "n_t - z_t"), 5)
    assert len(right) == 3
    assert "The hidden state" not in " ".join(right)
    assert "“h_t = (1 - z_t) * n_t - z_t * h_{t-1}”" in wrong
    assert "A sign is wrong" in wrong


def test_remarks_cost_nothing() -> None:
    """Is the grade the same, whatever is remarked?"""
    prose = "The cell is applied at each time step with the same weights."
    one, other = graded(prose, 1), graded(f"{prose}\n\nh_t = σ(W x_t + b)", 1)
    assert one.result.score == other.result.score
    assert [advisory.id for advisory in other.result.advisories] == ["q1.remark-1"]


def test_peephole_equations_are_evidence() -> None:
    """Do the equations of all three gates show which cell state each gate sees, and wrong ones not?"""
    checks = {check.id: check for check in graded(PEEPHOLES, 6).result.checks}
    assert checks["q6.each-gate"].earned == checks["q6.connections"].earned == 1
    plain = PEEPHOLES.replace(r" + p_o \odot c_t", "").replace(r" + p_i \odot c_{t-1}", "")
    plain = plain.replace(r" + p_f \odot c_{t-1}", "")
    checks = {check.id: check for check in graded(plain, 6).result.checks}
    assert checks["q6.each-gate"].earned == checks["q6.connections"].earned == 0


def test_evidence_that_no_sentence_gives() -> None:
    """Is an equation quoted for a concept that the words do not state?"""
    odd = PEEPHOLES.replace("i_t", "a_t").replace("f_t", "b_t").replace("o_t", "e_t").replace("c_{t-1}", "s_{t-1}")
    system = odd.replace("c_t", "s_t") + "\n$$s_t = b_t s_{t-1} + a_t g_t$$\n$$h_t = e_t \\tanh(s_t)$$"
    check = next(check for check in graded(system, 6).result.checks if check.id == "q6.each-gate")
    assert (check.earned, check.message) == (1, "Your equation says so.")
    assert check.observed is not None
    assert "p_f" in check.observed
