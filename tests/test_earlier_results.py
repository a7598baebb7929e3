"""What a second run takes up, what it does not, and what is said where files could not be written."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_markdown_cell, new_notebook

from grader.batch.batch import Batch, Done, Plan
from grader.batch.rebuild_folder import rebuild
from grader.batch.submissions import find
from grader.cli.ends import NOT_ALL_GRADED, OUTPUT_LOST
from grader.cli.grades_shown import exit_status, show
from grader.files.whole import digest
from grader.grading.options import Options
from grader.grading.submission import Graded
from grader.notebook.reading.files_digest import digest_of_offered
from grader.report.index import write_index
from grader.report.rebuild_report import rebuilt
from grader.result.model import Result
from grader.result.proof import is_altered, is_proven
from grader.worker.files import write
from grader.worker.workers import Workers
from tests.report import samples

PACK = "tests.worker.packs:assignment"


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    """What grades without a kernel, as there is no code."""
    with Workers(PACK) as made:
        yield made


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A class of two."""
    for name in ("ada", "bob"):
        (tmp_path / "class" / name).mkdir(parents=True)
        nbformat.write(
            new_notebook(cells=[new_markdown_cell(f"## 1. GRU\n{name}")]), tmp_path / "class" / name / "hw.ipynb"
        )
    return tmp_path / "class"


class Told:
    """Keeps what is shown."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def start(self, name: str) -> None:
        """Nothing is kept."""

    def update(self, name: str, done: int, total: int, text: str) -> None:
        """Nothing is kept."""

    def keep(self, name: str, result: Result) -> None:
        """Keep it as any other."""
        self.finish(name, result)

    def finish(self, name: str, result: Result) -> None:
        """Keep the name and the status."""
        self.lines.append(f"{name}: {result.status}")


def batch(workers: Workers, course: Path, out: Path, watch: Told | None = None, offered: Path | None = None) -> Batch:
    options = Options() if offered is None else Options(files=str(offered), files_digest=digest_of_offered(offered))
    return Batch(find([course]), out, workers, Plan(options, jobs=2, sandbox=False), watch or Told())


def graded(workers: Workers, course: Path, out: Path, offered: Path | None = None) -> Done:
    return batch(workers, course, out, offered=offered).grade()


def state(out: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in out.glob("*/*")}


def test_a_second_run_takes_up_what_is_its_own(workers: Workers, course: Path, tmp_path: Path) -> None:
    """Also after reports were made anew, and from a folder that was copied?"""
    out = tmp_path / "out"
    first = graded(workers, course, out)
    assert {path.name for path in out.glob("ada/*")} == {"result.json", "report.html", "feedback.ipynb", ".proof"}
    before = state(out)
    again = graded(workers, course, out)
    assert (again.results, again.unproven, state(out)) == (first.results, (), before)
    shutil.copytree(out, tmp_path / "copy")
    assert [item.problem for item in rebuild(tmp_path / "copy")] == [None, None]
    before = state(tmp_path / "copy")
    again = graded(workers, course, tmp_path / "copy")
    assert (again.results, again.unproven, state(tmp_path / "copy")) == (first.results, (), before)


def test_with_other_files_a_notebook_is_graded_again(workers: Workers, course: Path, tmp_path: Path) -> None:
    """Is a result taken up only where the code could read what it could read then, beside it or offered to all?"""
    out, offered = tmp_path / "out", tmp_path / "data"
    offered.mkdir()
    graded(workers, course, out)
    (course / "ada" / "words.csv").write_text("a,b")
    before = state(out)
    graded(workers, course, out)
    assert {path.parent.name for path, at in state(out).items() if before[path] != at} == {"ada"}
    (offered / "all.csv").write_text("1,2")
    seen = []
    for text in ("1,2", "1,2", "3,4"):
        (offered / "all.csv").write_text(text)
        before = state(out)
        graded(workers, course, out, offered)
        seen.append({path.parent.name for path, at in state(out).items() if before[path] != at})
    assert seen == [{"ada", "bob"}, set(), {"ada", "bob"}]


def test_a_result_that_a_student_has_left_is_not_taken_up(
    workers: Workers, course: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Is a forged one graded over, with its page, and is that said in one line?"""
    out = tmp_path / "out"
    good = graded(workers, course, out)
    folder = out / "ada"
    forged = json.loads((folder / "result.json").read_text())
    forged["questions"][0]["title"] = "A great answer"
    (folder / "result.json").write_text(json.dumps(forged))
    (folder / "report.html").write_text("<script>alert(1)</script>")
    done = graded(workers, course, out)
    assert done.unproven == ("ada",)
    assert [result.questions for result in done.results] == [result.questions for result in good.results]
    assert "alert(1)" not in (folder / "report.html").read_text()
    show(done, out)
    said = capsys.readouterr().err
    assert said == "grader: graded again, as nothing proves that the earlier result is yours: ada\n"


