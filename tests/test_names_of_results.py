"""The names under which results are kept: nobody's takes the place of another's without a word."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_markdown_cell, new_notebook
from rich.console import Console

from grader.batch import origins
from grader.batch.submissions import Submission, find
from grader.cli.console import summary_table
from tests.gradebook import classes
from tests.test_cli import run


def hand_in(path: Path, text: str) -> Path:
    """A notebook with this answer."""
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(new_notebook(cells=[new_markdown_cell(f"## 5. GRU\n{text}", id="a")]), path)
    return path


def results_of(paths: list[Path], out: Path) -> tuple[list[str], tuple[str, ...]]:
    """Leave a result of each notebook, as a grade does, under the names that are found; and what is told."""
    items, told = origins.apart(find(paths), out)
    for item in items:
        made = classes.result(item.name, (2, 3, 5), content=item.path.read_text())
        about = made.submission.model_copy(update={"file": item.path.name})
        classes.hand_in(out, made.model_copy(update={"submission": about}))
        origins.keep(item, out)
    return [item.name for item in items], told


def test_another_file_of_the_same_name_takes_no_place(tmp_path: Path) -> None:
    """Does it get a name of its own, which it keeps, and does the first one keep its own, also when it was changed?"""
    ada, bo = hand_in(tmp_path / "ada" / "hw3.ipynb", "a"), hand_in(tmp_path / "bo" / "hw3.ipynb", "b")
    out = tmp_path / "out"
    assert results_of([ada], out) == (["hw3"], ())
    names, told = results_of([bo], out)
    assert names == ["hw3-2"]
    assert [each for each in ("hw3 has the result of another file", str(ada), str(bo), "hw3-2") if each in told[0]]
    hand_in(ada, "a, and more")
    assert results_of([ada], out) == (["hw3"], ())
    assert results_of([ada, bo], out)[0] == ["hw3", "hw3-2"]
    third = hand_in(tmp_path / "cy" / "hw3.ipynb", "c")
    assert results_of([third, ada, bo], out)[0] == ["hw3-3", "hw3", "hw3-2"]


def test_a_copy_is_the_same_file(tmp_path: Path) -> None:
    """Is the result of a notebook taken up where the notebook, or the folder with all, lies elsewhere now?"""
    ada = hand_in(tmp_path / "course" / "ada" / "hw3.ipynb", "a")
    results_of([ada], tmp_path / "course" / "out")
    copy = hand_in(tmp_path / "copy" / "hw3.ipynb", "a")
    items, told = origins.apart(find([copy]), tmp_path / "course" / "out")
    assert ([item.name for item in items], told) == (["hw3"], ())
    moved = (tmp_path / "course").rename(tmp_path / "moved")
    hand_in(moved / "ada" / "hw3.ipynb", "changed")
    assert origins.apart(find([moved / "ada" / "hw3.ipynb"]), moved / "out")[0][0].name == "hw3"


def test_a_student_hands_in_from_anywhere(tmp_path: Path) -> None:
    """Does a result that is named after a student's folder give way to the next, and is that told?"""
    first, second = (hand_in(tmp_path / week / "ada" / "hw.ipynb", week) for week in ("one", "two"))
    assert results_of([first.parent], tmp_path / "out") == (["ada"], ())
    names, told = results_of([second.parent], tmp_path / "out")
    assert names == ["ada"]
    assert f"the result of {first} gives way to that of {second}" in told[0]


@pytest.mark.parametrize(
    ("given", "names"),
    [
        (["ada"], ["ada"]),
        (["ada", "bo"], ["ada", "bo"]),
        (["ada/hw3.ipynb"], ["hw3"]),
        (["."], ["ada", "bo", "class-hw1", "class-hw2"]),
        (["class"], ["hw1", "hw2"]),
    ],
)
def test_a_folder_that_is_named_is_the_student(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: list[str], names: list[str]
) -> None:
    """Is the one notebook in it theirs, and are several those of a class?"""
    for path in ("ada/hw3", "bo/hw3", "class/hw1", "class/hw2"):
        hand_in(tmp_path / f"{path}.ipynb", path)
    monkeypatch.chdir(tmp_path)
    assert [item.name for item in find(map(Path, given))] == names


def test_a_name_that_is_a_file_of_ours(tmp_path: Path) -> None:
    """Does a student called index.html cost the class neither its index nor a grade?"""
    for name in ("index.html", "roll.json", "ada"):
        hand_in(tmp_path / "class" / name / "hw.ipynb", name)
    ended = run("grade", tmp_path / "class", "--out", tmp_path / "out")
    assert ended.returncode == 0, ended.stderr
    assert (tmp_path / "out" / "index.html").is_file()
    found = {path.parent.name for path in (tmp_path / "out").glob("*/result.json")}
    assert found == {"_index.html", "_roll.json", "ada"}


def test_the_first_grade_is_not_lost(tmp_path: Path) -> None:
    """Are both results there when two commands grade files of one name, and is the second command told?"""
    ada, bo = hand_in(tmp_path / "ada" / "hw3.ipynb", "a"), hand_in(tmp_path / "bo" / "hw3.ipynb", "b")
    for path in (ada, bo):
        ended = run("grade", path, "--out", tmp_path / "out")
        assert ended.returncode == 0, ended.stderr
    assert "has the result of another file" in ended.stderr
    results = [json.loads((tmp_path / "out" / name / "result.json").read_text()) for name in ("hw3", "hw3-2")]
    assert len({each["submission"]["sha256"] for each in results}) == 2


def test_kept_and_new_results_look_different() -> None:
    """Does a table tell which results are from an earlier run, where some are and some are not?"""
    results = [classes.result(name, (2, 3, 5)) for name in ("ada", "bo")]
    said = []
    for kept in (set(), {"ada"}, {"ada", "bo"}):
        console = Console(file=StringIO(), width=100)
        console.print(summary_table(results, kept=kept))
        said.append(console.file.getvalue())  # type: ignore[attr-defined]
    assert ("kept" in said[0], "kept" in said[2]) == (False, False)
    rows = {name: next(line for line in said[1].splitlines() if name in line) for name in ("ada", "bo")}
    assert "kept" in rows["ada"]
    assert "new" in rows["bo"]


def test_a_submission_that_is_laid_somewhere_for_a_run_has_no_origin(tmp_path: Path) -> None:
    """Is nothing said of where a notebook of an archive was unpacked?"""
    origins.keep(Submission(tmp_path / "scratch" / "hw.ipynb", "ada"), tmp_path)
    assert list(tmp_path.iterdir()) == []
