"""How many questions a notebook answers, told without running it."""

from __future__ import annotations

from pathlib import Path

from grader.notebook.reading.notebook_errors import UnreadableNotebook
from grader.notebook.reading.read import read
from grader.notebook.segment import segment
from grader.pack.questions import Assignment


def answered(path: Path, pack: Assignment) -> int | None:
    """The number of questions for which anything is read as an answer; None where the notebook cannot be read."""
    try:
        notebook = read(path)
    except UnreadableNotebook:
        return None
    found = segment(notebook, pack)
    return sum(bool(found.answer(question.id).cells) for question in pack.questions)
