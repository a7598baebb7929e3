"""What `grader classroom50 grade` leaves in a checkout, whatever lies there."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.classroom.command import run
from tests.export.test_classroom50 import ENVIRONMENT, assert_valid
from tests.grades import ROOT
from tests.report.markup import rendered

SAMPLE = ROOT / "submissions" / "text_only" / "theory.ipynb"


def graded(
    checkout: Path, *arguments: str, environment: dict[str, str] = ENVIRONMENT
) -> subprocess.CompletedProcess[str]:
    return run("classroom50", "grade", *arguments, cwd=checkout, environment=environment)


def test_a_checkout_is_graded(tmp_path: Path) -> None:
    """Are the result, the text of the release and the report there, and say the same?"""
    shutil.copy(SAMPLE, tmp_path)
    ended = graded(tmp_path)
    assert ended.returncode == 0, ended.stderr
    found = json.loads((tmp_path / "result.json").read_text())
    assert_valid(found)
    assert 0 < found["score"] < found["max-score"] == 100
    said = f"{found['score']} of 100 points"
    assert said in rendered((tmp_path / "release-body.md").read_text()).text
    assert f"{found['score']} of 100" in (tmp_path / "report.html").read_text()


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "there is no notebook"),
        ({"a.ipynb": "{}", "b.ipynb": "{}"}, "2 notebooks"),
        ({"a.ipynb": "{"}, "a.ipynb"),
    ],
)
def test_what_cannot_be_graded_has_no_points_and_a_reason(tmp_path: Path, files: dict[str, str], said: str) -> None:
    """Is that a grade, and no error of the machine's?"""
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    ended = graded(tmp_path)
    assert ended.returncode == 0, ended.stderr
    found = json.loads((tmp_path / "result.json").read_text())
    assert_valid(found)
    assert (found["score"], found["max-score"]) == (0, 100)
    assert said in found["tests"][0]["message"]
    assert said in rendered((tmp_path / "release-body.md").read_text()).text
    assert (tmp_path / "report.html").is_file()


@pytest.mark.parametrize(
    ("arguments", "environment", "said"),
    [
        ((), {}, "CLASSROOM"),
        (("--pack", "nothing"), ENVIRONMENT, "no pack 'nothing'"),
    ],
)
def test_what_is_the_teachers_mistake_is_an_error(
    tmp_path: Path, arguments: tuple[str, ...], environment: dict[str, str], said: str
) -> None:
    """Is no grade recorded where the autograder is set up wrongly?"""
    shutil.copy(SAMPLE, tmp_path)
    ended = graded(tmp_path, *arguments, environment=environment)
    assert (ended.returncode, said in ended.stderr) == (1, True)
    assert not (tmp_path / "result.json").exists()


def test_links_of_the_student_are_replaced_and_not_followed(tmp_path: Path) -> None:
    """Does a link in the place of a result leave the file alone to which it leads?"""
    checkout = tmp_path / "checkout"
    checkout.mkdir()
    for name in ("result.json", "release-body.md", "report.html"):
        (tmp_path / name).write_text("precious")
        (checkout / name).symlink_to(tmp_path / name)
    assert graded(checkout).returncode == 0
    for name in ("result.json", "release-body.md", "report.html"):
        assert (tmp_path / name).read_text() == "precious"
        assert not (checkout / name).is_symlink()


def test_a_folder_in_the_place_of_the_report_costs_the_report_alone(tmp_path: Path) -> None:
    """Is there a grade all the same?"""
    (tmp_path / "report.html").mkdir()
    ended = graded(tmp_path)
    assert (ended.returncode, "report.html cannot be written" in ended.stderr) == (0, True)
    assert_valid(json.loads((tmp_path / "result.json").read_text()))


def test_a_folder_in_the_place_of_the_result_is_said(tmp_path: Path) -> None:
    """Is it no traceback?"""
    (tmp_path / "result.json").mkdir()
    ended = graded(tmp_path)
    assert ended.returncode == 1
    assert "the result cannot be written" in ended.stderr
    assert "Traceback" not in ended.stderr
