from __future__ import annotations

import hashlib
import json
import os
import warnings
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.notebook.reading.read import MAX_BYTES, Notebook, UnreadableNotebook, read

CELL = {"cell_type": "code", "metadata": {}, "execution_count": None, "outputs": [], "source": "x = 1"}


def saved(path: Path, **changes: Any) -> Path:
    content = {"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": [CELL], **changes}
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "student.ipynb"


def complaint(path: Path) -> str:
    with pytest.raises(UnreadableNotebook) as caught:
        read(path)
    message = str(caught.value)
    assert message.isprintable(), "one line, no control characters"
    assert message.startswith(str(path).encode("unicode_escape").decode()) or path.name not in message
    assert len(message.removeprefix(str(path))) < 400
    return message


def test_reads_cells_with_their_sources_tags_and_saved_outputs(path: Path) -> None:
    """Is everything that was saved there, whether lines are lists or strings?"""
    outputs = [
        {"output_type": "stream", "name": "stdout", "text": ["one\n", "two"]},
        {
            "output_type": "execute_result",
            "execution_count": 1,
            "metadata": {},
            "data": {"text/plain": ["<His", "tory>"]},
        },
        {"output_type": "error", "ename": "NameError", "evalue": "no x", "traceback": ["\x1b[31mred\x1b[0m line"]},
        {"output_type": "display_data", "metadata": {}, "data": {"image/png": "aGk="}},
    ]
    cells = [
        {"cell_type": "markdown", "metadata": {"tags": ["q3", "x"]}, "source": ["# Title\n", "text"]},
        {**CELL, "outputs": outputs},
        {"cell_type": "raw", "metadata": {}, "source": "raw"},
    ]
    notebook = read(saved(path, cells=cells))
    assert [(cell.index, cell.type, cell.source) for cell in notebook.cells] == [
        (0, "markdown", "# Title\ntext"),
        (1, "code", "x = 1"),
        (2, "raw", "raw"),
    ]
    assert notebook.cells[0].tags == ("q3", "x")
    assert notebook.cells[1].saved_output_text == "one\ntwo\n<History>\nNameError: no x\nred line"
    assert notebook.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_version_3_is_upgraded(path: Path) -> None:
    """Are the worksheets, headings and inputs of nbformat 3 understood?"""
    sheet = {
        "cells": [
            {"cell_type": "heading", "level": 2, "source": "Ans 1", "metadata": {}},
            {
                "cell_type": "code",
                "language": "python",
                "input": ["a = 1\n", "b = 2"],
                "metadata": {},
                "outputs": [
                    {"output_type": "pyout", "prompt_number": 1, "text": "7", "metadata": {}},
                    {"output_type": "stream", "stream": "stdout", "text": "printed"},
                ],
            },
        ]
    }
    path.write_text(json.dumps({"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": [sheet]}))
    notebook = read(path)
    assert [cell.source for cell in notebook.cells] == ["## Ans 1", "a = 1\nb = 2"]
    assert notebook.cells[1].saved_output_text == "7\nprinted"
    assert notebook.node.nbformat == 4
    assert read(path).node == notebook.node, "ids of cells are not random"


def test_missing_and_doubled_cell_ids_are_repaired_without_chance_or_warning(path: Path) -> None:
    """Does a notebook without ids get the same ids each time, and keep those that it has?"""
    cells = [
        dict(CELL),
        {**CELL, "id": "mine"},
        {**CELL, "id": "mine"},
        {**CELL, "id": "not an id!"},
        {**CELL, "id": "cell-0"},
    ]
    saved(path, cells=cells, nbformat_minor=5)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ids = [cell.id for cell in read(path).node.cells]
    assert ids == [cell.id for cell in read(path).node.cells]
    assert ids[1] == "mine"
    assert ids[4] == "cell-0"
    assert len(set(ids)) == 5


def test_what_other_tools_leave_out_or_add_is_tolerated(path: Path) -> None:
    """Are notebooks of Colab and of converters read, though they break the letter of the schema?"""
    cells = [
        {"cell_type": "code", "source": "x = 1"},
        {"cell_type": "markdown", "source": "text", "outputs": [], "execution_count": None, "extra": 1},
    ]
    assert len(read(saved(path, cells=cells, accelerator="GPU")).cells) == 2


