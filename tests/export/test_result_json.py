"""result.json, written and read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from typer.testing import CliRunner

from grader.answer.answer import Answer
from grader.batch.earlier import current
from grader.batch.rebuild_folder import rebuild
from grader.cli.main import app
from grader.grading.judge import Reading, judge
from grader.grading.options import Options
from grader.grading.submission import about
from grader.pack.loading import load
from grader.result.file import UnreadableResult, read, write
from grader.result.model import Environment, Result, without_grade
from tests.report import samples
from tests.report.markup import parse
from tests.report.pages import squeezed

PACK = load()
SENTENCES = [text for question in PACK.questions for each in question.concepts[:2] for text in each.says[:1]]
RESULTS = {
    "graded": samples.graded(),
    "unreadable": samples.without_grade("unreadable", "hw.ipynb: is not JSON"),
    "failed": samples.without_grade("failed", "no kernel could be started"),
}


@pytest.mark.parametrize("name", RESULTS)
def test_a_result_comes_back_as_it_was_written(name: str, tmp_path: Path):
    """Is nothing lost on the way through the file?"""
    write(RESULTS[name], tmp_path / "result.json")
    assert read(tmp_path / "result.json") == RESULTS[name]


def test_a_picture_of_another_version_is_left_out(tmp_path: Path):
    """Is a result read that has a kind of picture which nothing draws any more, without it and with all its points?"""
    content = json.loads(samples.graded().to_json())
    drawn = next(question for question in content["questions"] if question["pictures"])
    drawn["pictures"].append({"kind": "peepholes", "input": True, "forget": True, "output": False})
    (tmp_path / "result.json").write_text(json.dumps(content))
    assert read(tmp_path / "result.json") == samples.graded()


@given(text=st.text(st.characters(codec="utf-8"), max_size=200))
def test_any_text_comes_back(text: str, tmp_path_factory: pytest.TempPathFactory):
    """Do the words of a student come back, whatever characters they hold?"""
    path = tmp_path_factory.mktemp("results") / "result.json"
    result = samples.without_grade("failed", f"because: {text}")
    write(result, path)
    assert read(path).reason == f"because: {text}"


def test_the_same_result_gives_the_same_bytes(tmp_path: Path):
    """Do two files of one result differ in nothing?"""
    for name in ("a.json", "b.json"):
        write(samples.graded(), tmp_path / name)
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()


def changed(**fields: Any) -> str:
    """The text of a result.json in which some fields of the whole are others."""
    return json.dumps({**json.loads(samples.graded().to_json()), **fields})


def overpaid() -> str:
    """A result in which a check earns more than it is worth."""
    content = json.loads(samples.graded().to_json())
    content["questions"][0]["checks"][0]["earned"] = 99
    return json.dumps(content)


def edited(change: Callable[[dict[str, Any]], object], result: Result | None = None) -> str:
    """The text of a result.json that somebody has changed by hand."""
    content = json.loads((result or samples.graded()).to_json())
    change(content)
    return json.dumps(content)


def of_check(question: int, check: int, **fields: Any) -> str:
    """A result in which some fields of one check are others."""
    return edited(lambda content: content["questions"][question]["checks"][check].update(fields))


def of_question(place: int, /, **fields: Any) -> str:
    """A result in which some fields of one question are others."""
    return edited(lambda content: content["questions"][place].update(fields))


def shifted(content: dict[str, Any]) -> None:
    """A point more everywhere but in the checks."""
    content["score"] += 1
    content["questions"][1]["score"] += 1


def doubled(content: dict[str, Any]) -> None:
    """The first question twice, under two numbers, and all sums right."""
    content["questions"] += [{**content["questions"][0], "number": 11}]
    content["score"] += 10
    content["max_score"] += 10


def check_doubled(content: dict[str, Any]) -> None:
    """The first check of the first question twice, with all sums right."""
    question = content["questions"][0]
    again = question["checks"][0]
    question["checks"].append(again)
    for place in (question, content):
        place["score"] += again["earned"]
        place["max_score"] += again["points"]


def emptied(content: dict[str, Any]) -> None:
    """Nothing is left but a grade of nothing."""
    content.update(questions=[], score=0, max_score=0)


def renumbered(content: dict[str, Any]) -> None:
    """Two questions with one number."""
    content["questions"][1]["number"] = 1


def of_part(part: str, **fields: Any) -> str:
    """A result in which some fields of the submission or the environment are others."""
    return edited(lambda content: content[part].update(fields))


def unchecked(content: dict[str, Any]) -> None:
    """The first question without its checks, and all sums right."""
    question = content["questions"][0]
    for field in ("score", "max_score"):
        content[field] -= question[field]
        question[field] = 0
    question["checks"] = []


def unanswered(content: dict[str, Any]) -> None:
    """The first question missing, with the cells that it had."""
    question = content["questions"][0]
    content["score"] -= question["score"]
    question.update(score=0, status="missing")
    for check in question["checks"]:
        check.update(earned=0, status="fail")


def nowhere(content: dict[str, Any]) -> None:
    """All that was measured, and nothing on which."""
    content["environment"].update(python=None, tensorflow=None, keras=None, keras_generation=None, sandbox=[])


def ungraded(content: dict[str, Any]) -> None:
    """All questions without points, and no grade."""
    for question in content["questions"]:
        question.update(score=0, status="missing", cells=[])
        for check in question["checks"]:
            check.update(earned=0, status="fail", after=None)
    content.update(score=0, status="failed", reason="it is so")


UNREADABLE = samples.without_grade("unreadable", "it is no notebook")
TEXT = samples.graded().to_json()
EDITED = {
    "a total": (changed(score=80), "score 80 where the questions sum to 69"),
    "a total of points": (changed(max_score=69), "max_score 69 where the questions sum to 100"),
    "a question": (of_question(1, score=10), "questions.1: q2: score 10 where its checks sum to 3"),
    "a question's points": (of_question(1, max_score=3), "q2: max_score 3 where its checks sum to 10"),
    "a question and the total": (edited(shifted), "q2: score 4 where its checks sum to 3"),
    "a check": (of_check(1, 1, earned=1, status="pass"), "q2: score 3 where its checks sum to 4"),
    "a check's points": (of_check(0, 0, points=2, earned=2), "q1: score 10 where its checks sum to 11"),
    "points of a failed check": (of_check(1, 1, earned=1), "q2.sum: fail does not go with 1 of 1 points"),
    "points of a skipped check": (of_check(5, 4, earned=4), "skipped does not go with 4 of 4"),
    "points of a broken check": (of_check(1, 3, earned=1), "error does not go with 1 of 4"),
    "a pass without all points": (of_check(0, 2, earned=1), "pass does not go with 1 of 3"),
    "a part that is all": (of_check(1, 2, earned=4), "partial does not go with 4 of 4"),
    "a part that is none": (of_check(1, 2, earned=0), "partial does not go with 0 of 4"),
    "points below none": (of_check(1, 1, earned=-1), "earned"),
    "a score without a grade": (edited(lambda it: it.update(score=50), UNREADABLE), "score 50 where there is no grade"),
    "a grade taken away": (changed(status="failed"), "score 69 where there is no grade (failed)"),
    "questions taken away": (changed(questions=[]), "score 69 where the questions sum to 0"),
    "a question twice": (edited(doubled), "has the question q1 more than once"),
    "a number twice": (edited(renumbered), "question 1 is there more than once"),
    "a field twice": (TEXT.replace('"score": 69', '"score": 69, "score": 69', 1), "has the field 'score' twice"),
    "no number": (TEXT.replace("12.3", "NaN"), "has the number NaN"),
    "no end of time": (TEXT.replace("12.3", "1e999"), "duration_s"),
    "a number as text": (of_check(1, 2, earned="2"), "earned"),
    "a truth for a number": (of_check(0, 0, earned=True), "earned"),
    "a huge total": (edited(lambda it: it.update(max_score=10**400), UNREADABLE), "a number far too large"),
    "a huge cell": (of_question(0, cells=[10**400]), "cells"),
    "a cell before the first": (of_question(0, cells=[-5]), "cells"),
    "points for nothing": (of_question(0, status="missing"), "where no answer was found"),
    "a check twice": (edited(check_doubled), "more than once"),
    "a check twice in two questions": (of_check(1, 0, id="q1.idea"), "the check q1.idea more than once"),
    "a check of another question": (of_check(1, 0, id="q1.other"), "the check 'q1.other' in question q2"),
    "a check in other letters": (of_check(0, 0, id="Q1.WHY"), "the check q1.why more than once"),
    "a check with what is not seen": (of_check(0, 0, id="q1.w\u200bhy"), "more than once"),
    "a check with a space": (of_check(0, 0, id="q1.idea "), "the check 'q1.idea' in question q1"),
    "a check without a name": (of_check(0, 0, id="q1."), "the check 'q1.' in question q1"),
    "a question in other letters": (of_question(1, id="Q1"), "more than once"),
    "a question without a name": (of_question(1, id=""), "a question  with the number 2"),
    "a question before the first": (of_question(1, number=0), "questions.1.number"),
    "a question below none": (of_question(1, number=-5), "questions.1.number"),
    "a question far behind": (of_question(1, number=2**120), "questions.1.number"),
    "a question under another number": (of_question(1, number=12), "question q2 with the number 12"),
    "a question without checks": (edited(unchecked), "the question q1 without a check"),
    "an answer in no cell": (of_question(0, cells=[]), "an answer to question q1 in no cell"),
    "cells of no answer": (edited(unanswered), "cells that answer question q1"),
    "skipped for nothing": (of_check(5, 4, after=None), "skipped for nothing"),
    "skipped for a check that passed": (of_check(5, 4, after="q6.runs"), "skipped for q6.runs, which has earned"),
    "no file": (of_part("submission", sha256=None), "a grade for a file without its sha256"),
    "no sum of a file": (of_part("submission", sha256="zzz"), "a grade for a file without its sha256"),
    "no environment": (edited(nowhere), "that ran nowhere"),
    "half an environment": (of_part("environment", tensorflow=None), "of which some is not known"),
    "code without a sandbox": (of_part("environment", sandbox=[]), "of which some is not known"),
    "another Keras": (of_part("environment", keras="3.1", keras_generation=2), "Keras 3.1 as generation 2"),
    "half a sandbox": (of_part("environment", sandbox=["none", "landlock"]), "a sandbox that is none"),
    "no reason": (edited(lambda it: it.update(reason=None), UNREADABLE), "no reason for having no grade"),
    "an empty reason": (edited(lambda it: it.update(reason=" \u200b"), UNREADABLE), "no reason for having no grade"),
    "questions without a grade": (edited(ungraded), "questions without a grade"),
    "after a check that is not there": (of_check(0, 0, after="q9.nothing"), "after another one"),
    "a reason for a grade": (changed(reason="it is mine"), "has a reason for its grade"),
    "a grade without questions": (edited(emptied), "has a grade without any question"),
    "a number of too many digits": (TEXT.replace('"score": 69', f'"score": {"9" * 5_000}', 1), "JSON that no grader"),
}


@pytest.mark.parametrize("name", EDITED)
def test_what_does_not_add_up_is_refused_by_name(name: str, tmp_path: Path):
    """Is a result that was edited by hand no result, with what contradicts what, and what to do?"""
    content, problem = EDITED[name]
    assert content != TEXT
    path = tmp_path / "result.json"
    path.write_text(content)
    with pytest.raises(UnreadableResult) as caught:
        read(path)
    said = str(caught.value)
    assert said.startswith(f"{path}: ")
    assert problem in said
    assert said.endswith("grade the notebook again")
    assert len(said) < 1_500


def test_no_reader_takes_what_does_not_add_up(tmp_path: Path):
    """Do reports made anew, the index, every export and a second run refuse it, and name the file?"""
    folder = tmp_path / "grades" / "ada"
    path = folder / "result.json"
    folder.mkdir(parents=True)
    path.write_text(changed(score=80))
    for name in ("report.html", "feedback.ipynb"):
        (folder / name).write_text("old")
    said = "score 80 where the questions sum to 69"
    (made,) = rebuild(tmp_path / "grades")
    assert (made.problem or "").startswith(f"{path}: ")
    assert said in (made.problem or "")
    assert (folder / "report.html").read_text() == "old"
    page = squeezed(parse((tmp_path / "grades" / "index.html").read_text()).text)
    assert f"ada/result.json: does not follow grader/result/v1 ({said}); grade the notebook again" in page
    assert "0 submissions" in page
    assert current(tmp_path / "ada.ipynb", folder, about(load()), Options()) is None
    for command in (["classroom"], ["summary"], ["classroom50", "--out", str(tmp_path / "out.json")]):
        ended = CliRunner().invoke(app, ["export", command[0], str(path), *command[1:]])
        assert ended.exit_code == 2
        assert said in ended.output
        assert str(path) in ended.output
    assert not (tmp_path / "out.json").exists()


@settings(max_examples=8)
@given(said=st.lists(st.sampled_from(SENTENCES), max_size=6), missing=st.sets(st.integers(0, 9)))
def test_what_is_judged_can_be_read(said: list[str], missing: set[int], tmp_path_factory: pytest.TempPathFactory):
    """Does every result that judging makes, of whatever explanations, keep the rules of reading one?"""
    questions = []
    for place, question in enumerate(PACK.questions):
        there = place not in missing
        answer = Answer(question.id, prose=said, code=["x = 1"], shown=["gru = layers.GRU(3)"]) if there else None
        questions += [judge(question, answer, Reading((place,) if there else (), 0.5), []).result]
    sums = {field: sum(getattr(question, field) for question in questions) for field in ("score", "max_score")}
    made = samples.graded(questions=questions, environment=Environment(), **sums)
    path = tmp_path_factory.mktemp("results") / "result.json"
    write(made, path)
    assert read(path) == made


def test_a_reason_is_never_empty(tmp_path: Path):
    """Is there one for whoever has no grade, also where what failed had nothing to say?"""
    made = without_grade(about(PACK), 100, tmp_path / "hw.ipynb", "ada", "failed", " ")
    write(made, tmp_path / "result.json")
    assert read(tmp_path / "result.json").reason == "no reason was given"


@given(st.integers(0, 9), st.integers(-3, 3).filter(bool))
def test_no_single_number_of_points_can_be_moved(place: int, by: int):
    """Does any change to one question's points alone break a sum?"""
    content = json.loads(TEXT)
    for field in ("score", "max_score"):
        for record in (content, content["questions"][place]):
            record[field] += by
            with pytest.raises(ValidationError):
                Result.model_validate_json(json.dumps(content), strict=True)
            record[field] -= by
    assert Result.model_validate_json(json.dumps(content), strict=True) == samples.graded()


