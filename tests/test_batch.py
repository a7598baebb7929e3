"""Which notebooks a command's paths stand for, and how their results are named."""

from pathlib import Path

import pytest

from grader.batch.submissions import find, prepare
from grader.notebook.reading.beside import beside
from grader.result.names import BadRequest


def touch(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("{}")
    return path


def names(*paths: Path) -> list[str]:
    return [submission.name for submission in find(paths)]


def test_a_file_is_named_after_its_stem(tmp_path: Path):
    """Does `grade ada.ipynb` write to `ada/`?"""
    assert names(touch(tmp_path / "ada.ipynb")) == ["ada"]


def test_a_folder_may_hold_notebooks_and_student_folders(tmp_path: Path):
    """Are notebooks named after their stem, and those in a student's folder after the student?"""
    touch(tmp_path / "class" / "ada.ipynb")
    touch(tmp_path / "class" / "bob" / "NLP_Assignment_3.ipynb")
    touch(tmp_path / "class" / "notes.txt")
    touch(tmp_path / "class" / ".ipynb_checkpoints" / "ada-checkpoint.ipynb")
    assert names(tmp_path / "class") == ["ada", "bob"]


def test_two_notebooks_of_one_student_keep_both_names(tmp_path: Path):
    """Is it clear which result is whose where a student's folder has two notebooks?"""
    touch(tmp_path / "bob" / "first.ipynb")
    touch(tmp_path / "bob" / "second.ipynb")
    assert names(tmp_path) == ["bob-first", "bob-second"]


def test_a_notebook_given_twice_is_graded_once(tmp_path: Path):
    """Does naming a file and its folder grade it once?"""
    file = touch(tmp_path / "ada.ipynb")
    assert names(file, tmp_path) == ["ada"]


def test_a_browser_may_add_to_the_name_of_a_notebook(tmp_path: Path):
    """Is `hw.ipynb.json` a notebook as `hw.ipynb` is, but for a copy of one that is there as well?"""
    for name in ("ada.ipynb.json", "bo.ipynb.TXT", "cy.ipynb", "cy.ipynb.txt", "notes.txt", "data.json"):
        (tmp_path / name).write_text("{}")
    found = find([tmp_path])
    assert [(item.path.name, item.name) for item in found] == [
        ("ada.ipynb.json", "ada"),
        ("bo.ipynb.TXT", "bo"),
        ("cy.ipynb", "cy"),
    ]
    assert beside(tmp_path / "ada.ipynb.json").files == ()
    assert [place for place, _ in beside(find([tmp_path / "cy.ipynb"])[0].path).files] == []


def test_names_that_collide_are_madeunique(tmp_path: Path):
    """Do two files of the same name get two folders?"""
    assert names(touch(tmp_path / "a" / "nb.ipynb"), touch(tmp_path / "b" / "NB.ipynb")) == ["nb", "NB-2"]


def test_a_folder_without_notebooks_is_refused(tmp_path: Path):
    """Does an empty folder say so, by name?"""
    with pytest.raises(BadRequest, match=r"there is no notebook"):
        find([tmp_path])


def test_results_left_beside_a_notebook_are_not_submissions(tmp_path: Path):
    """Is feedback.ipynb of an earlier grade left out when its folder is graded again?"""
    touch(tmp_path / "ada" / "ada.ipynb")
    touch(tmp_path / "ada" / "feedback.ipynb")
    touch(tmp_path / "ada" / "result.json")
    assert names(tmp_path) == ["ada"]


def test_a_submission_is_never_overwritten(tmp_path: Path):
    """Is an output folder refused in which the results would replace the notebook itself?"""
    file = touch(tmp_path / "feedback" / "feedback.ipynb")
    with pytest.raises(BadRequest, match="overwrite"):
        prepare(tmp_path, find([file]))
    assert file.read_text() == "{}"


def test_results_do_not_lie_among_what_was_handed_in(tmp_path: Path):
    """Is --out refused where a student's folder, or a notebook in it, lies in the place of somebody's results?"""
    touch(tmp_path / "ada" / "hw.ipynb")
    touch(tmp_path / "bob" / "hw.ipynb")
    with pytest.raises(
        BadRequest,
        match=r"results of ada would lie in .*ada/hw.ipynb is, which was handed in.*choose another",
    ):
        prepare(tmp_path, find([tmp_path]))
    carl = touch(tmp_path / "carl.ipynb")
    touch(tmp_path / "carl" / "hw.ipynb")
    with pytest.raises(BadRequest, match="the results of carl would lie"):
        prepare(tmp_path, find([carl, tmp_path / "carl"]))
    prepare(tmp_path, find([touch(tmp_path / "dora.ipynb")]))
    prepare(tmp_path / "grades", find([tmp_path]))


def test_a_folder_that_takes_nothing_is_refused(tmp_path: Path):
    """Is it said before anything is graded that no result could be written?"""
    with pytest.raises(BadRequest, match=r"--out /proc/self: nothing can be written there .*choose another folder"):
        prepare(Path("/proc/self"), find([touch(tmp_path / "ada.ipynb")]))


def test_a_file_in_the_place_of_the_output_folder_is_refused(tmp_path: Path):
    """Does --out that names a file say what to change, and keep the file?"""
    file = touch(tmp_path / "out")
    with pytest.raises(BadRequest, match="choose another"):
        prepare(file, [])
    assert file.read_text() == "{}"
