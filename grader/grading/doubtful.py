"""What a person has to look at, because nothing of it was read: the wrong file, an image, another language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from grader.grading.explained import NOT_READ
from grader.language.prose.tongue import is_foreign
from grader.notebook.reading.read import Notebook
from grader.notebook.segment import Segmentation
from grader.result.model import QuestionResult

IMAGE = re.compile(r"!\[[^\]\n]{0,500}\]|<img\b|attachment:", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]{2,40}")
# What no English text is without, and texts in languages beside it are.
SMALL_WORDS = frozenset(
    {
        *("the", "and", "to", "that", "it", "are", "with", "by", "this", "from", "which", "or", "not", "when", "have"),
        *("but", "only", "into", "their", "they", "its", "can", "does"),
    }
)
ENOUGH_WORDS, SMALL_SHARE = 20, 0.03


def doubtful(notebook: Notebook, segmentation: Segmentation, questions: Sequence[QuestionResult]) -> Iterator[str]:
    """Flags, each a sentence for the instructor."""
    yield from (f"please look, {mended}" for mended in notebook.mended)
    if not any(cell.source.strip() for cell in notebook.cells):
        yield "please look, the notebook is empty: is this the right file?"
        return
    foreign = [cell for cell in notebook.cells if cell.type == "markdown" and _is_foreign(cell.source)]
    unread = any(check.message == NOT_READ for question in questions for check in question.checks)
    if not (foreign or unread or sum(question.score for question in questions)):
        yield "please look, nothing in this notebook answers a question of the assignment: is this the right file?"
    for question in questions:
        yield from _of_question(notebook, segmentation, question)
    for cell in foreign:
        yield f"cell {cell.index + 1}: please look, its text is not in English, so it was not read"


def _of_question(notebook: Notebook, segmentation: Segmentation, question: QuestionResult) -> Iterator[str]:
    lost = any(check.kind in ("explanation", "equations") and check.earned < check.points for check in question.checks)
    if not lost:
        return
    owners = _owners(notebook, segmentation)
    images = [
        cell.index + 1
        for cell in notebook.cells
        if cell.type == "markdown" and IMAGE.search(cell.source) and owners.get(cell.index) == question.id
    ]
    if images:
        yield f"{question.id}: please look, an image that nobody has read is in cell {', '.join(map(str, images))}"


def _owners(notebook: Notebook, segmentation: Segmentation) -> dict[int, str]:
    """The question of each cell: of its own blocks, or else of the cell before it."""
    owners: dict[int, str] = {}
    last: str | None = None
    of_cell = {block.cell: block.question for block in segmentation.blocks if block.question}
    for cell in notebook.cells:
        last = of_cell.get(cell.index, last)
        if last is not None:
            owners[cell.index] = last
    return owners


def _is_foreign(text: str) -> bool:
    """Whether it has words of another language, or many and next to none of those that every English text has."""
    if is_foreign([text]):
        return True
    words = [word.lower() for word in WORD.findall(text)]
    letters = "".join(words)
    if len(letters) >= 2 * ENOUGH_WORDS and sum(letter > "\u024f" for letter in letters) > len(letters) / 2:
        return True  # in another script, Greek letters in equations aside
    return len(words) >= ENOUGH_WORDS and sum(word in SMALL_WORDS for word in words) < SMALL_SHARE * len(words)