def test_metadata_that_breaks_the_schema_is_dropped(path: Path) -> None:
    """Is an odd tag no reason to refuse the whole notebook?"""
    cells = [{**CELL, "metadata": {"tags": ["q3", 7], "mine": 1}}]
    notebook = read(saved(path, cells=cells, metadata={"kernelspec": 3, "authors": 4}))
    assert notebook.cells[0].tags == ()
    assert notebook.node.cells[0].metadata == {"mine": 1}


def test_the_node_may_be_changed_without_changing_the_notebook(path: Path) -> None:
    """Is the copy for a run independent?"""
    notebook = read(saved(path))
    notebook.copy_node().cells[0].source = "changed"
    assert notebook.node.cells[0].source == "x = 1"


def test_reading_writes_nothing(path: Path) -> None:
    """Is the student's folder the same afterwards, even with a file to repair?"""
    saved(path)
    before = (path.read_bytes(), path.stat().st_mtime_ns, sorted(path.parent.iterdir()))
    read(path)
    assert (path.read_bytes(), path.stat().st_mtime_ns, sorted(path.parent.iterdir())) == before


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"\xff\xfe\x00bad", "UTF-8"),
        (b"import numpy\n", "script"),
        (b"<!DOCTYPE html><html></html>", "web page"),
        (b'{"nbformat": 4, "cells": [', "cut off"),
        (b'{"nbformat": 4,\n<<<<<<< HEAD\n}', "merge conflict"),
        (b"[1, 2]", "not a notebook"),
        (b'{"cells": []}', "not a notebook"),
        (b'{"nbformat": 4, "nbformat_minor": 5}', "no cells"),
        (b'{"nbformat": 4, "cells": 3}', "no cells"),
        (b'{"nbformat": 5, "cells": []}', "nbformat 5"),
        (b'{"nbformat": 2, "worksheets": []}', "nbformat 2"),
        (b'{"nbformat": true, "cells": []}', "not a number"),
        (b'{"nbformat": "4", "cells": []}', "not a number"),
        (b'{"nbformat": ' + b"9" * 6000 + b"}", "not JSON"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"nbformat": 4, "cells": ' + b"[" * 300 + b"]" * 300 + b"}", "nested too deeply"),
        (b'{"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": [{"cell_type": "pie"}]}', "damaged"),
        (b'{"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": [7]}', "damaged"),
        (b'{"nbformat": 3, "worksheets": [{}]}', "damaged"),
    ],
)
def test_each_kind_of_bad_content_has_its_own_clear_message(path: Path, content: bytes, expected: str) -> None:
    """Does the message name the file, what is wrong, and what to do?"""
    path.write_bytes(content)
    message = complaint(path)
    assert expected in message
    assert str(path) in message
    assert ";" in message or ":" in message.removeprefix(str(path))[2:], "says what to do"


@pytest.mark.parametrize(
    "metadata",
    [
        {"language_info": {"name": "R"}},
        {"kernelspec": {"language": "julia", "name": "x", "display_name": "x"}},
        {"kernelspec": {"name": "ir", "display_name": "R"}},
        {"kernelspec": {"name": "javascript", "display_name": "JS"}},
    ],
)
def test_other_languages_are_named(path: Path, metadata: dict[str, Any]) -> None:
    """Is a notebook in another language turned away?"""
    assert "Python" in complaint(saved(path, metadata=metadata))


@pytest.mark.parametrize(
    "metadata",
    [
        {},
        {"language_info": {"name": "python"}, "kernelspec": {"name": "ir", "display_name": "odd"}},
        {"kernelspec": {"name": "conda-env-nlp-py", "display_name": "Python [conda env:nlp]"}},
        {"kernelspec": {"name": "rnn-course", "display_name": "course"}},
        {"language_info": {"name": "ipython"}},
    ],
)
def test_python_under_any_name_is_python(path: Path, metadata: dict[str, Any]) -> None:
    """Are kernels with names of their own accepted?"""
    assert read(saved(path, metadata=metadata)).cells


