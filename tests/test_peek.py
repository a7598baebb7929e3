"""What is told of notebooks by their bytes, before one is read."""

from __future__ import annotations

from pathlib import Path

import pytest
from nbformat import NotebookNode, writes
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grader.batch.peek import may_have_code

TEXT = new_notebook(cells=[new_markdown_cell('A cell of "code" would be `x = 1`.')])
CODE = new_notebook(cells=[new_markdown_cell("Text."), new_code_cell("x = 1")])


@pytest.mark.parametrize(("nodes", "expected"), [([TEXT], False), ([TEXT, TEXT], False), ([TEXT, CODE], True)])
def test_code_is_seen(nodes: list[NotebookNode], expected: bool, tmp_path: Path) -> None:
    """Is there code as soon as one notebook has a cell of it, as files and as a folder of folders?"""
    paths = [tmp_path / str(number) / "hw.ipynb" for number in range(len(nodes))]
    for path, node in zip(paths, nodes, strict=True):
        path.parent.mkdir()
        path.write_text(writes(node), encoding="utf-8")
    assert may_have_code(paths) is expected
    assert may_have_code([tmp_path]) is expected


def test_what_is_not_seen_may_have_code(tmp_path: Path) -> None:
    """Is code expected in what is no notebook, a link, too large, missing, or one of many?"""
    text = writes(TEXT)
    (tmp_path / "a.zip").write_text("PK")
    (tmp_path / "large.ipynb").write_text(text + " " * 1_000_000)
    (tmp_path / "text.ipynb").write_text(text)
    (tmp_path / "link.ipynb").symlink_to("text.ipynb")
    for name in ("a.zip", "large.ipynb", "link.ipynb", "missing.ipynb", "."):
        assert may_have_code([tmp_path / name])
    assert not may_have_code([tmp_path / "text.ipynb"])
    many = tmp_path / "many"
    many.mkdir()
    for number in range(21):
        (many / f"{number}.ipynb").write_text(text)
    assert may_have_code([many])
    assert may_have_code([])
