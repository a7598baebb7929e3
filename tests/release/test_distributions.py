"""What the distributions hold: the engine and the pack, each on its own, and no model answer in any of them."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from grader import __version__
from tests.grades import ROOT

pytest.importorskip("twine", reason="the extra `release` is not installed")
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both distributions, as a release has them: a source distribution of each, and the wheel made from that."""
    folder = tmp_path_factory.mktemp("dist")
    for project in (ROOT, ROOT / "reference"):
        command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, project]
        ended = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
        assert ended.returncode == 0, ended.stdout + ended.stderr
    return folder


def wheel(folder: Path, name: str) -> dict[str, bytes]:
    (path,) = folder.glob(f"{name}-[0-9]*.whl")
    with zipfile.ZipFile(path) as archive:
        return {item: archive.read(item) for item in archive.namelist()}


def assert_no_answers(names: list[str]) -> None:
    assert not [name for name in names if name.endswith((".ipynb", ".pyc")) or "/tests/" in name]


def test_the_engine_has_no_word_of_a_pack(built: Path) -> None:
    """Has its wheel all that it needs, and nothing of the ten questions?"""
    files = wheel(built, "notebook_examiner")
    tops = {name.split("/")[0] for name in files}
    assert tops == {"grader", f"notebook_examiner-{__version__}.dist-info"}
    needed = {"py.typed", "templates/page.html", "constraints.txt", "action.yml", "result/result.schema.json"}
    assert {f"grader/{name}" for name in needed} <= set(files)
    assert_no_answers(list(files))


def test_the_pack_has_the_questions_and_no_model_answer(built: Path) -> None:
    """Are all of its rooms in its wheel, under the name by which the engine finds it?"""
    files = wheel(built, "notebook_examiner_recurrent")
    sources = {f"reference/{path.relative_to(ROOT / 'reference')}" for path in (ROOT / "reference").rglob("*.py")}
    assert {name for name in files if name.endswith(".py")} == sources
    assert "reference/py.typed" in files
    learnt = {path.name for path in (ROOT / "reference" / "wording" / "learnt").iterdir() if path.is_file()}
    assert learnt <= {Path(name).name for name in files}
    assert not [name for name in files if name.endswith((".toml", ".md"))]
    assert_no_answers(list(files))


def test_no_source_distribution_has_a_model_answer(built: Path) -> None:
    """Nor tests, nor samples?"""
    archives = sorted(built.glob("*.tar.gz"))
    assert len(archives) == 2
    for path in archives:
        with tarfile.open(path) as archive:
            assert_no_answers(archive.getnames())


def test_twine_finds_nothing(built: Path) -> None:
    """Would a package index show both as they are meant?"""
    command = [sys.executable, "-m", "twine", "check", "--strict", *map(str, sorted(built.iterdir()))]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert ended.stdout.count("PASSED") == 4


def test_both_together_are_the_grader(built: Path, tmp_path: Path) -> None:
    """Is the pack found where both wheels are installed, and asked for in one sentence where only the engine is?"""
    script = "from grader.pack.loading import load; print(load().id)"
    said = []
    for name in ("notebook_examiner", "notebook_examiner_recurrent"):
        (path,) = built.glob(f"{name}-[0-9]*.whl")
        pip = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index", "--target", tmp_path, path]
        subprocess.run(pip, check=True, timeout=120)
        # This project itself is in the environment of the tests, so the other folders stand in for one without it.
        start = (
            f"import sys; sys.path[:0] = [{str(tmp_path)!r}]; sys.path = [p for p in sys.path if p != {str(ROOT)!r}]"
        )
        ended = subprocess.run(
            [sys.executable, "-I", "-c", f"{start}\n{script}"], capture_output=True, text=True, timeout=60, check=False
        )
        said.append(ended.stdout.strip() or ended.stderr.strip().splitlines()[-1])
    assert "install it beside the engine" in said[0]
    assert said[1] == "nlp-assignment-3"


def test_a_clone_installs_engine_and_pack_at_once(tmp_path: Path) -> None:
    """Has the wheel that `pip install .` makes both, without the model answer and what builds the pack alone?"""
    command = [sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", tmp_path, ROOT]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    files = wheel(tmp_path, "notebook_examiner")
    assert {"grader/__init__.py", "grader/templates/page.html", "reference/pack.py"} <= set(files)
    assert {name.split("/")[0] for name in files} == {
        "grader",
        "reference",
        f"notebook_examiner-{__version__}.dist-info",
    }
    assert not [name for name in files if name.startswith("reference/") and name.endswith((".toml", ".md"))]
    assert_no_answers(list(files))
