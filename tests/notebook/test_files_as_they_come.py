"""Files as students' tools leave them: read where nothing of an answer is lost, named where there is no notebook."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.grading.doubtful import doubtful
from grader.notebook.reading.read import UnreadableNotebook, read
from grader.notebook.reading.saved import keep_sound_outputs
from grader.notebook.segment import segment
from grader.pack.loading import load
from grader.report.feedback import annotate
from grader.result.model import AssignmentInfo, Environment, Result, SubmissionInfo


def cell(source: Any, **more: Any) -> dict[str, Any]:
    return {"cell_type": "code", "metadata": {}, "source": source, "outputs": [], "execution_count": None, **more}


def written(folder: Path, *cells: dict[str, Any], **metadata: Any) -> Path:
    path = folder / "hw.ipynb"
    path.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": list(cells)}))
    return path


@pytest.mark.parametrize(
    "outputs",
    [
        None,
        "text",
        [None],
        [{"output_type": "stream", "text": None}],
        [{"output_type": "display_data", "data": None, "metadata": {}}],
        [{"output_type": "display_data", "data": {"text/plain": "x"}, "metadata": []}],
        [{"output_type": "execute_result", "data": {"text/plain": 3}, "execution_count": "3"}],
        [{"output_type": "error", "ename": "E", "evalue": None}],
        [{"output_type": "no such type"}],
    ],
)
def test_saved_outputs_that_break_the_format_cost_nothing(tmp_path: Path, outputs: Any):
    """Is the notebook read as if it had been saved without them?"""
    found = read(written(tmp_path, cell("x = 1", outputs=outputs, execution_count="*")))
    assert found.cells[0].source == "x = 1"
    assert found.node.cells[0].outputs == []
    assert found.node.cells[0].execution_count is None


@given(
    st.recursive(st.none() | st.integers() | st.text(max_size=5), lambda s: st.lists(s) | st.dictionaries(st.text(), s))
)
def test_any_outputs_can_be_looked_at(outputs: Any):
    """Whatever they are, is a list left?"""
    cells = [{"cell_type": "code", "outputs": outputs}]
    keep_sound_outputs(cells)
    assert isinstance(cells[0]["outputs"], list)


def test_line_breaks_are_put_back_where_none_is_left(tmp_path: Path):
    """And is that said, while sources that have theirs stay as they are?"""
    found = read(written(tmp_path, cell(["import numpy", "x = 1"]), cell(["a\n", "b"]), cell(["y = 2"])))
    assert [each.source for each in found.cells] == ["import numpy\nx = 1", "a\nb", "y = 2"]
    assert len(found.mended) == 1
    assert read(written(tmp_path, cell(["a\n", "b"]))).mended == ()


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "Git LFS"),
        (b"PK\x03\x04rest", "zip"),
        (b"%PDF-1.7", "PDF"),
        (b"\x1f\x8b\x08", "gzip"),
    ],
)
def test_other_files_are_called_by_their_names(tmp_path: Path, content: bytes, named: str):
    """Does the student learn what was handed in instead of a notebook?"""
    path = tmp_path / "hw.ipynb"
    path.write_bytes(content)
    with pytest.raises(UnreadableNotebook, match=named):
        read(path)


def test_an_environment_that_is_called_like_a_language(tmp_path: Path):
    """Is Python read under the name of a kernel that begins with another language, and R refused as before?"""
    source = "import numpy as np\nx = np.ones(3)"
    assert read(written(tmp_path, cell(source), kernelspec={"name": "r-tensorflow", "display_name": "R"})).cells
    for name in ("ir", "julia-1.9"):
        with pytest.raises(UnreadableNotebook, match="language"):
            read(written(tmp_path, cell(source), kernelspec={"name": name, "display_name": name}))
    with pytest.raises(UnreadableNotebook, match="language"):
        read(written(tmp_path, cell("x <- c(1, 2)"), kernelspec={"name": "r-tensorflow", "display_name": "R"}))


def test_feedback_is_strict_json_without_stale_widgets(tmp_path: Path):
    """Can every program read it, also where the notebook held a number that is none?"""
    path = written(tmp_path, cell("x"), widgets={"application/vnd.jupyter.widget-state+json": {}}, papermill={"t": 1})
    path.write_text(path.read_text().replace('{"t": 1}', '{"t": NaN, "u": -Infinity, "v": 1e999}'))
    found = read(path)
    assert found.metadata["papermill"] == {"t": None, "u": None, "v": None}
    found.node.cells[0].metadata["late"] = float("nan")
    text = json.dumps(annotate(found.node, result()), allow_nan=False)
    assert "widgets" not in json.loads(text)["metadata"]


def result(**more: Any) -> Result:
    return Result(
        assignment=AssignmentInfo(id="a", title="A", version="1"),
        submission=SubmissionInfo(name="hw", file="hw.ipynb", sha256="0"),
        status="graded",
        score=0,
        max_score=0,
        environment=Environment(),
        duration_s=0,
        **more,
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        ("# Assignment 1\nBubble sort compares neighbours and swaps them.", "the right file"),
        (
            "Ein Netz mit einer Rückkopplung bekommt in jedem Schritt die Eingabe und den Zustand des Schritts davor, "
            "und berechnet daraus den neuen Zustand, der ihm als Gedächtnis dient.",
            "not in English",
        ),
        (
            "在每个时间步, 循环神经网络读取输入和前一步的隐藏状态, 并由此计算新的隐藏状态, 作为对先前输入的记忆。" * 2,
            "not in English",
        ),
    ],
)
def test_a_file_without_answers_is_for_a_person(tmp_path: Path, text: str, said: str):
    """Is the instructor told that it may be the wrong one?"""
    found = read(written(tmp_path, {"cell_type": "markdown", "metadata": {}, "source": text}))
    assert any(said in flag for flag in doubtful(found, segment(found, load()), ()))
