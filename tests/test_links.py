"""Links in what is handed in, and folders that are closed: whose row they are, and what is never read."""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_markdown_cell, new_notebook

from grader.batch.rebuild_folder import rebuild
from grader.batch.submissions import Submission, find, prepare
from grader.files.folder_names import folder_name
from grader.files.links import placed
from grader.files.whole import write_text
from grader.grading.submission import Graded
from grader.notebook.reading.read import UnreadableNotebook, read
from grader.report.index import write_index
from grader.result.file import UnreadableResult
from grader.result.file import read as read_result
from grader.result.names import BadRequest
from grader.worker.files import Misplaced, write
from tests.report import samples
from tests.report.markup import parse
from tests.report.pages import squeezed

LINK = "is a link, and was not graded"
NOBODY = 65_534


def touch(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("{}")
    return path


def link(path: Path, to: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(str(to))
    return path


def rows(*paths: Path | str) -> dict[str, str | None]:
    """The problem of each submission, by its name."""
    return {item.name: item.problem for item in find(map(Path, paths))}


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    """A notebook that nobody in the class has written."""
    return touch(tmp_path / "elsewhere" / "answers.ipynb")


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A class in which ada and bob have handed in notebooks."""
    touch(tmp_path / "class" / "ada" / "hw.ipynb")
    touch(tmp_path / "class" / "bob.ipynb")
    return tmp_path / "class"


def test_a_linked_notebook_is_its_students_row(course: Path, answers: Path) -> None:
    """Is a link that row of the one who made it, with a hint, and does nobody else disappear?"""
    link(course / "carl.ipynb", answers)
    link(course / "dora.ipynb", "bob.ipynb")
    link(course / "eve" / "hw.ipynb", "../ada/hw.ipynb")
    link(course / "finn.ipynb", "nowhere")
    link(course / "gus.ipynb", "gus.ipynb")
    link(course / "hal.ipynb", course / "ada")
    found = rows(course)
    assert found.pop("ada") is None
    assert found.pop("bob") is None
    assert list(found) == ["carl", "dora", "finn", "gus", "hal", "eve"]
    assert found["carl"] == f"carl.ipynb: {LINK}; hand in the file itself"
    assert all(LINK in (problem or "") for problem in found.values())


def test_a_linked_folder_is_its_students_row(course: Path, answers: Path) -> None:
    """Is a folder that is a link not looked into, and its student named?"""
    link(course / "carl", answers.parent)
    link(course / "dora", "ada")
    link(course / "eve", "nowhere")
    link(course / "finn", "finn")
    found = rows(course)
    assert found.pop("ada") is found.pop("bob") is None
    assert list(found) == ["carl", "dora", "eve", "finn"]
    assert all(problem == f"{name}: {LINK}; hand in the folder itself" for name, problem in found.items())


def test_a_folder_that_becomes_a_link_is_not_followed(course: Path, answers: Path) -> None:
    """Is a notebook that was found read from its own folder alone, whatever is put in the folder's place later?"""
    (course / "ada").mkdir(exist_ok=True)
    touch(course / "ada" / "hw.ipynb")
    item = next(item for item in find([course]) if item.path.parent.name == "ada")
    shutil.rmtree(course / "ada")
    link(course / "ada", answers.parent)
    nbformat.write(new_notebook(cells=[new_markdown_cell("an answer")]), answers.parent / "hw.ipynb")
    assert read(answers.parent / "hw.ipynb").cells
    with pytest.raises(UnreadableNotebook, match="lies behind a link"):
        read(item.path)


def test_other_links_are_nobodys(course: Path, answers: Path) -> None:
    """Are links that stand for no notebook and no student left out, and folders in a student's folder?"""
    link(course / "notes.txt", answers)
    link(course / "data.csv", "nowhere")
    link(course / ".cache", answers.parent)
    link(course / "ada" / "more", answers.parent)
    assert rows(course) == {"bob": None, "ada": None}


def test_what_is_in_the_place_of_a_notebook_is_its_students_row(course: Path, answers: Path) -> None:
    """Does a student who handed in a folder by a notebook's name, or a link to one alone, have a row that says so?"""
    (course / "carl" / "hw.ipynb").mkdir(parents=True)
    link(course / "dora" / "homework", answers.parent)
    (course / "eve.ipynb").mkdir()
    touch(course / "finn.ipynb" / "hw.ipynb")
    touch(course / "pictures" / "network.png")
    found = rows(course)
    assert found.pop("ada") is found.pop("bob") is found.pop("finn.ipynb") is None
    assert found == {
        "carl": "carl: hw.ipynb in it is a folder, and no notebook; hand in the file itself",
        "dora": f"dora: homework in it {LINK}; hand in the files themselves",
        "eve.ipynb": "eve.ipynb: is a folder, and there is no notebook in it; hand in the file itself",
    }


def test_two_names_of_one_file_are_two_rows(course: Path) -> None:
    """Do both of them who hand in one file have a row, and has one path that is given twice one?"""
    os.link(course / "bob.ipynb", course / "carl.ipynb")
    assert rows(course) == {"bob": None, "carl": None, "ada": None}
    assert rows(course / "bob.ipynb", course / "ada" / ".." / "bob.ipynb", course / "bob.ipynb") == {"bob": None}


def test_given_files_behind_links_are_refused(
    course: Path, answers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Is a path not followed that a pattern of a shell has met, in the current folder or below what all share?"""
    link(course / "carl", answers.parent)
    link(course / "dora.ipynb", answers)
    given = ("ada/hw.ipynb", "carl/answers.ipynb", "dora.ipynb")
    found = rows(*(course / name for name in given))
    assert found["answers"] == f"answers.ipynb: lies behind carl, which {LINK}; hand in the file itself"
    assert (found["hw"], LINK in (found["dora"] or "")) == (None, True)
    monkeypatch.chdir(tmp_path)
    assert rows(*(Path("class") / name for name in given)) == found
    assert LINK in (rows("class/carl/answers.ipynb")["answers"] or "")
    assert LINK in (rows(course / "dora.ipynb")["dora"] or "")


def test_what_lies_above_is_the_instructors_own(course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is a link above all that is given followed, such as a linked home?"""
    home = link(tmp_path / "home", course.parent)
    monkeypatch.chdir(link(tmp_path / "desk", course.parent / "class") / "ada")
    assert rows(home / "class") == {"bob": None, "ada": None}
    assert rows(home / "class" / "bob.ipynb") == {"bob": None}
    assert rows(home / "class" / "bob.ipynb", home / "class" / "ada") == {"bob": None, "ada": None}
    assert rows("hw.ipynb", "../bob.ipynb") == {"hw": None, "bob": None}


def test_a_given_folder_that_is_a_link_says_where_it_leads(
    course: Path, answers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Is it refused in one line, with the path to give in its place?"""
    monkeypatch.chdir(tmp_path)
    link(course / "carl", answers.parent)
    for given in ("class/carl", "class/carl/", course / "carl"):
        with pytest.raises(BadRequest) as caught:
            find([Path(given), course / "ada"])
        assert f"carl is a link, and links are not followed; this one leads to {answers.parent}" in str(caught.value)
        assert "\n" not in str(caught.value)


def test_back_from_behind_a_link_is_nowhere(course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is what is opened what was looked at, where `..` behind a link leads elsewhere than it reads?"""
    touch(tmp_path / "elsewhere" / "bob.ipynb").write_text("another")
    (tmp_path / "elsewhere" / "deep").mkdir()
    link(course / "carl", tmp_path / "elsewhere" / "deep")
    monkeypatch.chdir(tmp_path)
    for given in (Path("class/carl/../bob.ipynb"), course / "carl" / ".." / "bob.ipynb"):
        assert given.read_text() == "another"
        (found,) = find([given])
        assert LINK in (found.problem or "")
    (found,) = find([Path("class/ada/../bob.ipynb")])
    assert (found.path, found.problem) == (course / "bob.ipynb", None)


def test_what_other_systems_leave_is_nobodys(tmp_path: Path) -> None:
    """Does a notebook in capitals count, and nothing that macOS and Jupyter lay beside it?"""
    for name in ("HW3.IPYNB", "._HW3.IPYNB", "__MACOSX/hw3.ipynb", ".ipynb_checkpoints/hw3.ipynb", "ada/._hw.ipynb"):
        touch(tmp_path / name)
    assert rows(tmp_path) == {tmp_path.name: None}


def test_a_name_that_is_no_text_is_a_row(tmp_path: Path) -> None:
    """Is a name that is no UTF-8 a row under a name that can be written, with its own path?"""
    path = tmp_path / os.fsdecode(b"caf\xe9\xff.ipynb")
    touch(path)
    (found,) = find([path])
    assert found == Submission(path, "caf__")
    (found,) = find([tmp_path])
    assert found == Submission(path, folder_name(tmp_path.name), is_student=True)


def test_a_problem_is_one_line_of_signs(course: Path, answers: Path) -> None:
    """Do names of links bring no line break, escape or turned writing into the reason?"""
    evil = "a\x1b[31m\n\u202e" + os.fsdecode(b"\xff")
    link(course / evil, answers.parent)
    link(course / f"{evil}.ipynb", answers)
    problems = [item.problem for item in find([course, course / evil / "answers.ipynb"]) if item.problem]
    assert len(problems) == 3
    assert all(problem.isprintable() and "\\x1b" in problem for problem in problems)


@pytest.mark.parametrize("name", ["absent.ipynb", "bob.ipynb/hw.ipynb", "x" * 5_000 + ".ipynb", "a\0b.ipynb"])
def test_what_is_not_there_is_a_row(course: Path, name: str) -> None:
    """Does a path that leads nowhere cost nobody else their grade, and say why when it is read?"""
    found = find([course / name, course / "bob.ipynb"])
    assert [item.problem for item in found] == [None, None]
    with pytest.raises(UnreadableNotebook, match=r"there is no such file|cannot be opened"):
        read(found[0].path)


@contextmanager
def refused(*paths: Path) -> Iterator[None]:
    """Run as somebody whom the file system refuses what nobody may read; root would be let in."""
    modes = {path: path.stat().st_mode for path in paths}
    for path in paths:
        path.chmod(0)
    root = os.geteuid() == 0
    try:
        if root:
            os.seteuid(NOBODY)
        yield
    finally:
        if root:
            os.seteuid(0)
        for path, mode in modes.items():
            path.chmod(mode)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder to which everybody finds the way, as pytest's own are not."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def test_closed_folders_and_files_are_rows(open_folder: Path) -> None:
    """Does what may not be read cost its student alone, in one line, without a traceback?"""
    closed = [touch(open_folder / "bob" / "hw.ipynb").parent, touch(open_folder / "carl.ipynb")]
    touch(open_folder / "ada.ipynb")
    with refused(*closed):
        found = {item.name: item for item in find([open_folder, closed[0]])}
        assert list(found) == ["ada", "carl", "bob"]
        assert found["bob"].problem == (
            "bob: this folder cannot be opened (Permission denied), so nothing in it was graded; see who may read it"
        )
        with pytest.raises(UnreadableNotebook, match=r"cannot be read \(Permission denied\)"):
            read(found["carl"].path)
        assert rows(closed[0] / "hw.ipynb") == {"hw": None}
        with pytest.raises(UnreadableNotebook, match="Permission denied"):
            read(closed[0] / "hw.ipynb")
        assert list(rows(closed[0])) == ["bob"]


def test_reading_takes_no_link_and_waits_for_nobody(tmp_path: Path, answers: Path) -> None:
    """Is a link not opened, nor a pipe into which nobody writes, nor a device?"""
    os.mkfifo(tmp_path / "pipe.ipynb")
    for path, said in (
        (link(tmp_path / "a.ipynb", answers), LINK),
        (link(tmp_path / "b.ipynb", "b.ipynb"), LINK),
        (link(tmp_path / "c.ipynb", "nowhere"), LINK),
        (tmp_path / "pipe.ipynb", "not an ordinary file"),
        (Path("/dev/zero"), "not an ordinary file"),
    ):
        with pytest.raises(UnreadableNotebook, match=said):
            read(path)


def ungraded() -> Graded:
    return Graded(samples.without_grade("unreadable", "for a reason"), None)


@pytest.mark.parametrize("to", ["../..", "../elsewhere", "nowhere", "ada"])
def test_results_are_not_written_through_a_link(tmp_path: Path, to: str) -> None:
    """Is nothing written where a link leads that lies in the place of a student's results?"""
    (tmp_path / "elsewhere").mkdir()
    out = tmp_path / "in" / "out"
    link(out / "ada", to)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(Misplaced, match=r"a link in the place of the folder for its results, .*ada; choose another"):
        write(ungraded(), out / "ada")
    assert sorted(tmp_path.rglob("*")) == before


def test_a_folder_that_becomes_a_link_while_results_are_written(tmp_path: Path) -> None:
    """Does nothing come to where a link leads that is put in its place at times, and is nothing removed?"""
    place, kept, elsewhere = tmp_path / "out" / "ada", tmp_path / "out" / "real", tmp_path / "elsewhere"
    write(ungraded(), place)
    elsewhere.mkdir()
    (elsewhere / "feedback.ipynb").write_text("precious")
    done = threading.Event()

    def exchange() -> None:
        while not done.is_set():
            for step in (
                lambda: place.rename(kept),
                lambda: place.symlink_to(elsewhere),
                place.unlink,
                lambda: kept.rename(place),
            ):
                with suppress(OSError):  # there may be a new folder in its place
                    step()

    exchanging = threading.Thread(target=exchange)
    exchanging.start()
    try:
        for _ in range(60):
            with suppress(OSError, Misplaced):
                write(ungraded(), place)
    finally:
        done.set()
        exchanging.join()
    assert [item.name for item in elsewhere.iterdir()] == ["feedback.ipynb"]


def test_what_an_instructor_named_may_lie_behind_links(tmp_path: Path) -> None:
    """Is a file written there, and none where it was not looked up who made the link?"""
    (tmp_path / "home").mkdir()
    link(tmp_path / "mine", tmp_path / "home")
    with pytest.raises(OSError, match="lies behind a link"):
        write_text(tmp_path / "mine" / "a.json", "{}")
    write_text(placed(tmp_path / "mine" / "a.json"), "{}")
    assert [item.name for item in (tmp_path / "home").iterdir()] == ["a.json"]


def test_a_file_in_the_place_of_results_is_said(tmp_path: Path) -> None:
    """Is it kept, with a reason for the one who has no result then?"""
    (tmp_path / "ada").write_text("precious")
    with pytest.raises(Misplaced, match="a file in the place"):
        write(ungraded(), tmp_path / "ada")
    assert (tmp_path / "ada").read_text() == "precious"


def test_links_in_the_place_of_single_files_are_replaced(tmp_path: Path) -> None:
    """Does a link called result.json leave the file alone to which it leads?"""
    (tmp_path / "precious").write_text("precious")
    for name in ("result.json", "report.html"):
        link(tmp_path / "out" / "ada" / name, tmp_path / "precious")
    write(ungraded(), tmp_path / "out" / "ada")
    assert (tmp_path / "precious").read_text() == "precious"
    assert not (tmp_path / "out" / "ada" / "result.json").is_symlink()


def test_results_behind_a_link_are_nobodys(tmp_path: Path) -> None:
    """Do the index, and reports made anew, leave alone what a link in the folder of results leads to?"""
    write(ungraded(), tmp_path / "elsewhere")
    write(ungraded(), tmp_path / "out" / "bob")
    (tmp_path / "elsewhere" / "report.html").write_text("old")
    link(tmp_path / "out" / "ada", tmp_path / "elsewhere")
    bob, ada = rebuild(tmp_path / "out")
    assert bob.problem is None
    assert "ada is a link, and was left alone" in (ada.problem or "")
    assert (tmp_path / "elsewhere" / "report.html").read_text() == "old"
    index = (tmp_path / "out" / "index.html").read_text()
    assert {*re.findall(r'href="([^"]*/report\.html)"', index)} == {"bob/report.html"}


def test_links_within_results_are_named(tmp_path: Path) -> None:
    """Is what a link called like one of our files leads to neither read nor shown, and are the others made anew?"""
    out = tmp_path / "out"
    for name in ("ann", "bob", "carl", "dora", "eve", "finn"):
        write(ungraded(), out / name)
    write(ungraded(), tmp_path / "elsewhere")
    secret = tmp_path / "secret.ipynb"
    nbformat.write(new_notebook(cells=[new_markdown_cell("the model answer")]), secret)
    link(out / "ann" / "feedback.ipynb", secret)
    for name, to in (("bob", "../../elsewhere/result.json"), ("carl", "nowhere"), ("dora", "..")):
        (out / name / "result.json").unlink()
        link(out / name / "result.json", to)
    os.mkfifo(out / "eve" / "feedback.ipynb")
    problems = {item.folder.name: item.problem or "" for item in rebuild(out)}
    assert problems.pop("finn") == ""
    assert "no ordinary file" in problems.pop("eve")
    assert list(problems) == ["ann", "bob", "carl", "dora"]
    assert all("is a link, and links are not followed" in problem for problem in problems.values())
    assert "the model answer" not in (out / "ann" / "report.html").read_text()
    page = squeezed(parse((out / "index.html").read_text()).text)
    assert page.count("is a link, and links are not followed") == 3
    for name in ("bob", "carl", "dora"):
        with pytest.raises(UnreadableResult, match="is a link"):
            read_result(out / name / "result.json")


def test_an_index_that_is_no_page_is_left_alone(tmp_path: Path) -> None:
    """Is a link or a pipe in its place neither read nor replaced?"""
    write(ungraded(), tmp_path / "ada")
    link(tmp_path / "index.html", "/dev/zero")
    with pytest.raises(BadRequest, match="was not written by the grader"):
        write_index(tmp_path)
    (tmp_path / "index.html").unlink()
    os.mkfifo(tmp_path / "index.html")
    with pytest.raises(BadRequest, match="was not written by the grader"):
        write_index(tmp_path)


def test_a_submission_is_not_overwritten_by_another_name(tmp_path: Path) -> None:
    """Is --out refused that is the folder of a notebook, by the name of a link to it?"""
    file = touch(tmp_path / "class" / "feedback" / "feedback.ipynb")
    with pytest.raises(BadRequest, match="overwrite"):
        prepare(link(tmp_path / "out", "class"), find([file]))
    assert json.loads(file.read_text()) == {}
