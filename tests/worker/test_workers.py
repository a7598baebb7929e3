"""What a notebook does to who reads it costs that notebook alone."""

from __future__ import annotations

import os
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grader.batch.batch import Batch, Plan
from grader.batch.submissions import find
from grader.cli.under_way import progress
from grader.grading.options import Options
from grader.result.model import Result
from grader.worker.budget import Budget
from grader.worker.workers import HomeLost, Job, Refused, Workers, WorkFailed

PACK = "tests.worker.packs:assignment"
TEXTS = {"a_first": "plain", "b_endless": "endless", "c_huge": "huge", "d_crash": "crash", "e_last": "plain"}
SMALL = Budget(processor_s=2, memory_bytes=256 << 20)


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Result]:
    """A class in which reading some is more than can be had."""
    folder = tmp_path_factory.mktemp("class")
    for name, text in TEXTS.items():
        nbformat.write(new_notebook(cells=[new_markdown_cell(f"## 1. GRU\n{text}")]), folder / f"{name}.ipynb")
    parts = [new_code_cell(f"x{number} = f'{'{a}' * 9_000}'") for number in range(60)]
    nbformat.write(new_notebook(cells=[new_markdown_cell("## 1. GRU"), *parts]), folder / "d_parts.ipynb")
    with Workers(PACK, allowed=SMALL) as workers, progress(quiet=True) as watch:
        done = Batch(find([folder]), folder / "out", workers, Plan(Options(), jobs=2, sandbox=False), watch).grade()
    assert done.index is None
    assert (folder / "out" / "index.html").exists()
    assert sorted(item.name for item in (folder / "out").iterdir() if item.is_dir()) == ["a_first", "e_last"]
    return {result.submission.name: result for result in done.results}


@pytest.mark.parametrize("name", ["a_first", "e_last"])
def test_others_are_graded(results: dict[str, Result], name: str):
    """Do the others of a class have their grades?"""
    assert (results[name].status, results[name].score) == ("graded", 10)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("b_endless", "reading took too long: more than 2 s of a processor"),
        ("d_parts", "reading took too long: more than 2 s of a processor"),
        ("c_huge", "reading took too much memory: more than 256 MB"),
        ("d_crash", "reading failed: the process ended with status -11"),
    ],
)
def test_what_reading_costs_too_much_for_is_not_graded(results: dict[str, Result], name: str, reason: str):
    """Does such a notebook have no grade, and the reason for it?"""
    assert (results[name].status, results[name].score) == ("failed", 0)
    assert results[name].reason == f"not graded: {reason}"


def test_a_pack_that_is_not_there_is_refused():
    """Is it said what is wrong with the name of a pack?"""
    with Workers("nobody") as workers, pytest.raises(Refused, match="known packs"):
        workers.about()


def test_nothing_of_the_current_folder_is_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Where a command is given in a folder with a json.py, does the home of the workers go without it?"""
    for name in ("json.py", "grader.py", "nbformat.py", "numpy.py"):
        (tmp_path / name).write_text("raise SystemExit('imported')")
    monkeypatch.chdir(tmp_path)
    with Workers(None) as workers:
        assert workers.about() == {"assignment": None}


def test_without_their_home_there_is_an_error(tmp_path: Path):
    """Where the program that forks workers was killed, is that said, and not waited for?"""
    workers = Workers(None)
    workers.about()
    workers.end()
    with pytest.raises((HomeLost, WorkFailed)):
        workers.do(Job({"kind": "report", "folder": str(tmp_path)}))


def test_the_keras_of_a_notebook_is_told_at_once(tmp_path: Path):
    """Is the generation of Keras guessed by a worker, and nothing where the file cannot be read?"""
    for name, source in {"two": "import tensorflow_addons", "three": "from keras import ops"}.items():
        nbformat.write(new_notebook(cells=[new_code_cell(source)]), tmp_path / name)
    (tmp_path / "none").write_text("{")
    found = {}
    for name in ("two", "three", "none"):
        with Workers(None) as workers:
            found[name] = workers.guess(tmp_path / name, "auto")
    assert found == {"two": 2, "three": 3, "none": None}


def test_workers_leave_no_process(tmp_path: Path):
    """Are home and workers gone when they are left?"""
    with Workers(None) as workers:
        workers.about()
        pid = workers._process.pid
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