BROKEN = {
    "not JSON": ("{", "JSON"),
    "an empty file": ("", "JSON"),
    "a list": ("[]", "schema"),
    "another version": (changed(schema="grader/result/v2"), "grader/result/v2"),
    "an unknown status": (changed(status="splendid"), "status"),
    "a field too many": (changed(bonus=3), "bonus"),
    "a negative score": (changed(score=-1), "score"),
    "a share of a point": (changed(score=1.5), "score"),
    "a number as text": (changed(score="69"), "score"),
    "an overpaid check": (overpaid(), "99 points"),
    "a deep nest": ("[" * 100_000, "JSON"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_result_is_refused_with_a_reason(name: str, tmp_path: Path):
    """Does the error name the file and the problem?"""
    content, problem = BROKEN[name]
    path = tmp_path / "result.json"
    path.write_text(content)
    with pytest.raises(UnreadableResult) as caught:
        read(path)
    assert str(path) in str(caught.value)
    assert problem in str(caught.value)
    assert len(str(caught.value)) < 1_500


def test_a_missing_file_a_folder_and_bytes_are_refused(tmp_path: Path):
    """Is there one kind of error for everything that cannot be read?"""
    (tmp_path / "bytes.json").write_bytes(b'{"schema": "\xff\xfe"}')
    for path in (tmp_path / "none.json", tmp_path, tmp_path / "bytes.json"):
        with pytest.raises(UnreadableResult, match=re.escape(str(path))):
            read(path)


def test_an_error_shows_no_control_characters(tmp_path: Path):
    """Can a broken file send escapes to the terminal of the one who reads it?"""
    path = tmp_path / "result.json"
    path.write_text(changed(**{"\u001b[31mred\u202e": 1, "schema": "grader/result/v1"}))
    with pytest.raises(UnreadableResult) as caught:
        read(path)
    assert not set(str(caught.value)) & {"\x1b", "\u202e"}


def test_the_duration_alone_differs_between_two_runs():
    """Is `duration_s` a field of its own, so that two runs can be compared without it?"""
    first, second = samples.graded(duration_s=1.0), samples.graded(duration_s=2.0)
    assert first != second
    assert first.model_copy(update={"duration_s": 2.0}) == second


def test_a_result_is_frozen(result: Result):
    """Is it impossible to change a grade in passing?"""
    with pytest.raises(ValueError, match="frozen"):
        result.score = 100  # type: ignore[misc]


@pytest.fixture
def result() -> Result:
    """A graded submission."""
    return samples.graded()
