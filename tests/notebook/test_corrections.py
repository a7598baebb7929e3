"""Two answers to one question: which of them counts, and who is told."""

from __future__ import annotations

import pytest

from grader.notebook.segment import Segmentation, segment
from grader.pack.questions import Assignment
from tests.notebook.writing import ANSWERS, Draft, md, notebook

SECOND = "The network keeps another state beside the hidden one, which learned gates write to and erase."


def with_second(assignment: Assignment, second: str, place: int) -> Segmentation:
    cells: list[Draft] = [md(f"## {answer.number}. {answer.id}\n\n{answer.prose}") for answer in ANSWERS]
    return segment(notebook([*cells[:place], md(second), *cells[place:]]), assignment)


def prose(segmentation: Segmentation, question: str) -> str:
    return " ".join(block.text for block in segmentation.answer(question).prose)


@pytest.mark.parametrize("place", [4, 10])
@pytest.mark.parametrize(
    "begins",
    [
        "## 4. LSTM (corrected answer)\n\n",
        "Corrected answer 4:\n\n",
        "## 4. LSTM\n\nPlease ignore the answer above. ",
        "## Q4, revised version\n\n",
    ],
)
def test_a_second_answer_that_says_so_takes_the_place_of_the_first(
    assignment: Assignment, begins: str, place: int
) -> None:
    """Is only the later one read, wherever it stands?"""
    segmentation = with_second(assignment, begins + SECOND, place)
    assert SECOND in prose(segmentation, "q4")
    assert "Long short-term memory" not in prose(segmentation, "q4")
    assert segmentation.repeated == ()


def test_a_second_answer_that_says_nothing_is_read_too(assignment: Assignment) -> None:
    """Are both read, and is the question named for the instructor?"""
    segmentation = with_second(assignment, "## 4. LSTM\n\n" + SECOND, 10)
    assert SECOND in prose(segmentation, "q4")
    assert "Long short-term memory" in prose(segmentation, "q4")
    assert segmentation.repeated == ("q4",)


def test_an_answer_that_speaks_of_corrections_corrects_nothing(assignment: Assignment) -> None:
    """Does text about "a corrected version" of a network leave the answers as they are?"""
    segmentation = with_second(assignment, "The GRU is no corrected LSTM; ignore what is said elsewhere.", 5)
    assert "Long short-term memory" in prose(segmentation, "q4")
    assert "gated recurrent unit" in prose(segmentation, "q5")
