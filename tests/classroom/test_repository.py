"""Which notebook of a repository is meant, and what must not lie in it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader.classroom.repository import notebook, require_foreign
from grader.result.names import BadRequest


def made(root: Path, *names: str) -> Path:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("{}")
    return root


@pytest.mark.parametrize("name", ["a.ipynb", "deep/er/my answer.ipynb"])
def test_the_only_notebook_is_meant(tmp_path: Path, name: str) -> None:
    """Is it found wherever it lies, beside what is hidden, what a grade has left, and other files?"""
    left = (".ipynb_checkpoints/a.ipynb", ".hidden.ipynb", "grades/x/result.json", "grades/x/feedback.ipynb", "a.txt")
    assert notebook(made(tmp_path, name, *left)) == tmp_path.resolve() / name


def test_one_of_several_is_named(tmp_path: Path) -> None:
    """Is the one meant that is named, from the top of the repository?"""
    assert notebook(made(tmp_path, "a.ipynb", "b/c.ipynb"), "b/c.ipynb") == tmp_path.resolve() / "b/c.ipynb"


@pytest.mark.parametrize(
    ("files", "named", "said"),
    [
        ((), None, r"there is no notebook \(\.ipynb\) in this repository"),
        (("a.ipynb", "b.ipynb"), None, r"2 notebooks in this repository \(a\.ipynb and b\.ipynb\).*name"),
        (tuple(f"{number}.ipynb" for number in range(9)), None, r"9 notebooks.*5\.ipynb and 3 more"),
        (("a.ipynb",), "b.ipynb", r"no file b\.ipynb in this repository; its notebooks: a\.ipynb"),
        ((), "b.ipynb", r"nor is there any other notebook"),
        (("d.ipynb/x",), "d.ipynb", r"no file d\.ipynb"),
        (("a.ipynb", "\x1b[31mred\u202e.ipynb"), None, r"\(red\.ipynb and a\.ipynb\)"),
        (("a.ipynb",), "/etc/hostname", r"/etc/hostname leads out of the repository"),
        (("a.ipynb",), "b/../a.ipynb", r"leads out of the repository"),
    ],
)
def test_what_is_not_clear_is_said(tmp_path: Path, files: tuple[str, ...], named: str | None, said: str) -> None:
    """Does the message name what is there, and say what to do?"""
    with pytest.raises(BadRequest, match=said):
        notebook(made(tmp_path, *files), named)


@pytest.mark.parametrize("name", ["HW3.IPYNB", "a/._b.ipynb/hw3.ipynb"])
def test_names_of_other_systems_are_notebooks(tmp_path: Path, name: str) -> None:
    """Is a notebook one in capitals, too, and nothing that macOS adds to an archive?"""
    made(tmp_path, name, "._HW3.IPYNB", "__MACOSX/hw3.ipynb")
    if "._b" in name:
        with pytest.raises(BadRequest, match="there is no notebook"):
            notebook(tmp_path)
    else:
        assert notebook(tmp_path) == tmp_path.resolve() / name


@pytest.mark.parametrize("named", [None, "a.ipynb", "inner/a.ipynb", "inner/b.ipynb"])
@pytest.mark.parametrize("inside", [True, False])
def test_a_link_is_refused(tmp_path: Path, named: str | None, inside: bool) -> None:
    """Does no link stand for a notebook, or for a folder of one, wherever it leads: also to another one in there?"""
    there = "repository/.kept" if inside else "elsewhere"
    made(tmp_path, f"{there}/b.ipynb")
    (tmp_path / "repository").mkdir(exist_ok=True)
    (tmp_path / "repository" / "a.ipynb").symlink_to(tmp_path / there / "b.ipynb")
    (tmp_path / "repository" / "inner").symlink_to(tmp_path / there)
    with pytest.raises(BadRequest, match="is a link, and was not graded; hand in the file itself"):
        notebook(tmp_path / "repository", named)


def test_folders_are_not_looked_for_behind_links(tmp_path: Path) -> None:
    """Is a notebook behind a link to a folder none of the repository's?"""
    made(tmp_path, "elsewhere/b.ipynb", "repository/a.ipynb")
    (tmp_path / "repository" / "inner").symlink_to(tmp_path / "elsewhere")
    assert notebook(tmp_path / "repository").name == "a.ipynb"


