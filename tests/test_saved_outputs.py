"""Saved outputs that a fresh run does not give: the instructor is told, and nobody loses a point."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from grader.grading.reproduced import MOST, not_reproduced
from grader.kernel.pool import KernelPool
from grader.notebook.reading.read import read
from grader.report.html import render
from grader.report.index import render_index
from tests.grades import graded
from tests.report.markup import parse
from tests.report.pages import squeezed

SUMMARY = "Total params: 93,443 (365 KB)\n Trainable params: {} (121.67 KB)\n"


def stream(text: str) -> nbformat.NotebookNode:
    return new_output("stream", text=text)


def error(name: str, value: str = "x") -> nbformat.NotebookNode:
    return new_output("error", ename=name, evalue=value, traceback=["Traceback", f"{name}: {value}"])


def compared(folder: Path, *pairs: tuple[list[nbformat.NotebookNode], list[nbformat.NotebookNode]]) -> tuple[str, ...]:
    """What is told of cells with these saved and fresh outputs."""
    saved, fresh = (
        new_notebook(cells=[new_code_cell("model.summary()", outputs=pair[side]) for pair in pairs]) for side in (0, 1)
    )
    nbformat.write(saved, folder / "saved.ipynb")
    return not_reproduced(read(folder / "saved.ipynb"), fresh)


@pytest.mark.parametrize(
    ("saved", "fresh", "told"),
    [
        (
            "(None, 10, 128) (None, 1)",
            "(None,10,64)\n(None, 1)",
            "saved with shape (None, 10, 128); a fresh run has (None, 10, 64)",
        ),
        ("(None, 10, 128)", "lstm (LSTM)  (None,  10, 128)\n(None, 10, 128)", None),
        ("[(None, 10, 32)]", "(None, 10, 32)", None),
        ("shape=(1, 10, 24)", "", None),
        ("(None, 10, 128)", "(None, 10, 128) (None, 2)", None),
        ("f(2) (1,)", "f(3) (2,)", None),
        (
            SUMMARY.format("31,147"),
            SUMMARY.format("20608"),
            "saved with trainable weights 31,147; a fresh run has 20,608",
        ),
        (SUMMARY.format("20,608"), "Trainable params: 20608 (80.50 KB)\nTotal params: 20608", None),
        ("loss: 0.9\n2/2 - loss: 0.0100", "loss: 0.9\n2/2 - loss: 0.0900", None),
        (
            "val_loss: 0.1 - loss: 0.05",
            "loss: 3.1e+01",
            "saved with a loss of 0.05 at its end; a fresh run ends with 31",
        ),
        ("loss: 1e-09", "loss: 0.0099", None),
        ("loss: 0.5", "loss: nan", "saved with a loss of 0.5 at its end; a fresh run ends with nan"),
        ("loss: nan", "loss: nan", None),
        ("", "(None, 1)", None),
    ],
)
def test_what_is_compared(tmp_path: Path, saved: str, fresh: str, told: str | None) -> None:
    """Are shapes, counts of weights and the size of losses told where they are others, and nothing else?"""
    found = compared(tmp_path, ([stream(saved)] if saved else [], [stream(fresh)]))
    assert found == (() if told is None else (f"cell 1: {told}",))


def test_an_error_that_was_not_there(tmp_path: Path) -> None:
    """Is a result told that is an error now, and no error that was there before?"""
    good, bad = [stream("(None, 1)")], [error("ValueError")]
    assert compared(tmp_path, (good, bad)) == ("cell 1: saved with a result; a fresh run ends with ValueError",)
    assert compared(tmp_path, (bad, bad), (bad, good), ([], bad)) == ()


def test_not_too_much_is_told(tmp_path: Path) -> None:
    """Is the list short, however many cells differ?"""
    pair = ([stream("(None, 1)")], [stream("(None, 2)")])
    assert len(compared(tmp_path, *[pair] * 30)) == MOST


def shapes(first: int, many: int, step: int = 1) -> str:
    return " ".join(f"({first}, {at})" for at in range(many)[::step])


def test_many_shapes_are_no_summary(tmp_path: Path) -> None:
    """Are as many shapes as models have compared, in whatever order, and listings of thousands left alone?"""
    few, many = 200, 2_000
    told = ("cell 1: saved with shape (1, 0); a fresh run has (2, 0)",)
    assert compared(tmp_path, ([stream(shapes(1, few))], [stream(shapes(1, few, -1))])) == ()
    assert compared(tmp_path, ([stream(shapes(1, few))], [stream(shapes(2, few))])) == told
    for saved, fresh in ((few, many), (many, few), (many, many)):
        assert compared(tmp_path, ([stream(shapes(1, saved))], [stream(shapes(2, fresh))])) == ()


def test_it_is_for_the_instructor_alone(tmp_path: Path, pool: KernelPool) -> None:
    """Do points, flags and the report stay as they are, and does the page of the class tell?"""
    cells = [new_markdown_cell("## 5. GRU\nIt has two gates."), new_code_cell("print('(None, 10, 64)')")]
    made = []
    for name, text in (("true", "(None, 10, 64)"), ("other", "(None, 10, 128)")):
        cells[1].outputs = [stream(text)]
        nbformat.write(new_notebook(cells=cells), tmp_path / f"{name}.ipynb")
        made.append(graded(tmp_path / f"{name}.ipynb", pool))
    honest, other = (each.result for each in made)
    assert honest.not_reproduced == ()
    (told,) = other.not_reproduced
    assert (other.score, other.flags) == (honest.score, honest.flags)
    for reader in ("student", "instructor"):
        assert "(None, 10, 128)" not in squeezed(parse(render(other, made[1].notebook, reader)).text)
    page = parse(render_index([("true", honest), ("other", other)]))
    assert told in squeezed(page.text)
    assert "does not give: 1 submission Worth a look" in squeezed(page.text)
    assert json.loads(other.to_json())["not_reproduced"] == [told]
