"""Grading a notebook in a test: from a file or from cells, on the kernels that all tests share."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbformat import NotebookNode

from grader.grading.options import Options
from grader.grading.submission import Graded, grade
from grader.kernel.pool import KernelPool
from grader.pack.loading import load
from grader.result.model import QuestionResult, Result
from grader.result.rules import contradictions

ROOT = Path(__file__).parent.parent
SEED = ROOT.parent / "shared" / "seed" / "NLP_Assignment_3.ipynb"


def graded(path: Path, pool: KernelPool, **options: object) -> Graded:
    """Grade a file with the pack that is shipped; what comes of it is a result that can be read again."""
    made = grade(path, path.stem, load(), pool, Options(**options))  # type: ignore[arg-type]
    assert list(contradictions(made.result)) == []
    return made


def graded_node(node: NotebookNode, folder: Path, pool: KernelPool, **options: object) -> Result:
    """Grade a notebook that a test has made."""
    path = folder / "notebook.ipynb"
    nbformat.write(node, path)
    return graded(path, pool, **options).result


def question(result: Result, number: int) -> QuestionResult:
    """The result of one question."""
    return result.questions[number - 1]


def points(result: Result) -> dict[str, int]:
    """What every check earned."""
    return {check.id: check.earned for item in result.questions for check in item.checks}


def lost(result: Result) -> set[str]:
    """The checks that did not earn all of their points."""
    return {check.id for item in result.questions for check in item.checks if check.earned < check.points}


def without_duration(result: Result) -> dict[str, object]:
    """All of a result but for the time it took."""
    return result.model_dump(mode="json", exclude={"duration_s"})


def accusations(result: Result) -> list[str]:
    """What an instructor is told of points that were earned unseen: of answers that are honest, nothing."""
    return [flag for flag in result.flags if flag.startswith("integrity:")]
