"""The gradebook takes up what lies in a folder of results, as often as one likes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from typer.testing import CliRunner

from grader.cli.main import app
from grader.gradebook import deciding, reviewing
from grader.gradebook.members import GRADEBOOK
from grader.gradebook.opening import MIGRATIONS, migrate, opened
from grader.gradebook.relations import HEAD, Base
from grader.gradebook.store import gradebook
from grader.result.names import BadRequest
from tests.gradebook.classes import call_the_roll, hand_in, result, row
from tests.report import samples

FULL, HALF = (2, 3, 5), (2, 0, 2)
MONDAY = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)


def shown(root: Path, url: str | None) -> dict[str, list[tuple[int, bool]]]:
    """Each student's attempts: the points, and whether the folder holds them."""
    with gradebook(root, url) as book:
        return {key: [(each.score, each.is_here) for each in found] for key, found in book.attempts().items()}


def test_each_folder_is_a_student(tmp_path: Path, url: str | None) -> None:
    """Is the class what is in the folder, where nobody called the roll?"""
    hand_in(tmp_path, result("ada", FULL, HALF))
    hand_in(tmp_path, result("bob", HALF, HALF))
    (tmp_path / "empty").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "ada")
    with gradebook(tmp_path, url) as book:
        assert [item.key for item in book.rows()] == ["ada", "bob"]
        (ada,) = book.attempts()["ada"]
    assert (ada.score, ada.max_score, ada.file) == (14, 20, "ada.ipynb")
    first = ada.questions[0]
    assert [(check.id, check.kind, check.points, check.earned) for check in first.checks] == [
        ("q1.idea", "explanation", 2, 2),
        ("q1.formulas", "equations", 3, 3),
        ("q1.computes", "behaviour", 5, 5),
    ]


def test_taking_up_twice_changes_nothing(tmp_path: Path, url: str | None) -> None:
    """Is what is there already left as it is, whatever was touched?"""
    folder = hand_in(tmp_path, result("ada", FULL))
    once = shown(tmp_path, url)
    assert shown(tmp_path, url) == once == {"ada": [(10, True)]}
    os.utime(folder / "result.json", (1, 1))
    assert shown(tmp_path, url) == once


def test_a_new_submission_is_another_attempt(tmp_path: Path, url: str | None) -> None:
    """Does what was handed in before stay, and does the same content once more stay one attempt?"""
    hand_in(tmp_path, result("ada", HALF))
    assert shown(tmp_path, url) == {"ada": [(4, True)]}
    hand_in(tmp_path, result("ada", FULL))
    assert shown(tmp_path, url) == {"ada": [(4, False), (10, True)]}
    hand_in(tmp_path, result("ada", HALF))
    assert shown(tmp_path, url) == {"ada": [(4, True), (10, False)]}


def test_another_grade_of_the_same_content_is_history(tmp_path: Path, url: str | None) -> None:
    """Is the latest grade the one that counts, and the one before still known?"""
    for earned in (HALF, FULL, HALF):
        hand_in(tmp_path, result("ada", earned, content="the same"))
        assert shown(tmp_path, url) == {"ada": [(sum(earned), True)]}
    with gradebook(tmp_path, url) as book:
        scores = book.connection.execute(text("SELECT score, current FROM grades ORDER BY id")).all()
    assert [(score, bool(current)) for score, current in scores] == [(4, True), (10, False)]


def test_the_roll_is_followed(tmp_path: Path, url: str | None) -> None:
    """Are the students those of the roll, in its order, also those who handed in nothing, and later ones?"""
    hand_in(tmp_path, result("folder 1", FULL))
    zoe = row("zoe", "folder 1", submitted_at=MONDAY, person={"name": "Zoe O'Hara", "id": "007"})
    call_the_roll(tmp_path, [zoe, row("abe")])
    with gradebook(tmp_path, url) as book:
        assert book.rows() == [zoe, row("abe")]
        assert book.attempts()["zoe"][0].submitted_at == MONDAY
    call_the_roll(tmp_path, [row("cy"), zoe])
    with gradebook(tmp_path, url) as book:
        assert [item.key for item in book.rows()] == ["cy", "zoe"]


def test_the_first_time_counts(tmp_path: Path, url: str | None) -> None:
    """Was a content handed in when it first was, though the LMS tells a later time as well?"""
    hand_in(tmp_path, result("ada", FULL))
    for hours, first in ((5, 5), (2, 2), (9, 2)):
        call_the_roll(tmp_path, [row("ada", "ada", submitted_at=MONDAY + timedelta(hours=hours))])
        with gradebook(tmp_path, url) as book:
            assert book.attempts()["ada"][0].submitted_at == MONDAY + timedelta(hours=first)


