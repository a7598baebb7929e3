"""From file to notebook: read, checked, upgraded to nbformat 4, repaired where that is safe. Nothing is written."""

from __future__ import annotations

import copy
import hashlib
import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, cast

from nbformat import NotebookNode

from grader.files.links import complaint
from grader.files.opened import open_without_links
from grader.notebook.reading.json_text import Unusable
from grader.notebook.reading.notebook_errors import UnreadableNotebook
from grader.notebook.reading.unseen import Unseen, unseen_in
from grader.notebook.reading.upgrade import upgraded

__all__ = ["MAX_BYTES", "Cell", "Notebook", "UnreadableNotebook", "read"]

MAX_BYTES = 20_000_000
FEEDBACK_TAG = "grader-feedback"
FEEDBACK_HEAD = re.compile(r"#{1,3} [^\n]{1,300}: \d{1,4} of \d{1,4} points?[ \t]{0,9}(?:\n|\Z)")
"""How a cell of feedback begins: "### Feedback on question 4, LSTM: 3 of 10 points". Its tag may be lost on the way."""
CellType = Literal["markdown", "code", "raw"]
ANSI = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as it was saved. `saved_output_text` is what its outputs say in plain text, one after another.

    `source` is what runs. Whoever reads what it says reads it as it is seen (`grader.language.seen`); `unseen` is what
    makes a difference between the two.
    """

    index: int
    type: CellType
    source: str
    tags: tuple[str, ...] = ()
    saved_output_text: str = ""
    unseen: tuple[Unseen, ...] = ()


@dataclass(frozen=True, slots=True)
class Notebook:
    """A valid notebook in the Python language. `node` is in the current minor version of nbformat 4."""

    path: Path
    sha256: str
    cells: tuple[Cell, ...]
    node: NotebookNode = field(repr=False, compare=False)
    mended: tuple[str, ...] = ()
    """What the file had lost or had too much, and how it was read all the same."""

    @property
    def metadata(self) -> Mapping[str, Any]:
        """The notebook's own metadata: kernelspec, language_info, ..."""
        return cast("Mapping[str, Any]", self.node.metadata)

    @property
    def unseen(self) -> tuple[Unseen, ...]:
        """What a reader of the notebook does not see, or sees as something else, cell by cell."""
        return tuple(each for cell in self.cells for each in cell.unseen)

    def copy_node(self) -> NotebookNode:
        """A deep copy of the node, for a run that will change it."""
        return copy.deepcopy(self.node)


def read(path: Path) -> Notebook:
    """Read a notebook of nbformat 3 or 4.

    Raises `UnreadableNotebook` for everything that keeps the file from being graded, and nothing else.
    """
    data = _bytes_of(path)
    try:
        node, mended = upgraded(data)
    except Unusable as error:
        raise UnreadableNotebook(path, str(error)) from error
    return of_node(path, hashlib.sha256(data).hexdigest(), node, mended)


def of_node(path: Path, sha256: str, node: NotebookNode, mended: tuple[str, ...]) -> Notebook:
    """The notebook of a node that was read before."""
    cells = tuple(_cell(index, cell) for index, cell in enumerate(node.cells))
    return Notebook(path, sha256, cells, node, mended)


def fingerprint(path: Path) -> str | None:
    """The `sha256` that a notebook read from this file would have; None where the file cannot be read."""
    try:
        return hashlib.sha256(_bytes_of(path)).hexdigest()
    except UnreadableNotebook:
        return None


def _bytes_of(path: Path) -> bytes:
    try:
        _require_file(path, os.lstat(path))
        handle = open_without_links(path)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise UnreadableNotebook(path, "there is no such file; check the name and the folder.") from error
    except PermissionError as error:
        raise _unreadable(path, error) from error
    except (OSError, ValueError) as error:  # a name too long, with a null byte, ...
        raise UnreadableNotebook(path, f"the file cannot be opened ({_reason(error)}); check its name.") from error
    try:
        with os.fdopen(handle, "rb") as file:
            _require_file(path, os.fstat(handle))  # once more: it may be another one by now
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise _unreadable(path, error) from error
    if len(data) > MAX_BYTES:  # it grew after it was measured
        raise UnreadableNotebook(path, _too_large(len(data)))
    return data


def _require_file(path: Path, status: os.stat_result) -> None:
    """Raise `UnreadableNotebook` for what is no ordinary file, before it is opened: some devices act on that."""
    if stat.S_ISLNK(status.st_mode):
        raise UnreadableNotebook(path, f"{complaint(path, path)}.")
    if stat.S_ISDIR(status.st_mode):
        raise UnreadableNotebook(path, "this is a folder, not a notebook; give the .ipynb file inside it.")
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableNotebook(path, "this is not an ordinary file; give an .ipynb file.")
    if status.st_size > MAX_BYTES:
        raise UnreadableNotebook(path, _too_large(status.st_size))


def _unreadable(path: Path, error: OSError) -> UnreadableNotebook:
    return UnreadableNotebook(path, f"the file cannot be read ({_reason(error)}); check its permissions.")


def _too_large(size: int) -> str:
    megabytes, limit = size / 1e6, MAX_BYTES // 1_000_000
    return (
        f"the file has {megabytes:.1f} MB, more than {limit} MB; clear the outputs (Edit > Clear All Outputs) and save."
    )


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else str(error)) or type(error).__name__


def _cell(index: int, cell: NotebookNode) -> Cell:
    given = cell.metadata.get("tags", ())
    tags = tuple(tag for tag in given if isinstance(tag, str)) if isinstance(given, list) else ()
    # Feedback on an earlier grade, handed in again with the notebook, is ours and answers nothing.
    ours = cell.cell_type == "markdown" and (FEEDBACK_TAG in tags or FEEDBACK_HEAD.match(cell.source) is not None)
    return Cell(
        index,
        cell.cell_type,
        "" if ours else cell.source,
        tags,
        output_text(cell.get("outputs", ())),
        () if ours else unseen_in(cell.source, index, is_code=cell.cell_type == "code"),
    )


def output_text(outputs: Iterable[Mapping[str, Any]]) -> str:
    """What the outputs of a cell say in plain text, one after another."""
    return "\n".join(text for output in outputs for text in _texts(output))


def _texts(output: Mapping[str, Any]) -> Iterator[str]:
    """The plain text of one saved output: of a stream, of a result, or of an error with its traceback."""
    match output["output_type"]:
        case "stream":
            yield _joined(output["text"])
        case "execute_result" | "display_data":
            if "text/plain" in output["data"]:
                yield _joined(output["data"]["text/plain"])
        case "error":
            yield f"{output['ename']}: {output['evalue']}"
            yield ANSI.sub("", "\n".join(output["traceback"]))


def _joined(text: object) -> str:
    return "".join(str(line) for line in text) if isinstance(text, list) else str(text)
