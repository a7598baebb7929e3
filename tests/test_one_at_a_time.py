"""Who writes results in a folder is alone there, and whoever is killed has left nothing that is in the way."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import psutil
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from typer.testing import CliRunner

from grader.cli.main import app
from grader.files.whole import sweep, write_text, written
from grader.result.file import read
from grader.result.proof import is_altered
from tests.test_ends import class_of, start, temporary

__all__ = ["temporary"]

KILLED, STUDENTS = 10, 40
CELLS = (
    "## 5. GRU\nA GRU has an update gate and a reset gate, and no memory cell beside its hidden state.",
    "## 1. RNN\nThe same weights are used at every time step: h_t = tanh(W x_t + U h_{t-1} + b).",
)


def ended(process: subprocess.Popen[str]) -> None:
    """Kill a grader, and wait until what it has started is gone."""
    family = psutil.Process(process.pid).children(recursive=True)
    process.kill()
    process.communicate()
    psutil.wait_procs(family, timeout=60)


def test_a_second_run_says_so_and_ends(temporary: Path) -> None:
    """Does a command that would write where another run is at work hear of it, and change nothing?"""
    folder, out = class_of(temporary), temporary / "out"
    first = start(temporary, folder)
    try:
        while not (out / "ada" / "result.json").exists():
            assert first.poll() is None, first.communicate()
            time.sleep(0.05)
        for command in (["grade", str(folder), "--out", str(out)], ["regrade", str(out)], ["report", str(out)]):
            done = CliRunner().invoke(app, command)
            assert done.exit_code == 2, command
            assert "another grader is writing results in this folder" in done.output
        assert not (out / "index.html").exists()
        assert not (out / "bob").exists()
    finally:
        ended(first)
    assert CliRunner().invoke(app, ["report", str(out)]).exit_code == 0


def test_half_written_files_go(tmp_path: Path) -> None:
    """Is what a writer left that was killed removed, and nothing that is being written or somebody else's?"""
    (tmp_path / "ada").mkdir()
    left = [tmp_path / ".index.html.0123456789abcdef.part", tmp_path / "ada" / ".result.json.0123456789abcdef.part"]
    mine = [
        tmp_path / name for name in ("notes.part", ".thesis.pdf.part", ".x.0123456789ABCDEF.part", "ada/result.json")
    ]
    mine += [tmp_path / "ada" / name for name in (".thesis.part", ".0123456789abcdef.part", ".x.0123456789abcde.part")]
    for path in (*left, *mine):
        write_text(path, "half")
    with written(tmp_path / "ada" / "report.html") as file:
        file.write(b"all of it")
        sweep(tmp_path)
    assert [path.exists() for path in left] == [False, False]
    assert all(path.exists() for path in mine)
    assert (tmp_path / "ada" / "report.html").read_text() == "all of it"


@pytest.mark.slow
@pytest.mark.timeout(900)  # It grades 40 notebooks twice, and imports twelve times.
def test_killed_anywhere_and_started_again(temporary: Path) -> None:
    """After kills at ten random moments, is every result there once, whole, and as an undisturbed run has it?"""
    folder = temporary / "class"
    folder.mkdir()
    for at in range(STUDENTS):
        cells = [new_markdown_cell(f"{text} This is what student {at} says.") for text in CELLS]
        code = [new_code_cell(f"number = {at}\nprint(number)")] if at % 10 == 0 else []
        nbformat.write(new_notebook(cells=[*cells, *code]), folder / f"student-{at:02}.ipynb")
    finish(grade(temporary, folder, "calm"))
    drawn = random.Random(0)
    for _ in range(KILLED):
        run = grade(temporary, folder, "killed")
        time.sleep(drawn.uniform(0.5, 4))
        ended(run)
    finish(grade(temporary, folder, "killed"))
    calm, killed = temporary / "calm", temporary / "killed"
    assert names(killed) == names(calm)
    assert not list(killed.rglob("*.part"))
    for student in (item.name for item in calm.iterdir() if (item / "result.json").is_file()):
        assert content(killed / student) == content(calm / student)
        assert not is_altered(killed / student, {})
    assert listed(killed) == listed(calm)


def finish(run: subprocess.Popen[str]) -> None:
    """Wait for a grader that nobody disturbs."""
    said = run.communicate(timeout=280)[1]
    assert run.returncode == 0, said


def grade(temporary: Path, folder: Path, out: str) -> subprocess.Popen[str]:
    """The command, started."""
    command = [sys.executable, "-m", "grader", "grade", str(folder), "--out", str(temporary / out), "--jobs", "2", "-q"]
    return subprocess.Popen(command, env={**os.environ, "TMPDIR": str(temporary)}, text=True, stderr=subprocess.PIPE)


def names(out: Path) -> list[str]:
    """What is in a folder of results and in its folders, but for the names that depend on time."""
    return sorted(str(path.relative_to(out)) for path in out.rglob("*"))


def content(folder: Path) -> dict[str, object]:
    """A result without the time that it took."""
    return read(folder / "result.json").model_dump(exclude={"duration_s"})


def listed(out: Path) -> str:
    """The class, as the gradebook lists it."""
    return CliRunner().invoke(app, ["gradebook", str(out)]).output
