"""report.html and people who attack it: through the result's texts, their cells, and what their cells put out."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell

from grader.report.html import render
from grader.text import neutral_lines
from tests.report import samples
from tests.report.hostile import ATTACKS
from tests.report.markup import parse
from tests.report.pages import article, dangers, faults, squeezed, with_every_text

MOST_BYTES = 20_000_000
KINDS = ("text/plain", "text/html", "text/markdown", "text/latex", "image/svg+xml", "application/javascript")


def page_of(*cells: NotebookNode) -> str:
    """The page of a notebook whose every cell answers question 1."""
    question = samples.full(1, tuple(range(len(cells))))
    result = samples.graded(questions=(question,))
    return render(result, new_notebook(cells=list(cells)))


def put_out(**data: Any) -> NotebookNode:
    return new_code_cell("1", outputs=[new_output("display_data", data)])


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
def test_no_text_of_a_result_is_more_than_text(attack: str, notebook: NotebookNode):
    """Is an attack in every text of a result shown as what it is?"""
    html = render(with_every_text(samples.graded(), lambda _: attack), notebook)
    assert dangers(html) == []
    assert faults(html) == []
    shown = squeezed(article(html, 6).all("h2")[0].text)
    assert shown == squeezed(f"6 {neutral_lines(attack)}")


@pytest.mark.parametrize("status", ["unreadable", "failed"])
@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
def test_no_reason_is_more_than_text(attack: str, status: str):
    """Is an attack in the name of a file, which the reason quotes, shown as what it is?"""
    html = render(with_every_text(samples.without_grade(status, "x"), lambda _: attack), None)
    assert dangers(html) == []


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
def test_no_cell_is_more_than_its_words(attack: str):
    """Is an attack in the source of a cell of any kind harmless?"""
    html = page_of(new_code_cell(attack), new_markdown_cell(attack), new_raw_cell(attack))
    assert dangers(html) == []
    assert faults(html) == []


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
def test_no_output_is_more_than_it_shows(attack: str):
    """Is an attack in an output of any kind harmless?"""
    outputs = [
        new_output("stream", name="stdout", text=attack),
        new_output("stream", name="stderr", text=attack),
        new_output("error", ename=attack, evalue=attack, traceback=[attack]),
        *(new_output("display_data", {kind: attack}) for kind in KINDS),
        new_output("display_data", {attack: attack}),
        new_output("execute_result", {"text/html": [attack, attack]}, execution_count=1),
        *(new_output("display_data", {kind: attack}) for kind in ("image/png", "image/jpeg", "image/gif")),
        new_output("display_data", {"image/png": base64.b64encode(attack.encode("utf-8")).decode()}),
    ]
    html = page_of(new_code_cell("1", outputs=outputs))
    assert dangers(html) == []
    assert parse(html).all("img") == []


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
def test_no_attachment_is_more_than_a_picture(attack: str):
    """Is an attack in the name, the kind or the data of an attachment harmless?"""
    cell = new_markdown_cell(f"![{attack}](attachment:a.png) ![x](<attachment:{attack}>)")
    cell.attachments = {"a.png": {"image/png": attack}, attack: {attack: attack}}
    html = page_of(cell)
    assert dangers(html) == []
    assert parse(html).all("img") == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from([*ATTACKS.values(), "<", ">", "&", '"', "'", "`", "\n", "$", "\\", "[", "](", ")"])))
def test_no_mixture_of_attacks_is_more_than_text(parts: list[str]):
    """Are attacks that are put together as harmless as each alone?"""
    text = "".join(parts)
    html = page_of(new_markdown_cell(text), new_code_cell(text), put_out(**{"text/html": text}))
    assert dangers(html) == []


@pytest.mark.parametrize("place", ["stdout", "text/html", "text/plain", "code", "prose", "raw", "evalue"])
@pytest.mark.parametrize("piece", ["x", "x\n", "<b>x", "é" * 60 + "\n"], ids=["line", "lines", "tags", "wide"])
def test_a_megabyte_makes_no_page_that_does_not_open(place: str, piece: str):
    """Is a huge text cut, and said to be cut?"""
    huge = piece * (1_000_000 // len(piece))
    cells = {
        "stdout": lambda: new_code_cell("1", outputs=[new_output("stream", name="stdout", text=huge)]),
        "evalue": lambda: new_code_cell("1", outputs=[new_output("error", ename="E", evalue=huge, traceback=[huge])]),
        "code": lambda: new_code_cell(huge),
        "prose": lambda: new_markdown_cell(huge),
        "raw": lambda: new_raw_cell(huge),
    }
    cell = cells[place]() if place in cells else put_out(**{place: huge, "text/plain": huge})
    html = page_of(cell)
    assert len(html) < 300_000
    if place != "evalue":
        assert "are not shown here" in html


@pytest.mark.slow
@pytest.mark.parametrize(
    "cell",
    [
        new_code_cell("x = 1\n" * 2_000, outputs=[new_output("stream", name="stdout", text="y" * 30_000)] * 100),
        new_markdown_cell("a **b** " * 4_000),
        put_out(**{"text/html": "<table>" + "<tr><td>1</td></tr>" * 3_000}),
        put_out(**{"image/png": samples.png(1200, 800)}),
        new_code_cell(""),
    ],
    ids=["code", "prose", "tables", "pictures", "empty"],
)
def test_many_cells_make_no_page_that_does_not_open(cell: NotebookNode):
    """Is a notebook of very many large cells cut, and said to be cut?"""
    cells = [NotebookNode(cell, id=f"cell-{number}") for number in range(4_000)]
    html = page_of(*cells)
    assert len(html.encode()) < MOST_BYTES
    assert "because the page would become too l" in html
    assert dangers(html) == []


def test_many_remarks_and_flags_are_cut():
    """Are a thousand cells with errors not a thousand remarks?"""
    remarks = [{"id": f"q1.cell-{number}", "message": f"remark {number}."} for number in range(1_000)]
    question = samples.full(1, ()).model_validate({**samples.full(1, ()).model_dump(), "advisories": remarks})
    flags = tuple(f"flag {number}" for number in range(1_000))
    html = render(samples.graded(questions=(question,), flags=flags), None, "instructor")
    assert "and 988 more of this kind." in html
    assert "and 940 more, in result.json" in html
    assert "remark 20." not in html
    assert "flag 200" not in html


def test_deep_nesting_ends():
    """Does a page come of brackets, quotes and elements nested beyond reason?"""
    html = page_of(
        new_markdown_cell("> " * 10_000 + "x"),
        new_markdown_cell("[" * 15_000),
        new_code_cell("(" * 15_000),
        put_out(**{"text/html": "<div>" * 10_000 + "x"}),
    )
    assert dangers(html) == []
    assert html.count("<div>") < 100
    assert html.count("<blockquote>") < 100


def test_lone_surrogates_are_replaced():
    """Can a page be written as UTF-8 whatever a notebook holds?"""
    question = samples.full(1, (0, 1)).model_copy(update={"title": "a\ud800b"})
    cells = [new_code_cell("'\udc80'", outputs=[new_output("stream", text="\ud800")]), new_markdown_cell("\udfff")]
    html = render(samples.graded(questions=(question,)), new_notebook(cells=cells))
    assert "a\ufffdb" in html
    html.encode("utf-8")


def test_writing_that_turns_direction_is_straightened():
    """Does code look like what it is, and not like what its control characters make of it?"""
    html = page_of(new_code_cell("access = 'user\u202e # admin\u2066'"), new_markdown_cell("a\u202eb"))
    assert not set("\u202e\u2066") & set(html)


def test_a_cell_that_claims_to_be_feedback_is_shown():
    """Can a student hide a cell of an answer by marking it as feedback?"""
    cell = new_markdown_cell("hidden words")
    cell.metadata = {"grader": {"kind": "feedback", "question": "q1", "submission": "0" * 64}}
    assert "hidden words" in page_of(cell)
