"""Which text answers which question, in outlines of all kinds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from random import Random

import pytest

from grader.notebook.segment import Segmentation, segment
from grader.pack.questions import Assignment
from tests.notebook.outlining import NUMBER_ALONE, SOURCES, Answer, Style, answers, outlined, styles
from tests.notebook.writing import notebook, plain

NOTEBOOKS = 30
"""So many outlines are tried in each test."""


def misplaced(segmentation: Segmentation, given: Sequence[Answer], style: Style) -> dict[int, set[str | None]]:
    """The questions whose text or program was given to another question or to none, with where it went."""
    texts = [(block.question if block.role == "answer" else None, plain(block.text)) for block in segmentation.blocks]
    wrong = {}
    for answer in given:
        pieces = [plain(text).replace("\\", "") for text in answer.paragraphs]
        owners = {question for piece in pieces for question in _owners(piece[:60], texts)}
        if style.code != "none" and answer.program:
            lines = [plain(line) for line in answer.program.split("\n") if line and line[0].isalpha()]
            known = [line for line in lines if "import" not in line and '"' not in line and "'" not in line]
            owners |= {question for line in known[:1] for question in _owners(line, texts)}
        if owners - {f"q{answer.number}"}:
            wrong[answer.number] = owners
    return wrong


def _owners(piece: str, texts: Sequence[tuple[str | None, str]]) -> set[str | None]:
    found = {question for question, text in texts if piece in text.replace("\\", "")}
    return found if len(found) == 1 else found - {None}


def _missed(notebooks: Iterable[tuple[Sequence[Answer], Style, Sequence[int]]], assignment: Assignment) -> list[str]:
    """What went wrong, one line for each question."""
    missed = []
    for given, style, numbers in notebooks:
        segmentation = segment(notebook(outlined(given, style, numbers)), assignment)
        wrong = misplaced(segmentation, given, style)
        missed += [f"{style}: {number} in {owners}" for number, owners in wrong.items()]
    return missed


def _numbers(given: Sequence[Answer]) -> list[int]:
    return [answer.number for answer in given]


@pytest.mark.parametrize("source", SOURCES)
def test_the_outline_does_not_matter(assignment: Assignment, source: str) -> None:
    """Does each question keep its text and its program, in whatever outline?"""
    given = answers(source)
    missed = _missed([(given, style, _numbers(given)) for style in styles(NOTEBOOKS, len(source))], assignment)
    assert len(missed) <= 0.01 * NOTEBOOKS * len(given), "\n".join(missed)


def test_questions_may_be_left_out(assignment: Assignment) -> None:
    """Is what is there found, and nothing taken for what is not?"""
    random = Random(3)
    notebooks = []
    for place, style in enumerate(styles(NOTEBOOKS, 5)):
        given = answers(SOURCES[place % len(SOURCES)])
        kept = sorted(random.sample(given, random.randrange(3, 9)), key=lambda answer: answer.number)
        notebooks.append((kept, style, _numbers(kept)))
    missed = _missed(notebooks, assignment)
    assert len(missed) <= 0.01 * sum(len(kept) for kept, _, _ in notebooks), "\n".join(missed)


def test_headings_that_name_their_subject_may_have_any_number_and_any_order(assignment: Assignment) -> None:
    """Are answers that are renumbered, or in another order, found under their names?"""
    random = Random(4)
    notebooks = []
    for place, style in enumerate(each for each in styles(2 * NOTEBOOKS, 6) if each.heading not in NUMBER_ALONE):
        given = answers(SOURCES[place % len(SOURCES)])
        kept = (
            random.sample(given, random.randrange(4, 11))
            if place % 2
            else sorted(random.sample(given, random.randrange(4, 9)), key=lambda answer: answer.number)
        )
        notebooks.append((kept, style, list(range(1, len(kept) + 1))))
    missed = _missed(notebooks, assignment)
    assert len(missed) <= 0.01 * sum(len(kept) for kept, _, _ in notebooks), "\n".join(missed)
