"""The annotated notebook."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable
from typing import Any

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grader.report.feedback import annotate
from grader.report.literal import literal
from grader.result.actions import actions
from grader.result.model import Result
from grader.text import neutral
from tests.report import samples
from tests.report.hostile import ATTACKS
from tests.report.markup import Node, exported, rendered

OURS = {
    "h1",
    "h3",
    "p",
    "ol",
    "ul",
    "li",
    "strong",
    "em",
    "code",
    "span",
    "br",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}


def feedback(annotated: NotebookNode) -> dict[str, str]:
    """The source of each cell of feedback, by its id."""
    return {cell.id: cell.source for cell in annotated.cells if "grader" in cell.metadata}


def order(annotated: NotebookNode) -> list[str]:
    """What stands in the notebook, one after the other: sources of the student's cells, ids of ours."""
    return [cell.id if "grader" in cell.metadata else cell.source for cell in annotated.cells]


def with_cells(*cells: tuple[int, ...]) -> Result:
    """A result whose questions were answered in these cells."""
    questions = tuple(samples.full(number, where) for number, where in enumerate(cells, start=1))
    return samples.graded(questions=questions)


def small(*sources: str) -> NotebookNode:
    """A notebook of code cells."""
    return new_notebook(cells=[new_code_cell(source) for source in sources])


def test_feedback_stands_behind_the_last_cell_of_its_answer():
    """Does a student find the feedback where the answer is, in the order of the questions?"""
    annotated = annotate(small("a", "b", "c"), with_cells((0, 1), (2,)))
    assert order(annotated) == ["grader-summary", "a", "b", "grader-q1", "c", "grader-q2"]


def test_questions_that_share_their_last_cell_follow_one_another():
    """Has one cell that answers everything the feedback of every question behind it, in order?"""
    annotated = annotate(small("all", "rest"), with_cells((0,), (0,), (0,)))
    assert order(annotated) == ["grader-summary", "all", "grader-q1", "grader-q2", "grader-q3", "rest"]


def test_answers_in_another_order_keep_their_places():
    """Is feedback put behind its answer also where the notebook answers in another order?"""
    annotated = annotate(small("second", "first"), with_cells((1,), (0,)))
    assert order(annotated) == ["grader-summary", "second", "grader-q2", "first", "grader-q1"]


def test_missing_questions_come_last(notebook: NotebookNode, result: Result):
    """Does the feedback on what was not found stand at the end, with what was looked for?"""
    annotated = annotate(notebook, result)
    assert order(annotated)[-1] == "grader-q10"
    text = rendered(annotated.cells[-1].source).text
    assert "No answer to this question was found" in text
    assert "put a heading such as “Answer 10” above it" in text
    assert all(check.title in text for check in result.questions[-1].checks)


def test_a_cell_that_is_not_there_does_no_harm():
    """Is a result that names a cell beyond the end still shown, at the end?"""
    assert order(annotate(small("a"), with_cells((7,), (0,))))[-1] == "grader-q1"


def test_every_judgement_is_told(notebook: NotebookNode, result: Result):
    """Are score, title, message and facts of every check there, and how it ended, told apart?"""
    cells = feedback(annotate(notebook, result))
    for question in result.questions[:-1]:
        text = rendered(cells[f"grader-{question.id}"]).text
        assert f"{question.score} of {question.max_score} points" in text
        for check in question.checks:
            assert check.title in text or (check.kind, check.status) == ("explanation", "fail")
            assert check.status in ("pass", "skipped") or check.message.replace("`", "") in text
            for fact in (check.expected, check.observed):
                assert check.status == "pass" or fact is None or fact in text or check.kind == "explanation"
            assert check.status == "pass" or check.why is None or check.why.replace("`", "") in text
    lines = rendered(cells["grader-q2"]).text + rendered(cells["grader-q6"]).text
    symbols = re.findall(r"^([✓◐✗–?]) ", lines, re.MULTILINE)
    assert symbols == ["✗", "◐", "?", "✓", "✗", "✓"]


