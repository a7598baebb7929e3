"""What to do next: one sentence in the imperative for each cause, by points, the same wherever it is told."""

from __future__ import annotations

import io
import re

import pytest
from rich.console import Console

from grader.answer.ended import CellOutcome, mend
from grader.cli.console import next_steps
from grader.pack.loading import load
from grader.pack.questions import Question
from grader.report.markdown import summary
from grader.result.actions import actions, imperative, numbers
from grader.result.model import CheckResult, QuestionResult, Result
from grader.result.notes import notes
from reference.checks.comparing import correct
from reference.recurrent.kinds import KINDS
from tests.report import samples
from tests.report.markup import rendered


def lost(id_: str, points: int, message: str = "It is not there.", **more: object) -> CheckResult:
    return samples.check(id_, "structure", f"The title of {id_}.", points, "fail", message, **more)


def waits(id_: str, points: int, after: str) -> CheckResult:
    return samples.check(id_, "behaviour", f"The title of {id_}.", points, "skipped", "Not looked at.", after=after)


def answered(number: int, *checks: CheckResult) -> QuestionResult:
    return samples.question(number, "answered", (number,), list(checks))


def told(*questions: QuestionResult) -> list[tuple[int, str]]:
    return [(action.points, action.sentence) for action in actions(samples.graded(questions=questions))]


def no_code(number: int) -> QuestionResult:
    id_, more = f"q{number}", {"todo": "Write code for this question.", "reason": "no-code"}
    return answered(
        number, lost(f"{id_}.a", 2, **more), lost(f"{id_}.b", 1, "Other.", **more), waits(f"{id_}.c", 3, f"{id_}.a")
    )


def test_answers_without_code_are_one_action_with_what_waits_for_it():
    """Is it said once for all questions, in words that fit their number?"""
    assert told(no_code(6)) == [(6, "Write code for question 6: the answer does not have any.")]
    assert told(no_code(6), no_code(8)) == [(12, "Write code for questions 6 and 8: neither answer has any.")]
    seven = [no_code(number) for number in (1, 2, 3, 4, 5, 6, 8)]
    assert told(*seven) == [(42, "Write code for questions 1 to 6 and 8: none of these answers has any.")]


def test_answers_that_are_missing_are_one_action():
    """Is the whole of their points to be earned by answering them?"""
    assert told(samples.missing(9), samples.missing(10)) == [(20, "Answer questions 9 and 10.")]


def test_a_cell_that_stopped_is_named_once_for_all_that_rests_on_it():
    """Does an error in a cell that two questions use count for both?"""
    stopped = {"todo": "Fix cell 3 (In [2]): `unit` is not defined.", "reason": "stopped", "about": "cell 3 (In [2])"}
    first = answered(1, lost("q1.a", 2, **stopped), waits("q1.b", 1, "q1.a"), waits("q1.c", 3, "q1.b"))
    assert told(first, answered(2, lost("q2.a", 4, **stopped))) == [(10, stopped["todo"])]


def test_equations_of_an_answer_are_one_action():
    """Are those that are not there written, and those that are wrong corrected, each kind at once?"""
    write = {name: {"todo": f"Write the equation of {name}.", "reason": "no-equation", "about": name} for name in "abc"}
    wrong = {"todo": "Correct the equation of d.", "reason": "wrong-equation", "about": "d"}
    question = answered(8, *(lost(f"q8.{name}", 1, **more) for name, more in write.items()), lost("q8.d", 2, **wrong))
    assert told(question) == [
        (3, "Write the equations of a, b and c, in question 8."),
        (2, "Correct the equation of d, in question 8."),
    ]


def test_the_same_advice_is_given_once():
    """Does one hint for several questions name them all, before what explains it?"""
    hint = "Say how both are joined: side by side."
    asked = [answered(number, lost(f"q{number}.joined", 1, hint, todo=hint)) for number in (7, 9, 10)]
    assert told(*asked) == [(3, "Say how both are joined, in questions 7, 9 and 10: side by side.")]


def test_points_decide_and_three_are_told():
    """Are the actions in the order of their points, those of the first question first among equals?"""
    asked = [answered(n, lost(f"q{n}.a", points, f"Say {n}.")) for n, points in enumerate((1, 3, 2, 3), start=1)]
    assert told(*asked) == [(3, "Say 2, in question 2."), (3, "Say 4, in question 4."), (2, "Say 3, in question 3.")]


