"""Where a notebook lies that is graded, and what lies beside it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.intake.handed import HandedIn
from grader.intake.ownership import Claim, Whose
from grader.intake.staging import file_name, staged
from grader.notebook.reading.beside import beside
from grader.roll.roll import Person


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    (tmp_path / "scratch").mkdir()
    return tmp_path / "scratch"


def claim(name: str, content: bytes, folder: Path, *, link_to: Path | None = None) -> Claim:
    """A file of Ada's, whose content is in a folder under a number."""
    path = folder / str(len(list(folder.iterdir())) + 1)
    if link_to is None:
        path.write_bytes(content)
    else:
        path.symlink_to(link_to)
    place = tuple(name.split("/"))
    return Claim(HandedIn(place, path), Whose("ada", Person(name="Ada")), place)


def test_what_lies_beside_a_notebook_has_its_name_again(scratch: Path) -> None:
    """Does code find its data, and neither another notebook nor what lies elsewhere?"""
    names = ("w/hw.ipynb", "w/data.csv", "w/sub/more.npy", "w/old.ipynb", "w/essay.docx", "other.csv")
    claims = [claim(name, name.encode(), scratch) for name in names]
    place = staged(claims[0], claims, scratch / "n" / "ada", scratch)
    assert place.name == "hw.ipynb"
    assert place.read_bytes() == b"w/hw.ipynb"
    found = {where: path.read_bytes() for where, path in beside(place).files}
    assert found == {"data.csv": b"w/data.csv", "sub/more.npy": b"w/sub/more.npy"}


def test_what_lies_in_a_folder_is_copied_and_never_through_a_link(scratch: Path, tmp_path: Path) -> None:
    """Is a file of the instructor's disk there as a copy, and what a link leads to not?"""
    (tmp_path / "class").mkdir()
    (tmp_path / "secret").write_text("secret")
    notebook = claim("hw.ipynb", b"{}", tmp_path / "class")
    linked = claim("data.csv", b"", tmp_path / "class", link_to=tmp_path / "secret")
    place = staged(notebook, [notebook, linked], scratch / "ada", scratch)
    assert [path.name for path in place.parent.iterdir() if path.suffix != ".ipynb"] in ([], ["data.csv"])
    assert all(path.read_bytes() != b"secret" for path in place.parent.iterdir())
    assert not any(path.is_symlink() for path in place.parent.iterdir())
    with pytest.raises(OSError, match="link"):
        staged(claim("x.ipynb", b"", tmp_path / "class", link_to=tmp_path / "secret"), [], scratch / "eve", scratch)


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("hw.ipynb", "hw.ipynb"),
        ("hw.ipynb.txt", "hw.ipynb.txt"),
        ("CON.ipynb", "_CON.ipynb"),
        ("a:b?.ipynb", "a_b_.ipynb"),
        ("..ipynb", "submission.ipynb"),
        ("x" * 300 + ".ipynb", "x" * 100 + ".ipynb"),
        ("feedback.ipynb", "_feedback.ipynb"),
        ("result.json", "_result.json"),
        ("data", "data"),
    ],
)
def test_names_of_files(name: str, made: str) -> None:
    """Is an ordinary name itself, and another one harmless and of the same kind?"""
    assert file_name(name) == made


@given(st.text(min_size=1, max_size=200))
def test_any_name_is_one_in_its_folder(name: str) -> None:
    """Does no name lead anywhere, and does a notebook stay one?"""
    for each in (name, f"{name}.ipynb"):
        made = file_name(each)
        assert made
        assert "/" not in made
        assert made not in (".", "..")
        assert len(made.encode()) <= 255
    assert file_name(f"{name}.ipynb").endswith(".ipynb")