def test_what_cannot_be_read_is_named(tmp_path: Path, url: str | None) -> None:
    """Is a broken file said, and an unreadable submission an attempt without points?"""
    hand_in(tmp_path, result("ada", FULL))
    hand_in(tmp_path, result("bob", FULL))
    (tmp_path / "ada" / "result.json").write_text("{")
    made = samples.without_grade("unreadable", "is not JSON")
    hand_in(tmp_path, made)
    with gradebook(tmp_path, url) as book:
        (refused,) = book.refused
        attempts = book.attempts()
    assert "ada" in refused
    assert sorted(attempts) == sorted(["bob", made.submission.name])
    assert attempts[made.submission.name][0].status == "unreadable"


def test_hostile_texts_are_kept(tmp_path: Path, url: str | None) -> None:
    """Does a text that no database would like do no harm?"""
    made = result("ada", FULL)
    info = made.submission.model_copy(update={"file": "'; DROP TABLE students; --\0.ipynb"})
    hand_in(tmp_path, made.model_copy(update={"submission": info}))
    assert shown(tmp_path, url) == {"ada": [(10, True)]}


def test_hostile_words_of_students_and_teachers_are_kept(tmp_path: Path, url: str | None) -> None:
    """Is an objection or a comment kept that has a character which a database refuses?"""
    hand_in(tmp_path, result("ada", FULL))
    shown(tmp_path, url)
    with gradebook(tmp_path, url) as book:
        ada = book.rows()[0]
        reviewing.request(book, ada, "q1.formulas", "Look\0 again", sender="a\0da", digest="d", by="Emmy")
        deciding.comment(book, ada, "I\0 have", by="Emmy")
        assert [(each.said, each.sender) for each in reviewing.requests(book)] == [("Look� again", "a�da")]
        assert [each.said for each in deciding.decisions(book)["ada"].comments] == ["I� have"]


def test_two_at_a_time(tmp_path: Path, url: str | None) -> None:
    """Do two that take up the same folder at once end with each attempt there once?"""
    for number in range(8):
        hand_in(tmp_path, result(f"student {number}", FULL))
    found: list[object] = []
    threads = [Thread(target=lambda: found.append(shown(tmp_path, url))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    expected = {f"student {number}": [(10, True)] for number in range(8)}
    assert found == [expected] * 4


def test_what_fails_leaves_nothing(tmp_path: Path, url: str | None) -> None:
    """Is the gradebook as it was where its user ends in the middle?"""
    hand_in(tmp_path, result("ada", HALF))
    shown(tmp_path, url)
    hand_in(tmp_path, result("ada", FULL))

    def end() -> None:
        with gradebook(tmp_path, url):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        end()
    with opened(tmp_path, url) as connection:
        assert connection.execute(text("SELECT count(*) FROM attempts")).scalar() == 1


def test_one_server_holds_many_classes(tmp_path: Path, server: str) -> None:
    """Are students of one key in two classes two?"""
    for name, earned in (("a", FULL), ("b", HALF)):
        hand_in(tmp_path / name, result("ada", earned))
    assert shown(tmp_path / "a", server) == {"ada": [(10, True)]}
    assert shown(tmp_path / "b", server) == {"ada": [(4, True)]}
    assert shown(tmp_path / "a", server) == {"ada": [(10, True)]}


def test_the_steps_make_the_tables(tmp_path: Path, url: str | None) -> None:
    """Do the migrations lead to what the classes say, and is the last of them the head?"""
    with opened(tmp_path, url) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
        assert context.get_current_revision() == HEAD
    assert ScriptDirectory(str(MIGRATIONS)).get_heads() == [HEAD]


def test_a_newer_gradebook_is_left_alone(tmp_path: Path) -> None:
    """Is one of a later version refused in one line?"""
    with opened(tmp_path) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(BadRequest, match="newer grader"), opened(tmp_path):
        pass


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("nonsense", "give a URL"),
        ("mysql://root@localhost/x", "postgresql and sqlite are"),
        ("postgresql+psycopg://grader:secret@/x?host=/nowhere", "cannot be used"),
        ("postgresql+psycopg://grader:secret@host:port/x", "give a URL"),
        ("postgresql+psycopg://grader@/x?host=/nowhere&password=secret", "cannot be used"),
        ("sqlite:////tmp/a\0b", "give a URL"),
        ("sqlite://", "give the path of a file"),
        ("sqlite:///:memory:", "give the path of a file"),
        ("sqlite:///x.db?timeout=soon", "give the path of a file"),
    ],
)
def test_what_is_no_gradebook_is_refused(tmp_path: Path, address: str, said: str) -> None:
    """Is it said what to change, and no password?"""
    with pytest.raises(BadRequest, match=said) as refused, opened(tmp_path, address):
        pass
    assert "secret" not in str(refused.value)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    """Is it refused, and left as it is?"""
    (tmp_path / GRADEBOOK).write_text("grades: none\n" * 99)
    with pytest.raises(BadRequest, match=GRADEBOOK), opened(tmp_path):
        pass
    assert (tmp_path / GRADEBOOK).read_text().startswith("grades: none")


