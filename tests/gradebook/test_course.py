"""course.toml: what a course makes of points and of time."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.gradebook.course import COURSE, Course, Rounding, check_names, read_course
from grader.gradebook.decided import Decisions, Extension
from grader.gradebook.earned import Attempt, points_of
from grader.gradebook.how_it_stands import remarks, standing
from grader.gradebook.settling import Mark, rounded, settle
from grader.gradebook.whole_class import Where, settled
from grader.result.names import BadRequest
from tests.gradebook.classes import call_the_roll, hand_in, result, row

DUE = datetime(2026, 11, 30, 23, 0, tzinfo=UTC)
FULL, HALF, NONE = (2, 3, 5), (2, 0, 2), (0, 0, 0)


def course(tmp_path: Path, text: str) -> Course:
    (tmp_path / "course.toml").write_text(text)
    return read_course(tmp_path)


def attempt(*earned: tuple[int, ...], at: datetime | None = DUE, here: bool = True) -> Attempt:
    """An attempt with so many points for each question."""
    made = result("ada", *earned)
    return Attempt(
        made.submission.sha256 or "", "ada.ipynb", at, DUE, "graded", None, made.score, made.max_score,
        points_of(made), here,
    )  # fmt: skip


def mark(settings: Course, *attempts: Attempt, decided: Decisions | None = None) -> Mark:
    """The grade of one student."""
    (found,) = settle([row("ada", "ada")], {"ada": attempts}, {} if decided is None else {"ada": decided}, settings)
    return found


def test_without_settings_a_grade_is_the_points(tmp_path: Path) -> None:
    """Is there nothing between the points and the grade, and no line about it?"""
    found = mark(read_course(tmp_path), attempt(HALF, FULL))
    assert (found.total, found.out_of, found.late) == (14, 20, None)
    assert standing(found, read_course(tmp_path)).lines == ()


LATE = """
deadline = 2026-12-01T00:00:00
timezone = "Europe/Berlin"   # one hour before UTC
grace_minutes = 15
[penalty]
percent = 10
per = "day"
most = 30
"""


@pytest.mark.parametrize(
    ("late", "percent", "total"),
    [
        (timedelta(0), None, "20"),
        (timedelta(minutes=15), None, "20"),
        (timedelta(minutes=16), 10, "18"),
        (timedelta(hours=24), 10, "18"),
        (timedelta(hours=24, seconds=1), 20, "16"),
        (timedelta(days=90), 30, "14"),
    ],
)
def test_what_is_late_costs(tmp_path: Path, late: timedelta, percent: int | None, total: str) -> None:
    """Does each day that has begun cost, after the grace, up to the cap, and is it a line of its own?"""
    settings = course(tmp_path, LATE)
    found = mark(settings, attempt(FULL, FULL, at=DUE + late))
    assert str(found.total) == total
    assert found.points == 20
    labels = [line.label for line in standing(found, settings).lines]
    assert any("late" in label for label in labels) is (percent is not None)
    assert percent is None or (found.late is not None and found.late.percent == percent)


def test_by_the_hour(tmp_path: Path) -> None:
    """Does each hour cost where it is said so?"""
    settings = course(tmp_path, LATE.replace('"day"', '"hour"').replace("percent = 10", "percent = 2.5"))
    found = mark(settings, attempt(FULL, FULL, at=DUE + timedelta(hours=2, minutes=1)))
    assert [line.points for line in standing(found, settings).lines] == ["20", "−1.5", "18.5"]


def test_a_time_that_nobody_knows_costs_nothing(tmp_path: Path) -> None:
    """Is the student's side taken where no time was told, and the instructor told so?"""
    (found,) = settle([row("ada", "ada", late=True)], {"ada": [attempt(FULL, at=None)]}, {}, course(tmp_path, LATE))
    assert found.total == 10
    assert remarks(found) == ["late, nobody knows by how much: nothing is taken off"]


def test_clocks_that_change(tmp_path: Path) -> None:
    """Is a deadline in summer that of summer time?"""
    settings = course(tmp_path, LATE.replace("2026-12-01", "2026-07-01"))
    due = datetime(2026, 6, 30, 22, 0, tzinfo=UTC)
    assert mark(settings, attempt(FULL, at=due)).late is None
    assert mark(settings, attempt(FULL, at=due + timedelta(hours=1))).late is not None


