"""The scripts of action.yml and autograder.py, run as GitHub runs them: in a clean environment, in a repository."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from grader.classroom.init import write_action
from tests.classroom.github import commands, outputs, report
from tests.classroom.test_workflow_files import ACTION, steps
from tests.export.test_classroom50 import ENVIRONMENT, assert_valid
from tests.grades import ROOT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(1_000),  # TensorFlow is downloaded and installed
    pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash"),
]

SAMPLE = ROOT / "submissions" / "keras_2_with_fake_peephole" / "NLP_Assignment_3.ipynb"
PASSED_ON = re.compile("PATH|LANG|LD_LIBRARY_PATH|.*_PROXY|PIP_.*|SSL_CERT_.*", re.IGNORECASE)
"""What a machine needs to find its programs and its packages."""
PYTHON = Path(sys.base_prefix) / "bin" / "python3"
SHADOWS = ("pip", "venv", "json", "typer", "grader", "reference", "numpy", "sitecustomize", "subprocess")


def repository(folder: Path, ran: Path) -> Path:
    """A student's repository with a notebook, and modules that would leave a trace if they were imported."""
    folder.mkdir()
    shutil.copy(SAMPLE, folder / "my notebook.ipynb")
    for name in SHADOWS:
        (folder / f"{name}.py").write_text(f"open({str(ran)!r}, 'a').write(__name__)\n")
    return folder


def clean(folder: Path) -> dict[str, str]:
    """The environment of a machine that has never seen the grader, with a folder for what is temporary."""
    home, temporary = folder / "home", folder / "runner temp"
    home.mkdir()
    temporary.mkdir()
    cache = subprocess.run([PYTHON, "-m", "pip", "cache", "dir"], capture_output=True, text=True, check=False)
    if cache.returncode == 0:  # What was downloaded for the tests need not be downloaded again.
        (temporary / "grader-downloads").symlink_to(cache.stdout.strip())
        (home / ".cache").mkdir()
        (home / ".cache" / "pip").symlink_to(cache.stdout.strip())
    kept = {name: value for name, value in os.environ.items() if PASSED_ON.fullmatch(name)}
    return {**kept, "HOME": str(home), "RUNNER_TEMP": str(temporary)}


class Job:
    """The steps of the action, one after another, with what they hand on."""

    def __init__(self, folder: Path, workspace: Path, action: Path) -> None:
        self._folder, self._workspace, self._action = folder, workspace, action
        self._environment = clean(folder)
        self._context = {"steps.python.outputs.python-path": str(PYTHON)}
        self.printed = ""
        self.status = 0

    def run(self, **inputs: str) -> None:
        """Every `run:` step, until one fails."""
        declared = {f"inputs.{name}": str(given["default"]) for name, given in self._declared().items()}
        self._context |= declared | {f"inputs.{name.replace('_', '-')}": value for name, value in inputs.items()}
        for number, step in enumerate(steps()):
            if "run" in step and self.status == 0:
                self._step(step, f"step-{number}")

    @staticmethod
    def _declared() -> dict[str, Any]:
        import yaml

        declared: dict[str, Any] = yaml.safe_load(ACTION.read_text())["inputs"]
        return declared

    def _step(self, step: dict[str, Any], name: str) -> None:
        script, out, summary = (self._folder / f"{name}.{kind}" for kind in ("sh", "output", "summary"))
        script.write_text(step["run"])
        out.touch()
        summary.touch()
        environment = {
            **self._environment,
            "GITHUB_WORKSPACE": str(self._workspace),
            "GITHUB_ACTION_PATH": str(self._action),
            "GITHUB_OUTPUT": str(out),
            "GITHUB_STEP_SUMMARY": str(summary),
            **{key: self._evaluated(value) for key, value in step.get("env", {}).items()},
        }
        ended = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", script],
            cwd=self._workspace,
            env=environment,
            capture_output=True,
            text=True,
            timeout=800,
            check=False,
        )
        self.status = ended.returncode
        self.printed += ended.stdout + ended.stderr
        self.outputs, self.summary = outputs(out.read_text()), summary.read_text()
        self._context |= {f"steps.{step.get('id')}.outputs.{key}": value for key, value in self.outputs.items()}

    def _evaluated(self, text: str) -> str:
        return re.sub(r"\$\{\{ *([\w.-]+) *\}\}", lambda found: self._context[found[1]], text)


def test_every_script_of_the_action_runs(tmp_path: Path) -> None:
    """Do they install the grader and grade a sample repository, so that the reporter reads the grade?"""
    ran, action = tmp_path / "ran", tmp_path / "action"
    write_action(action)
    job = Job(tmp_path, repository(tmp_path / "workspace", ran), action)
    job.run(report_name="feedback")
    assert job.status == 0, job.printed
    assert not ran.exists(), ran.read_text()
    runners = json.loads(job.outputs["result"])
    found = report(job.outputs["runners"], {f"{name.upper()}_RESULTS": text for name, text in runners.items()})
    assert (found.notice, found.table, found.most) == (90, 90, 100)
    assert (job.outputs["score"], job.outputs["max-score"]) == ("90", "100")
    assert Path(job.outputs["report-path"]).read_text().startswith("<!doctype html>")
    assert "90 of 100 points" in job.summary
    assert [command.properties["title"] for command in commands(job.printed)] == [
        "Question 1, RNN cell: 9 of 10 points",
        "Question 6, Peephole LSTM: 1 of 10 points",
    ]
    # What was installed can write the folder for Classroom 50, too.
    grader = tmp_path / "runner temp" / "grader" / "bin" / "grader"
    subprocess.run([grader, "classroom50", "init", tmp_path / "autograder"], check=True, timeout=60)
    assert (tmp_path / "autograder" / "constraints.txt").read_text() == (ROOT / ".ci" / "constraints.txt").read_text()


@pytest.mark.parametrize("inside", ["", ".github/actions/grader"])
def test_an_action_of_the_students_own_is_refused(tmp_path: Path, inside: str) -> None:
    """Does nothing run where the action lies in the repository that is to be graded?"""
    workspace = repository(tmp_path / "workspace", tmp_path / "ran")
    action = workspace / inside
    action.mkdir(parents=True, exist_ok=True)
    shutil.copytree(ROOT / ".ci", action / ".ci")
    job = Job(tmp_path, workspace, action)
    job.run()
    assert job.status == 2
    (command,) = commands(job.printed)
    assert (command.name, "repository of your own" in command.data) == ("error", True)
    assert not (tmp_path / "ran").exists()


def test_the_autograder_installs_and_grades(tmp_path: Path) -> None:
    """Does autograder.py, in a student's checkout, leave a valid result, the text of a release and the report?"""
    ran, folder = tmp_path / "ran", tmp_path / "bundle" / "assignment-3"
    checkout = repository(tmp_path / "checkout", ran)
    grader = [sys.executable, "-I", "-m", "grader"]
    subprocess.run([*grader, "classroom50", "init", folder], check=True, timeout=60, capture_output=True)
    ended = subprocess.run(
        [PYTHON, folder / "autograder.py"],
        cwd=checkout,
        env={**clean(tmp_path), **ENVIRONMENT},
        capture_output=True,
        text=True,
        timeout=800,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert not ran.exists(), ran.read_text()
    found = json.loads((checkout / "result.json").read_text())
    assert_valid(found)
    assert (found["score"], found["max-score"]) == (90, 100)
    assert "90 of 100 points" in (checkout / "release-body.md").read_text()
    assert (checkout / "report.html").read_text().startswith("<!doctype html>")
