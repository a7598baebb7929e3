"""`grader regrade`: what was recorded is judged again, and nothing runs that need not."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grader.grading.record import FOLDER

PACK = Path(__file__).with_name("lines_pack.py")
CODE = """import keras
print(open('/dev/urandom', 'rb').read(4))
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
"""
CELLS = (
    new_markdown_cell("## 1. Linear regression\n\nLinear regression predicts a linear combination of its inputs."),
    new_code_cell(CODE),
)


def command(folder: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    """A command of the grader with the pack that lies in the folder."""
    environment = {**os.environ, "PYTHONPATH": f"{folder}{os.pathsep}{Path.cwd()}", "PYTHONDONTWRITEBYTECODE": "1"}
    asked = [sys.executable, "-m", "grader", *map(str, arguments), "--pack", "lines_pack:pack"]
    return subprocess.run(asked, env=environment, capture_output=True, text=True, timeout=300, check=False)


def result(folder: Path) -> dict[str, object]:
    return dict(json.loads((folder / "out" / "ada" / "result.json").read_text()))


def points(folder: Path) -> dict[str, int]:
    checks = [check for question in result(folder)["questions"] for check in question["checks"]]  # type: ignore[attr-defined]
    return {check["id"]: check["earned"] for check in checks}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the pack, and a notebook that was graded by it. Its cell prints something else at each run."""
    folder = tmp_path_factory.mktemp("course")
    (folder / PACK.name).write_text(PACK.read_text())
    (folder / "handed_in").mkdir()
    nbformat.write(new_notebook(cells=list(CELLS)), folder / "handed_in" / "ada.ipynb")
    made = command(folder, "grade", folder / "handed_in" / "ada.ipynb", "--out", folder / "out", "-q")
    assert made.returncode == 0, made.stderr
    assert points(folder) == {"q1.sum": 0, "q1.weights": 4, "q1.linear": 5}
    return folder


def change(folder: Path, before: str, after: str) -> None:
    text = PACK.read_text()
    assert before in text
    (folder / PACK.name).write_text(text.replace(before, after))


def printed(folder: Path) -> str:
    """What the second cell printed when it was run."""
    return json.dumps(nbformat.read(folder / "out" / "ada" / "feedback.ipynb", 4).cells, default=str)


def test_nothing_has_changed(home: Path) -> None:
    """Is every file as it was, and nothing run?"""
    (home / PACK.name).write_text(PACK.read_text())
    command(home, "regrade", home / "out")
    before = {path: path.read_bytes() for path in sorted((home / "out" / "ada").iterdir())}
    done = command(home, "regrade", home / "out")
    assert (done.returncode, done.stdout.splitlines()) == (
        0,
        ["1 result judged again, 1 from what was recorded; 0 differ from before"],
    )
    assert {path: path.read_bytes() for path in sorted((home / "out" / "ada").iterdir())} == before


def test_a_wording_has_changed(home: Path) -> None:
    """Does a new way to say something earn its point, without a run?"""
    before = printed(home)
    change(home, '("weighted sum",)', '("linear combination",)')
    done = command(home, "regrade", home / "out")
    assert done.returncode == 0, done.stderr
    assert "1 from what was recorded; 1 differs from before" in done.stdout
    assert points(home) == {"q1.sum": 1, "q1.weights": 4, "q1.linear": 5}
    assert "Linear regression" in (home / "out" / "ada" / "report.html").read_text()
    assert _random(printed(home)) == _random(before)


def test_a_threshold_has_changed(home: Path) -> None:
    """Is a check that asks the same of the code judged anew, without a run?"""
    change(home, "ENOUGH = 1", "ENOUGH = 1_000")
    done = command(home, "regrade", home / "out")
    assert "1 from what was recorded" in done.stdout, done.stderr
    assert points(home) == {"q1.sum": 0, "q1.weights": 0, "q1.linear": 5}


