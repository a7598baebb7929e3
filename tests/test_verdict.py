"""What a check can say, and what the grader makes of it."""

import pytest

from grader.answer.answer import Answer
from grader.answer.ended import CellOutcome
from grader.grading.judge import Reading, judge
from grader.pack.questions import Question, Topic
from grader.pack.verdict import Missed, Unanswerable, expect, failed, partly, passed

READ = Reading((0,), 1.0)


def question() -> Question:
    return Question(1, "Cells", "Explain cells", Topic(("cell",)))


def only_check(asked: Question, answer: Answer | None = None):
    return judge(asked, answer or Answer("q1", code=["x = 1"]), READ, []).result.checks[-1]


def test_a_check_is_named_after_its_function_and_titled_by_its_docstring():
    """Does the student read the docstring, and does the id come from the name?"""
    asked = question()

    @asked.check("structure", points=2)
    def two_gates(answer):
        """It has two gates.

        Each of them decides
        about something else.

        This paragraph is for developers.
        """
        return passed("Found two.")

    result = only_check(asked)
    assert (result.id, result.title) == ("q1.two-gates", "It has two gates.")
    assert result.why == "Each of them decides about something else."
    assert (result.earned, result.points, result.status) == (2, 2, "pass")


def test_points_are_whole_and_rounded_down():
    """Does half of three points earn one, as a partial pass?"""
    asked = question()

    @asked.check("structure", points=3)
    def half(answer):
        """Half."""
        return partly(0.5, "Half of it.")

    assert (only_check(asked).earned, only_check(asked).status) == (1, "partial")


def test_all_points_are_a_pass_however_they_were_added_up():
    """Does a share that is all but for a rounding error give a result whose status goes with its points?"""
    asked = question()

    @asked.check("behaviour", points=3)
    def nearly(answer):
        """All of it."""
        return partly(1 - 1e-12, "All of it.")

    result = only_check(asked)
    assert (result.earned, result.status) == (3, "pass")


def test_a_check_whose_premise_failed_is_skipped():
    """Is a mistake counted once, when a second check rests on the first?"""
    asked = question()

    @asked.check("structure", points=1)
    def premise(answer):
        """The premise."""
        return failed("No.")

    @asked.check("behaviour", points=1, after=premise)
    def conclusion(answer):
        """The conclusion."""
        raise AssertionError("this must not run")

    assert only_check(asked).status == "skipped"


@pytest.mark.parametrize("crash", [ValueError("ours"), Unanswerable("the kernel is dead"), ZeroDivisionError()])
def test_a_crash_of_ours_is_flagged_and_is_not_the_students_fault(crash: Exception):
    """Does a check that crashes have the status error, and is a human told?"""
    asked = question()

    @asked.check("structure", points=1)
    def broken(answer):
        """Broken."""
        raise crash

    judged = judge(asked, Answer("q1", code=["x = 1"]), READ, [])
    assert judged.result.checks[0].status == "error"
    assert any("q1.broken" in flag for flag in judged.flags)


def test_a_missing_answer_earns_nothing_and_says_so():
    """Is an answer that is not there told apart from a wrong one?"""
    asked = question()

    @asked.check("structure", points=1)
    def anything(answer):
        """Anything."""
        return passed("Yes.")

    result = judge(asked, None, Reading((), 1.0), []).result
    assert (result.status, result.score) == ("missing", 0)
    assert "No answer" in result.checks[0].message


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        (["ok", "ok"], "answered"),
        (["ok", "error"], "error"),
        (["dead"], "error"),
        (["error", "timeout"], "timeout"),
        (["not_run"], "timeout"),
    ],
)
def test_the_worst_cell_decides_the_status(statuses: list[str], expected: str):
    """Does one failed cell show in the status of the question?"""
    cells = [CellOutcome(index, status, "reason") for index, status in enumerate(statuses)]
    result = judge(question(), Answer("q1", cells=cells), READ, []).result
    assert result.status == expected


def test_an_expectation_says_what_was_expected_and_what_was_found():
    """Does a failed comparison give the formula, the numbers and the likely cause?"""
    with pytest.raises(Missed) as missed:
        expect(5472, "Parameters").equals(5544, "4u(m+u+1)+3u", otherwise="No peepholes.")
    outcome = missed.value.outcome
    assert outcome.message == "Parameters: expected 5,544 (4u(m+u+1)+3u), found 5,472. No peepholes."
    assert (outcome.expected, outcome.observed) == ("5,544 (4u(m+u+1)+3u)", "5,472")


def test_text_that_no_file_can_hold_is_made_writable():
    """Does half of a surrogate pair in a student's text leave a result that can be written?"""
    asked = question()

    @asked.check("structure", points=1)
    def quoted(answer):
        """Quoted."""
        return failed("You wrote \ud800.", observed="\udfff")

    result = judge(asked, Answer("q1", code=["x = 1"]), READ, []).result
    assert result.model_dump_json().encode()
    assert result.checks[0].message == "You wrote ?."
