"""Notes beside the cell that they are about."""

from __future__ import annotations

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grader.report.html import render
from grader.result.model import Advisory, CheckResult
from tests.report import samples
from tests.report.markup import Node
from tests.report.pages import article, squeezed

SAID = "Every step has weights of its own."
WRONG = f"You write “{SAID}”, which is wrong, and costs this point. They are shared."


def pairs(cells: list[NotebookNode], *checks: CheckResult, advisories: tuple[Advisory, ...] = ()) -> list[Node]:
    """The rows of cells and notes of an answer to question 1."""
    question = samples.question(1, "answered", tuple(range(len(cells))), list(checks), advisories=advisories)
    part = article(render(samples.graded(questions=(question,)), new_notebook(cells=cells)), 1)
    return [item for item in part.all("div") if str(item.attributes.get("class")).startswith("pair")]


def notes(pair: Node) -> list[str]:
    return [squeezed(item.text) for item in pair.all("li") if str(item.attributes.get("class")).startswith("note")]


def test_a_note_stands_beside_the_sentence_that_it_is_about():
    """Is the sentence marked with the number of the note, which does not quote it once more?"""
    check = samples.check("q1.same", "explanation", "The same weights.", 1, "fail", WRONG, observed=SAID)
    cells = [new_markdown_cell("# One"), new_markdown_cell(f"An RNN. {SAID} More."), new_code_cell("1")]
    first, second, third = pairs(cells, check)
    assert [len(notes(pair)) for pair in (first, second, third)] == [0, 1, 0]
    assert [mark.text for mark in second.all("mark")] == [SAID]
    assert notes(second)[0].startswith("1 0 of 1 point You write this, which is wrong, and costs this point.")


def test_a_note_stands_beside_the_cell_that_it_names():
    """Is the line of the error marked, counted as Jupyter counts, also below blank lines?"""
    message = "A layer was expected, but the code did not run to its end: cell 2 (In [7]), line 3: NameError: no x."
    check = samples.check("q1.a", "structure", "A layer.", 2, "fail", message)
    cells = [new_code_cell("a = 1"), new_code_cell("\n\nb = x\nc = 2", execution_count=7), new_code_cell("d")]
    first, second, third = pairs(cells, check)
    assert [len(notes(pair)) for pair in (first, second, third)] == [0, 1, 0]
    assert "".join(mark.text for mark in second.all("mark")) == "b = x"
    assert squeezed(second.text).startswith("cell 2, In [7]")


def test_what_has_no_place_stands_where_it_belongs():
    """Is what an explanation lacks beside the prose, and what is asked of code beside the last code?"""
    lacks = samples.check("q1.idea", "explanation", "The idea.", 1, "fail", "Say what it is.")
    measured = samples.check("q1.step", "behaviour", "A step.", 2, "fail", "It does not compute it.")
    cells = [new_code_cell("a"), new_markdown_cell("Some text that is long enough. " * 9), new_code_cell("b")]
    first, second, third = pairs(cells, lacks, measured)
    assert [len(notes(pair)) for pair in (first, second, third)] == [0, 1, 1]
    assert "Say what it is." in notes(second)[0]


def test_notes_that_are_longer_than_their_cell_stand_below_it():
    """Is the margin used where there is room beside the cell, and the whole width where there is none?"""
    check = samples.check("q1.a", "behaviour", "A.", 2, "fail", "It does not compute it, for many reasons. " * 8)
    ((short,), (long,)) = (pairs([new_code_cell(code)], check) for code in ("a = 1", "a = 1\n" * 30))
    assert str(short.attributes["class"]).split() == ["pair", "below"]
    assert str(long.attributes["class"]).split() == ["pair"]


def test_a_remark_stands_beside_its_sentence_and_costs_nothing():
    """Is it called what it is, and not quoted twice?"""
    check = samples.check("q1.a", "structure", "A.", 1, "fail", "No.")
    remark = Advisory(id="q1.x", message=f"“{SAID}” They are shared.")
    (pair,) = pairs([new_markdown_cell(SAID)], check, advisories=(remark,))
    assert notes(pair)[0] == "1 Worth knowing, costs nothing They are shared."


def test_what_cost_points_is_not_said_to_cost_nothing():
    """Is how a cell ended, which a note says already, no remark that costs nothing?"""
    ended = "cell 1, line 1: NameError: no x."
    check = samples.check("q1.a", "structure", "A.", 1, "fail", f"The code did not run to its end: {ended}")
    (pair,) = pairs([new_code_cell("x")], check, advisories=(Advisory(id="q1.cell-1", message=ended),))
    assert len(notes(pair)) == 1