def test_the_summary_says_what_to_do_next(notebook: NotebookNode, result: Result):
    """Does the first cell tell the grade, every question, and the three things to do, in the words of the page?"""
    page = rendered(annotate(notebook, result).cells[0].source)
    assert page.all("h1")[0].text == "NLP Assignment 3: recurrent networks: 69 of 100 points"
    rows = [[cell.text for cell in row.all("td")] for row in page.all("tr")[1:]]
    assert [row[1] for row in rows] == list(samples.TITLES)
    assert rows[5][2] == "4 of 10"
    items = [item.text for item in page.all("li")]
    assert items == [f"{action.sentence.replace('`', '')} +{action.points}" for action in actions(result)]
    assert [item.split()[0] for item in items] == ["Answer", "Fix", "Look"]


@pytest.mark.parametrize("status", ["unreadable", "failed"])
def test_without_a_grade_the_summary_says_why(status: str, notebook: NotebookNode):
    """Is there a summary with the reason, and nothing else, where there is no grade?"""
    annotated = annotate(notebook, samples.without_grade(status, "the kernel could not be started"))
    assert list(feedback(annotated)) == ["grader-summary"]
    assert "the kernel could not be started" in annotated.cells[0].source


def test_annotating_twice_is_annotating_once(notebook: NotebookNode, result: Result):
    """Does feedback never pile up, also when the grade has changed?"""
    once = annotate(notebook, result)
    assert annotate(once, result) == once
    changed = samples.graded(questions=result.questions[:5])
    assert annotate(once, changed) == annotate(notebook, changed)


def test_the_notebook_that_was_given_is_not_changed(notebook: NotebookNode, result: Result):
    """Is the executed notebook left as it is?"""
    before = copy.deepcopy(notebook)
    annotated = annotate(notebook, result)
    annotated.cells[1].metadata["x"] = 1
    annotated.metadata["x"] = 1
    assert notebook == before


def test_feedback_that_is_handed_in_again_is_replaced(notebook: NotebookNode, result: Result):
    """Is old feedback left out, and the new one behind the right cells, when feedback.ipynb itself is handed in?"""
    handed_in = annotate(small("a", "b"), with_cells((0,), (1,)))
    again = samples.graded(
        questions=(samples.full(1, (1,)), samples.full(2, (2, 3))),
        submission=samples.graded().submission.model_copy(update={"sha256": "77" * 32}),
    )
    assert order(annotate(handed_in, again)) == ["grader-summary", "a", "grader-q1", "b", "grader-q2"]


def test_a_student_cannot_hide_a_cell_as_feedback(result: Result):
    """Does a code cell stay, whatever its metadata claims?"""
    notebook = small("a", "b")
    notebook.cells[0].metadata = {"grader": {"kind": "feedback", "question": None, "submission": "00" * 32}}
    notebook.cells[1].metadata = {"grader": "x", "tags": 3}
    assert [cell.source for cell in annotate(notebook, result).cells if cell.cell_type == "code"] == ["a", "b"]


def test_the_notebook_is_valid(notebook: NotebookNode, result: Result):
    """Is it nbformat 4.5, and the same after writing and reading?"""
    annotated = annotate(notebook, result)
    nbformat.validate(annotated)
    text = nbformat.writes(annotated)
    assert annotated.nbformat_minor == 5
    assert nbformat.writes(nbformat.reads(text, as_version=4)) == text


def test_old_and_colliding_ids_become_good_ones(result: Result):
    """Does every cell get an id of its own: without one, with a bad one, with one twice, with one of ours?"""
    cells = [new_markdown_cell("x") for _ in range(6)]
    for cell, ident in zip(cells, [None, "bad id!", "same", "same", "grader-q1", "x" * 65], strict=True):
        cell.pop("id") if ident is None else cell.update(id=ident)
    old = small()
    old.cells, old.nbformat_minor = cells, 4
    annotated = annotate(old, result)
    nbformat.validate(annotated)
    ids = [cell.id for cell in annotated.cells]
    assert len(set(ids)) == len(ids)
    assert "grader-q1" in feedback(annotated)
    assert annotate(old, result) == annotated