def test_a_students_own_deadline(tmp_path: Path) -> None:
    """Does the file's count, by any name of the student, and the gradebook's, and of several the latest?"""
    after = attempt(FULL, at=DUE + timedelta(days=2))
    assert mark(course(tmp_path, LATE), after).total == 8
    assert mark(course(tmp_path, LATE + '[extensions]\n"ADA" = 2026-12-03T00:00:00\n'), after).total == 10
    given = Extension(until=DUE + timedelta(days=3), why="ill", by="me", at=DUE)
    assert mark(course(tmp_path, LATE), after, decided=Decisions(extensions=(given,))).total == 10


@pytest.mark.parametrize(("which", "total"), [("best", 10), ("first", 4), ("last", 0)])
def test_which_attempt_counts(tmp_path: Path, which: str, total: int) -> None:
    """Is it the one that the course says, the best after what is off for being late?"""
    settings = course(tmp_path, f'attempt = "{which}"\n')
    times = [DUE - timedelta(days=days) for days in (3, 2, 1)]
    tried = [attempt(each, at=at, here=each is NONE) for each, at in zip((HALF, FULL, NONE), times, strict=True)]
    assert mark(settings, *tried).total == total
    late = course(tmp_path, LATE.replace("most = 30", "") + "").model_copy(update={"attempt": "best"})
    tried = [attempt(FULL, at=DUE + timedelta(days=7), here=False), attempt(HALF)]
    assert mark(late, *tried).total == 4


def test_points_are_scaled(tmp_path: Path) -> None:
    """Are questions worth what the course says, and the whole what it says?"""
    settings = course(tmp_path, "total = 30\n[points]\nq1 = 20\n")
    found = mark(settings, attempt(HALF, FULL))
    # Question 1 is worth 20 of 30, question 2 its own 10: 8 + 10.
    assert (found.total, found.out_of) == (18, 30)
    assert [question.points for question in found.questions] == [8, 10]
    assert mark(course(tmp_path, "total = 7\n"), attempt(FULL, HALF)).total == Decimal("4.9")


def test_kinds_have_weights(tmp_path: Path) -> None:
    """Can explanations alone count, each question with what it is worth; and one of nothing else be left out?"""
    settings = course(tmp_path, "[weights]\nequations = 0\nstructure = 0\nbehaviour = 0\ntraining = 0\n")
    found = mark(settings, attempt(HALF, (1, 3, 5)))
    assert (found.total, found.out_of) == (15, 20)


@pytest.mark.parametrize(
    ("step", "way", "value", "expected"),
    [
        ("0.5", "half-up", "7.25", "7.5"),
        ("0.5", "half-even", "7.25", "7"),
        ("0.5", "down", "7.49", "7"),
        ("1", "up", "7.01", "8"),
        ("10", "half-up", "95", "100"),
        ("0.01", "half-up", "1/3", "0.33"),
        # So near to the middle that a decimal of 28 places is in it.
        ("1", "half-up", f"{10**40 // 2 - 1}/{10**40}", "0"),
    ],
)
def test_rounding(step: str, way: str, value: str, expected: str) -> None:
    """Is a grade rounded to the step, the way it is said, from the exact number?"""
    found = rounded(Fraction(value), Rounding(step=Decimal(step), way=way))  # type: ignore[arg-type]
    assert str(found) == expected


