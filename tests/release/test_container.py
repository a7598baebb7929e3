"""The container: what it is made of, that it grades without a network, and what of the seal holds inside."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

import pytest

from grader.kernel.seal.landlock import version
from grader.kernel.seal.offer import LAYERS
from tests.grades import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text()
DEPLOYMENT = ROOT / "docs" / "instructors" / "deployment.md"
SAMPLE = ROOT / "submissions" / "half_finished"
KEPT = {"landlock", "landlock-tcp", "landlock-scopes", "no-capabilities", "no-new-privileges", "seccomp", "rlimits"}
"""What the page about deployment says to hold in a container, on a kernel whose Landlock knows scopes."""
REFUSED = "unshare,setns,mount,umount2,pivot_root"
"""Docker's default profile refuses these to a process without privileges."""
AS_IN_A_CONTAINER = [sys.executable, "-m", "tests.kernel.poor", REFUSED, sys.executable]
needs_landlock = pytest.mark.skipif(version() < 6, reason="the Landlock of this machine knows no scopes")


def has_docker() -> bool:
    docker = shutil.which("docker")
    return docker is not None and subprocess.run([docker, "info"], capture_output=True, check=False).returncode == 0


def test_the_image_is_pinned_and_runs_without_rights() -> None:
    """Has each base a whole version, and is the last word on the user not root?"""
    bases = re.findall(r"^FROM (\S+)", DOCKERFILE, re.M)
    assert [base for base in bases if not re.fullmatch(r"[\w/]+:\d+\.\d+\.\d+-[\w-]+", base)] == []
    assert re.findall(r"^USER (\S+)", DOCKERFILE, re.M)[-1] not in ("root", "0")
    assert "-c .ci/constraints.txt" in DOCKERFILE


def test_the_image_has_no_model_answer() -> None:
    """Is all sent to the build that the project is made of, and the answers are not?"""
    rules = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line and line[0] != "#"]
    assert rules[0] == "*"
    kept = {rule[1:] for rule in rules if rule.startswith("!")}
    assert {"grader", "reference", "templates", "pyproject.toml", "action.yml", ".ci/constraints.txt"} <= kept
    assert all((ROOT / name).exists() for name in kept)
    assert any(fnmatch("reference/answers.ipynb", rule) for rule in rules[1:])


@needs_landlock
def test_without_namespaces_the_rest_holds() -> None:
    """Does what is left of the seal in a container hold, as the page about deployment says?"""
    script = "from grader.kernel.seal.offer import offered; import json; print(json.dumps(offered().layers))"
    ended = subprocess.run(
        [*AS_IN_A_CONTAINER, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    layers = set(json.loads(ended.stdout))
    assert layers == KEPT
    assert layers <= set(LAYERS)


@pytest.mark.slow
@needs_landlock
def test_without_namespaces_grades_are_the_same(tmp_path: Path) -> None:
    """Is a notebook graded there as it is elsewhere, with what held in the result?"""
    command = [*AS_IN_A_CONTAINER, "-m", "grader", "grade", str(SAMPLE), "--out", str(tmp_path / "out")]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=280, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    (path,) = (tmp_path / "out").glob("*/result.json")
    result = json.loads(path.read_text())
    assert result["score"] == json.loads((SAMPLE / "expected.json").read_text())["score"]
    assert set(result["environment"]["sandbox"]) == KEPT


@pytest.mark.slow
@pytest.mark.timeout(1_800)  # Images and packages are downloaded.
@pytest.mark.skipif(not has_docker(), reason="there is no Docker that runs")
def test_the_container_grades_without_a_network(tmp_path: Path) -> None:
    """Is it built, does its check of health pass, and does it grade, all without a network?"""
    image = "grader-test"
    subprocess.run(["docker", "build", "--quiet", "--tag", image, ROOT], check=True, timeout=1_500)
    apart = ["docker", "run", "--rm", "--network", "none"]
    ended = subprocess.run([*apart, image], capture_output=True, text=True, timeout=120, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    out = tmp_path / "out"
    out.mkdir(mode=0o777)
    out.chmod(0o777)
    mounts = ["-v", f"{SAMPLE}:/in:ro", "-v", f"{out}:/out"]
    subprocess.run([*apart, *mounts, image, "grade", "/in", "--out", "/out/grades"], check=True, timeout=280)
    assert list(out.glob("grades/*/report.html"))
