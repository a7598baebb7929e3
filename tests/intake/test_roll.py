"""The roll of a class: what is written is what is read."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from grader.roll.roll import ROLL, Person, Roll, Row, read_roll, write_roll


def test_a_roll_is_read_as_it_was_written(tmp_path: Path) -> None:
    """Does nothing of a row get lost on the way to the file and back?"""
    ada = Person(name="Ada Lovelace", id="0012", login="ada", email="ada@x.org", lms_id="7", github="ada", section="A")
    rows = (
        Row(key="ada", person=ada, on_roster=True, folder="ada", file="hw.ipynb", others=("b.ipynb",), late=True),
        Row(key="bo", person=Person(), on_roster=False, doubtful="similar", absent="handed in nothing"),
    )
    roll = Roll(lms="moodle", taken_at=datetime(2026, 1, 2, tzinfo=UTC), rows=rows)
    write_roll(roll, tmp_path)
    assert read_roll(tmp_path) == roll
    assert '"schema": "grader/roll/v1"' in (tmp_path / ROLL).read_text()


def test_what_is_no_file_is_no_roll(tmp_path: Path) -> None:
    """Is neither a link followed nor a pipe waited for, and is a folder behind a link of the instructor's own read?"""
    real, roll = tmp_path / "real", Roll(rows=(Row(key="ada", person=Person(), on_roster=True, folder="ada"),))
    for name in ("real", "linked", "waiting"):
        (tmp_path / name).mkdir()
    write_roll(roll, real)
    (tmp_path / "linked" / ROLL).symlink_to(real / ROLL)
    os.mkfifo(tmp_path / "waiting" / ROLL)
    for name in ("linked", "waiting"):
        with pytest.raises(OSError, match=r"link|no ordinary file"):
            read_roll(tmp_path / name)
    (tmp_path / "behind").symlink_to(real)
    assert read_roll(tmp_path / "behind") == roll


def test_no_roll_is_none(tmp_path: Path) -> None:
    """Is a folder without a class none, and no error?"""
    assert read_roll(tmp_path) is None


def test_a_row_has_a_result_or_a_reason() -> None:
    """Can neither both nor none of them be written?"""
    with pytest.raises(ValueError, match="either the folder"):
        Row(key="ada", person=Person(), on_roster=True)
    with pytest.raises(ValueError, match="either the folder"):
        Row(key="ada", person=Person(), on_roster=True, folder="ada", absent="nothing")


@pytest.mark.parametrize("folder", ["../bob", "a/b", "..", "", ".records", "/etc", "ada\0"])
def test_a_folder_is_one_of_results(folder: str) -> None:
    """Does no row lead elsewhere, and no two to the same?"""
    with pytest.raises(ValueError, match="no name of a folder"):
        Row(key="ada", person=Person(), on_roster=True, folder=folder)
    rows = tuple(Row(key=key, person=Person(), on_roster=True, folder="bob") for key in ("ada", "bob"))
    with pytest.raises(ValueError, match="bob is the folder of more than one"):
        Roll(rows=rows)


def test_a_key_is_there_once() -> None:
    """Can nobody have two rows?"""
    row = Row(key="ada", person=Person(), on_roster=True, absent="nothing")
    with pytest.raises(ValueError, match="more than once"):
        Roll(rows=(row, row))
