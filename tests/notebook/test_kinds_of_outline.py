"""Kinds of outline of a crowd of students: numbers of their own, answers that go on, rows, parts, comparisons."""

from __future__ import annotations

import pytest

from grader.notebook.segment import Segmentation, segment
from grader.pack.questions import Assignment
from tests.notebook.writing import Draft, code, md, notebook, owner

PLAIN = {
    1: "The state is zeros at the first step. Later we will see GRU and LSTM cells.",
    2: "It costs memory in proportion to the length.",
    4: "It remembers for hundreds of steps. Unlike GRU, it has three of them.",
    5: "Fewer matrices means less computing.",
    7: "Both outputs are joined at each step.",
    10: "It was the fastest one on my laptop.",
}
"""What never names its own subject."""

ROMAN = {1: "I", 2: "II", 4: "IV", 5: "V", 7: "VII", 10: "X"}


def owners(found: Segmentation) -> dict[int, str | None]:
    """The question to which each of the plain texts was given."""
    return {number: owner(found, text) for number, text in PLAIN.items()}


def read(cells: list[Draft], assignment: Assignment) -> Segmentation:
    """A notebook, segmented."""
    return segment(notebook(cells), assignment)


@pytest.mark.parametrize(
    "heading",
    [
        "**{0}.**",
        "## Task {1}",
        "### Problem {0} (10 points)",
        "## Question {0}a\nFirst part of it.\n## Question {0}b",
        "## \U0001f539 {0}.",
    ],
)
@pytest.mark.parametrize("is_one_cell", [True, False])
def test_numbers_tell_where_nothing_else_does(assignment: Assignment, heading: str, is_one_cell: bool) -> None:
    """Are texts without a subject found below numbers, some of which are left out?"""
    texts = [f"{heading.format(number, ROMAN[number])}\n\n{text}" for number, text in PLAIN.items()]
    cells = [md("\n\n".join(texts))] if is_one_cell else [md(text) for text in texts]
    assert owners(read(cells, assignment)) == {number: f"q{number}" for number in PLAIN}


@pytest.mark.parametrize(
    "again", ["## Back to 4", "## Question 4 continued", "## LSTM (continued)", "## More on question 4"]
)
def test_an_answer_may_go_on_later(assignment: Assignment, again: str) -> None:
    """Is what a heading adds to an earlier answer read with it?"""
    titles = {1: "RNN cell", 2: "BPTT", 4: "LSTM", 5: "GRU", 7: "Bidirectional RNN", 10: "BiGRU"}
    cells = [md(f"## {number}. {titles[number]}\n{text}") for number, text in PLAIN.items()]
    added = "I forgot to say that the speech of my phone is made by it."
    assert owner(read([*cells[:5], md(f"{again}\n{added}"), cells[5]], assignment), added) == "q4"


def test_programs_are_called_by_the_numbers_of_the_student(assignment: Assignment) -> None:
    """Where a question is left out and the others counted anew, is "question 6" the sixth of the student's?"""
    titles = ["RNN cell", "BPTT", "Vanishing gradients", "LSTM", "GRU", "Bidirectional RNN", "BiLSTM", "BiGRU"]
    cells = [md(f"## {place}. {title}\nThis is said of it.") for place, title in enumerate(titles, 1)]
    programs = [
        cell for place in range(1, 9) for cell in (md(f"### Code for question {place}"), code(f"show({place})"))
    ]
    found = read([*cells, md("# Programs"), *programs], assignment)
    asked = ["q1", "q2", "q3", "q4", "q5", "q7", "q9", "q10"]
    assert [owner(found, f"show({place})") for place in range(1, 9)] == asked


def test_parts_may_look_like_the_questions(assignment: Assignment) -> None:
    """Do "**1. Idea**" and "**2. Use**" within an answer stay there, though the questions are written so too?"""
    titles = {1: "RNN cell", 2: "Training", 4: "LSTM", 5: "GRU", 7: "Bidirectional RNN", 10: "BiGRU"}
    cells = [
        md(f"**{number}. {titles[number]}**\n\n**1. Idea**\n\n{text}\n\n**2. Use**\n\nIn many places.")
        for number, text in PLAIN.items()
    ]
    assert owners(read(cells, assignment)) == {number: f"q{number}" for number in PLAIN}


def test_paragraphs_without_any_heading(assignment: Assignment) -> None:
    """Are paragraphs that each speak of another question, one after the other, its answers?"""
    said = {
        1: "An RNN cell takes the input and the state of the step before.",
        2: "In BPTT the gradients are summed over all steps.",
        4: "An LSTM keeps two states.",
        5: "GRUs are lighter and train faster.",
        6: "In the peephole variant the state is one more input.",
        9: "BiLSTM runs two of them over the text.",
        10: "Bi-GRU does so with fewer matrices.",
    }
    found = read([code("import tensorflow as tf"), md("\n\n".join(said.values()))], assignment)
    assert {number: owner(found, text) for number, text in said.items()} == {number: f"q{number}" for number in said}


def test_a_comparison_between_answers_is_none(assignment: Assignment) -> None:
    """Is a table of other networks, below a heading of its own between two answers, left alone?"""
    cells = [md(f"## Question {number}\n{text}") for number, text in PLAIN.items()]
    table = md("## LSTM, GRU and RNN compared\n| | gates |\n|---|---|\n| LSTM | three of them |\n| GRU | two of them |")
    found = read([cells[0], table, *cells[1:]], assignment)
    assert {block.question for block in found.blocks if block.cell == 1} == {None}
    assert owners(found) == {number: f"q{number}" for number in PLAIN}


def test_a_table_of_questions_and_long_answers(assignment: Assignment) -> None:
    """Is each row its question's, and the head of the table nobody's?"""
    asked = {question.number: question.prompt for question in assignment.questions}
    rows = [f"| {asked[number]} | {text} {'And so on, as before. ' * 12}|" for number, text in PLAIN.items()]
    found = read([md("\n".join(["| Question | Answer |", "|---|---|", *rows]))], assignment)
    assert owners(found) == {number: f"q{number}" for number in PLAIN}
    assert owner(found, "| Question | Answer |") is None
