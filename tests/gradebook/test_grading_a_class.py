"""`grader grade` of a class: the gradebook is there at its end, and after the next one."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from grader.cli.main import app
from grader.gradebook.members import GRADEBOOK
from grader.gradebook.whole_class import Where, settled
from tests.gradebook.classes import call_the_roll, row


def grade(*words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "grader", "grade", *map(str, words), "--sandbox", "none", "--quiet"]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_class_has_a_gradebook(tmp_path: Path) -> None:
    """Does it hold whoever was graded, also without a grade, and whoever the roll has besides?"""
    given, out = tmp_path / "given", tmp_path / "out"
    given.mkdir()
    for name in ("ada", "bob"):
        (given / f"{name}.ipynb").write_text("no notebook")
    done = grade(given, "--out", out)
    assert done.returncode == 3, done.stderr
    assert (out / GRADEBOOK).is_file()
    call_the_roll(out, [row("ada", "ada"), row("bob", "bob"), row("cy")])
    done = grade(given / "ada.ipynb", "--out", out)
    assert done.returncode == 3, done.stderr
    found = settled(Where(out))
    assert [(mark.row.key, mark.status) for mark in found.marks] == [
        ("ada", "unreadable"),
        ("bob", "unreadable"),
        ("cy", "missing"),
    ]


def test_settings_that_are_not_right_end_it_at_once(tmp_path: Path) -> None:
    """Is nothing graded where the settings of the course would be refused at the end?"""
    (tmp_path / "course.toml").write_text("dead = 1\n")
    (tmp_path / "ada.ipynb").write_text("{}")
    done = grade(tmp_path / "ada.ipynb", "--out", tmp_path / "out", "--course", tmp_path / "course.toml")
    assert done.returncode == 2
    assert "did you mean deadline?" in done.stderr
    assert not (tmp_path / "out").exists()


ROSTER = (
    "name,id,email,login\nAda Lovelace,00101,ada@x.org,ada.l\nBob Boole,00102,bob@x.org,bob.b\nCy Young,00103,,cy\n"
)
ZIPS = {
    "moodle": {
        "Ada Lovelace_101_assignsubmission_file_/hw.ipynb": "x",
        "Bob Boole_102_assignsubmission_file_/a.ipynb": "x",
    },
    "canvas": {"lovelaceada_101_9001_hw.ipynb": "x", "boolebob_LATE_102_9002_hw-2.ipynb": "x"},
}
BACK = {
    "moodle": {
        "Ada Lovelace_101_assignsubmission_file_/report.html",
        "Bob Boole_102_assignsubmission_file_/report.html",
    },
    "canvas": {"lovelaceada_101_9001_report.html", "boolebob_LATE_102_9002_report.html"},
}


@pytest.mark.parametrize("lms", ZIPS)
def test_from_the_zip_of_an_lms_and_back(tmp_path: Path, lms: str) -> None:
    """Does everybody on the roster have a row in its table, and every file handed in a report in its layout?"""
    with zipfile.ZipFile(tmp_path / "submissions.zip", "w") as made:
        for name, text in ZIPS[lms].items():
            made.writestr(name, text)
    (tmp_path / "roster.csv").write_text(ROSTER)
    done = grade(tmp_path / "submissions.zip", "--roster", tmp_path / "roster.csv", "--out", tmp_path / "a3")
    assert done.returncode == 3, done.stderr  # there is nothing that could be graded in these
    table, feedback = tmp_path / "grades.csv", tmp_path / "feedback.zip"
    for words in (["export", lms, "--out", str(table)], ["export", "feedback", "--out", str(feedback)]):
        ended = CliRunner().invoke(app, [*words[:2], str(tmp_path / "a3"), *words[2:]])
        assert ended.exit_code in (0, 3), ended.output
    assert all(name in table.read_text() for name in ("Ada Lovelace", "Bob Boole", "Cy Young", "00103"))
    with zipfile.ZipFile(feedback) as packed:
        assert set(packed.namelist()) == BACK[lms]