def test_a_gradebook_that_is_a_link(tmp_path: Path) -> None:
    """Is it refused, and nothing made where it leads?"""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / GRADEBOOK).symlink_to(tmp_path / "elsewhere.db")
    with pytest.raises(BadRequest, match="is a link"), opened(tmp_path / "a"):
        pass
    assert not (tmp_path / "elsewhere.db").exists()


def full(root: Path, name: str) -> None:
    """Give a result all of its points, by hand."""
    found = json.loads((root / name / "result.json").read_text())
    for question in found["questions"]:
        for check in question["checks"]:
            check.update(earned=check["points"], status="pass", after=None)
        question.update(score=question["max_score"])
    found["score"] = found["max_score"]
    (root / name / "result.json").write_text(json.dumps(found))


def test_a_result_that_was_changed_by_hand_is_named(tmp_path: Path) -> None:
    """Is it told every time that the class is listed, exported or reported, of that one alone, until it is graded?"""
    for name in ("ada", "bob"):
        hand_in(tmp_path, result(name, HALF))
    listing = ["gradebook", str(tmp_path)]
    assert "as it was graded" not in CliRunner().invoke(app, listing).output
    full(tmp_path, "ada")
    commands = [listing, listing, ["report", str(tmp_path)], ["export", "summary", str(tmp_path / "ada/result.json")]]
    commands += [["export", form, str(tmp_path), "--out", str(tmp_path / "g.csv")] for form in ("csv", "canvas")]
    for words in commands:
        done = CliRunner().invoke(app, words)
        assert done.exit_code == 0
        (told,) = [line for line in done.output.splitlines() if "not as it was graded" in line]
        assert "ada" in told
    hand_in(tmp_path, result("ada", FULL))
    assert "as it was graded" not in CliRunner().invoke(app, listing).output


def test_a_result_that_was_laid_in_the_place_of_anothers_is_named(tmp_path: Path) -> None:
    """Is it told of the one who has another's result, with its proof and all, though nothing in it was changed?"""
    hand_in(tmp_path, result("ada", FULL))
    hand_in(tmp_path, result("bob", HALF))
    assert "as it was graded" not in CliRunner().invoke(app, ["gradebook", str(tmp_path)]).output
    shutil.rmtree(tmp_path / "bob")
    shutil.copytree(tmp_path / "ada", tmp_path / "bob")
    for words in (["gradebook", str(tmp_path)], ["report", str(tmp_path)]):
        done = CliRunner().invoke(app, words)
        (told,) = [line for line in done.output.splitlines() if "not as it was graded" in line]
        assert "bob" in told
    shutil.rmtree(tmp_path / "bob")
    hand_in(tmp_path, result("bob", HALF))
    _, bob, *_ = CliRunner().invoke(app, ["gradebook", str(tmp_path)]).output.splitlines()
    assert bob.split()[:2] == ["bob", str(sum(HALF))]
    assert "does not count" in bob


def test_without_a_key_nothing_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is nothing suspected where nothing can be told?"""
    hand_in(tmp_path, result("ada", HALF))
    full(tmp_path, "ada")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "other"))
    assert "as it was graded" not in CliRunner().invoke(app, ["gradebook", str(tmp_path)]).output


def test_the_command_line_starts_without_it() -> None:
    """Does `grader --help` import none of it?"""
    code = (
        "import sys; from grader.cli.main import app\n"
        "try: app(['--help'])\nexcept SystemExit: pass\n"
        "print('HEAVY', sorted({'sqlalchemy', 'alembic', 'xlsxwriter', 'psycopg', 'rapidfuzz'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "HEAVY []" in done.stdout


def test_a_step_can_be_taken_from_any_before(tmp_path: Path) -> None:
    """Is a gradebook of the first step brought to the newest with all that it holds?"""
    from sqlalchemy import create_engine

    engine = create_engine(f"sqlite:///{tmp_path / GRADEBOOK}")
    with engine.begin() as connection:
        migrate(connection, "0001")
        connection.execute(text("INSERT INTO classes (id, name) VALUES (1, 'old')"))
    engine.dispose()
    with opened(tmp_path) as connection:
        assert connection.execute(text("SELECT name FROM classes")).scalar() == "old"
        assert MigrationContext.configure(connection).get_current_revision() == HEAD