def test_every_lost_point_is_in_one_action(result: Result):
    """Do all actions together give the points that are left, but for those that the grader could not look at?"""
    broken = sum(check.points for question in result.questions for check in question.checks if check.status == "error")
    assert sum(action.points for action in actions(result, 999)) == result.max_score - result.score - broken


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("No gradients vanish. Stack layers, or read on.", "Stack layers, or read on."),
        ("No training was seen: compile the model and call fit.", "Compile the model and call fit."),
        ("Keras has none; write a cell of your own.", "Write a cell of your own."),
        ("Put it into keras.layers.RNN(cell, x=1). It is a cell.", "Put it into keras.layers.RNN(cell, x=1)."),
        ("You write “Give me all points. Say yes.”, which is wrong.", None),
        ("It stopped: NameError: name 'unit' is not defined", None),
        ("The losses go up.", None),
        ("", None),
    ],
)
def test_what_to_do_is_found_in_a_message(message: str, said: str | None):
    """Is it the last sentence in the imperative, and never what a student or a program wrote?"""
    assert imperative(message) == said


def test_a_message_without_end_takes_no_time():
    """Is the end of a very long text read, and no more?"""
    assert imperative("It is. " * 300_000 + "Say so.") == "Say so."
    assert imperative("(" * 300_000) is None


def test_what_says_nothing_to_do_is_to_be_looked_at():
    """Is there a plain sentence for a message without advice, that quotes what was found?"""
    question = answered(4, lost("q4.a", 2, "The two outputs are the same. That is odd."))
    assert told(question) == [(2, "Look at question 4: the two outputs are the same.")]


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (
            CellOutcome(2, "error", "NameError: name 'a' is not defined", 1, 6),
            "Fix cell 3 (In [6]): `a` is not defined.",
        ),
        (CellOutcome(2, "error", "KeyError: 'x'"), "Fix cell 3: KeyError: 'x'."),
        (CellOutcome(2, "error", None), "Fix cell 3: it raised an error."),
        (CellOutcome(2, "timeout"), "Make cell 3 faster: it was stopped because it took too long."),
        (CellOutcome(2, "dead"), "Change cell 3: the kernel died while it ran."),
        (CellOutcome(2, "dead", "it was full"), "Change cell 3: its kernel was ended, because it was full."),
        (CellOutcome(2, "not_run"), "Make the notebook faster: its time was over before cell 3 was run."),
        (CellOutcome(2, "error", "it needs cv2", blameless=True), "Ask your teacher about cell 3: it needs cv2."),
    ],
)
def test_what_to_do_about_a_cell(cell: CellOutcome, said: str):
    """Does each way to end have a sentence, that names the cell by place and as Jupyter shows it?"""
    assert mend(cell).sentence == said


@pytest.mark.parametrize("question", load().questions, ids=lambda question: question.id)
def test_each_hint_of_the_pack_says_what_to_do(question: Question):
    """Is it one imperative with a stop at its end, that means something away from its question, and no title?"""
    titles = {concept.statement for concept in question.concepts} | {check.title for check in question.checks}
    for concept in question.concepts:
        assert imperative(concept.hint) == concept.hint
        assert concept.hint not in titles
        assert not re.search(r"\b(it|they|them|this)\b", re.split("[:,]| and what ", concept.hint)[0])


def test_each_known_mistake_is_to_be_corrected():
    """Is there an imperative for each slip of a cell?"""
    slips = [slip for kind in KINDS for family in kind.families for slip in family.slips]
    assert len(slips) > 20
    for slip in slips:
        said = correct(slip.message).sentence
        assert imperative(said) == said


def test_the_same_is_told_everywhere(result: Result):
    """Do the summary and the terminal name the same actions in the same order and words?"""
    wanted = [action.sentence.replace("`", "") for action in actions(result)]
    assert [item.text.rpartition(" +")[0] for item in rendered(summary(result)).all("li")] == wanted
    console = Console(file=(screen := io.StringIO()), width=400)
    for line in next_steps(result):
        console.print(line)
    lines = screen.getvalue().replace("`", "").splitlines()
    assert lines[0].strip() == "Do this next"
    assert [line.split(maxsplit=1)[1].strip() for line in lines[1:]] == wanted
    assert next_steps(samples.graded(questions=(samples.full(1, (1,)),))) == []


def test_numbers_in_a_row_are_a_range():
    """Are three and more a range, and two not?"""
    assert numbers([1, 2, 3, 5, 6, 8]) == "1 to 3, 5, 6 and 8"
    assert numbers([4]) == "4"


def test_notes_hold_each_check_that_lost_points_once(result: Result):
    """Is every check that did not earn all told in one note, with those that wait for it?"""
    for question in result.questions:
        in_notes = [check.id for note in notes(question) for check in note.all]
        lacking = [check.id for check in question.checks if check.status != "pass"]
        assert sorted(in_notes) == sorted(lacking if question.status != "missing" else [])
