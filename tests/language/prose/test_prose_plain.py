"""What is held against a student, what is only asked, and what is taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.language.prose import Coverage, cover
from grader.language.prose.tongue import is_foreign
from grader.pack.questions import Concept, Misconception

Reader = Callable[..., Coverage]
WRONG = Misconception("q0.w", (("gru", ">~has|have", ">~3 gate"),), "It has two.")
SEES = Concept("q0.sees", "The gate sees the state.", (("gate", ">~see|visible", ">~state"),), "Say so.")


@pytest.mark.parametrize(
    ("text", "accused", "asked"),
    [
        ("The GRU has three gates.", True, False),
        ("The GRU has three gates, not two.", True, False),
        ("There is no doubt that the GRU has three gates.", True, False),
        ("Unlike an LSTM, the GRU has three gates.", True, False),
        ("The GRU has three gates which decide what is not needed.", True, False),
        ("A GRU that has three gates might be called an LSTM instead.", False, True),
        ("The GRU has three gates if the candidate is counted.", False, True),
        ("The GRU does not have three gates.", False, False),
        ("Nobody says that the GRU has three gates.", False, False),
        ("Does the GRU have three gates?", False, False),
    ],
)
def test_only_what_is_plainly_said_is_held_against_a_student(text: str, accused: bool, asked: bool) -> None:
    """Is a sentence that may mean something else a question, and one that denies nothing at all?"""
    coverage = cover([text], [], [WRONG])
    assert (bool(coverage.misconceptions), bool(coverage.asked)) == (accused, asked)


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("The gate sees the state.", True),
        ("The gate sees the state. However, the gate does not see the state.", False),
        ("The gate sees the state. But it is not true that the gate sees the state.", False),
        ("The gate sees the state. However, the standard gate does not see the state.", True),
        ("The gate sees the state. The network is small, though.", True),
        ("But the gate does not see the state. The gate sees the state.", True),
    ],
)
def test_what_is_taken_back_earns_nothing(text: str, covered: bool) -> None:
    """Does a later sentence that turns and denies take the point away, and is it quoted?"""
    (finding,) = cover([text], [SEES], []).concepts
    assert finding.covered == covered
    assert (finding.contrary is None) == covered


@pytest.mark.parametrize(
    ("text", "foreign"),
    [
        (
            "Die Zelle nimmt die Eingabe und den alten Zustand, und das Ergebnis wird mit tanh berechnet.",
            True,
        ),
        (
            "La celda toma la entrada y el estado anterior, y con una tangente se calcula el estado nuevo.",
            True,
        ),
        ("该单元在每个时间步接收当前输入和上一步的隐藏状态并计算新的隐藏状态。", True),
        (
            "The cell takes the input and the old state, and the result is computed with a tanh.",
            False,
        ),
        ("h_t = tanh(W x_t + U h_{t-1} + b), c_t = f_t c_{t-1} + i_t g_t, W U b x h c f i g o t", False),
        ("Eine Zelle.", False),
        ("La cellule prend l'entrée et l'état précédent.", True),
        ("Ячейка получает вход и предыдущее состояние.", True),
        ("h = σ(α β γ)", False),
        ("update gate, reset gate, tanh, concat", False),
        ("", False),
    ],
)
def test_another_language_is_known_by_its_small_words(text: str, foreign: bool) -> None:
    """Is a text in another language told from English, from formulas, and from one too short to tell?"""
    assert is_foreign([text]) == foreign


@pytest.mark.parametrize(
    "text",
    ["BPTT is prone to the vanishing gradient problem.", "We treat each time step as a separate layer."],
)
def test_what_is_true_is_held_against_nobody(read: Reader, text: str) -> None:
    """Are true sentences with the words of a misconception left alone?"""
    assert read("q2", text).misconceptions == ()


def test_arrows_and_formulas_say_something(read: Reader) -> None:
    """Do statements count that are written as a formula?"""
    found = read("q2", "dW = Σ_t dW_t\n\nW ← W − η dW")
    assert {each.concept.id for each in found.concepts if each.covered} >= {"q2.sum", "q2.update"}
    found = read("q10", "forward GRU + backward GRU\n\nout_t = [h→; h←]")
    assert {each.concept.id for each in found.concepts if each.covered} >= {"q10.both-directions", "q10.combined"}