def test_missing_files_folders_and_pipes(tmp_path: Path) -> None:
    """Is what is not a file told apart, without waiting on a pipe?"""
    assert "no such file" in complaint(tmp_path / "missing.ipynb")
    assert "folder" in complaint(tmp_path)
    os.mkfifo(tmp_path / "pipe.ipynb")
    assert "ordinary file" in complaint(tmp_path / "pipe.ipynb")
    with pytest.raises(UnreadableNotebook, match="cannot be opened"):
        read(Path("nul\0byte.ipynb"))
    assert "cannot be opened" in complaint(tmp_path / ("n" * 5000))


def test_too_large_files_are_not_read(path: Path) -> None:
    """Is the size looked at before the content?"""
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    assert "20 MB" in complaint(path)
    with path.open("wb") as file:
        file.truncate(2**40)  # a sparse file that would not fit into memory
    assert "20 MB" in complaint(path)


def test_control_characters_in_file_names_are_harmless(tmp_path: Path) -> None:
    """Can the name of a file not write to the terminal, or reverse the line?"""
    path = tmp_path / "evil\x1b[2J\n\u202egnp.ipynb"
    path.write_text("[]")
    message = complaint(path)
    assert "evil\\x1b[2J\\n\\u202egnp.ipynb" in message


def test_half_surrogates_become_text_that_can_be_encoded(path: Path) -> None:
    """Does a string that JSON can spell, and UTF-8 cannot, do no harm later?"""
    path.write_text(
        '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{"cell_type": "markdown", '
        '"id": "a", "metadata": {}, "source": "a\\ud800b \\ud83d\\ude00"}]}'
    )
    source = read(path).cells[0].source
    assert source == "a\ufffdb \U0001f600"
    assert json.dumps(read(path).node).encode()


@given(st.binary(max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_arbitrary_bytes_give_a_notebook_or_the_error(tmp_path: Path, content: bytes) -> None:
    """Is there no third way?"""
    _notebook_or_error(tmp_path / "x.ipynb", content)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
OUTPUT = st.fixed_dictionaries(
    {"output_type": st.sampled_from(["stream", "error", "execute_result", "display_data", "pyout", "pyerr"]) | JSON},
    optional=dict.fromkeys(("text", "data", "name", "ename", "evalue", "traceback", "metadata"), JSON),
)
ANY_CELL = st.fixed_dictionaries(
    {"cell_type": st.sampled_from(["code", "markdown", "raw", "heading"]) | JSON},
    optional={
        "source": JSON | st.lists(st.text(max_size=5), max_size=3),
        "input": JSON,
        "metadata": JSON | st.fixed_dictionaries({"tags": JSON}),
        "outputs": st.lists(OUTPUT, max_size=2) | JSON,
        "id": JSON,
        "execution_count": JSON,
        "attachments": JSON,
    },
)
ANY_NOTEBOOK = st.fixed_dictionaries(
    {"nbformat": st.sampled_from([3, 4]) | JSON, "cells": st.lists(ANY_CELL | JSON, max_size=4) | JSON},
    optional={
        "nbformat_minor": st.integers(-1, 9) | JSON,
        "metadata": st.fixed_dictionaries({}, optional={"kernelspec": JSON, "language_info": JSON}) | JSON,
        "worksheets": st.lists(st.fixed_dictionaries({"cells": st.lists(ANY_CELL, max_size=3) | JSON}), max_size=2)
        | JSON,
    },
)


@given(ANY_NOTEBOOK)
@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_json_that_is_almost_a_notebook_gives_a_notebook_or_the_error(tmp_path: Path, content: Any) -> None:
    """Can no value in an unexpected place break the reader?"""
    _notebook_or_error(tmp_path / "x.ipynb", json.dumps(content).encode())


def _notebook_or_error(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    try:
        notebook = read(path)
    except UnreadableNotebook as error:
        message = str(error)
    else:
        assert isinstance(notebook, Notebook)
        assert all(isinstance(cell.source, str) and isinstance(cell.saved_output_text, str) for cell in notebook.cells)
        notebook.copy_node()
        return
    assert message.isprintable()
