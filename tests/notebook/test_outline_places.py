"""Where programs, tags, banners and comparisons stand in an outline, and which question they belong to."""

from __future__ import annotations

import pytest

from grader.notebook.segment import segment
from grader.pack.questions import Assignment
from tests.notebook.writing import ANSWERS, Draft, Written, code, md, notebook

TITLES = {
    1: "The RNN cell",
    2: "Backpropagation through time",
    3: "Vanishing and exploding gradients",
    4: "LSTM",
    5: "GRU",
    6: "Peephole LSTM",
    7: "Bidirectional RNNs",
    8: "Gates of LSTM with equations",
    9: "BiLSTM",
    10: "BiGRU",
}
SETUP = code("import numpy as np\nimport tensorflow as tf")
COMPARISON = "## Comparison of RNN, LSTM and GRU\n\nThe first forgets, the second remembers, the third is light."
SHUFFLED = (4, 9, 1, 7, 2, 10, 5, 3, 8, 6)


def heading(answer: Written, shape: str = "## {}. {}") -> str:
    return shape.format(answer.number, TITLES[answer.number])


def program(answer: Written) -> str:
    return answer.code.replace("import tensorflow as tf\n", "").replace("import numpy as np\n", "")


def owners(cells: list[Draft], assignment: Assignment, texts: dict[int, str]) -> dict[int, set[str | None]]:
    """For each question, those to which the blocks with its text were given."""
    blocks = segment(notebook(cells), assignment).blocks
    return {number: {each.question for each in blocks if text in each.text} for number, text in texts.items()}


def right(numbers: tuple[int, ...] = tuple(range(1, 11))) -> dict[int, set[str]]:
    return {number: {f"q{number}"} for number in numbers}


FIRST_LINES = {answer.number: program(answer).split("\n")[0] for answer in ANSWERS}


@pytest.mark.parametrize("order", [tuple(range(1, 11)), SHUFFLED], ids=["in order", "shuffled"])
@pytest.mark.parametrize("closing", [None, COMPARISON], ids=["nothing", "a comparison"])
def test_programs_behind_all_texts_follow_their_order(
    assignment: Assignment, order: tuple[int, ...], closing: str | None
) -> None:
    """Has each answer its program, though all of them stand at the end, and something else may stand between?"""
    given = [ANSWERS[number - 1] for number in order]
    texts = [md(f"{heading(answer)}\n\n{answer.prose}") for answer in given]
    between = [md(closing)] if closing else []
    programs = [code(program(answer)) for answer in given]
    assert owners([SETUP, *texts, *between, *programs], assignment, FIRST_LINES) == right()


@pytest.mark.parametrize("shape", ["<u>{}. {}</u>", "<h3 style='color:red'>Q{}. {}</h3>", "## Sol. {} {}"])
def test_programs_above_their_headings(assignment: Assignment, shape: str) -> None:
    """Does a tag before the number, or a setup cell above the first program, part headings from what is above them?"""
    pairs = [[code(program(answer)), md(f"{heading(answer, shape)}\n\n{answer.prose}")] for answer in ANSWERS]
    assert owners([SETUP, *(cell for pair in pairs for cell in pair)], assignment, FIRST_LINES) == right()


@pytest.mark.parametrize("banner", ["# Question {}", "# {}. {}", "# {1}"])
def test_banners_in_one_cell_of_code(assignment: Assignment, banner: str) -> None:
    """Do comments with the number or the name of each question part one cell that holds all programs?"""
    texts = [md(f"{heading(answer)}\n\n{answer.prose}") for answer in ANSWERS]
    parts = [f"{banner.format(answer.number, TITLES[answer.number])}\n{program(answer)}" for answer in ANSWERS]
    assert owners([*texts, code("\n\n".join(parts))], assignment, FIRST_LINES) == right()


@pytest.mark.parametrize("missing", [{4, 5}, {9, 10}], ids=["LSTM and GRU", "BiLSTM and BiGRU"])
def test_a_title_that_lists_questions_is_a_part(assignment: Assignment, missing: set[int]) -> None:
    """Does "Remedies: LSTM, GRU" within an answer become the answer to a question that is left out?"""
    listing = {4: (3, "#### Remedies: LSTM, GRU"), 9: (7, "#### BiLSTM and BiGRU")}[min(missing)]
    cells = []
    for answer in (each for each in ANSWERS if each.number not in missing):
        part = f"\n\n{listing[1]}\n\nThey come later." if answer.number == listing[0] else ""
        cells.append(md(f"{heading(answer)}\n\n{answer.prose}{part}"))
    assert owners(cells, assignment, {listing[0]: "They come later."}) == right((listing[0],))


@pytest.mark.parametrize("word", ["Frage", "Part", "Savol"])
def test_a_word_and_a_number_before_long_lines(assignment: Assignment, word: str) -> None:
    """Is a word of any language with a number a mark where the answer goes on in the same line?"""
    lines = [
        f"{word} {answer.number}: {TITLES[answer.number]}. {answer.prose.replace(chr(10), ' ')}" for answer in ANSWERS
    ]
    texts = {answer.number: answer.prose.split("\n")[0][-40:] for answer in ANSWERS}
    assert owners([md("\n\n".join(lines))], assignment, texts) == right()


def test_a_comparison_behind_all_answers_is_none(assignment: Assignment) -> None:
    """Is what sets several networks against one another part of the last answer only because it stands there?"""
    cells = [md(f"{heading(answer)}\n\n{answer.prose}") for answer in ANSWERS]
    assert owners([*cells, md(COMPARISON)], assignment, {10: "The first forgets"}) == {10: {None}}
    within = md(f"{heading(ANSWERS[9])}\n\n{ANSWERS[9].prose}\n\n### Compared with BiLSTM\n\nIt is the lighter one.")
    assert owners([*cells[:9], within], assignment, {10: "It is the lighter one"}) == {10: {"q10"}}
