"""The autograder for Gradescope: the zip, and its two scripts, run in the folders that Gradescope documents."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from grader.classroom.gradescope_zip import write_zip
from grader.result.names import BadRequest
from tests.classroom.command import run
from tests.classroom.test_steps import clean, repository
from tests.export.test_gradescope import assert_valid


def test_the_zip_is_what_gradescope_takes(tmp_path: Path) -> None:
    """Are both scripts at its top, and executable, and is there no model answer?"""
    path = tmp_path / "autograder.zip"
    ended = run("gradescope", "init", path, "--notebook", "week 3/a.ipynb", "--visibility", "after_published")
    assert ended.returncode == 0, ended.stderr
    with zipfile.ZipFile(path) as archive:
        modes = {item.filename: item.external_attr >> 16 for item in archive.infolist()}
        script = archive.read("run_autograder").decode()
        (engine,) = (name for name in modes if name.endswith(".whl"))
        with archive.open(engine) as wheel, zipfile.ZipFile(wheel) as inner:
            assert not [name for name in inner.namelist() if name.endswith(".ipynb")]
    assert {"setup.sh", "run_autograder", "constraints.txt", engine} == set(modes)
    assert modes["setup.sh"] == modes["run_autograder"] == 0o755
    assert "arguments=(--notebook 'week 3/a.ipynb' --visibility after_published --timeout 300)" in script


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """Is the same zip written again, and another file only replaced when told so?"""
    path = tmp_path / "autograder.zip"
    first = write_zip(path).read_bytes()
    assert write_zip(path).read_bytes() == first
    path.write_text("mine")
    with pytest.raises(BadRequest, match="--replace"):
        write_zip(path)
    assert path.read_text() == "mine"
    assert write_zip(path, replace=True).read_bytes() == first


@pytest.mark.parametrize(
    "given", [{"notebook": "../a.ipynb"}, {"notebook": "$(x).ipynb"}, {"pack": "reference.pack:assignment"}]
)
def test_what_cannot_stand_in_a_script_is_refused(tmp_path: Path, given: dict[str, str]) -> None:
    """Is nothing written then?"""
    with pytest.raises(BadRequest):
        write_zip(tmp_path / "autograder.zip", **given)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
@pytest.mark.timeout(1_000)  # TensorFlow is downloaded and installed.
@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
def test_both_scripts_run_as_gradescope_runs_them(tmp_path: Path) -> None:
    """Do they install and grade in the documented folders, without importing what a student handed in?"""
    root, ran = tmp_path / "autograder", tmp_path / "ran"
    for name in ("source", "results"):
        (root / name).mkdir(parents=True)
    repository(root / "submission", ran)
    with zipfile.ZipFile(write_zip(tmp_path / "autograder.zip")) as archive:
        archive.extractall(root / "source")
    (root / "submission_metadata.json").write_text("{}")
    for script in ("setup.sh", "run_autograder"):
        shutil.copy(root / "source" / script, root / script)
        (root / script).chmod(0o755)
    environment = {**clean(tmp_path), "AUTOGRADER_ROOT": str(root)}
    environment["PATH"] = f"{Path(sys.base_prefix) / 'bin'}:{environment['PATH']}"
    said = ""
    for script, folder in (("setup.sh", root / "source"), ("run_autograder", root)):
        ended = subprocess.run(
            [root / script], cwd=folder, env=environment, capture_output=True, text=True, timeout=900, check=False
        )
        said = ended.stdout + ended.stderr
        assert ended.returncode == 0, said
    assert "Held in by: " in said
    assert not ran.exists(), ran.read_text()
    assert [path.name for path in (root / "results").iterdir()] == ["results.json"]
    found = json.loads((root / "results" / "results.json").read_text())
    assert_valid(found)
    assert sum(test["score"] for test in found["tests"]) == 90
    assert "90 of 100 points" in found["output"]
