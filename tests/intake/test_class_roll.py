"""The roll of one run after another: nobody is lost on the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.batch.batch import Done
from grader.batch.class_roll import known, roll_of
from grader.batch.submissions import Submission
from grader.result.model import Result
from grader.roll.roll import ROLL, Person, Roll, Row, write_roll
from tests.report import samples


def result(out: Path, name: str) -> Result:
    """A result in its folder."""
    made = samples.graded()
    made = made.model_copy(update={"submission": made.submission.model_copy(update={"name": name})})
    (out / name).mkdir(exist_ok=True)
    (out / name / "result.json").write_text(made.to_json())
    return made


def test_what_an_earlier_run_knew_is_known_still(tmp_path: Path) -> None:
    """Do rows without a result, those of others, and what a roster told of a student stay?"""
    ada = Person(name="ada", id="1", email="a@x.org")
    earlier = Roll(
        lms="moodle",
        rows=(
            Row(key="ada", person=ada, on_roster=True, absent="handed in nothing"),
            Row(key="bo", person=Person(name="bo"), on_roster=True, absent="handed in nothing"),
            Row(key="cy", person=Person(name="cy"), on_roster=True, folder="cy"),
        ),
    )
    result(tmp_path, "cy")
    write_roll(earlier, tmp_path)
    done = Done([result(tmp_path, "ada")])
    found = roll_of([Submission(tmp_path / "ada.ipynb", "ada")], done, known(tmp_path), tmp_path)
    assert found.lms == "moodle"
    assert {row.key: (row.folder, row.absent, row.on_roster) for row in found.rows} == {
        "ada": ("ada", None, True),
        "bo": (None, "handed in nothing", True),
        "cy": ("cy", None, True),
    }
    assert found.rows[0].person == ada


def test_what_could_not_be_written_is_no_folder(tmp_path: Path) -> None:
    """Is the reason in the row of whose result has no files?"""
    without = samples.without_grade("failed", "there is a link in its place")
    name = without.submission.name
    found = roll_of([Submission(tmp_path / "x.ipynb", name)], Done([without], frozenset({name})), None, tmp_path)
    assert (found.rows[0].folder, found.rows[0].absent) == (None, "there is a link in its place")


@pytest.mark.parametrize("content", ["", "{", "[]", '{"schema": "other"}', '{"rows": [{"key": 1}]}'])
def test_a_roll_that_is_none_is_not_known(tmp_path: Path, content: str) -> None:
    """Does a damaged roll cost nobody the next run?"""
    (tmp_path / ROLL).write_text(content)
    assert known(tmp_path) is None
