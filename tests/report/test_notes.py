"""What a notebook asked for and could not be had, in all that students read."""

from __future__ import annotations

from grader.report.html import render
from grader.report.markdown import summary
from grader.result.phrases import MOST_NOTES, NOT_TO_BE_HAD
from tests.report.samples import graded


def test_what_could_not_be_had_stands_at_the_top():
    """Before all answers and behind what to do, each thing once, its text harmless, and not without end?"""
    notes = ("Cell 2, line 1: it needs pandas, which this machine does not have.", "Cell 3: <script>alert(1)</script>")
    result = graded(notes=(*notes, *(f"Cell {number}: more" for number in range(MOST_NOTES))))
    page, text = render(result, None), summary(result)
    assert page.index("it needs pandas") < page.index('id="question-1"')
    assert text.index("Do this next") < text.index("it needs pandas")
    assert page.count("it needs pandas") == text.count("it needs pandas") == 1
    assert "<script>alert" not in page + text
    assert f"Cell {MOST_NOTES - 1}: more" not in page + text


def test_nothing_is_said_where_everything_was_there():
    """Is there no empty list?"""
    assert NOT_TO_BE_HAD not in summary(graded())
    assert "could not be had" not in render(graded(), None)
