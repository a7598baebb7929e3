"""`grader grade` of a class: the gradebook is there at its end, and after the next one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

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
