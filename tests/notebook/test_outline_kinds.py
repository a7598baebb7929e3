"""Which text answers which question in the styles of public notebooks: parts, banners, templates, other languages."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from grader.notebook.segment import segment
from grader.pack.questions import Assignment
from tests.notebook.outlining import SOURCES, Style, answers
from tests.notebook.restyling import (
    ANSWERED,
    BEGINNINGS,
    CELLS,
    CLOSINGS,
    ENDS,
    HEADINGS,
    NUMBERS_ALONE,
    PARTS,
    PLACES,
    TOPS,
    Look,
    written,
)
from tests.notebook.test_outlines import misplaced
from tests.notebook.writing import notebook

NOTEBOOKS = 40

looks = st.builds(
    Look,
    heading=st.sampled_from(list(HEADINGS)),
    answered=st.sampled_from(ANSWERED),
    part=st.sampled_from(list(PARTS)),
    begins=st.sampled_from(list(BEGINNINGS)),
    ends=st.sampled_from(list(ENDS)),
    top=st.sampled_from(list(TOPS)),
    closing=st.sampled_from(list(CLOSINGS)),
    place=st.sampled_from(PLACES),
    cells=st.sampled_from(CELLS),
)
PLAIN = Look("number and title", "", "none", "nothing", "nothing", "nothing", "nothing", "after", "one for each answer")


def misread(assignment: Assignment, look: Look, source: str) -> dict[int, set[str | None]]:
    """The questions that are not given what answers them where a notebook has this look."""
    given = answers(source)
    found = segment(notebook(written(given, look, Random(len(str(look))))), assignment)
    placed = "none" if look.place == "none" or look.cells == "one for all" else "after"
    return misplaced(found, given, Style("", "none", "", placed, ""))


@settings(max_examples=NOTEBOOKS, derandomize=True, phases=[Phase.generate])
@given(look=looks, source=st.sampled_from(SOURCES))
def test_the_look_does_not_matter(assignment: Assignment, look: Look, source: str) -> None:
    """Has each question its text and its program, in whatever look?"""
    assert len(misread(assignment, look, source)) <= 1, str(look)


@pytest.mark.parametrize("heading", HEADINGS)
def test_headings_of_all_kinds_and_languages(assignment: Assignment, heading: str) -> None:
    """Is each answer found under its heading, whatever language or script that is in?"""
    assert misread(assignment, PLAIN.but(heading=heading, part="numbered in bold"), SOURCES[0]) == {}


@pytest.mark.parametrize("heading", sorted(NUMBERS_ALONE))
@pytest.mark.parametrize("part", PARTS)
def test_recaps_within_an_answer_are_part_of_it(assignment: Assignment, heading: str, part: str) -> None:
    """Does a heading on another question's subject, within an answer that only has a number, not take its text?"""
    assert misread(assignment, PLAIN.but(heading=heading, part=part, begins="recap", place="none"), SOURCES[2]) == {}


@pytest.mark.parametrize("heading", ["number and title", "Prashn", "emoji and title", "answer to"])
def test_questions_that_are_set_out_first_are_answered_below(assignment: Assignment, heading: str) -> None:
    """Is a template, which has the headings of all questions in cells of their own, no place of answers?"""
    assert misread(assignment, PLAIN.but(heading=heading, top="template"), SOURCES[0]) == {}


@pytest.mark.parametrize("heading", ["number and title", "emoji and title", "answer to", "Hindi"])
@pytest.mark.parametrize("part", ["none", "named at the level"])
def test_banners_in_one_cell_of_code_lead_to_their_questions(assignment: Assignment, heading: str, part: str) -> None:
    """Is all code in one cell at the end shared out by the lines of signs in it?"""
    assert misread(assignment, PLAIN.but(heading=heading, part=part, place="at the end with banners"), SOURCES[0]) == {}


@pytest.mark.parametrize("closing", sorted(set(CLOSINGS) - {"nothing"}))
@pytest.mark.parametrize("heading", ["number and title", "decimal", "hyphen", "title", "Russian", "html"])
def test_what_closes_a_notebook_is_no_part_of_its_last_answer(
    assignment: Assignment, heading: str, closing: str
) -> None:
    """Is a last section on something else left alone, whatever it is called, and the next sheet?"""
    look = PLAIN.but(heading=heading, closing=closing, top="sheet before")
    cells = written(answers(SOURCES[2]), look, Random(1))
    found = segment(notebook(cells), assignment)
    behind = {block.question for block in found.blocks if block.cell >= len(cells) - len(CLOSINGS[closing])}
    assert behind == {None}
