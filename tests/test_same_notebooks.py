"""Notebooks of the same cells: run once, and each with a result and a report of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from grader.batch.batch import Batch, Done, Plan
from grader.batch.desk import MOST_TOGETHER, together
from grader.batch.submissions import Submission
from grader.grading.options import Options
from grader.result.model import Result
from grader.worker.looking import content
from grader.worker.workers import Workers

PACK = "tests.worker.packs:assignment"


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    """What grades without a kernel, as there is no code."""
    with Workers(PACK) as made:
        yield made


class Told:
    """Keeps whose grading began, and who was kept."""

    def __init__(self) -> None:
        self.started: list[str] = []
        self.kept: list[str] = []

    def start(self, name: str) -> None:
        self.started.append(name)

    def update(self, name: str, done: int, total: int, text: str) -> None:
        """Nothing is kept."""

    def finish(self, name: str, result: Result) -> None:
        """Nothing is kept."""

    def keep(self, name: str, result: Result) -> None:
        self.kept.append(name)


def hand_in(folder: Path, name: str, text: str, *, title: str = "x", beside: str | None = None) -> Path:
    """A notebook in a folder of its own; its title changes the file and none of its cells."""
    (folder / name).mkdir(parents=True)
    made = new_notebook(cells=[new_markdown_cell(text, id="a")], metadata={"title": title})
    nbformat.write(made, folder / name / "hw.ipynb")
    if beside is not None:
        (folder / name / "data.csv").write_text(beside)
    return folder / name / "hw.ipynb"


def graded(submissions: list[Submission], out: Path, workers: Workers) -> tuple[Done, Told]:
    out.mkdir(exist_ok=True)
    watch = Told()
    return Batch(submissions, out, workers, Plan(Options(), jobs=2, sandbox=False), watch).grade(), watch


def on_disk(out: Path, name: str) -> dict[str, object]:
    found: dict[str, object] = json.loads((out / name / "result.json").read_text())
    return found


def test_the_same_cells_run_once_and_each_has_its_report(tmp_path: Path, workers: Workers) -> None:
    """Is the result that of each alone, on the disk and in the hand, with its own name, file and flags?"""
    text = "## 1. GRU\nIt has two gates."
    ada = Submission(hand_in(tmp_path, "ada", text), "ada", flags=("please look: first",))
    bob = Submission(hand_in(tmp_path, "bob", text, title="y"), "bob", chosen="Of 2.", flags=("please look: second",))
    cy = Submission(hand_in(tmp_path, "cy", f"{text} No."), "cy")
    done, watch = graded([ada, bob, cy], tmp_path / "out", workers)
    assert sorted(watch.started) == ["ada", "cy"]
    assert [result.submission.name for result in done.results] == ["ada", "bob", "cy"]
    for item, result in zip((ada, bob, cy), done.results, strict=True):
        (alone,), _ = graded([item], tmp_path / "alone", workers)[0].results, None
        expected = alone.model_copy(update={"duration_s": result.duration_s})
        assert result == expected
        assert Result.model_validate(on_disk(tmp_path / "out", item.name)) == expected
        assert item.name in (tmp_path / "out" / item.name / "report.html").read_text()
        assert nbformat.read(tmp_path / "out" / item.name / "feedback.ipynb", 4).cells
    assert done.results[1].flags[-1] == "please look: second"
    assert "please look: first" not in done.results[1].flags


def test_a_twin_is_taken_up_by_a_second_run(tmp_path: Path, workers: Workers) -> None:
    """Is what was written for one that was not run proven and complete as any other?"""
    items = [Submission(hand_in(tmp_path, name, "## 1. GRU"), name) for name in ("ada", "bob")]
    graded(items, tmp_path / "out", workers)
    done, watch = graded(items, tmp_path / "out", workers)
    assert (watch.started, sorted(watch.kept), done.kept) == ([], ["ada", "bob"], {"ada", "bob"})
    changed = [items[0], Submission(items[1].path, "bob", chosen="Of 2 notebooks, this one.")]
    done, watch = graded(changed, tmp_path / "out", workers)
    assert (watch.started, watch.kept) == (["bob"], ["ada"])
    assert on_disk(tmp_path / "out", "bob")["submission"]["chosen"] == "Of 2 notebooks, this one."  # type: ignore[index]


def test_a_folder_that_is_taken_costs_one_of_them(tmp_path: Path, workers: Workers) -> None:
    """Does a link in the place of one's results cost that one alone, whichever was run?"""
    items = [Submission(hand_in(tmp_path, name, "## 1. GRU"), name) for name in ("ada", "bob", "cy")]
    for wrong in ("ada", "bob"):
        out = tmp_path / f"out-{wrong}"
        out.mkdir()
        (out / wrong).symlink_to(tmp_path)
        done, _ = graded(items, out, workers)
        assert done.unwritten == {wrong}
        assert {result.submission.name: result.status for result in done.results} == {
            name: "failed" if name == wrong else "graded" for name in ("ada", "bob", "cy")
        }


def test_what_makes_notebooks_the_same(tmp_path: Path) -> None:
    """Are cells, the files beside, and the Keras that outputs tell what counts, and nothing else?"""

    def of(name: str, text: str = "a", **more: str) -> str | None:
        return content(hand_in(tmp_path, name, text, **more), Options())

    assert of("1") == of("2", title="other")
    assert of("1b", text="b") != of("1c")
    assert of("3", beside="1") == of("4", beside="1") != of("5", beside="2")
    kinds = [new_markdown_cell("x", id="a"), new_code_cell("x", id="a")]
    printed = [new_output("stream", text=text) for text in ("1", "2", "<keras.src.callbacks.History at 0x1>")]
    made = [new_notebook(cells=[cell]) for cell in kinds]
    made += [new_notebook(cells=[new_code_cell("x", id="a", outputs=[output])]) for output in printed]
    found = []
    for number, each in enumerate(made):
        path = hand_in(tmp_path, f"n{number}", "")
        nbformat.write(each, path)
        found.append(content(path, Options()))
    markdown, code, one, two, keras_2 = found
    assert markdown != code
    assert code == one == two != keras_2
    (tmp_path / "bad.ipynb").write_text("{")
    assert content(tmp_path / "bad.ipynb", Options()) is None


def test_groups_are_of_a_size_and_in_order() -> None:
    """Is what has no content alone, and is a group no larger than one worker can report on?"""
    assert together({3: "b", 0: "a", 2: None, 1: "a", 4: None, 5: "b"}) == [[0, 1], [2], [3, 5], [4]]
    sizes = [len(group) for group in together(dict.fromkeys(range(2 * MOST_TOGETHER + 1), "a"))]
    assert sizes == [MOST_TOGETHER, MOST_TOGETHER, 1]
