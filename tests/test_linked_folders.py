"""Folders of the instructor's own that lie behind links, such as a linked home: every command finds its way there.

What was put below them, by whoever may write there, is followed no more than elsewhere.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grader.batch.submissions import find, prepare
from grader.classroom.grade_command import scratch
from grader.files.opened import opened
from grader.grading.submission import Graded
from grader.notebook.reading.beside import beside
from grader.result.proof import is_proven
from grader.worker.files import write
from tests.report import samples

FOLLOWED = "links are not followed"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder of an instructor, by the name of a link to it."""
    (tmp_path / "disk" / "home").mkdir(parents=True)
    (tmp_path / "home").symlink_to(tmp_path / "disk" / "home")
    return tmp_path / "home"


@pytest.fixture(params=["absolute", "relative"])
def named(request: pytest.FixtureRequest, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same, as it is written in a command."""
    monkeypatch.chdir(home.parent)
    return home if request.param == "absolute" else Path(home.name)


def run(*arguments: object, **variables: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "grader", *map(str, arguments)]
    environment = {**os.environ, **variables}
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, env=environment)


@pytest.mark.slow
def test_a_notebook_is_graded_with_all_its_folders_behind_a_link(home: Path) -> None:
    """Are files offered, results written and proven, and does a second run take them up?"""
    (home / "offered").mkdir()
    (home / "offered" / "table.csv").write_text("one,two,three")
    cells = [new_markdown_cell("## 5. GRU"), new_code_cell("print(open('table.csv').read())")]
    nbformat.write(new_notebook(cells=cells), home / "hw.ipynb")
    out, state = home / "grades", home / "state"
    command = ("grade", home / "hw.ipynb", "--out", out, "--files", home / "offered", "--keras", 3, "-q")
    ended = run(*command, XDG_STATE_HOME=str(state))
    assert (ended.returncode, ended.stderr) == (0, "")
    executed = nbformat.read(out / "hw" / "feedback.ipynb", 4)
    assert "one,two,three" in str([cell.get("outputs") for cell in executed.cells])
    proof = (out / "hw" / ".proof").stat().st_mtime_ns
    ended = run(*command, XDG_STATE_HOME=str(state))
    assert (ended.returncode, ended.stderr) == (0, "")
    assert (out / "hw" / ".proof").stat().st_mtime_ns == proof


def test_a_key_behind_a_link_proves(tmp_path: Path, home: Path) -> None:
    """Is it made and found where the state folder, or the home, is a link; and is no key taken that is one?"""
    (tmp_path / "disk" / "states").mkdir()
    (tmp_path / "states").symlink_to("disk/states")
    for number, environment in enumerate(({"HOME": str(home)}, {"XDG_STATE_HOME": str(tmp_path / "states")})):
        folder = tmp_path / str(number)
        write(Graded(samples.graded(), None), folder, environment)
        assert is_proven(folder, {}, environment)
    key = home / ".local" / "state" / "grader" / "key"
    key.rename(tmp_path / "key")
    key.symlink_to(tmp_path / "key")
    assert not is_proven(tmp_path / "0", {}, {"HOME": str(home)})


def test_reports_behind_a_link_are_made_anew(home: Path, named: Path) -> None:
    """Is the folder found, whatever leads to it, and a link that was planted in it left alone?"""
    write(Graded(samples.graded(), samples.notebook()), home.resolve() / "out" / "ada")
    write(Graded(samples.graded(), samples.notebook()), home.resolve() / "elsewhere")
    (home / "elsewhere" / "report.html").write_text("old")
    (home / "out" / "ada" / "report.html").write_text("old")
    (home / "out" / "bob").symlink_to("../elsewhere")
    ended = run("report", named / "out")
    assert ended.returncode == 3
    assert ended.stdout == f"1 report made anew in {named / 'out'}\n"
    assert "bob is a link, and was left alone" in ended.stderr
    assert (home / "out" / "ada" / "report.html").read_text() != "old"
    assert (home / "elsewhere" / "report.html").read_text() == "old"


def test_a_result_behind_a_link_is_exported(home: Path, named: Path) -> None:
    """Is it read, whatever leads to it, and is one that is a link itself refused under the name that was given?"""
    write(Graded(samples.graded(), None), home.resolve() / "out" / "ada")
    (home / "out" / "result.json").symlink_to("ada/result.json")
    ended = run("export", "summary", named / "out" / "ada" / "result.json")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout
    ended = run("export", "summary", named / "out" / "result.json")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == f"grader: {named / 'out' / 'result.json'}: cannot be read (is a link, and {FOLLOWED})\n"


def test_the_folder_of_results_is_looked_up_once(home: Path, named: Path) -> None:
    """Is a link not followed that is put in its way later?"""
    (home / "hw.ipynb").write_text("{}")
    place = prepare(named / "out", find([named / "hw.ipynb"]) if named.is_absolute() else [])
    assert place == home.parent / "disk" / "home" / "out"
    write(Graded(samples.graded(), None), place / "ada")
    with opened(place / "ada" / "result.json") as file:
        assert file.read(1) == b"{"
    shutil.move(place, home / "moved")
    place.symlink_to("moved")
    with pytest.raises(OSError, match=f"lies behind a link, and {FOLLOWED}"):
        opened(place / "ada" / "result.json")


def test_links_are_refused_below_the_current_folder_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is a relative path opened through folders alone, as an absolute one is?"""
    (tmp_path / "in" / "deep").mkdir(parents=True)
    (tmp_path / "in" / "deep" / "file").write_text("text")
    (tmp_path / "way").symlink_to("in")
    monkeypatch.chdir(tmp_path)
    for good in ("in/deep/file", "./in/../in/deep/file", tmp_path / "in" / "deep" / "file"):
        with opened(Path(good)) as file:
            assert file.read() == b"text"
    for bad in ("way/deep/file", "in/../way/deep/file", tmp_path / "way" / "deep" / "file"):
        with pytest.raises(OSError, match=f"lies behind a link, and {FOLLOWED}"):
            opened(Path(bad))


def test_results_of_a_workflow_behind_a_link_can_be_read(home: Path) -> None:
    """Is the folder that a runner gives, and that is read again, one through which every file can be opened?"""
    place = scratch({"RUNNER_TEMP": str(home)})
    write(Graded(samples.graded(), None), place)
    with opened(place / "result.json") as file:
        assert file.read(1) == b"{"


def test_nothing_is_taken_from_a_linked_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is a notebook that lies in a home given nothing of it, by whatever name the home is known?"""
    monkeypatch.setenv("HOME", str(home))
    (home / "hw.ipynb").write_text("{}")
    (home / "letters.txt").write_text("private")
    for path in (home / "hw.ipynb", home.resolve() / "hw.ipynb"):
        assert beside(path).files == ()
