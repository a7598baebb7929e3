"""Which files lie beside a notebook, and are whose; without a kernel, but for what the code then reads."""

from __future__ import annotations

import os
from pathlib import Path

from grader.grading.bringing_files import bring
from grader.kernel.pool import KernelPool
from grader.notebook.reading import beside as places
from grader.notebook.reading.beside import beside, offered
from tests.kernels import notebook, text


def put(folder: Path, *names: str, content: bytes = b"x") -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def test_files_of_a_students_own_folder_are_brought(tmp_path: Path):
    """All that is ordinary: no link, nothing hidden, no program, and nothing that a grade has left there?"""
    put(
        tmp_path,
        "hw.ipynb",
        "data.csv",
        "src/utils.py",
        ".env",
        ".git/config",
        "a\nb.txt",
        "x.so",
        "out/hw/result.json",
    )
    put(tmp_path, "out/hw/feedback.ipynb", "secret/key.txt", "marks.pdf")
    (tmp_path / "passwd.txt").symlink_to("/etc/passwd")
    (tmp_path / "linked").symlink_to(tmp_path / "secret")
    os.mkfifo(tmp_path / "pipe.txt")
    assert [place for place, _ in beside(tmp_path / "hw.ipynb").files] == ["data.csv", "secret/key.txt", "src/utils.py"]


def test_a_folder_of_several_notebooks_is_nobodys(tmp_path: Path):
    """Is nothing brought where it cannot be told whose a file is, also where the other lies one folder deeper?"""
    put(tmp_path, "anna.ipynb", "data.csv", "berta/hw.ipynb", "berta/answers.py")
    assert beside(tmp_path / "anna.ipynb").files == ()
    assert [place for place, _ in beside(tmp_path / "berta/hw.ipynb").files] == ["answers.py"]


def test_a_folder_of_a_person_is_not_looked_into(tmp_path: Path):
    """Is a notebook that was downloaded alone, whatever lies around it?"""
    put(tmp_path, "Downloads/hw.ipynb", "Downloads/passwords.txt")
    assert beside(tmp_path / "Downloads/hw.ipynb").files == ()


def test_the_pack_is_never_brought(tmp_path: Path):
    """Is a notebook that lies in the grader's own folder alone there?"""
    put(tmp_path, "hw.ipynb", "pyproject.toml", "action.yml", "reference/q01.py")
    assert beside(tmp_path / "hw.ipynb").files == ()


def test_there_is_a_limit(tmp_path: Path, monkeypatch):
    """Is nothing brought where not all would fit, and is that said?"""
    monkeypatch.setattr(places, "MOST_BYTES", 10)
    put(tmp_path, "hw.ipynb", "a.csv", "b.csv", content=b"1234567")
    found = beside(tmp_path / "hw.ipynb")
    assert found.files == ()
    assert found.left_out is not None


def test_data_sets_that_are_named_are_offered(tmp_path: Path):
    """Of an instructor's data sets, those that the notebook's code names, in Keras's home?"""
    put(tmp_path, "words.txt", "keras-datasets/imdb.npz", "keras-datasets/imdb_word_index.json")
    put(tmp_path, "keras-datasets/mnist.npz", "keras-datasets/fashion-mnist/t.gz")
    found = [place for place, _ in offered(tmp_path, ["from keras.datasets import imdb, fashion_mnist"]).files]
    home = places.HOME
    assert set(found) >= {"words.txt", f"{home}/imdb.npz", f"{home}/imdb_word_index.json", f"{home}/fashion-mnist/t.gz"}


def test_what_was_brought_can_be_read_and_imported(pool: KernelPool, tmp_path: Path, monkeypatch):
    """In parts, in the working folder, and a module that a cell writes as well?"""
    monkeypatch.setattr("grader.grading.bringing_files.PART_BYTES", 5)
    put(tmp_path, "src/data.csv", "utils.py", "empty.txt", content=b"")
    put(tmp_path, "utils.py", content=b"def double(x):\n    return 2 * x\n")
    files = [(name, tmp_path / name) for name in ("src/data.csv", "utils.py", "empty.txt")]
    cells = [
        "from utils import double\nprint(double(4), len(open('src/data.csv').read()), open('empty.txt').read())",
        "%%writefile mine.py\nvalue = 3",
        "import mine\nprint(mine.value)",
    ]
    with pool.session(notebook(*cells), 3) as session:
        bring(session, [*files, ("gone.txt", tmp_path / "gone.txt")])
        for index in range(len(cells)):
            assert session.run_cell(index).status == "ok"
        assert text(session, 0) == "8 0 \n"
        assert text(session, 2) == "3\n"
