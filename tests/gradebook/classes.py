"""Classes made by hand: folders of results, with or without a roll, as a grade leaves them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grader.files.whole import write_text
from grader.report.feedback import annotate
from grader.report.html import render
from grader.result.file import write
from grader.result.model import QuestionResult, Result
from grader.result.proof import prove
from grader.roll.roll import ROLL, Person, Roll, Row
from tests.report import samples

SENTENCES = ("A gate lets part of the state through.", "The state is a sum, so its gradient does not shrink.")


def answer(number: int, earned: Sequence[int], cells: tuple[int, ...]) -> QuestionResult:
    """An answer with an explanation of 2 points, equations of 3 and code of 5, which earned so many."""
    checks = []
    for name, kind, points, got in zip(
        ("idea", "formulas", "computes"), ("explanation", "equations", "behaviour"), (2, 3, 5), earned, strict=True
    ):
        status = "pass" if got == points else "partial" if got else "fail"
        more = {"observed": SENTENCES[0]} if kind == "explanation" and got else {}
        title = f"It has its {name}."
        checks.append(
            samples.check(f"q{number}.{name}", kind, title, points, status, f"The {name}: look.", earned=got, **more)
        )
    return samples.question(number, "answered", cells, checks)


def result(name: str, *earned: Sequence[int], content: str = "", **more: Any) -> Result:
    """A result of so many answers; its file has the digest of the content, or of the points."""
    questions = tuple(answer(at, each, (2 * at - 2, 2 * at - 1)) for at, each in enumerate(earned, 1))
    made = samples.graded(
        questions=questions, score=sum(map(sum, earned)), max_score=10 * len(earned), flags=(), **more
    )
    digest = hashlib.sha256((content or f"{name} {earned}").encode()).hexdigest()
    submission = made.submission.model_copy(update={"name": name, "file": f"{name}.ipynb", "sha256": digest})
    return made.model_copy(update={"submission": submission})


def notebook(texts: Sequence[str] = SENTENCES, code: str = "x = 1") -> nbformat.NotebookNode:
    """A notebook with two cells for each answer: a text and code."""
    cells = [cell for text in texts for cell in (new_markdown_cell(text), new_code_cell(code))]
    return new_notebook(cells=cells)


def hand_in(root: Path, made: Result, node: nbformat.NotebookNode | None = None) -> Path:
    """Write the files of a result where a grade does; the folder."""
    folder = root / made.submission.name
    folder.mkdir(parents=True, exist_ok=True)
    node = notebook() if node is None else node
    digests = {
        "feedback.ipynb": write_text(folder / "feedback.ipynb", nbformat.writes(annotate(node, made))),
        "report.html": write_text(folder / "report.html", render(made, node)),
        "result.json": write(made, folder / "result.json"),
    }
    prove(folder, digests)
    return folder


def call_the_roll(root: Path, rows: Sequence[Row], **more: Any) -> None:
    """Write the roll of a class."""
    root.mkdir(parents=True, exist_ok=True)
    (root / ROLL).write_text(Roll(rows=tuple(rows), **more).model_dump_json(by_alias=True))


def row(key: str, folder: str | None = None, **more: Any) -> Row:
    """A row of the roll: of a person named after the key, unless told otherwise."""
    person = Person(**{"name": key.title(), **more.pop("person", {})})
    absent = None if folder else "nothing was handed in"
    return Row(**{"key": key, "person": person, "on_roster": True, "folder": folder, "absent": absent, **more})
