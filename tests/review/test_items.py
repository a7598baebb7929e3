"""What stands in the queue of a review, and before what."""

from __future__ import annotations

from typing import Any

from grader.result.model import CheckResult
from grader.review.groups import queue
from grader.review.items import items
from grader.roll.roll import Person, Row
from tests.report import samples

ROW = Row(key="ada", person=Person(), on_roster=True, folder="ada")


def equation(name: str, status: str, **more: Any) -> CheckResult:
    """The check of one equation."""
    return samples.check(f"q8.{name}", "equations", f"The equation of {name} evaluates.", 1, status, "", **more)


def order(*checks: CheckResult, flags: tuple[str, ...] = ()) -> list[str]:
    """The checks in which somebody should look, in the order of the queue."""
    result = samples.graded(questions=(samples.question(8, "answered", (0,), list(checks)),), flags=flags)
    return [group.first.check.id for group in queue(list(items(ROW, result, None, {})), lambda item: "")]


def test_an_equation_that_was_not_found_beside_others_comes_before_one_that_is_wrong():
    """Is it more likely that an equation was overlooked than that one was misread, where others were read?"""
    read = equation("forget", "pass", observed="f_t = σ(W x_t)")
    wrong = equation("candidate", "fail", observed="g_t = σ(W x_t)", reason="wrong-equation", about="the candidate")
    missing = equation("output", "fail", reason="no-equation", about="the output gate")
    assert order(read, wrong, missing) == ["q8.output", "q8.candidate"]


def test_where_no_equation_is_right_none_is_likelier_to_be_overlooked():
    """Does whoever writes no equations at all fill the queue no more than whoever writes wrong ones?"""
    missing = [equation(name, "fail", reason="no-equation", about=name) for name in ("forget", "output")]
    wrong = equation("candidate", "fail", observed="g_t = σ(W x_t)", reason="wrong-equation", about="the candidate")
    assert order(*missing, wrong) == ["q8.candidate", "q8.forget", "q8.output"]
