"""The similar submissions of a folder of results: their page, and what is kept."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grader.report.feedback import annotate
from grader.report.index import write_index
from grader.result.file import write as write_result
from grader.result.names import BadRequest
from grader.similarity.of_folder import KEPT, similar_in
from grader.similarity.similar_page import SIMILAR
from tests.gradebook.classes import result
from tests.report.hostile import ATTACKS
from tests.report.markup import parse
from tests.similarity.classes import DISGUISES, Cells, assembled, cells

GIVEN = assembled()
ELEMENTS = {
    *("html", "head", "meta", "link", "title", "style", "body", "main", "header", "p", "a", "h1", "section", "h2"),
    *("div", "pre", "code", "mark", "wbr"),
}
ATTRIBUTES = {"lang", "charset", "content", "http-equiv", "name", "rel", "href", "class", "id", "aria-labelledby"}


def put(root: Path, students: Mapping[str, Cells]) -> None:
    for name, own in students.items():
        made = [(new_code_cell if cell.is_code else new_markdown_cell)(cell.text) for cell in own]
        graded = result(name, (2, 3, 5), content=repr(own))
        (root / name).mkdir(exist_ok=True)
        write_result(graded, root / name / "result.json")
        nbformat.write(annotate(new_notebook(cells=made), graded), root / name / "feedback.ipynb")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    honest = {f"honest-{at}": own for at, own in enumerate(list(GIVEN.values())[:5])}
    put(tmp_path, {**honest, "copy": DISGUISES["all of it"](honest["honest-3"], random.Random(1))})
    return tmp_path


def test_a_pair_is_shown_and_linked(folder: Path) -> None:
    """Do the page of the class and that of the pair name who has much in common, and show what, as no verdict?"""
    write_index(folder, similar=similar_in)
    index, page = (folder / "index.html").read_text(), (folder / SIMILAR).read_text()
    assert [node.attributes["href"] for node in parse(index).all("a") if "pair" in str(node.attributes["href"])] == [
        "similar.html#pair-1"
    ]
    found = parse(page)
    assert len([node for node in found.all("section") if node.attributes.get("id") == "pair-1"]) == 1
    assert {node.attributes["href"] for node in found.all("h2")[0].all("a")} == {
        "copy/report.html",
        "honest-3/report.html",
    }
    assert len(found.all("mark")) >= 20
    assert "no verdict" in page
    for word in ("plagiar", "cheat", "copied"):
        assert word not in page.lower()


def test_students_are_told_nothing(folder: Path) -> None:
    """Does what lies in the folders of students stay as it was?"""
    before = {path: path.read_bytes() for path in folder.glob("*/*")}
    write_index(folder, similar=similar_in)
    assert {path: path.read_bytes() for path in folder.glob("*/*")} == before


def test_nothing_is_compared_twice(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is what was found taken up again as long as nothing has changed, and found anew where something has?"""
    write_index(folder, similar=similar_in)
    kept = (folder / KEPT).read_bytes()
    for notebook in folder.glob("honest-0/feedback.ipynb"):
        nbformat.write(new_notebook(), notebook)  # which would be seen if it were read
    write_index(folder, similar=similar_in)
    assert (folder / KEPT).read_bytes() == kept
    put(folder, {"copy": list(GIVEN.values())[7]})
    write_index(folder, similar=similar_in)
    assert not (folder / SIMILAR).exists()
    assert "similar.html" not in (folder / "index.html").read_text()


@pytest.mark.parametrize("torn", [b"", b"{", b"[]", b'{"made_of": 1, "pairs": [[1]], "common": {}}', b"\xff", b"1e999"])
def test_what_was_kept_may_be_torn(folder: Path, torn: bytes) -> None:
    """Is everything compared again where nobody can read what was kept?"""
    (folder / KEPT).write_bytes(torn)
    write_index(folder, similar=similar_in)
    assert "pair-1" in (folder / SIMILAR).read_text()


def test_a_page_of_somebody_elses_is_left_alone(folder: Path) -> None:
    """Is a similar.html that we have not written kept?"""
    (folder / SIMILAR).write_text("<html>mine</html>")
    with pytest.raises(BadRequest, match="was not written by the grader"):
        similar_in(folder, {}, [])
    assert (folder / SIMILAR).read_text() == "<html>mine</html>"


def test_no_text_is_more_than_text(tmp_path: Path) -> None:
    """Do cells bring no element, attribute or address into the page, whatever stands in them?"""
    rng = random.Random(0)
    words = " ".join(f"word{rng.randrange(99)}" for _ in range(60))
    hostile = cells([(at % 2 == 0, f"{attack}\n{words} {at}\n{attack}") for at, attack in enumerate(ATTACKS.values())])
    put(tmp_path, {"one": hostile, "two": hostile, "three": next(iter(GIVEN.values()))})
    write_index(tmp_path, similar=similar_in)
    page = parse((tmp_path / SIMILAR).read_text())
    assert {node.tag for node in page.elements} <= ELEMENTS
    for node in page.elements:
        assert {*node.attributes} <= ATTRIBUTES
        if node.tag == "a":
            assert re.fullmatch(r"(one|two)/report\.html|index\.html", str(node.attributes["href"]))


@pytest.mark.parametrize(
    "content", ["", "[]", '{"cells": 3}', '{"cells": [1, {"source": 5}, {"cell_type": "code", "source": [1, "x"]}]}']
)
def test_a_notebook_may_be_anything(folder: Path, content: str) -> None:
    """Is a notebook that is none left out, and costs nobody the page?"""
    (folder / "honest-0" / "feedback.ipynb").write_text(content)
    write_index(folder, similar=similar_in)
    assert "pair-1" in (folder / SIMILAR).read_text()
