"""The folder in which a command is given: it may be a student's, and nothing in it may be run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.grades import ROOT

GRADER = Path(sys.executable).with_name("grader")
NAMES = ("json", "ctypes", "tempfile", "numpy", "typer", "nbformat", "reference", "grader", "sitecustomize", "signal")
"""Modules that the grader imports sooner or later."""


@pytest.mark.skipif(not GRADER.exists(), reason="the command is not installed beside this Python")
@pytest.mark.parametrize(
    "arguments",
    [("doctor",), ("grade", ROOT / "submissions" / "text_only" / "theory.ipynb", "--out", "out")],
    ids=["doctor", "grade"],
)
def test_modules_in_the_working_folder_are_not_imported(tmp_path: Path, arguments: tuple[object, ...]) -> None:
    """Does a student's json.py in the folder where the command is given stay a file?"""
    for name in NAMES:
        (tmp_path / f"{name}.py").write_text(
            f"open({str(tmp_path / 'ran')!r}, 'a').write(__name__)\nraise SystemExit(9)\n"
        )
    ended = subprocess.run(
        [GRADER, *map(str, arguments)], cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False
    )
    assert not (tmp_path / "ran").exists(), (tmp_path / "ran").read_text()
    assert ended.returncode == 0, ended.stderr