def test_the_result_of_another_is_not_taken_up(workers: Workers, course: Path, tmp_path: Path) -> None:
    """Nor one that was proven, in the folder of another who handed in the same notebook?"""
    out = tmp_path / "out"
    graded(workers, course, out)
    shutil.copy(course / "ada" / "hw.ipynb", course / "bob" / "hw.ipynb")
    shutil.rmtree(out / "bob")
    shutil.copytree(out / "ada", out / "bob")
    assert [result.submission.name for result in graded(workers, course, out).results] == ["ada", "bob"]


def test_what_could_not_be_written_is_not_said_to_be_there(
    workers: Workers, course: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Is a report that is not there not named, nor an earlier result shown in the place of none?"""
    out = tmp_path / "out"
    write(Graded(samples.graded(), None), out / "old")
    for name in ("report.html", "result.json"):
        (out / "hw" / name).mkdir(parents=True)
    one = batch(workers, course / "ada" / "hw.ipynb", out)
    done = one.grade()
    assert done.unwritten == {"hw"}
    assert one.complete() == "no submission is complete"
    show(done, out)
    shown = capsys.readouterr()
    assert "Report" not in shown.out
    assert exit_status(done, None) == NOT_ALL_GRADED


def test_no_grade_stands_before_an_earlier_one(tmp_path: Path) -> None:
    """Does the index show that there is none, where an older result lies in the folder?"""
    write(Graded(samples.graded(), None), tmp_path / "ada")
    none = samples.without_grade("failed", "the disk was full")
    none = none.model_copy(update={"submission": none.submission.model_copy(update={"name": "ada"})})
    write_index(tmp_path, [none])
    page = (tmp_path / "index.html").read_text()
    assert "could not be graded" in page
    assert "report.html" not in page


def test_an_index_that_cannot_be_written_is_said(
    workers: Workers, course: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Is there a line, and a status that is not that of all being well?"""
    out = tmp_path / "out"
    (out / "index.html").mkdir(parents=True)
    done = graded(workers, course, out)
    assert [result.status for result in done.results] == ["graded", "graded"]
    assert exit_status(done, None) == OUTPUT_LOST
    assert "index.html was not written by the grader" in capsys.readouterr().err


def test_nothing_is_said_of_what_an_interrupt_ends(workers: Workers, course: Path, tmp_path: Path) -> None:
    """Is what fails because of it no result, shown or counted?"""
    told = Told()
    made = batch(workers, course, tmp_path / "out", told)
    made.ended = True
    made.finished(0, samples.without_grade("failed", "the worker has ended"))
    assert told.lines == []
    assert made.complete() == "no submission is complete"


@pytest.fixture
def proven(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """A folder of results with its proof, and the environment that has the key."""
    environment = {"HOME": str(tmp_path / "home")}
    (tmp_path / "home").mkdir()
    write(Graded(samples.graded(), samples.notebook()), tmp_path / "ada", environment)
    return tmp_path / "ada", environment


def test_a_proof_is_of_its_own_folder(proven: tuple[Path, dict[str, str]], tmp_path: Path) -> None:
    """Is it none in the folder of another, while the folder with all of them may lie anywhere?"""
    folder, environment = proven
    shutil.copytree(folder, tmp_path / "bo")
    assert not is_proven(tmp_path / "bo", {}, environment)
    assert is_altered(tmp_path / "bo", {}, environment)
    shutil.copytree(folder, tmp_path / "elsewhere" / "ada")
    assert is_proven(tmp_path / "elsewhere" / "ada", {}, environment)


def test_a_proof_is_of_all_files_and_of_one_key(proven: tuple[Path, dict[str, str]], tmp_path: Path) -> None:
    """Does it fail with any file changed, taken away or linked, with another key, and without one?"""
    folder, environment = proven
    key = tmp_path / "home" / ".local" / "state" / "grader" / "key"
    assert is_proven(folder, {}, environment)
    assert key.stat().st_mode & 0o777 == 0o600
    for name in ("result.json", "report.html", "feedback.ipynb", ".proof"):
        content = (folder / name).read_bytes()
        (folder / name).write_bytes(content + b" " if name != ".proof" else b"[]")
        assert not is_proven(folder, {}, environment)
        (folder / name).unlink()
        assert not is_proven(folder, {}, environment)
        (tmp_path / "elsewhere").write_bytes(content)
        (folder / name).symlink_to(tmp_path / "elsewhere")
        assert not is_proven(folder, {}, environment)
        (folder / name).unlink()
        (folder / name).write_bytes(content)
        assert is_proven(folder, {}, environment)
    key.chmod(0o644)
    assert not is_proven(folder, {}, environment)
    key.chmod(0o600)
    key.write_bytes(bytes(32))
    assert not is_proven(folder, {}, environment)
    for nowhere in ({}, {"HOME": "relative"}, {"HOME": "/proc/nowhere"}, {"XDG_STATE_HOME": str(tmp_path / "new")}):
        assert not is_proven(folder, {}, nowhere)


@pytest.mark.parametrize("name", ["result.json", "feedback.ipynb"])
def test_a_file_that_is_exchanged_meanwhile_is_not_proven(tmp_path: Path, name: str) -> None:
    """Does no moment serve, while results are written or a report is made anew, to have another file proven?"""
    folder = tmp_path / "ada"
    graded = Graded(samples.graded(), samples.notebook())
    write(graded, folder)
    good = {path.name: path.read_bytes() for path in folder.iterdir()}

    def forge(ended: threading.Event) -> None:
        """Put another file in the place of the one, as soon as a new report appears, and again and again."""
        before = (folder / "report.html").stat().st_ino
        while not ended.is_set() and (folder / "report.html").stat().st_ino == before:
            pass
        while not ended.is_set():
            (tmp_path / "forged").write_bytes(good[name] + b" ")
            (tmp_path / "forged").replace(folder / name)

    for work in (lambda: rebuilt(folder), lambda: write(graded, folder)):
        for _ in range(5):
            for each, content in good.items():
                (folder / each).write_bytes(content)
            ended = threading.Event()
            thread = threading.Thread(target=forge, args=(ended,))
            thread.start()
            work()
            ended.set()
            thread.join()
            assert (folder / name).read_bytes() == good[name] or not is_proven(folder, {})


def test_what_was_read_is_what_is_proven(proven: tuple[Path, dict[str, str]]) -> None:
    """Does the proof of a file that was put back not serve for the one that was read before?"""
    folder, environment = proven
    assert is_proven(folder, {"result.json": digest((folder / "result.json").read_bytes())}, environment)
    assert not is_proven(folder, {"result.json": digest(b"{}")}, environment)


def test_without_a_key_there_is_no_proof(proven: tuple[Path, dict[str, str]]) -> None:
    """Are results written all the same, and no proof left that is not theirs?"""
    folder, _ = proven
    write(Graded(samples.graded(), samples.notebook()), folder, {"HOME": "/proc/nowhere"})
    assert not (folder / ".proof").exists()
