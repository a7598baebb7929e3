"""From bytes to a valid notebook node in nbformat 4, or the reason why there is none."""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import nbformat
from nbformat import NotebookNode, ValidationError
from nbformat.v4 import nbformat_minor as CURRENT_MINOR  # noqa: N812

from grader.notebook.reading.json_text import Unusable, json_object
from grader.notebook.reading.languages import check_language
from grader.notebook.reading.saved import (
    BREAKS_PUT_BACK,
    keep_sound_outputs,
    put_back_line_breaks,
    without_outputs,
)

MAX_DROPPED = 20
"""How many invalid pieces of metadata are dropped before the notebook counts as damaged."""

CELL_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")


def upgraded(data: bytes) -> tuple[NotebookNode, tuple[str, ...]]:
    """The notebook in these bytes: nbformat 3 or 4, upgraded to the current 4, valid; and what was mended in it.

    Raises `Unusable`.
    """
    notebook = json_object(data)
    major = _version(notebook)
    mended = []
    # nbformat trusts its input: what is missing or of another type can raise anything here.
    try:
        cells = _complete(notebook, major)
        check_language(notebook, cells)
        if put_back_line_breaks(cells):
            mended.append(BREAKS_PUT_BACK)
        if major == 4:
            keep_sound_outputs(cells)
        try:
            return _current(copy.deepcopy(notebook), major), tuple(mended)
        except Exception:
            without_outputs(cells)
            return _current(notebook, major), tuple(mended)
    except Unusable:
        raise
    except Exception as error:
        raise Unusable(_invalid(error)) from error


def _current(notebook: dict[str, Any], major: int) -> NotebookNode:
    node = _to_current(notebook, major)
    _identify(node)
    _validate(node)
    return node


def _version(notebook: dict[str, Any]) -> int:
    major, minor = notebook["nbformat"], notebook.get("nbformat_minor", 0)
    if type(major) is not int or type(minor) is not int or minor < 0:
        raise Unusable("the notebook's format version is not a number; save it again with a current Jupyter.")
    if major not in (3, 4):
        raise Unusable(f"nbformat {major} cannot be read, only 3 and 4; open it in Jupyter and save it again.")
    if not isinstance(notebook.get("cells" if major == 4 else "worksheets"), list):
        raise Unusable("the file is JSON, but not a notebook: it has no cells; hand in the file that Jupyter saves.")
    return major


def _to_current(notebook: dict[str, Any], major: int) -> NotebookNode:
    for cell in _complete(notebook, major):
        _complete_cell(cell, major)
    node: NotebookNode = nbformat.versions[major].to_notebook_json(notebook, minor=notebook.get("nbformat_minor", 0))
    if major == 3:
        node = nbformat.v4.upgrade(node, from_version=3, from_minor=0)
        for cell in node.cells:
            del cell["id"]  # random
    node.nbformat, node.nbformat_minor = 4, CURRENT_MINOR
    return node


def _complete(notebook: dict[str, Any], major: int) -> list[dict[str, Any]]:
    """Give the notebook its metadata; all its cells."""
    if not isinstance(notebook.get("metadata"), dict):
        notebook["metadata"] = {}
    notebook["metadata"].pop("widgets", None)  # the state of what ran when it was saved
    if major == 4:
        return list(notebook["cells"])
    return [cell for sheet in notebook["worksheets"] for cell in sheet["cells"]]


def _complete_cell(cell: dict[str, Any], major: int) -> None:
    """Add what tools leave out, and take away what has no meaning there."""
    if not isinstance(cell.get("metadata"), dict):
        cell["metadata"] = {}
    if cell.get("cell_type") == "code":
        cell.setdefault("outputs", [])
    else:
        cell.pop("outputs", None)
        cell.pop("execution_count", None)
    if major == 4:
        cell.setdefault("source", "")
        if cell.get("cell_type") == "code":
            cell.setdefault("execution_count", None)


def _identify(node: NotebookNode) -> None:
    """Give every cell an id of its own. It is made from the cell's place: the ids that nbformat makes are random."""
    taken = {cell.id for cell in node.cells if _usable_id(cell.get("id"))}
    seen: set[str] = set()
    for index, cell in enumerate(node.cells):
        if not _usable_id(cell.get("id")) or cell.id in seen:
            cell.id = _new_id(index, taken, seen)
        seen.add(cell.id)


def _validate(node: NotebookNode) -> None:
    """Raise `ValidationError` unless it is valid. Metadata that breaks the schema is dropped: no answer is in it."""
    for _ in range(MAX_DROPPED):
        try:
            nbformat.validate(node, version=4, version_minor=CURRENT_MINOR, relax_add_props=True)
        except ValidationError as error:
            if not _drop_metadata(node, list(error.absolute_path)):
                raise
        else:
            return
    nbformat.validate(node, version=4, version_minor=CURRENT_MINOR, relax_add_props=True)


def _drop_metadata(node: Any, path: Sequence[str | int]) -> bool:
    """Drop the entry of some metadata to which a path leads; false if it leads elsewhere."""
    for step, then in pairwise(path):
        node = node[step]
        if step == "metadata":
            return node.pop(then, None) is not None
    return False


def _usable_id(value: object) -> bool:
    return isinstance(value, str) and CELL_ID.fullmatch(value) is not None


def _new_id(index: int, taken: set[str], seen: set[str]) -> str:
    candidate, attempt = f"cell-{index}", 1
    while candidate in taken or candidate in seen:
        candidate, attempt = f"cell-{index}-{attempt}", attempt + 1
    return candidate


def _invalid(error: Exception) -> str:
    detail = str(getattr(error, "message", error)).partition("\n")[0][:120]
    where = "".join(f"[{part!r}]" for part in getattr(error, "absolute_path", ()) or ())
    cause = f" ({where + ': ' if where else ''}{detail})" if detail else ""
    return f"the notebook is damaged{cause}; open it in Jupyter, save it, and hand in the saved file."
