"""What is said of typical mistakes: one sentence that names the thing, what is wrong with it, and what to do."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
import typer

from grader.cli.command_help import carry_out
from tests.grades import ROOT
from tests.test_cli import run

NOTEBOOK = ROOT / "submissions" / "text_only" / "theory.ipynb"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what a command is given by mistake."""
    folder = tmp_path_factory.mktemp("mistakes")
    (folder / "empty").mkdir()
    (folder / "file").write_text("keep me")
    (folder / "bad.toml").write_text("name = [")
    (folder / "bad.csv").write_text("a,b\n1,2\n")
    (folder / "bad.json").write_text("{bad")
    shutil.copy(NOTEBOOK, folder / "hw3.ipynb")
    (folder / "handed_in" / "ada").mkdir(parents=True)
    shutil.copy(NOTEBOOK, folder / "handed_in" / "ada")
    return folder


GRADE = ["grade", "hw3.ipynb", "--out", "new/out"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["grad", "hw3.ipynb"], ["'grad'", "Did you mean 'grade'"]),
        (["grade", "hw3.ipynb"], ["'--out'"]),
        ([*GRADE, "--rooster", "x.csv"], ["--rooster", "--roster"]),
        (["grade", "hw4.ipynb", "--out", "new/out"], ["hw4.ipynb: there is no such file or folder; check the name"]),
        (["grade", "handed-in", "--out", "new/out"], ["handed-in: there is no such file or folder"]),
        (["grade", "empty", "--out", "new/out"], ["empty: there is no notebook (.ipynb) in this folder"]),
        (["grade", "handed_in", "--out", "handed_in"], ["--out handed_in", "choose another folder"]),
        (["grade", "hw3.ipynb", "--out", "file"], ["--out file: there is a file in the place", "choose another"]),
        (["grade", "hw3.ipynb", "--out", "/proc/out"], ["--out /proc/out: this folder cannot be made"]),
        ([*GRADE, "--fail-under", "150"], ["--fail-under 150", "from 0 to 100"]),
        ([*GRADE, "--fail-under", "many"], ["'--fail-under'", "a whole number"]),
        ([*GRADE, "--timeout", "0"], ["'--timeout'", "greater than or equal to 1"]),
        ([*GRADE, "--keras", "4"], ["'--keras'", "'4' is not one of 'auto', '2', '3'"]),
        ([*GRADE, "--sandbox", "yes"], ["'--sandbox'", "'auto', 'none'"]),
        ([*GRADE, "--matcher", "both"], ["'--matcher'", "'patterns', 'semantic'"]),
        ([*GRADE, "--for", "teacher"], ["'--for'", "'student', 'instructor'"]),
        ([*GRADE, "--pack", "nobody"], ["there is no pack 'nobody'", "known packs: default"]),
        ([*GRADE, "--roster", "none.csv"], ["--roster none.csv", "give a CSV file with a header"]),
        ([*GRADE, "--roster", "bad.csv"], ["--roster bad.csv", "needs one or more of name, id"]),
        ([*GRADE, "--course", "bad.toml"], ["bad.toml is not TOML"]),
        ([*GRADE, "--files", "data"], ["--files data: there is no such folder"]),
        ([*GRADE, "--secret", "key"], ["--secret key: cannot be read", "give a file"]),
        ([*GRADE, "--gradebook", "book"], ["--gradebook: give a URL such as"]),
        (["report", "empty"], ["empty: there is no result.json in this folder"]),
        (["gradebook", "empty"], ["empty: there are no results", "--out"]),
        (["export", "summary", "empty"], ["empty: is a folder; give the file", "result.json"]),
        (["export", "summary", "bad.json"], ["bad.json: not JSON", "grade the notebook again"]),
        (["export", "feedback", "empty", "--out", "x.zip", "--layout", "tar"], ["'--layout'", "'moodle', 'canvas'"]),
        (["data", "fetch", "cifar", "--files", "new"], ["there is no data set cifar", "mnist"]),
        (["classroom", "init", "empty", "--action", "mine"], ["--action mine", "OWNER/REPOSITORY@VERSION"]),
    ],
    ids=lambda value: " ".join(value) if value and value[0] in ("grade", "export", "data") else None,
)
def test_a_mistake_is_told_and_leaves_nothing(
    place: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: list[str]
) -> None:
    """Is the status 2, is the sentence the only one, and is nothing made or changed?"""
    monkeypatch.chdir(place)
    before = sorted(place.rglob("*"))
    ended = run(*arguments)
    assert ended.returncode == 2, ended.stderr
    assert ended.stdout == ""
    assert ended.stderr.startswith("grader: ")
    assert ended.stderr.count("\n") == 1
    assert [text for text in said if text not in ended.stderr] == []
    assert "Traceback" not in ended.stderr
    assert sorted(place.rglob("*")) == before
    assert (place / "file").read_text() == "keep me"


def test_a_mistake_of_the_graders_is_told_as_such(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    """Is an error that nobody foresaw one line with a status of its own, and all of it shown where that is wanted?"""
    app = typer.Typer()

    @app.command()
    def broken() -> None:
        raise ValueError("too many\x1b[31m gates")

    monkeypatch.setattr(sys, "argv", ["grader"])
    monkeypatch.delenv("GRADER_TRACE", raising=False)
    assert carry_out(app) == 70
    said = capsys.readouterr().err
    assert "a mistake of its own: ValueError: too many" in said
    assert "(test_mistakes.py, line" in said
    assert "\x1b" not in said
    assert "Traceback" not in said
    monkeypatch.setenv("GRADER_TRACE", "1")
    assert carry_out(app) == 70
    assert "Traceback" in capsys.readouterr().err
