"""How headings are called: words and digits of any script, two numbers at once, the titles of forms."""

from __future__ import annotations

import pytest

from grader.notebook.segment import Segmentation, segment
from grader.pack.questions import Assignment
from tests.notebook.writing import Draft, code, md, notebook, owner


def short(heading: str, bodies: dict[int, str]) -> list[Draft]:
    """One cell for each answer."""
    return [md(f"{heading.format(number)}\n{body}") for number, body in bodies.items()]


BODIES = {
    1: "A cell has an input and a state.",
    2: "The error goes back to the first step.",
    3: "Long products get small or large.",
    4: "There is a memory with three gates.",
    5: "There are two gates.",
}


def given_to(found: Segmentation, bodies: dict[int, str]) -> dict[int, str | None]:
    """The question to which each text was given."""
    return {number: owner(found, body) for number, body in bodies.items()}


RIGHT = {number: f"q{number}" for number in BODIES}


@pytest.mark.parametrize(
    "heading", ["## 第{}题", "## 问{}：", "### প্রশ্ন {}:", "**கேள்வி {}**", "## שאלה {}", "# Kysymys nro {}"]
)
def test_words_for_a_question_in_any_script(assignment: Assignment, heading: str) -> None:
    """Is a word before the numbers of all answers that for a question, though signs stand upon its letters?"""
    assert given_to(segment(notebook(short(heading, BODIES)), assignment), BODIES) == RIGHT


@pytest.mark.parametrize("joined", ["2 and 3", "2 & 3", "2, 3", "2/3", "2 + 3", "Q2 and Q3", "Questions 2 and 3"])
def test_one_heading_with_two_numbers(assignment: Assignment, joined: str) -> None:
    """Is each of two paragraphs below the numbers of two questions given to that of which it speaks?"""
    cells = [
        md("## 1: RNN cell\nA cell has an input and a state."),
        md(
            f"## {joined}: BPTT, vanishing and exploding gradients\n**BPTT** goes back.\n\n**Vanishing gradients** end."
        ),
        md("## 4: LSTM\nThere is a memory with three gates."),
    ]
    found = segment(notebook(cells), assignment)
    assert [block.text for block in found.answer("q2").prose] == ["**BPTT** goes back."]
    assert [block.text for block in found.answer("q3").prose] == ["**Vanishing gradients** end."]


def test_titles_of_forms_belong_to_their_cells(assignment: Assignment) -> None:
    """Is "#@title Q2" not cut in two, of which one is left in the answer above?"""
    cells = [code(f"#@title Q{number} - x\n#@markdown {body}\nprint({number})") for number, body in BODIES.items()]
    found = segment(notebook(cells), assignment)
    assert {block.cell: block.question for block in found.blocks} == {n - 1: f"q{n}" for n in BODIES}
