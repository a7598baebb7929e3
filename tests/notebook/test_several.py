"""One heading over the answers to several questions, and brackets in headings."""

from __future__ import annotations

import pytest

from grader.notebook.outline.several import several
from grader.notebook.segment import segment
from grader.pack.questions import Assignment
from tests.notebook.writing import code, md, notebook

SEVERAL = {
    "Questions 9 and 10: BiLSTM, BiGRU": "9 10",
    "## 9. & 10. Bidirectional networks": "9 10",
    "**Ans 9, 10**": "9 10",
    "Q9+Q10": "9 10",
    "Q7 bidirectional RNN, Q9 BiLSTM, Q10 BiGRU: one class for all": "7 9 10",
    "## 9 - 10": "9 10",
    "## 9 - 10 points": "",
    "## 9. BiLSTM": "",
    "# Task 6 (see Task 4)": "",
    "8. Gates, as in question 4": "",
    "Answer 4: 3 gates and 2 states": "",
    "Q4 LSTM with 2 layers and 3 gates": "",
    "Questions 1, 2, 3, 4, 5, 6, 7, 8, 9, 10": "",
}


@pytest.mark.parametrize("line", SEVERAL)
def test_numbers_of_a_heading(line: str, assignment: Assignment) -> None:
    """Are the numbers of questions told from those of layers, and from references?"""
    numbers = {question.number: question.id for question in assignment.questions}
    assert several(line, numbers) == {f"q{number}" for number in SEVERAL[line].split()}


def read(cells: list[object], assignment: Assignment) -> dict[str, list[str]]:
    found = segment(notebook(cells), assignment)  # type: ignore[arg-type]
    return {
        question.id: [block.text for block in (*answer.prose, *answer.code)]
        for question in assignment.questions
        if (answer := found.answer(question.id)).cells
    }


def test_what_stands_below_is_read_for_each(assignment: Assignment) -> None:
    """Also where a comment of one of them parts the code, and not behind the heading of another question?"""
    both = "Two networks with weights of their own read the sequence from its two ends."
    found = read(
        [
            md("## Question 8: gates of the LSTM"),
            md("The forget gate decides what is kept."),
            md("## Questions 9 and 10: BiLSTM, BiGRU"),
            md(both),
            code("# question 9\nlstm = both_ways(LSTM(3))\n# question 10\ngru = both_ways(GRU(3))"),
        ],
        assignment,
    )
    assert both in found["q9"]
    assert both in found["q10"]
    assert both not in found["q8"]
    assert [any("LSTM(3)" in text for text in found[name]) for name in ("q9", "q10")] == [True, False]
    assert [any("GRU(3)" in text for text in found[name]) for name in ("q9", "q10")] == [False, True]


def test_brackets_in_a_heading_are_an_aside(assignment: Assignment) -> None:
    """Is a question that stands before its turn known by its name and number, though its heading says why?"""
    found = read(
        [
            md("### III. Vanishing and exploding gradients"),
            md("The gradient shrinks or grows."),
            md("### VIII. Gates of the LSTM (needed for IV, so first)"),
            md("Three sigmoids decide."),
            md("### IV. LSTM"),
            md("It has two states."),
            md("### V. GRU"),
            md("It has one."),
        ],
        assignment,
    )
    assert {name: texts for name, texts in found.items() if name in ("q4", "q8")} == {
        "q8": ["Three sigmoids decide."],
        "q4": ["It has two states."],
    }
