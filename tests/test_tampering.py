"""What was seen in a kernel becomes flags for the instructor, each with its place; what stands in a cell is none."""

from __future__ import annotations

import pytest

from grader.answer.evidence import Trace
from grader.grading.tampering import DONE, tampering

CODE = ["layer = 'GRU'\nexec(f'keras.layers.{layer}(4)')"]


def flags(*traces: Trace) -> list[str]:
    return list(tampering(traces, CODE))


@pytest.mark.parametrize("kind", DONE)
def test_a_flag_says_what_and_where(kind: str) -> None:
    """Does each kind have a sentence with the cell and line, as people count them?"""
    (flag,) = flags(Trace(cell=2, line=5, kind=kind, detail="gc.get_objects"))
    assert flag.startswith("integrity: cell 3, line 5: ")
    assert "{" not in flag


def test_one_for_each_kind_in_a_cell() -> None:
    """Is what is done a hundred times told once, and a flood of kinds cut?"""
    traces = [Trace(cell=cell, line=None, kind="objects", detail=str(n)) for cell in range(40) for n in range(3)]
    assert len(flags(*traces)) == 12


@pytest.mark.parametrize(("names", "told"), [("keras layers GRU x", 0), ("keras layers LSTM x", 1), ("__name__", 0)])
def test_code_of_a_text_is_hidden_where_its_names_are(names: str, told: int) -> None:
    """Is code that was put together out of names in the notebook ordinary, and other code not?"""
    traces = [Trace(cell=0, line=2, kind="hidden", detail=f"GRU: {names}")]
    assert len(list(tampering(traces, [*CODE, "x = 1"]))) == told


def test_kinds_that_nobody_knows_say_nothing() -> None:
    """May hostile code say what it likes?"""
    assert flags(Trace(cell=0, line=None, kind="{0.__class__}", detail="{}")) == []
