"""Points that a person gave: bound to what was judged, kept whatever is graded again, and shown as theirs."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import Result as Ended
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from grader.cli.main import app
from grader.gradebook import deciding
from grader.gradebook.decided import Override, applied
from grader.gradebook.deciding import decisions
from grader.gradebook.relations import OverrideRow
from grader.gradebook.store import gradebook
from grader.gradebook.whole_class import Settled, Where, settled
from grader.result.model import Result
from tests.gradebook.classes import SENTENCES, call_the_roll, hand_in, notebook, result, row
from tests.report import samples
from tests.report.markup import parse
from tests.report.pages import squeezed

FULL, HALF, NONE = (2, 3, 5), (2, 0, 2), (0, 0, 0)
AT = datetime(2026, 11, 30, tzinfo=UTC)


def run(root: Path, *words: str) -> Ended:
    """A command in a folder of results."""
    return CliRunner().invoke(app, [words[0], *words[1:], "--results", str(root)])


def override(root: Path, student: str, check: str, points: int, why: str = "It is said in the table.") -> Ended:
    """The command, which must be carried out."""
    done = run(root, "override", student, check, str(points), "--why", why, "--by", "Dr Noether")
    assert done.exit_code == 0, done.output
    return done


def enter(root: Path, check: str, points: int, url: str | None = None) -> None:
    """A decision about ada, without a report of it."""
    with gradebook(root, url) as book:
        deciding.override(book, book.rows()[0], check, points, why="It is said in the table.", by="Dr Noether")


def now(root: Path, url: str | None = None) -> Settled:
    """The class as it stands."""
    return settled(Where(root, url))


def totals(root: Path) -> dict[str, str]:
    """The grade of each student."""
    return {mark.row.key: str(mark.total) for mark in now(root).marks}


def test_an_override_is_shown_everywhere(tmp_path: Path) -> None:
    """Is it in the grade, and in report and index as the instructor's, with reason and name?"""
    hand_in(tmp_path, result("ada", HALF, FULL))
    hand_in(tmp_path, result("bob", HALF, FULL))
    override(tmp_path, "ada", "q1.formulas", 3)
    assert totals(tmp_path) == {"ada": "17", "bob": "14"}
    page = squeezed(parse((tmp_path / "ada" / "report.html").read_text()).text)
    assert "From your instructor" in page
    assert "It is said in the table. Dr Noether" in page
    assert "17 of 20 points" in page
    assert "From your instructor" not in (tmp_path / "bob" / "report.html").read_text()
    index = parse((tmp_path / "index.html").read_text())
    cells = [squeezed(cell.text) for cell in index.all("td") if "number" in cell.attributes.get("class", "")]
    assert [cell for cell in cells if cell in ("17", "7 *")] == ["17", "7 *"]
    assert "decided by the instructor" in index.text


def test_the_graders_own_verdict_stays(tmp_path: Path) -> None:
    """Is result.json untouched, and its proof, which a second run needs?"""
    folder = hand_in(tmp_path, result("ada", HALF))
    before = (folder / "result.json").read_bytes()
    enter(tmp_path, "q1.formulas", 3)
    assert (folder / "result.json").read_bytes() == before


def test_grading_again_loses_nothing(tmp_path: Path) -> None:
    """Does an override stand when the same notebook has another grade, and count once?"""
    hand_in(tmp_path, result("ada", HALF, content="the same"))
    enter(tmp_path, "q1.formulas", 3)
    hand_in(tmp_path, result("ada", (0, 0, 5), content="the same"))
    (mark,) = now(tmp_path).marks
    assert (str(mark.total), mark.stale) == ("8", ())


def test_a_folder_of_another_name(tmp_path: Path) -> None:
    """Is what was decided still there when the folder of results is renamed, or the course is?"""
    hand_in(tmp_path / "a3", result("ada", HALF))
    enter(tmp_path / "a3", "q1.formulas", 3)
    (tmp_path / "a3").rename(tmp_path / "assignment 3")
    (tmp_path / "assignment 3" / "course.toml").write_text('name = "nlp"\n')
    assert totals(tmp_path / "assignment 3") == {"ada": "7"}


