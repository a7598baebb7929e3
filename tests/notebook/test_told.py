"""What the instructor is told of questions with answers in more than one place, or in none though text is there."""

from __future__ import annotations

from grader.grading.run import Run
from grader.kernel.bounds.limits import Limits
from grader.kernel.pool import KernelPool
from grader.notebook.segment import segment
from grader.pack.questions import Assignment
from tests.notebook.writing import md, notebook

FIRST = "## 4. LSTM\nIt keeps a cell with three gates, and the state is read from it at each step."
OTHER = "## 5. GRU\nIt has an update gate and a reset gate, and one state is all that it keeps."
SECOND = "## 4. LSTM\nA network whose gates decide what is kept, what is written and what is shown."


def flags(cells: list[str], assignment: Assignment) -> tuple[str, ...]:
    given = notebook([md(text) for text in cells])
    with KernelPool() as kernels:
        run = Run(given, segment(given, assignment), assignment, kernels, 0, Limits(), lambda *_: None)
        return run.on(3).flags


def test_two_places_are_named(assignment: Assignment) -> None:
    """Is the instructor told where a question is answered more than once, and that all of it was read?"""
    (flag,) = flags([FIRST, OTHER, SECOND], assignment)
    assert flag == "q4: please look, it is answered more than once (cells 1, 3); all was read"


def test_one_place_is_not(assignment: Assignment) -> None:
    """Is nothing said of answers that each stand in one place?"""
    assert flags([FIRST, OTHER], assignment) == ()


def test_text_on_what_has_no_answer_is_named(assignment: Assignment) -> None:
    """Is a person asked to look where no answer was found, and text that was read for none speaks of the question?"""
    closing = "## Conclusion\nBiGRU is a pair of GRUs that read the text in both directions."
    (flag,) = flags([FIRST, OTHER, closing], assignment)
    assert flag == "q10: please look, no answer was found, but text speaks of it (cells 3)"