def test_an_experiment_has_changed(home: Path) -> None:
    """Is a notebook run whose code is asked what it was never asked, and is that told? And the next time not?"""
    before = printed(home)
    change(home, "BATCH = 4", "BATCH = 7")
    done = command(home, "regrade", home / "out")
    assert done.returncode == 0, done.stderr
    assert "0 from what was recorded" in done.stdout
    assert "1 had to be run: forward was not asked so" in done.stdout
    assert points(home) == {"q1.sum": 0, "q1.weights": 4, "q1.linear": 5}
    assert _random(printed(home)) != _random(before)
    assert "1 from what was recorded" in command(home, "regrade", home / "out").stdout


def test_a_notebook_that_is_gone_is_run_from_its_record(home: Path) -> None:
    """Where nothing lay beside it, are its cells run, wherever the file is by now?"""
    change(home, "BATCH = 4", "BATCH = 9")
    (home / "handed_in" / "ada.ipynb").rename(home / "moved.ipynb")
    done = command(home, "regrade", home / "out")
    (home / "moved.ipynb").rename(home / "handed_in" / "ada.ipynb")
    assert done.returncode == 0, done.stderr
    assert "1 had to be run" in done.stdout
    assert points(home) == {"q1.sum": 0, "q1.weights": 4, "q1.linear": 5}


def test_a_record_of_somebody_else_is_not_believed(home: Path) -> None:
    """Is a record that was changed taken for none?"""
    (record,) = (home / "out" / FOLDER).iterdir()
    kept = record.read_bytes()
    record.write_bytes(kept[:100] + bytes([kept[100] ^ 1]) + kept[101:])
    done = command(home, "regrade", home / "out")
    record.write_bytes(kept)
    assert done.returncode == 3
    assert "nothing was recorded of it, or not by you" in done.stdout


@pytest.fixture
def another(home: Path, tmp_path: Path) -> Iterator[Path]:
    """The record of another student, whose notebook has fewer answers, and who is gone in the end."""
    nbformat.write(new_notebook(cells=[CELLS[0]]), tmp_path / "bob.ipynb")
    kept = {path: path.read_bytes() for folder in ("ada", FOLDER) for path in (home / "out" / folder).iterdir()}
    command(home, "grade", tmp_path / "bob.ipynb", "--out", home / "out", "-q")
    (record,) = {*(home / "out" / FOLDER).iterdir()} - kept.keys()
    yield record
    record.unlink()
    shutil.rmtree(home / "out" / "bob")
    for path, content in kept.items():
        path.write_bytes(content)


def test_a_result_that_names_the_file_of_another(home: Path, another: Path) -> None:
    """Does a result that was made to do so keep its points, and is it named?"""
    path, before = home / "out" / "ada" / "result.json", points(home)
    theirs = json.loads((home / "out" / "bob" / "result.json").read_text())["submission"]["sha256"]
    own = result(home)["submission"]["sha256"]  # type: ignore[index]
    path.write_text(path.read_text().replace(own, theirs))
    done = command(home, "regrade", home / "out")
    assert points(home) == before
    assert done.returncode == 3
    assert "ada is as it was: result.json, or feedback.ipynb, is not as it was graded here" in done.stdout


def test_the_record_of_another_in_the_place_of_ones_own(home: Path, another: Path) -> None:
    """Is it taken for none?"""
    before = points(home)
    (own,) = {*(home / "out" / FOLDER).iterdir()} - {another}
    own.write_bytes(another.read_bytes())
    done = command(home, "regrade", home / "out")
    assert points(home) == before
    assert done.returncode == 3
    assert "ada is as it was: nothing was recorded of it, or not by you" in done.stdout


def test_a_folder_without_records_is_refused(tmp_path: Path) -> None:
    """Is it told what to do where there is nothing to judge from?"""
    (tmp_path / PACK.name).write_text(PACK.read_text())
    done = command(tmp_path, "regrade", tmp_path)
    assert (done.returncode, "there is no result.json" in done.stderr) == (2, True)


def _random(text: str) -> str:
    return text[text.index("b'") : text.index("b'") + 20]
