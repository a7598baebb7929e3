from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.notebook.blocks.marks import find_marks, tag_number


@pytest.mark.parametrize(
    "text",
    [
        "Ans 3:-", "Ans 3:- LSTM is", "Ans3.", "Ans3. LSTM", "ANS 3 :", "Ans.3 - LSTM", "Ans-3)", "Ans (3) LSTM",
        "Answer 3", "Answer 3: x", "Answer to Q3: x", "Answer to question 3: x", "Answer three: x", "Answer No. 3",
        "**Answer 3:** LSTM", "Q3)", "Q3. Explain", "Q.3", "Q. 3 Explain", "Q 3 Explain", "Q-3", "Q no 3", "Q.no.3)",
        "Question 3:", "Question-3", "Question number 3", "Ques 3", "Q3a) first part", "A3:", "A3. LSTM", "A-3: x",
        "> Ans 3 :", "## Question 3", "Solution 3:", "Task 3", "- Ans 3: x", "text.\n\nAns 3 - LSTM", "___\nQ3",
        "Ans.  3)",
    ],
)  # fmt: skip
def test_words_with_a_number_are_strong_marks(text: str) -> None:
    """Is each way to write "answer 3" understood?"""
    assert [(mark.number, mark.strength) for mark in find_marks(text)] == [(3, "strong")]


@pytest.mark.parametrize(
    "text", ["## 3.", "## 3. GRU", "# 3 GRU", "### 3) GRU", "**3.** GRU", "**3)** GRU", "**(3)** GRU"]
)
def test_numbers_in_headings_and_in_bold(text: str) -> None:
    """Does a number in a heading count more than one in a list?"""
    assert [(mark.number, mark.strength) for mark in find_marks(text)] == [(3, "heading")]


@pytest.mark.parametrize("text", ["3.", "3. GRU", "3) GRU", "(3)", "(3) GRU", "3: GRU", " 3. GRU", "3 - GRU", "3.GRU"])
def test_bare_numbers_are_weak(text: str) -> None:
    """Is the number of a list item told from a mark?"""
    assert [(mark.number, mark.strength) for mark in find_marks(text)] == [(3, "weak")]


@pytest.mark.parametrize(
    "text",
    [
        "as said in question 3. The cell", "see Q3. Then", "compare with answer 3: there", "refer to Ans 2.",
        "A 3D array", "A3 paper", "3.5 is a number", "2D input", "## 2 layers", "## 20% less", "in 1997. LSTM",
        "10 epochs", "seq2: a list", "the model answers 3 questions", "x = 3", "h_3) and", "", "Answers", "Quality 3",
        "Analysis 3:",
    ],
)  # fmt: skip
def test_what_is_no_mark(text: str) -> None:
    """Are references, sizes and numbers in sentences left alone?"""
    assert [mark for mark in find_marks(text) if mark.strength != "weak"] == []
    assert [mark for mark in find_marks(text) if mark.number is not None] == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("It captures the sequence.Ans 2:- BPTT is an algorithm.Ans 3:- Gradients", [2, 3]),
        ("Ans 1:- RNN cells have a stateAns 2:- BPTT is an algorithm", [1, 2]),
        ("Q1. What is an RNN? Q2. What is BPTT? Q3. Explain", [1, 2, 3]),
        ("of the sequence Ans 2: BPTT", [2]),
        ("Ans 9 - BiLSTM reads both ways. Ans 10 - BiGRU too.", [9, 10]),
    ],
)
def test_marks_are_found_where_line_breaks_were_lost(text: str, numbers: list[int]) -> None:
    """Are answers that run together told apart?"""
    assert [mark.number for mark in find_marks(text)] == numbers


def test_an_answer_may_be_marked_without_a_number() -> None:
    """Is "Ans:" the beginning of an answer, whichever it is?"""
    assert [(mark.number, mark.strength) for mark in find_marks("Q4. Explain LSTM. Ans:- LSTM is")] == [
        (4, "strong"),
        (None, "strong"),
    ]
    assert [mark.number for mark in find_marks("Ans: 10 epochs were enough")] == [None]


@pytest.mark.parametrize(
    ("tags", "number"), [(["q3"], 3), (["x", "Question-3"], 3), (["q3", "q4"], None), (["q"], None)]
)
def test_tags(tags: list[str], number: int | None) -> None:
    """Is a cell's tag a mark, if it is just one?"""
    assert tag_number(tags) == number


@given(st.text(alphabet=st.sampled_from("Ans Q.3:)-(*#\n1one"), max_size=80) | st.text(max_size=80))
def test_marks_are_in_order_and_apart(text: str) -> None:
    """Is every mark inside the text, after the one before?"""
    marks = find_marks(text)
    assert all(0 <= mark.start <= mark.end <= len(text) for mark in marks)
    assert all(a.end <= b.start for a, b in pairwise(marks))
