"""Reports made anew from results, without running anything."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from grader.batch.rebuild_folder import rebuild
from grader.report.feedback import annotate
from grader.report.html import render
from grader.result.file import write as write_result
from grader.result.model import Result
from grader.result.names import BadRequest


@pytest.fixture
def graded(tmp_path: Path, result: Result, notebook: NotebookNode) -> Path:
    """A folder of two results, whose reports are old, and of something else."""
    for name in ("ada", "bob"):
        folder = tmp_path / "grades" / name
        folder.mkdir(parents=True)
        write_result(result, folder / "result.json")
        nbformat.write(annotate(notebook, result), folder / "feedback.ipynb")
        (folder / "report.html").write_text("old")
    (tmp_path / "grades" / "other").mkdir()
    return tmp_path / "grades"


def test_a_report_is_what_it_was(graded: Path, result: Result, notebook: NotebookNode) -> None:
    """Is a report from result.json and feedback.ipynb the one that a grade writes?"""
    assert [item.problem for item in rebuild(graded)] == [None, None]
    for name in ("ada", "bob"):
        assert (graded / name / "report.html").read_text() == render(result, notebook)
    assert not (graded / "other" / "report.html").exists()


def test_an_instructor_sees_more(graded: Path, result: Result, notebook: NotebookNode) -> None:
    """Is a report made for whom it is asked for, and for a student again afterwards?"""
    assert [item.problem for item in rebuild(graded, "instructor")] == [None, None]
    assert (graded / "ada" / "report.html").read_text() == render(result, notebook, "instructor")
    assert render(result, notebook, "instructor") != render(result, notebook)
    command = [sys.executable, "-m", "grader", "report", str(graded), "--for", "teacher"]
    refused = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "'teacher' is not one of 'student', 'instructor'" in refused.stderr
    subprocess.run([*command[:-1], "student"], check=True, capture_output=True)
    assert (graded / "ada" / "report.html").read_text() == render(result, notebook)


def test_one_folder_alone(graded: Path) -> None:
    """Can the folder of one submission be given, too?"""
    assert [item.folder.name for item in rebuild(graded / "ada")] == ["ada"]
    assert (graded / "bob" / "report.html").read_text() == "old"


def test_without_the_notebook(graded: Path, result: Result) -> None:
    """Is there a report where there is no executed notebook?"""
    (graded / "ada" / "feedback.ipynb").unlink()
    rebuild(graded)
    assert (graded / "ada" / "report.html").read_text() == render(result, None)


@pytest.mark.parametrize(
    ("file", "content", "problem"),
    [
        ("result.json", "{}", "result.json"),
        ("result.json", "nonsense", "result.json"),
        ("feedback.ipynb", "[]", "notebook"),
    ],
)
def test_what_cannot_be_read_stays_as_it_was(graded: Path, file: str, content: str, problem: str) -> None:
    """Is it named, and its report left alone, and are the others made?"""
    (graded / "ada" / file).write_text(content)
    ada, bob = rebuild(graded)
    assert problem in (ada.problem or "")
    assert (graded / "ada" / "report.html").read_text() == "old"
    assert bob.problem is None
    assert (graded / "bob" / "report.html").read_text() != "old"


@pytest.mark.parametrize("name", ["other", "not there"])
def test_no_results(graded: Path, name: str) -> None:
    """Does a folder without results, or none at all, say so?"""
    with pytest.raises(BadRequest, match=name):
        rebuild(graded / name)


def test_the_command(graded: Path) -> None:
    """Does the command say what it made, with its status, and import neither TensorFlow nor a kernel?"""

    def run(*arguments: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-X", "importtime", "-m", "grader", "report", *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    ended = run(graded)
    assert (ended.returncode, ended.stdout) == (0, f"2 reports made anew in {graded}\n")
    assert "tensorflow" not in ended.stderr
    (graded / "ada" / "result.json").write_text(json.dumps({"schema": "grader/result/v9"}))
    ended = run(graded)
    assert (ended.returncode, ended.stdout) == (3, f"1 report made anew in {graded}\n")
    assert run(graded / "other").returncode == 2


def test_many_reports_are_shared_among_processes(graded: Path) -> None:
    """Are all reports of a class made, in the order of its folders, and the one that cannot be is named?"""
    root = graded.parent / "class"
    for number in range(14):
        shutil.copytree(graded / "ada", root / f"student {number:02}")
        (root / f"student {number:02}" / "report.html").unlink()
    (root / "student 03" / "result.json").write_text("{", encoding="utf-8")
    made = rebuild(root)
    assert [item.folder.name for item in made] == [f"student {number:02}" for number in range(14)]
    assert [item.folder.name for item in made if item.problem] == ["student 03"]
    assert len(list(root.glob("*/report.html"))) == 13
