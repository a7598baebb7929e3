"""The checks of a notebook as tests of pytest."""

from __future__ import annotations

import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

from tests.grades import ROOT
from tests.test_cli import run

THEORY = ROOT / "submissions" / "text_only" / "theory.ipynb"
PLUGIN = ["-p", "no:grader", "-p", "grader.student.pytest_plugin", "-p", "no:cacheprovider"]
"""By its module: this holds whether or not the plugin is installed under its name."""


def run_pytest(folder: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run pytest in a folder."""
    command = [sys.executable, "-m", "pytest", *PLUGIN, *map(str, arguments)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=250, check=False)


def test_each_check_is_a_test_of_its_question(tmp_path: Path) -> None:
    """Does each pass, fail or wait as in a look, with the text of the report, and does JUnit's file say the same?"""
    ended = run_pytest(tmp_path, "--submission", THEORY, "--junitxml", tmp_path / "junit.xml")
    assert ended.returncode == 1, ended.stdout + ended.stderr
    found = json.loads(run("check", THEORY, "--format", "json", "--show", "all").stdout)
    checks = [check for question in found["questions"] for check in question["checks"]]
    status = Counter({"pass": "passed", "skipped": "skipped"}.get(check["status"], "failed") for check in checks)
    assert all(f"{number} {what}" in ended.stdout.splitlines()[-1] for what, number in status.items())
    cases = list(ET.parse(tmp_path / "junit.xml").iter("testcase"))
    assert len(cases) == len(checks)
    assert {case.get("classname", "").rpartition(".")[2] for case in cases} == {
        each["id"] for each in found["questions"]
    }
    failed = next(check for check in checks if check["status"] == "fail")
    assert failed["said"][0] in ended.stdout
    assert "Traceback" not in ended.stdout


def test_a_notebook_that_cannot_be_looked_at_is_told(tmp_path: Path) -> None:
    """Is it no test that fails, but a command that cannot be carried out?"""
    ended = run_pytest(tmp_path, "--submission", "none.ipynb")
    assert ended.returncode == 4
    assert "there is no such notebook" in ended.stderr


def test_without_the_option_nothing_is_changed(tmp_path: Path) -> None:
    """Is nothing heavy loaded, and is what is collected the same as ever?"""
    (tmp_path / "test_mine.py").write_text(
        "import sys\ndef test_mine():\n"
        "    heavy = {'numpy', 'pydantic', 'nbformat', 'jinja2', 'tensorflow', 'typer'} & {*sys.modules}\n"
        "    assert not heavy\n"
    )
    ended = run_pytest(tmp_path, "-p", "no:hypothesispytest", "-p", "no:playwright", "-p", "no:anyio")
    assert ended.returncode == 0, ended.stdout
    assert "1 passed" in ended.stdout