def poisoned(attack: str) -> Result:
    """A result in which every field that a student's text can reach is an attack."""

    def poison(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {name: poison(item, name) for name, item in value.items()}
        if isinstance(value, list):
            return [poison(item, key) for item in value]
        reached = (
            "title",
            "message",
            "expected",
            "observed",
            "name",
            "file",
            "reason",
            "flags",
            "todo",
            "about",
            "prompt",
            "keras",
            "python",
        )
        return attack if key in reached and (key != "reason" or value == "x") else value

    return Result.model_validate(poison(json.loads(samples.graded(reason="x").to_json())))


@pytest.mark.parametrize("name", ATTACKS)
def test_no_text_becomes_more_than_text(name: str, notebook: NotebookNode):
    """Do the words of a student stay words: no HTML, link, picture, formula or structure of theirs?"""
    for source in feedback(annotate(notebook, poisoned(ATTACKS[name]))).values():
        for page in (rendered(source), exported(source)):
            assert {element.tag for element in page.elements} <= OURS
            assert_no_formula(page, source)
        assert shape(source) == shape(source_of("harmless", source, notebook))


def source_of(text: str, like: str, notebook: NotebookNode) -> str:
    """The same cell of feedback, of a result with a harmless text in the place of the attack."""
    heading = re.match(r"### Feedback on question (\d+)", like)
    cells = feedback(annotate(notebook, poisoned(text)))
    return cells[f"grader-q{heading[1]}" if heading else "grader-summary"]


def shape(source: str) -> list[str]:
    """The elements of a rendered text that make its structure."""
    return [element.tag for element in rendered(source).elements if element.tag not in ("span", "code", "br")]


def assert_no_formula(page: Node, source: str) -> None:
    """Neither the source (where programs look first) nor any text of the page (where MathJax looks) has a formula."""
    assert "$" not in source
    assert not re.search(r"\\[(\[a-zA-Z]", source)
    for element in [page, *page.elements]:
        for text in (child for child in element.children if isinstance(child, str)):
            assert text in ("$", "\\") or not set(text) & {"$", "\\"}


ANY_TEXT = st.text(max_size=60) | st.text("-=+.:)(123 wwwh\tps//*_`$\\<>&;#[]!|~\n@", max_size=40)


@pytest.mark.parametrize("render", [rendered, exported], ids=["markdown-it", "nbconvert"])
@given(text=ANY_TEXT)
def test_literal_text_is_shown_as_it_is(render: Callable[[str], Node], text: str):
    """Does a page show exactly the text, and nothing made of it, at the beginning of a paragraph?"""
    page = render(literal(text, 1_000))
    assert {element.tag for element in page.elements} <= {"p", "span"}
    assert page.text.rstrip("\n") == neutral(text, 1_000)
    assert_no_formula(page, literal(text, 1_000))


@pytest.mark.parametrize("render", [rendered, exported], ids=["markdown-it", "nbconvert"])
@given(text=ANY_TEXT)
def test_literal_text_at_the_beginning_of_a_line_is_shown_as_it_is(render: Callable[[str], Node], text: str):
    """The same on a further line of an item, where a list or a heading could begin?"""
    page = render(f"- first  \n  {literal(text, 1_000)}")
    assert [element.tag for element in page.elements if element.tag not in ("span", "br", "p")] == ["ul", "li"]
    assert page.text.strip().removeprefix("first").strip() == neutral(text, 1_000)


@given(st.text("w.1ab:/@-h tp", max_size=30))
def test_nothing_is_an_address(text: str):
    """Does no program find an address or a mail address in the source that it could make a link of?"""
    source = literal(text, 100)
    assert not re.search(r"www\.[\w-]|\w:/|@|\w\.[a-z]", source)


def test_backticks_of_a_message_become_code(notebook: NotebookNode, result: Result):
    """Is a name that stands between backticks set as code?"""
    page = rendered(feedback(annotate(notebook, result))["grader-q6"])
    assert "implementation=2" in [element.text for element in page.all("code")]


def test_endless_texts_are_shortened(notebook: NotebookNode):
    """Does feedback stay readable when every text is a megabyte long?"""
    annotated = annotate(notebook, poisoned("<b>" * 300_000))
    assert max(len(source) for source in feedback(annotated).values()) < 400_000


def test_what_was_measured_is_told(result: Result, notebook: NotebookNode) -> None:
    """Does the notebook say in words what the report draws?"""
    told = [cell.source for cell in annotate(notebook, result).cells if "What was measured" in cell.source]
    assert len(told) == sum(bool(question.pictures) for question in result.questions) == 4
    assert any("no gate sees the cell state" in source for source in told)