@pytest.mark.parametrize(
    ("check", "texts", "code", "earned", "stands"),
    [
        # An explanation of which the grader quotes a sentence: that sentence decides.
        ("q1.idea", (SENTENCES[0], "Something else."), "y = 2", (2, 0, 0), True),
        ("q1.idea", SENTENCES, "x = 1", (0, 0, 0), False),
        # Equations that were not found: the text in which they are looked for.
        ("q1.formulas", SENTENCES, "x = 1", (2, 0, 0), True),
        ("q1.formulas", (f"  {SENTENCES[0]}\n\n", SENTENCES[1]), "x = 1", (2, 0, 0), True),
        ("q1.formulas", ("f = s(Wx)", SENTENCES[1]), "x = 1", (2, 0, 0), False),
        # Code: what is written beside it does not matter.
        ("q1.computes", ("Another text.", SENTENCES[1]), "x = 1", (2, 0, 0), True),
        ("q1.computes", SENTENCES, "x = 2", (2, 0, 0), False),
    ],
)
def test_a_new_submission(
    tmp_path: Path, check: str, texts: tuple[str, ...], code: str, earned: tuple[int, ...], stands: bool
) -> None:
    """Does an override stand for another notebook where the same was judged, and is it stale else, and listed?"""
    hand_in(tmp_path, result("ada", HALF, HALF, content="first"))
    enter(tmp_path, check, 1)
    hand_in(tmp_path, result("ada", earned, HALF, content="second"), notebook(texts, code))
    (mark,) = now(tmp_path).marks
    assert [each.check for each in mark.stale] == ([] if stands else [check])
    assert [each.check for each in mark.shown] == ([check] if stands else [])
    listed = CliRunner().invoke(app, ["gradebook", str(tmp_path), "--stale"]).output
    assert (f"stale: ada {check}: 1, Dr Noether" in listed) is not stands
    # The first notebook once more, and the decision counts again.
    hand_in(tmp_path, result("ada", HALF, HALF, content="first"))
    (mark,) = now(tmp_path).marks
    assert [each.check for each in mark.shown] == [check]


@pytest.mark.parametrize(
    ("attempt", "decided_at", "expected"),
    [
        # The best is the second, the decision is about the first, and the latest has something else there.
        ("best", 1, {"best": "15", "shown": []}),
        # They looked at the latest; the best has the same there, and so has the first.
        ("best", 3, {"best": "14", "shown": ["q1.formulas"]}),
        ("first", 2, {"best": "7", "shown": []}),
        ("last", 2, {"best": "0", "shown": []}),
    ],
)
def test_the_attempt_that_counts(tmp_path: Path, attempt: str, decided_at: int, expected: dict[str, object]) -> None:
    """Is a decision in force for every attempt that has the same there, earlier and later, and for no other?"""
    (tmp_path / "course.toml").write_text(f'attempt = "{attempt}"\n')
    same, other = notebook(), notebook(("f = s(Wx)", SENTENCES[1]))
    last = other if decided_at != 3 else same
    attempts = [(("first", HALF, (0, 0, 0)), same), (("second", HALF, (0, 3, 5)), same), (("third", NONE, NONE), last)]
    for number, ((content, *earned), node) in enumerate(attempts, 1):
        hand_in(tmp_path, result("ada", *earned, content=content), node)
        now(tmp_path)
        if number == decided_at:
            enter(tmp_path, "q1.formulas", 2 if decided_at == 3 else 3)
    (mark,) = now(tmp_path).marks
    assert {"best": str(mark.total), "shown": [each.check for each in mark.shown]} == expected


def test_a_gradebook_from_before(tmp_path: Path) -> None:
    """Is a decision still in force that was entered when a gradebook did not keep what was judged?"""
    from sqlalchemy import create_engine

    hand_in(tmp_path, result("ada", HALF, content="first"))
    enter(tmp_path, "q1.formulas", 3)
    hand_in(tmp_path, result("ada", HALF, content="second"))
    assert totals(tmp_path) == {"ada": "7"}
    engine = create_engine(f"sqlite:///{tmp_path / 'gradebook.db'}")
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE grades SET judged = NULL")
    engine.dispose()
    assert totals(tmp_path) == {"ada": "7"}


