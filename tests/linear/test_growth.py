"""Readers of students' text: does none take more than linear time on a text that is made to be slow?"""

from __future__ import annotations

import pytest

from grader.language.prose.segments import sentences
from grader.notebook.blocks.blocks import MAX_PIECES, blocks_of
from grader.notebook.reading.read import Cell
from tests.benchmarks.hostile_text import READERS, SHAPES
from tests.linear.growth import slow_shapes

PARTS = {"blocks of Markdown", "blocks of code", "unparsed", "names", "marks", "sentences", "page: code", "page: cell"}
"""Readers that others use, or that read so much and no more: looked at where there is time."""


@pytest.mark.parametrize("name", [name for name in READERS if name not in PARTS])
def test_no_reader_is_quadratic(name: str) -> None:
    """Does a text eight times as long take hardly more than eight times as long, in whatever shape?"""
    assert not slow_shapes(READERS[name], 8_000, most=5.0)


def test_a_quadratic_reader_is_told() -> None:
    """Is a reader found out that goes over the rest of the text at each character?"""

    def quadratic(text: str) -> int:
        return sum(text.count("\0", at) for at in range(len(text)))

    assert slow_shapes(quadratic, 60_000, most=5.0, shapes={"line breaks": SHAPES["line breaks"]})


def test_a_number_of_thousands_of_digits_is_read() -> None:
    """Is an entity whose number Python refuses to read, no error?"""
    assert sentences(f"The gate is &#{'9' * 5_000}; open. The cell &#115;tays.")[-1] == "The cell stays."


@pytest.mark.parametrize(
    ("kind", "unit"), [("code", "x = 1  # one\n"), ("code", "a b # c\n"), ("markdown", "```\nprint(1)\n```\na\n")]
)
def test_no_line_of_a_cell_of_many_pieces_is_lost(kind: str, unit: str) -> None:
    """Is a cell that is cut into thousands of pieces read to its end, though in one piece at last?"""
    source = unit * 3_000 + "the end"
    found = blocks_of(Cell(0, kind, source))  # type: ignore[arg-type]
    assert len(found) <= MAX_PIECES + 1
    assert found[-1].text.endswith("the end")
    assert found[-1].last_line == source.count("\n") + 1


def test_a_call_on_a_long_line_loses_its_text_alone() -> None:
    """Is printed text taken out of a line of many calls, behind letters of several bytes, too?"""
    found = blocks_of(Cell(0, "code", "print('é one');" * 50))
    assert [block.text for block in found if block.kind == "prose"] == ["é one"] * 50
    assert [block.text for block in found if block.kind == "code"] == ["print('');" * 50]
