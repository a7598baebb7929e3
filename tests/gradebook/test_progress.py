"""What a report says of the attempt before: both scores, and what was gained and lost, check by check."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.batch.class_reports import kept
from grader.gradebook import deciding
from grader.gradebook.earlier_attempt import Earlier
from grader.gradebook.how_it_stands import Standing
from grader.gradebook.progress_made import Progress, progress
from grader.gradebook.store import gradebook
from grader.gradebook.whole_class import Where, settled
from grader.report.html import render
from grader.result.model import Result
from tests.gradebook.classes import SENTENCES, hand_in, notebook, result
from tests.report import samples
from tests.report.hostile import ATTACKS
from tests.report.markup import Node, parse
from tests.report.pages import dangers, faults, squeezed, with_every_text

NONE, HALF, FULL = (0, 0, 0), (2, 0, 2), (2, 3, 5)
Points = Mapping[str, tuple[int, int]]
CHECKS = [f"q{number}.{name}" for number in range(1, 10) for name in ("idea", "formulas")]


def status(earned: int, most: int) -> str:
    return "pass" if earned == most else "partial" if earned else "fail"


def having(points: Points) -> Result:
    """A result in which each check gives so many points, of so many."""
    numbers = sorted({int(id_[1 : id_.index(".")]) for id_ in points})
    questions = []
    for number in numbers:
        mine = {id_: each for id_, each in points.items() if id_.startswith(f"q{number}.")}
        checks = [
            samples.check(id_, "equations", f"It has {id_}.", most, status(earned, most), "Look.", earned=earned)
            for id_, (earned, most) in mine.items()
        ]
        questions.append(samples.question(number, "answered", (0,), checks))
    scores = {"score": sum(each.score for each in questions), "max_score": sum(each.max_score for each in questions)}
    return samples.graded(questions=tuple(questions), flags=(), **scores)


def since(before: Points, now: Points) -> Progress:
    """What has changed from some points to others."""
    made = progress(Earlier(digest="another", checks=dict(before)), having(now))
    assert made is not None
    return made


def shown(html: str) -> Node | None:
    """The part of a report that speaks of the attempt before."""
    sections = parse(html).all("section")
    return next((each for each in sections if each.attributes.get("class") == "progress"), None)


def attempts(root: Path, *results: Result) -> Node | None:
    """Hand in one after the other, each taken up; what a report says after the last."""
    for made in results:
        hand_in(root, made)
        found = settled(Where(root))
    return shown(render(results[-1], standing=found.standings()["ada"]))


def items(part: Node) -> list[str]:
    return [squeezed(item.text) for item in part.all("li", "h2")]


worth = st.integers(1, 9).flatmap(lambda most: st.tuples(st.integers(0, most), st.just(most)))
some_points = st.dictionaries(st.sampled_from(CHECKS), worth)


@given(some_points, some_points)
def test_gains_and_losses_are_the_difference(before: Points, now: Points) -> None:
    """Do they add up to it in the list, and do the numbers in the sentence, also where the checks are others?"""
    made = since(before, now)
    assert (made.before, made.now) == tuple(sum(earned for earned, _ in each.values()) for each in (before, now))
    assert sum(change.gain for change in (*made.gained, *made.lost)) == made.now - made.before
    told = [int(sign.replace("−", "-")) for sign in re.findall(r"\(([+−]\d+)\)", made.sentence)]
    assert sum(told) == made.now - made.before
    assert made.other_checks == ({i: each[1] for i, each in before.items()} != {i: each[1] for i, each in now.items()})


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        ({"q5.a": (0, 6), "q4.a": (1, 2)}, {"q5.a": (6, 6), "q4.a": (2, 2)}, "1 point, now 8: more for GRU (+6) and"),
        ({"q5.a": (6, 6)}, {"q5.a": (2, 6)}, "6 points, now 2: less for GRU (−4)."),
        (
            {"q5.a": (6, 6), "q4.a": (0, 6)},
            {"q5.a": (0, 6), "q4.a": (6, 6)},
            "now again 6: more for LSTM (+6), less for",
        ),
        ({"q5.a": (6, 6)}, {"q5.a": (6, 6)}, "6 points, now again 6: every check gives what it gave."),
        ({"q5.a": (1, 2), "q5.b": (0, 2)}, {"q5.a": (0, 2), "q5.b": (1, 2)}, "each question gives what it gave."),
        ({"q5.a": (1, 2), "q9.z": (4, 4)}, {"q5.a": (1, 2)}, "5 of 6 points, now 1 of 2: less for what is not looked"),
        (
            {f"q{number}.a": (0, 9) for number in range(1, 6)},
            {f"q{number}.a": (number, 9) for number in range(1, 6)},
            "more for GRU (+5), LSTM (+4) and 3 others (+6).",
        ),
    ],
)
def test_one_sentence_says_what_has_changed(before: Points, now: Points, said: str) -> None:
    """Is a loss told as plainly as a gain, with the questions that changed most?"""
    assert said in since(before, now).sentence


def test_the_report_says_it_check_by_check(tmp_path: Path) -> None:
    """Are both scores in it, and each check that gives other points, in a list that opens?"""
    for made in (result("ada", HALF, FULL, NONE), result("ada", FULL, (2, 3, 0), NONE)):
        hand_in(tmp_path, made)
        assert kept(Where(tmp_path)) == []
    part = shown((tmp_path / "ada" / "report.html").read_text())
    assert part is not None
    (sentence,) = part.all("p")
    assert squeezed(sentence.text) == (
        "Last time 14 points, now 15: more for RNN cell (+6), less for Backpropagation through time (−5)."
    )
    (opens,) = part.all("details")
    assert "open" not in opens.attributes
    assert items(opens) == [
        "Gained",
        "1 RNN cell: It has its formulas. 0, now 3 of 3 points",
        "1 RNN cell: It has its computes. 2, now 5 of 5 points",
        "Lost",
        "2 Backpropagation through time: It has its computes. 5, now 0 of 5 points",
    ]


def test_there_is_nothing_without_an_earlier_attempt(tmp_path: Path) -> None:
    """Is nothing said of a first attempt, of another grade of the same content, and after one without a grade?"""
    unreadable = samples.without_grade("unreadable", "is not JSON")
    about = unreadable.submission.model_copy(update={"name": "ada"})
    assert attempts(tmp_path, unreadable.model_copy(update={"submission": about})) is None
    assert attempts(tmp_path, result("ada", HALF, content="same"), result("ada", FULL, content="same")) is None
    assert attempts(tmp_path, result("ada", HALF, content="other")) is not None
    # The first content once more is the first attempt, as it is where the course counts one.
    assert attempts(tmp_path, result("ada", FULL, content="same")) is None


def decide(root: Path, points: int) -> None:
    with gradebook(root) as book:
        deciding.override(book, book.rows()[0], "q1.formulas", points, why="It is said.", by="Dr Noether")


def test_decided_points_are_in_both(tmp_path: Path) -> None:
    """Are the points those that count, of the attempt before and of this one?"""
    hand_in(tmp_path, result("ada", HALF))
    decide(tmp_path, 1)
    hand_in(tmp_path, result("ada", (2, 0, 5)), notebook(("f = s(Wx)", SENTENCES[1])))
    decide(tmp_path, 3)
    part = attempts(tmp_path, result("ada", (2, 0, 5)))
    assert part is not None
    assert "Last time 5 points, now 10: more for RNN cell (+5)." in squeezed(part.text)
    assert "1, now 3 of 3 points" in items(part)[1]


@pytest.mark.parametrize(
    ("course", "said"),
    [
        ("best", "The attempt that counts is your best, the one with 10 points."),
        ("first", "The attempt that counts is your first, the one with 4 points."),
        ("last", None),
    ],
)
def test_the_attempt_that_counts_is_named(tmp_path: Path, course: str, said: str | None) -> None:
    """Is it said which one that is where it is not the one that is shown?"""
    (tmp_path / "course.toml").write_text(f'attempt = "{course}"\n')
    part = attempts(tmp_path, result("ada", HALF), result("ada", FULL), result("ada", (2, 0, 5)))
    assert part is not None
    text = squeezed(part.text)
    assert "Last time 10 points, now 7: less for RNN cell (−3)." in text
    assert re.findall("The attempt that counts .*?points[.]", text) == ([said] if said else [])


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
def test_no_name_is_more_than_text(attack: str) -> None:
    """Is an attack in the names of questions and checks, and in an earlier grade, shown as what it is?"""
    made = with_every_text(having({"q1.idea": (2, 2), "q2.idea": (0, 2)}), lambda _: attack)
    before = Earlier(digest="another", checks={attack: (0, 2), f"{attack}.": (9, 9)}, counting=attack)
    html = render(made, standing=Standing(earlier=before))
    assert "Check by check" in html
    assert (dangers(html), faults(html)) == ([], [])


def test_what_could_not_be_looked_at_is_no_fault() -> None:
    """Is it said of points that are gone since the grader could not look?"""
    now = having({"q1.a": (0, 2)})
    (question,) = now.questions
    broken = tuple(check.model_copy(update={"status": "error"}) for check in question.checks)
    now = now.model_copy(update={"questions": (question.model_copy(update={"checks": broken}),)})
    page = render(now, standing=Standing(earlier=Earlier(digest="another", checks={"q1.a": (2, 2)})))
    assert "This time: a person will look at this." in squeezed(parse(page).text)
