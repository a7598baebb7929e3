"""What is told of a notebook without running it: how many questions it answers, and what it is the same as."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from grader.grading.options import Options
from grader.kernel.generation import first_generation
from grader.notebook.reading.files_digest import digest_of_all
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


def content(path: Path, options: Options) -> str | None:
    """The same for two notebooks that get the same result: of the same cells, and with the same files to read.

    Saved outputs count for the Keras that they tell of alone. None where the notebook cannot be read.
    """
    try:
        notebook = read(path)
    except UnreadableNotebook:
        return None
    attached = [cell.get("attachments", {}) for cell in notebook.node.cells]
    cells = [(cell.type, cell.source, cell.tags, more) for cell, more in zip(notebook.cells, attached, strict=True)]
    generation = first_generation(notebook, options.keras)
    told = json.dumps([cells, generation, digest_of_all(path, options.files_digest), notebook.mended])
    return hashlib.sha256(told.encode()).hexdigest()
