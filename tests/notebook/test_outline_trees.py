"""An outline is a tree: what stands below a heading is its own, and groups of answers share what stands below them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from grader.notebook.segment import segment
from grader.pack.questions import Assignment
from tests.notebook.writing import ANSWERS, Draft, Written, code, last_sentence, md, notebook, owner

NAMES = (
    "RNN cell",
    "Backpropagation through time",
    "Vanishing and exploding gradients",
    "LSTM",
    "GRU",
    "Peephole LSTM",
    "Bidirectional RNN",
    "Gates of LSTM",
    "BiLSTM",
    "BiGRU",
)


def given(cells: Sequence[Draft], assignment: Assignment, texts: Sequence[str]) -> list[str | None]:
    """The question to which each text was given."""
    found = segment(notebook(cells), assignment)
    return [owner(found, text) for text in texts]


def prose(answers: Sequence[Written]) -> list[str]:
    return [last_sentence(answer.prose) for answer in answers]


def ids(answers: Sequence[Written]) -> list[str]:
    return [answer.id for answer in answers]


def headed(answer: Written, mark: str = "## {number}. {name}") -> str:
    return f"{mark.format(number=answer.number, name=NAMES[answer.number - 1])}\n\n{answer.prose}"


def test_a_network_named_within_an_answer_is_no_answer_that_is_left_out(assignment: Assignment) -> None:
    """Does a sub-heading stay with its answer, though the question that it names has no heading of its own?"""
    kept = [answer for answer in ANSWERS if answer.number not in (4, 5)]
    cells = [md(headed(answer)) for answer in kept]
    cells[2] = md(f"{headed(kept[2])}\n\n### LSTM\n\nIt keeps the signal.\n\n### GRU\n\nSo does this one.")
    texts = ["It keeps the signal.", "So does this one.", *prose(kept)]
    assert given(cells, assignment, texts) == ["q3", "q3", *ids(kept)]


def test_steps_in_cells_of_their_own_are_parts(assignment: Assignment) -> None:
    """Do "Step 1" to "Step 4" belong to the answer in which they are counted?"""
    cells = [md(headed(answer, "# Q{number}) {name}")) for answer in ANSWERS]
    steps = [f"This is what is done at place {letter}." for letter in "abcd"]
    cells[2:2] = [md(f"## Step {number}\n\n{text}") for number, text in enumerate(steps, 1)]
    assert given(cells, assignment, [*steps, *prose(ANSWERS)]) == ["q2"] * 4 + ids(ANSWERS)


@pytest.mark.parametrize("mark", ["### {}. {}\n\n{}", "**{}. {}:** {}", "#### {}) {}\n\n{}"])
def test_numbered_points_of_an_answer_are_its_own(assignment: Assignment, mark: str) -> None:
    """Do points 1 to 3 stay with the answer, though one has the name of a question that nobody answers?"""
    kept = [answer for answer in ANSWERS if answer.number < 8]
    points = ["It remembers for long.", "A cell state carries what is kept.", "Three of them control what happens."]
    cells = [md(headed(answer, "## {number}. Explain {name}")) for answer in kept]
    titled = zip(("Aim", "Memory", "Gates"), points, strict=True)
    below = "\n\n".join(mark.format(number, *each) for number, each in enumerate(titled, 1))
    cells[3] = md(f"## 4. Explain Long short-term memory (LSTM)\n\nIt is a recurrent network.\n\n{below}")
    others = [answer for answer in kept if answer.number != 4]
    assert given(cells, assignment, [*points, *prose(others)]) == ["q4"] * 3 + ids(others)


def test_recurring_headings_are_no_chapters(assignment: Assignment) -> None:
    """Are answers found below "Question" and "Answer", over and over?"""
    cells = []
    for question, answer in zip(assignment.questions, ANSWERS, strict=True):
        cells += [md(f"#### Question\n{question.prompt}"), md(f"#### Answer\n{answer.prose}"), code(answer.code)]
    assert given(cells, assignment, prose(ANSWERS)) == ids(ANSWERS)


@pytest.mark.parametrize("comment", ["# {number}", "# {name}", ""])
def test_programs_below_a_group_are_shared_out(assignment: Assignment, comment: str) -> None:
    """Does each answer get its program, if three texts are followed by three cells of code, in the middle, too?"""
    cells: list[Draft] = []
    for group in (ANSWERS[:3], ANSWERS[3:5], ANSWERS[6:7], ANSWERS[8:]):
        cells += [md(headed(answer)) for answer in group]
        for answer in group:
            said = comment.format(number=answer.number, name=NAMES[answer.number - 1])
            cells.append(code(f"{said}\n{answer.code}".strip()))
    found = segment(notebook(cells), assignment)
    for answer in (*ANSWERS[:5], ANSWERS[6], *ANSWERS[8:]):
        programs = [block.text for block in found.answer(answer.id).code]
        assert any(answer.code.splitlines()[-1] in program for program in programs), answer.id


def test_two_headings_name_a_question_together(assignment: Assignment) -> None:
    """Is "With LSTM cells" below "Bidirectional networks" the BiLSTM?"""
    cells = [md(headed(answer, "# {name}")) for answer in ANSWERS[:8]]
    cells[6] = md(f"# Bidirectional networks\n\n{ANSWERS[6].prose}")
    cells[7:7] = [
        md(f"## With LSTM cells\n\n{ANSWERS[8].prose}"),
        md(f"## With GRU cells\n\n{ANSWERS[9].prose}"),
    ]
    assert given(cells, assignment, prose(ANSWERS)) == ids(ANSWERS)


def test_a_rule_may_end_the_text_over_its_code(assignment: Assignment) -> None:
    """Does a program stay with the text above it, though a rule parts them?"""
    cells = []
    for answer in ANSWERS:
        cells += [md(f"{answer.prose}\n\n---"), code(answer.code)]
    found = segment(notebook(cells), assignment)
    for answer in ANSWERS:
        assert [block.text for block in found.answer(answer.id).code] == [answer.code]


def test_a_number_in_its_place_needs_no_words_of_ours(assignment: Assignment) -> None:
    """Is a heading in another language read by its number, if that is the next one?"""
    kept = [answer for answer in ANSWERS if answer.number not in (5, 9)]
    titles = [f"**Exercice {answer.number} : {NAMES[answer.number - 1]}**" for answer in kept]
    titles[1] = "**Exercice 2 : la propagation en arrière**"
    silent = "On déplie la boucle et l'on calcule les dérivées de la fin au début."
    texts = [answer.prose for answer in kept]
    texts[1] = silent
    cells = [md(f"{title}\n\n{text}") for title, text in zip(titles, texts, strict=True)]
    assert given(cells, assignment, [silent]) == ["q2"]


@pytest.mark.parametrize("mark", ["A3-Q{number}", "HW3 Q{number}", "Assignment 3 - Question {number}"])
def test_the_sheet_may_be_named_before_the_number(assignment: Assignment, mark: str) -> None:
    """Is the number of the question read, and not that of the sheet?"""
    cells = [md(headed(answer, mark)) for answer in ANSWERS]
    assert given(cells, assignment, prose(ANSWERS)) == ids(ANSWERS)


def test_words_for_a_question_call_it_in_every_look(assignment: Assignment) -> None:
    """Is "Question 2" in large letters a call for the second answer, where the others have names?"""
    cells = [md(headed(answer)) for answer in ANSWERS]
    cells[1] = md("<h3>Question 2</h3>\n\nThe steps are undone one by one, and what they say is added.")
    assert given(cells, assignment, ["The steps are undone one by one, and what they say is added."]) == ["q2"]