def test_a_name_that_no_file_can_have_is_refused(tmp_path: Path) -> None:
    """Is a name that is too long for the system no traceback?"""
    with pytest.raises(BadRequest, match="there is no file"):
        notebook(tmp_path, "a" * 5_000 + ".ipynb")


@pytest.mark.parametrize("named", [None, "a.ipynb"])
def test_a_link_out_of_the_repository_is_refused(tmp_path: Path, named: str | None) -> None:
    """Can a student have another file of the machine read, by a link or by its name?"""
    secret = made(tmp_path, "secret.ipynb") / "secret.ipynb"
    (tmp_path / "repository").mkdir()
    (tmp_path / "repository" / "a.ipynb").symlink_to(secret)
    with pytest.raises(BadRequest, match="is a link, and was not graded"):
        notebook(tmp_path / "repository", named)


def test_links_in_a_circle_are_refused(tmp_path: Path) -> None:
    """Is a link to itself no traceback?"""
    (tmp_path / "a.ipynb").symlink_to("a.ipynb")
    with pytest.raises(BadRequest, match="is a link, and was not graded"):
        notebook(tmp_path)


def test_deep_folders_are_looked_through(tmp_path: Path) -> None:
    """Is a notebook found below more folders than Python can call functions, as git can store them?"""
    folder = os.open(tmp_path, os.O_RDONLY)
    for _ in range(1_500):  # one by one: the whole path is longer than the system takes at once
        os.mkdir("d", dir_fd=folder)
        inner = os.open("d", os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = inner
    os.close(folder)
    made(tmp_path, "e/a.ipynb")
    try:
        assert notebook(tmp_path).name == "a.ipynb"
    finally:  # pytest would call itself for each level, too
        subprocess.run(["rm", "-rf", tmp_path / "d"], check=True, timeout=60)


def test_a_name_that_leads_out_is_refused(tmp_path: Path) -> None:
    """The same for a name with dots in it?"""
    made(tmp_path, "secret.ipynb", "repository/a.ipynb")
    with pytest.raises(BadRequest, match=r"leads out"):
        notebook(tmp_path / "repository", "../secret.ipynb")


def required(workspace: Path, path: Path, pack: str | None) -> subprocess.CompletedProcess[str]:
    """`require_foreign` in a process that can import from `path`, such as a careless workflow would make."""
    script = (
        "import sys; from pathlib import Path; from grader.classroom.repository import require_foreign\n"
        f"require_foreign(Path({str(workspace)!r}), {pack!r})"
    )
    environment = {**os.environ, "PYTHONPATH": str(path)}
    return subprocess.run(
        [sys.executable, "-P", "-c", script], env=environment, capture_output=True, text=True, timeout=60, check=False
    )


def test_a_pack_of_the_students_own_is_refused_and_not_run(tmp_path: Path) -> None:
    """Is it refused before a line of it ran, though it could be imported?"""
    package = tmp_path / "repository" / "mine"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')")
    (package / "pack.py").write_text("assignment = None")
    ended = required(tmp_path / "repository", tmp_path / "repository", "mine.pack:assignment")
    assert "the pack lies in the repository that is to be graded (mine)" in ended.stderr
    assert not (tmp_path / "ran").exists()
    assert required(tmp_path / "elsewhere", tmp_path / "repository", "mine.pack:assignment").returncode == 0


def test_a_shipped_pack_that_is_shadowed_is_refused(tmp_path: Path) -> None:
    """Is the student's folder `reference` not taken for the pack that is shipped?"""
    (tmp_path / "reference").mkdir()
    (tmp_path / "reference" / "__init__.py").write_text("")
    assert "the pack lies in the repository" in required(tmp_path, tmp_path, None).stderr


def test_a_grader_in_the_repository_is_refused() -> None:
    """Does the grader refuse to grade the repository that it is a part of?"""
    import grader

    with pytest.raises(BadRequest, match="the grader lies in the repository"):
        require_foreign(Path(grader.__file__).parents[1], None)


def test_what_is_installed_elsewhere_grades(tmp_path: Path) -> None:
    """Is nothing refused where the repository holds neither?"""
    require_foreign(tmp_path, None)
