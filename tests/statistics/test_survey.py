"""What the results of a class say together."""

from __future__ import annotations

from grader.result.model import Advisory, QuestionResult, Result
from grader.result.wrong_statements import costing, free, wrong_statements
from grader.statistics.class_survey import Survey, survey
from grader.statistics.tally import Tally
from tests.report import samples


def counted(*results: Result) -> Survey:
    tally = Tally()
    for result in results:
        tally.add(result)
    return survey(tally)


def one(*questions: QuestionResult) -> Result:
    return samples.graded(questions=questions)


CORRECTION = "The weights are the same at every step."


def believes(sentence: str, *, right_as_well: bool = False) -> QuestionResult:
    message = costing(sentence, CORRECTION, said_right_as_well=right_as_well)
    checks = [
        samples.check("q1.shared", "explanation", "The weights are shared.", 1, "fail", message, observed=sentence),
        samples.check("q1.computes", "behaviour", "It computes one step.", 3, "pass", "As expected."),
    ]
    return samples.question(1, "answered", (1,), checks)


def silent(message: str = "Say that the weights are shared.", computes: str = "pass") -> QuestionResult:
    checks = [
        samples.check("q1.shared", "explanation", "The weights are shared.", 1, "fail", message),
        samples.check("q1.computes", "behaviour", "It computes one step.", 3, computes, "Found 3. Look."),
    ]
    return samples.question(1, "answered", (1,), checks)


def test_what_is_believed_is_counted_once_for_each_student() -> None:
    """Are those counted who write a wrong statement, whether or not it cost a point, with two of their sentences?"""
    remark = Advisory(id="q1.own-weights", message=free("Each “step” has its own weights.", CORRECTION))
    asked = Advisory(id="q1.own-weights", message=f"Did you mean “each step”? It costs nothing. {CORRECTION}")
    found = counted(
        one(believes("Every step has weights of its own.")),
        one(believes("Every step has weights of its own.", right_as_well=True)),
        one(silent().model_copy(update={"advisories": (remark,)})),
        one(silent().model_copy(update={"advisories": (asked,)})),
        one(believes("There is a matrix per step.").model_copy(update={"advisories": (remark,)})),
    )
    (belief,) = found.beliefs
    assert (belief.count, belief.of, belief.correction) == (4, 5, CORRECTION)
    assert len(belief.quotes) == 2
    assert {*belief.quotes} <= {
        "Every step has weights of its own.",
        "There is a matrix per step.",
        "Each “step” has its own weights.",
    }


def test_a_sentence_comes_back_as_it_was_written() -> None:
    """Is what a result tells of a wrong statement read out of it again, quotes in it included?"""
    sentence = "It is “wrong”, which is wrong, and costs this point. “So”"
    (found,) = wrong_statements(believes(sentence))
    assert (found.sentence, found.correction, found.check) == (sentence, CORRECTION, "q1.shared")


def test_what_is_left_out_and_what_is_missed() -> None:
    """Is a statement nobody makes left out, a failed check of code missed, and a missing answer neither?"""
    found = counted(
        one(silent(computes="fail")),
        one(silent(computes="fail")),
        one(silent()),
        one(believes("Every step has weights of its own.")),
        one(samples.missing(1)),
    )
    (unsaid,), (missed,) = found.unsaid, found.missed
    assert (unsaid.title, unsaid.count, unsaid.asked) == ("The weights are shared.", 3, 4)
    assert (missed.title, missed.count, missed.asked) == ("It computes one step.", 2, 4)
    assert (missed.message, missed.times) == ("Found 3. Look.", 2)
    assert found.questions[0].missing == 1


def test_who_has_no_grade_counts_nowhere() -> None:
    """Are means and counts over those with a grade?"""
    found = counted(one(silent()), one(silent()), samples.without_grade("failed", "for a reason"))
    assert (found.count, found.median, found.means) == (2, 3, {1: 3})
    assert found.scores is None
    assert survey(Tally()).bins == ((0, 0, 0),)


def test_each_check_has_its_letter() -> None:
    """Do the letters of a result stand in the order of the checks, and tell a missing answer from a failed check?"""
    tally = Tally()
    results = [one(silent()), one(believes("Every step has its own."), samples.full(2, (2,))), one(samples.missing(1))]
    for result in results:
        tally.add(result)
    assert [*tally.checks][:2] == ["q1.shared", "q1.computes"]
    signs = [tally.signs(result) for result in results]
    assert [each[:2] for each in signs[:2]] == ["fp", "fp"]
    assert "m" in signs[2]
    assert {len(each) for each in signs} == {len(tally.checks)}
    assert signs[0][2:] == "." * (len(tally.checks) - 2)
