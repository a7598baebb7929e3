"""`pytest --submission notebook.ipynb`: one test for each check, in a group for each question.

The notebook is looked at by a process of its own, so that nothing heavy comes into that of the tests; without the
option nothing happens at all.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable

OPTION = "--submission"


class Failed(Exception):
    """A check has earned less than its points; the message is what the report says."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    group = parser.getgroup("grader", "the checks of a notebook as tests")
    group.addoption(OPTION, metavar="NOTEBOOK", help="Look at this notebook: a test for each check.")
    group.addoption("--grader-pack", metavar="PACK", help="The assignment: a registered name, or module:attribute.")
    group.addoption("--grader-keras", default="auto", choices=("auto", "2", "3"), help="The Keras to run on.")
    group.addoption("--grader-sandbox", default="auto", choices=("auto", "none"), help="As of `grader grade`.")


def pytest_collection(session: pytest.Session) -> None:
    """Where a notebook is given and no test is named, its checks are all that is collected."""
    path = session.config.getoption(OPTION)
    if path is not None and session.config.args_source is not pytest.Config.ArgsSource.ARGS:
        session.config.args = []


def pytest_collection_modifyitems(session: pytest.Session, items: list[pytest.Item]) -> None:
    """Add the tests of the notebook that was given."""
    path = session.config.getoption(OPTION)
    if path is not None and hasattr(session.config, "workerinput"):
        raise pytest.UsageError(f"{OPTION}: leave out -n, or every worker would run the notebook")
    if path is not None:
        items += _Submission.from_parent(session, path=Path(path).absolute(), name=Path(path).name).collected()


class _Submission(pytest.File):
    """A notebook."""

    def collect(self) -> Iterable[pytest.Collector]:
        """The questions."""
        found = _looked_at(self.path, self.config)
        if found["reason"] is not None:
            raise pytest.UsageError(found["reason"])
        for question in found["questions"]:
            yield _Question.from_parent(self, name=question["id"], question=question)

    def collected(self) -> list[pytest.Item]:
        """All tests."""
        return [item for question in self.collect() for item in question.collect()]  # type: ignore[misc]


class _Question(pytest.Collector):
    """One question."""

    def __init__(self, *, question: dict[str, Any], **about: Any) -> None:
        super().__init__(**about)
        self.question = question

    def collect(self) -> Iterator[pytest.Item]:
        """A test for each check."""
        for check in self.question["checks"]:
            yield _Check.from_parent(self, name=check["id"].partition(".")[2], check=check)


class _Check(pytest.Item):
    """One check; what it found is known already."""

    def __init__(self, *, check: dict[str, Any], **about: Any) -> None:
        super().__init__(**about)
        self.check = check

    def runtest(self) -> None:
        """Fail where the check has earned less than its points; one that was not looked at is skipped."""
        if self.check["status"] in ("skipped", "error"):
            pytest.skip("; ".join(self.check["said"]) or "it could not be looked at")
        if self.check["status"] != "pass":
            raise Failed("\n".join([self.check["title"], *self.check["said"]]))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> str:
        """The text of the report, and no traceback."""
        if isinstance(excinfo.value, Failed):
            return f"{excinfo.value}\n{self.check['earned']} of {self.check['points']} points"
        return str(super().repr_failure(excinfo))

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Where it is told of."""
        return self.path, None, f"{self.parent.name}: {self.name}" if self.parent is not None else self.name


def _looked_at(path: Path, config: pytest.Config) -> dict[str, Any]:
    pack, keras, sandbox = (config.getoption(f"--grader-{name}") for name in ("pack", "keras", "sandbox"))
    command = [sys.executable, "-P", "-m", "grader", "check", str(path), "--format", "json", "--show", "all"]
    command += ["--keras", keras, "--sandbox", sandbox, *(["--pack", pack] if pack else [])]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        found: dict[str, Any] = json.loads(ended.stdout)
    except ValueError:
        raise pytest.UsageError(ended.stderr.strip() or f"the grader ended with status {ended.returncode}") from None
    return found