@given(
    earned=st.tuples(st.integers(0, 2), st.integers(0, 3), st.integers(0, 5)),
    days=st.integers(-5, 60),
    total=st.integers(1, 500),
    percent=st.integers(1, 100),
)
def test_a_grade_is_never_out_of_its_bounds(earned: tuple[int, ...], days: int, total: int, percent: int) -> None:
    """Is a grade between nothing and the whole, and never more for being later?"""
    settings = Course.model_validate(
        {"deadline": DUE, "total": total, "penalty": {"percent": percent}, "rounding": {"step": 1}}
    )
    found = mark(settings, attempt(earned, at=DUE + timedelta(days=days)))
    later = mark(settings, attempt(earned, at=DUE + timedelta(days=days + 1)))
    assert found.total is not None
    assert later.total is not None
    assert 0 <= later.total <= found.total <= found.out_of == total


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("dedline = 2026-12-01T00:00:00", "no setting dedline; did you mean deadline? There are: name, gradebook"),
        ("[penalty]\npercent = 10\nper_day = 1\n", "penalty: there is no setting per_day"),
        ("[weights]\nexplanations = 1\n", "did you mean explanation? There are: explanation, equations"),
        ('attempt = "newest"', "attempt: 'newest' is not 'best', 'last' or 'first'"),
        ('timezone = "Europe/Bern"', "Europe/Bern is no time zone"),
        ('timezone = "../../etc/passwd"', "is no time zone"),
        ("[penalty]\npercent = 10\n", "a penalty needs a deadline"),
        ("total = 0\n", "total: Input should be greater than 0"),
        ("total = nan\n", "total"),
        ("total = \n", "is not TOML"),
        ("deadline = 9999-12-31T23:59:59\ngrace_minutes = 60\n", "deadline: 9999 is no year of a course"),
        ('[extensions]\n"ada" = 0001-01-01T00:00:00+14:00\n', "extensions.ada: 1 is no year of a course"),
        ("[rounding]\nstep = 1e-400000\n", "rounding.step: Decimal input should have no more than 9 decimal places"),
        ("[points]\nq1 = 1e-400000\n", "points.q1: Decimal input should have no more than 9 decimal places"),
        ("deadline = 20261130\n", "deadline: 20261130 is no time; write it as 2026-11-30T23:59:00"),
        ('[extensions]\n"ada" = "20261130"\n', "extensions.ada: 20261130 is no time"),
        *(
            (f'deadline = "{number}"\n', f"deadline: {number} is no time; write it as")
            for number in (
                "1700000000.5",
                "+1700000000",
                "-1700000000",
                "1.7e9",
                "1_700_000_000",
                " 1700000000 ",
                "inf",
            )
        ),
        (f"total = {'[' * 3_000}{']' * 3_000}\n", "cannot be read"),
        (f"grace_minutes = {'9' * 5_000}\n", "cannot be read"),
    ],
)
def test_what_is_not_right_is_said(tmp_path: Path, text: str, said: str) -> None:
    """Is the setting named, and what would be right?"""
    with pytest.raises(BadRequest) as refused:
        course(tmp_path, text)
    assert said in str(refused.value)


def test_what_an_editor_puts_before_the_text_is_no_part_of_it(tmp_path: Path) -> None:
    """Is a file in UTF-8 with the mark of its order of bytes read as any other?"""
    assert course(tmp_path, "\ufeffgrace_minutes = 5\n").grace_minutes == 5


def test_what_is_no_file_has_no_settings(tmp_path: Path) -> None:
    """Is neither a link beside the results followed nor a pipe waited for, while what is named may be a link?"""
    (tmp_path / "mine.toml").write_text("grace_minutes = 5")
    for name in ("linked", "waiting"):
        (tmp_path / name).mkdir()
    (tmp_path / "linked" / COURSE).symlink_to(tmp_path / "mine.toml")
    os.mkfifo(tmp_path / "waiting" / COURSE)
    for name in ("linked", "waiting"):
        with pytest.raises(BadRequest, match=r"is a link|is no ordinary file"):
            read_course(tmp_path / name)
    assert read_course(tmp_path, tmp_path / "linked" / COURSE).grace_minutes == 5


def test_questions_and_students_that_are_not_there() -> None:
    """Are they named, with those that are?"""
    with pytest.raises(BadRequest, match="no question q12; did you mean q1"):
        check_names(Course(points={"q12": Decimal(1)}), ["q1", "q2"], [])
    with pytest.raises(BadRequest, match="no student adda; did you mean ada"):
        check_names(Course(extensions={"adda": DUE}), ["q1"], [row("ada", "ada")])


def test_who_handed_in_nothing(tmp_path: Path) -> None:
    """Is there no grade, or none of the points where the course wants that?"""
    hand_in(tmp_path, result("ada", FULL))
    call_the_roll(tmp_path, [row("ada", "ada"), row("bob")])
    assert [each.total for each in settled(Where(tmp_path)).marks] == [10, None]
    course(tmp_path, 'missing = "zero"')
    assert [each.total for each in settled(Where(tmp_path)).marks] == [10, 0]