def test_the_latest_counts_and_all_are_kept(tmp_path: Path, url: str | None) -> None:
    """Is a decision that is changed or taken back still in the gradebook?"""
    hand_in(tmp_path, result("ada", HALF))
    for points in (1, 3):
        enter(tmp_path, "q1.formulas", points, url)
        (mark,) = now(tmp_path, url).marks
        assert str(mark.total) == str(4 + points)
    with gradebook(tmp_path, url) as book:
        assert [each.points for each in decisions(book)["ada"].overrides] == [1, 3]
    with gradebook(tmp_path, url) as book:
        assert deciding.withdraw(book, OverrideRow, book.rows()[0], by="me", check="q1.formulas") == 2
    (mark,) = now(tmp_path, url).marks
    assert str(mark.total) == "4"
    with gradebook(tmp_path, url) as book:
        assert book.connection.exec_driver_sql("SELECT count(*) FROM overrides").scalar() == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("adda", "q1.idea", "1", "--why", "x"), "did you mean ada?"),
        (("ada", "q1.formula", "1", "--why", "x"), "did you mean q1.formulas?"),
        (("ada", "q1.idea", "3", "--why", "x"), "it has 0 to 2"),
        (("ada", "q1.idea", "1"), "--why"),
        (("cy", "q1.idea", "1", "--why", "x"), "an empty folder"),
        (("ada", "q1.idea", "--withdraw"), "nothing of that kind"),
        ((), "--from"),
        (("--from", "/nowhere.csv"), "cannot be read"),
    ],
)
def test_what_cannot_be_decided(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    """Is it said what to change, and nothing entered?"""
    hand_in(tmp_path, result("ada", HALF))
    call_the_roll(tmp_path, [row("ada", "ada"), row("cy", absent="an empty folder")])
    done = run(tmp_path, "override", *words)
    assert done.exit_code == 2
    assert said in done.output
    assert [mark.decisions.overrides for mark in now(tmp_path).marks] == [(), ()]


def test_a_file_of_overrides(tmp_path: Path) -> None:
    """Are all lines entered, whose they are, by any name of a student; and none where one is wrong?"""
    for name in ("ada", "bob"):
        hand_in(tmp_path, result(name, HALF))
    call_the_roll(tmp_path, [row("ada", "ada", person={"id": "007"}), row("bob", "bob", person={"email": "b@x.org"})])
    file = tmp_path / "overrides.csv"
    file.write_text("Student,check,points,why,by\n007,q1.formulas,3,said,Emmy\nB@x.org,q1.idea,0,copied,\n,,,,\n")
    done = run(tmp_path, "override", "--from", str(file), "--by", "me")
    assert done.exit_code == 0, done.output
    assert totals(tmp_path) == {"ada": "7", "bob": "2"}
    assert [mark.shown[0].by for mark in now(tmp_path).marks] == ["Emmy", "me"]
    file.write_text("student,check,points,why\nada,q1.idea,0,x\nbob,q1.idea,7,x\n")
    done = run(tmp_path, "override", "--from", str(file))
    assert done.exit_code == 2
    assert "line 3" in done.output
    assert totals(tmp_path) == {"ada": "7", "bob": "2"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("student,check,point,why\n", "did you mean points?"),
        ("student,check,points\n", "why is missing"),
        ("student,check,points,why\nada,q1.idea,1.5,x\n", "1.5 is no number"),
        ("student,check,points,why\nada,q1.idea,1,\n", "line 2: why is empty"),
    ],
)
def test_a_file_that_is_not_right(tmp_path: Path, text: str, said: str) -> None:
    """Is the line named, and what is wrong with it?"""
    hand_in(tmp_path, result("ada", HALF))
    (tmp_path / "overrides.csv").write_text(text)
    done = run(tmp_path, "override", "--from", str(tmp_path / "overrides.csv"))
    assert done.exit_code == 2
    assert said in done.output


def test_a_comment_is_read_by_the_student(tmp_path: Path) -> None:
    """Is it in the report, inert, and gone when it is taken back?"""
    hand_in(tmp_path, result("ada", HALF))
    assert run(tmp_path, "comment", "ada", "<script>alert(1)</script> Well done!", "--question", "q1").exit_code == 0
    html = (tmp_path / "ada" / "report.html").read_text()
    assert "&lt;script&gt;alert(1)" in html
    assert "<script" not in html
    assert run(tmp_path, "comment", "ada", "--withdraw").exit_code == 0
    assert "Well done" not in (tmp_path / "ada" / "report.html").read_text()
    assert run(tmp_path, "comment", "ada", "x", "--question", "q11").exit_code == 2


@pytest.mark.slow
def test_for_whom_a_report_is_stays(tmp_path: Path) -> None:
    """Is a report for the instructor still one after a decision, and one for the student?"""
    made = result("ada", HALF).model_copy(update={"flags": ("integrity: something",)})
    hand_in(tmp_path, made)
    CliRunner().invoke(app, ["report", str(tmp_path), "--for", "instructor"])
    override(tmp_path, "ada", "q1.idea", 0)
    assert "integrity: something" in (tmp_path / "ada" / "report.html").read_text()
    CliRunner().invoke(app, ["report", str(tmp_path)])
    override(tmp_path, "ada", "q1.idea", 1)
    page = (tmp_path / "ada" / "report.html").read_text()
    assert "integrity" not in page
    assert "From your instructor" in page


def test_one_report_alone_has_the_decisions(tmp_path: Path) -> None:
    """Does `grader report` of a student's folder know what the class beside it knows?"""
    hand_in(tmp_path, result("ada", HALF))
    enter(tmp_path, "q1.formulas", 3)
    (tmp_path / "ada" / "report.html").unlink()
    assert CliRunner().invoke(app, ["report", str(tmp_path / "ada")]).exit_code == 0
    assert "From your instructor" in (tmp_path / "ada" / "report.html").read_text()


GRADED = samples.graded()
CHECKS = [check for question in GRADED.questions for check in question.checks]


@given(chosen=st.dictionaries(st.sampled_from(CHECKS), st.integers(0, 10), max_size=8))
def test_whatever_is_decided_adds_up(chosen: dict[object, int]) -> None:
    """Is a result with decisions a result, whichever checks they are about, with their points and no others?"""
    points = {check.id: min(points, check.points) for check, points in chosen.items()}  # type: ignore[attr-defined]
    overrides = [Override(check=id_, points=each, why="so", by="me", at=AT, digest="") for id_, each in points.items()]
    made = Result.model_validate(applied(GRADED, overrides).model_dump())
    found = {check.id: check.earned for question in made.questions for check in question.checks}
    assert found == {check.id: points.get(check.id, check.earned) for check in CHECKS}
