"""The documentation: it is built, its links lead somewhere, and what it says is so, the version too."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from grader import __version__
from grader.classroom.repository import leads_out
from grader.gradebook.course import read_course
from tests.grades import ROOT
from tests.release.example_report import REPORT, SAMPLE
from tests.release.reference_pages import FOLDER, PAGES

DOCS = ROOT / "docs"
README = ROOT / "README.md"
TUTORIAL = DOCS / "packs.md"
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("name", PAGES)
def test_the_reference_is_fresh(name: str) -> None:
    """Are the pages those that the code makes (`python -m tests.release.reference_pages --write`)?"""
    assert (FOLDER / name).read_text(encoding="utf-8") == PAGES[name]()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["result.md", "course.md"])
def test_every_field_says_what_it_is(name: str) -> None:
    """Has each field a meaning beside its name and type?"""
    rows = [line.split("|") for line in PAGES[name]().splitlines() if line.startswith("| `")]
    assert rows
    assert [row[1] for row in rows if not row[-2].strip()] == []


def test_the_site_is_built(tmp_path: Path) -> None:
    """Is every page in the contents, and does every link within the site lead somewhere?"""
    pytest.importorskip("mkdocs", reason="the extra `docs` is not installed")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", tmp_path / "site"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=200, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert (tmp_path / "site" / "example" / "report.html").is_file()


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "SECURITY.md", "submissions/README.md"])
def test_links_of_the_first_pages_lead_somewhere(name: str) -> None:
    """Is each file there that they link to?"""
    page = ROOT / name
    links = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link]
    assert [link for link in links if leads_out(link) or not (page.parent / link).exists()] == []


def test_the_readme_is_short() -> None:
    """Are a picture, the two commands and what leads on in at most 120 lines?"""
    assert len(README.read_text(encoding="utf-8").splitlines()) <= 120


def test_the_example_is_of_this_grader() -> None:
    """Has the example of a report the score that is expected of its sample, and is it small?"""
    score = json.loads((SAMPLE / "expected.json").read_text())["score"]
    assert f"{score} of 100" in re.sub(r"<[^>]*>", "", REPORT.read_text(encoding="utf-8"))
    assert REPORT.stat().st_size < 300_000


def test_the_example_of_settings_is_valid(tmp_path: Path) -> None:
    """Can `course.toml` be as the page about the gradebook shows it?"""
    page = (DOCS / "instructors" / "gradebook.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", page, re.S)
    (tmp_path / "course.toml").write_text(example)
    assert read_course(tmp_path).total == 20


@pytest.mark.slow
def test_the_tutorial_is_true(tmp_path: Path) -> None:
    """Do its files and commands, as they stand there, print what it says, or put that into the report?"""
    text = TUTORIAL.read_text(encoding="utf-8")
    for name, content in re.findall(r"<!-- file: (\S+) -->\n```\w+\n(.*?)```", text, re.S):
        (tmp_path / name).write_text(content, encoding="utf-8")
    (commands,) = re.findall(r"<!-- run -->\n```sh\n(.*?)```", text, re.S)
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    ended = subprocess.run(
        ["bash", "-euc", commands],
        cwd=tmp_path,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    score, missing = re.findall(r"<!-- prints -->\n```text\n(.*?)\n```", text, re.S)
    assert score in ended.stdout
    assert missing in (tmp_path / "grades" / "ada" / "report.html").read_text(encoding="utf-8")


def test_both_have_one_version() -> None:
    """Is the version of the pack that of the engine, which it asks for, and that of the citation?"""
    project = tomllib.loads((ROOT / "reference" / "pyproject.toml").read_text())["project"]
    assert project["version"] == __version__
    assert project["dependencies"] == [f"notebook-examiner=={__version__}"]
    assert re.search(rf"^## {re.escape(__version__)}\b", (ROOT / "CHANGELOG.md").read_text(), re.M)
    assert f"version: {__version__}\n" in (ROOT / "CITATION.cff").read_text()
