"""Systems that have less: each layer of the seal is used where there is one, and without any nothing is graded."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
import pytest

from grader.kernel.seal.landlock import version
from tests.kernels import notebook

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "submissions" / "half_finished" / "nlp3_draft.ipynb"
NOBODY = 65534
NAMESPACES = {"user-namespace", "pid-namespace", "network-namespace", "ipc-namespace", "mount-namespace"}

pytest.importorskip("pyseccomp", reason="it is what takes calls away", exc_type=(ImportError, RuntimeError))


def poor(lost: str, *command: str) -> subprocess.CompletedProcess[str]:
    """A command run without these system calls."""
    python = [sys.executable, "-m", "tests.kernel.poor", lost, sys.executable, "-m"]
    return subprocess.run([*python, *command], capture_output=True, text=True, cwd=ROOT, check=False)


def layers(lost: str) -> set[str]:
    """What holds a kernel there."""
    with tempfile.TemporaryDirectory() as folder:
        ended = poor(lost, "grader.kernel.seal.offer", folder)
    assert ended.returncode == 0, ended.stderr
    return set(json.loads(ended.stdout))


@pytest.mark.skipif(not version(), reason="this machine has no Landlock")
@pytest.mark.parametrize("lost", ["unshare", "uid_map"])
def test_landlock_alone_holds(lost: str) -> None:
    """Without user namespaces, does Landlock hold, with all else that there is?"""
    held = layers(lost)
    assert held >= {"landlock", "no-new-privileges", "no-capabilities", "seccomp", "rlimits"}
    assert "user-namespace" not in held


def test_namespaces_alone_hold() -> None:
    """Without Landlock, do the namespaces hold?"""
    held = layers("landlock_create_ruleset")
    assert held >= NAMESPACES | {"own-files", "no-new-privileges", "no-capabilities", "seccomp"}
    assert not any(layer.startswith("landlock") for layer in held)


def test_namespaces_without_mounts_are_used() -> None:
    """Where nothing may be mounted, are the namespaces entered all the same?"""
    held = layers("mount")
    assert held >= NAMESPACES | {"seccomp"}
    assert "own-files" not in held


@pytest.mark.slow
@pytest.mark.skipif(not version(), reason="this machine has no Landlock")
def test_what_is_used_counts_where_nothing_has_a_namespace() -> None:
    """Is counted there, too, what leaves the kernel's family, and what waits in sockets?"""
    wanted = ["tests/kernel/test_usage.py", "-k", "daemons or waits_in_sockets or no_watch_is_needed"]
    ended = poor("unshare", "pytest", "-q", "-p", "no:cacheprovider", *wanted)
    assert "4 passed" in ended.stdout, ended.stdout


NOTHING = "unshare,landlock_create_ruleset"


def test_nothing_is_graded_without_a_sandbox(tmp_path: Path) -> None:
    """Is grading refused where nothing would hold student code, with what to do, and nothing written?"""
    ended = poor(NOTHING, "grader", "grade", str(SAMPLE), "--out", str(tmp_path / "grades"))
    assert ended.returncode == 2
    assert "neither Landlock nor user namespaces" in ended.stderr
    assert "--sandbox none" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert list((tmp_path / "grades").glob("*")) == []


def test_without_a_sandbox_only_on_demand(tmp_path: Path) -> None:
    """Does --sandbox none grade there, and do the result and the report say so?"""
    path, out = tmp_path / "ada.ipynb", tmp_path / "grades"
    nbformat.write(notebook("1"), path)
    ended = poor(NOTHING, "grader", "grade", str(path), "--out", str(out), "--sandbox", "none", "--quiet")
    assert ended.returncode == 0, ended.stderr
    result = json.loads((out / "ada" / "result.json").read_text())
    assert result["environment"]["sandbox"] == ["none"]
    assert "nothing held the code in" in (out / "ada" / "report.html").read_text()


def test_the_doctor_says_what_is_missing() -> None:
    """Does `grader doctor` name the layers, and say that grading would be refused?"""
    ended = poor(NOTHING, "grader", "doctor")
    assert ended.returncode == 2
    assert "✗" in ended.stdout
    assert "refused without --sandbox none" in " ".join(ended.stdout.split())


@pytest.mark.slow
@pytest.mark.skipif(not version(), reason="this machine has no Landlock")
def test_a_grade_does_not_depend_on_the_layers(tmp_path: Path) -> None:
    """Is a notebook graded the same where Landlock alone holds?"""
    results = []
    for lost in ("kexec_load", "unshare"):
        out = tmp_path / lost
        ended = poor(lost, "grader", "grade", str(SAMPLE), "--out", str(out), "--quiet")
        assert ended.returncode == 0, ended.stderr
        result = json.loads((out / SAMPLE.stem / "result.json").read_text())
        held = result["environment"].pop("sandbox")
        assert ("user-namespace" in held) is (lost == "kexec_load")
        del result["duration_s"]
        results.append(result)
    assert results[0] == results[1]


def _as_nobody(*command: str) -> subprocess.CompletedProcess[str]:
    """A command run by a user without any rights, with a home of its own."""
    with tempfile.TemporaryDirectory() as home:
        Path(home).chmod(0o777)
        return subprocess.run(
            command, capture_output=True, text=True, check=False, user=NOBODY, group=NOBODY, extra_groups=[],
            cwd=home, env={"PATH": os.environ["PATH"], "HOME": home, "TMPDIR": home},
        )  # fmt: skip


def test_an_ordinary_user_is_held_as_well() -> None:
    """Do all layers hold that hold for root?"""
    if os.geteuid() != 0:
        pytest.skip("the other tests of this file are already those of an ordinary user")
    try:
        readable = _as_nobody(sys.executable, "-c", "import grader.cli").returncode == 0
    except PermissionError:
        readable = False
    if not readable:
        pytest.skip("other users cannot read this installation")
    ended = _as_nobody(sys.executable, "-m", "grader.kernel.seal.offer", ".")
    assert ended.returncode == 0, ended.stderr
    assert set(json.loads(ended.stdout)) == layers("kexec_load")
