"""From bytes to a valid notebook node in nbformat 4, or the reason why there is none."""

from __future__ import annotations

import ast
import copy
import json
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import nbformat
from nbformat import NotebookNode, ValidationError
from nbformat.v4 import nbformat_minor as CURRENT_MINOR  # noqa: N812

from grader.notebook.saved import (
    BREAKS_PUT_BACK,
    finite,
    keep_sound_outputs,
    put_back_line_breaks,
    without_outputs,
)
from grader.notebook.syntax import parsed_with_magics

MAX_DEPTH = 60
"""How deep lists and objects may be nested. Notebooks have about ten levels; copying one recurses on each."""

MAX_DROPPED = 20
"""How many invalid pieces of metadata are dropped before the notebook counts as damaged."""

OTHER_LANGUAGES = re.compile(
    r"^(r|ir|irkernel|julia|bash|sh|javascript|js|typescript|deno|scala|spylon|almond|octave|matlab|java|ijava|kotlin|"
    r"c|cpp|c\+\+|xcpp|xc|csharp|c#|fsharp|f#|powershell|\.net|go|gophernotes|rust|evcxr|ruby|sas|stata|sql|haskell|"
    r"perl|php|lua|swift|sagemath|wolfram|mathematica)([-_ \d.]|kernel|$)"
)
PYTHON = re.compile(r"^(i?python|pypy|xpython|xeus-python)")
MOST_READ = 20
OTHER_FILES = {
    b"version https://git-lfs": "the file is a pointer of Git LFS, and the notebook itself is not in it; fetch it with "
    "`git lfs pull`, or hand in the notebook without LFS.",
    b"PK\x03\x04": "the file is a zip archive (or a document that is one); hand in the .ipynb file that is in it.",
    b"\x1f\x8b": "the file is compressed with gzip; unpack it and hand in the .ipynb file.",
    b"%PDF": "the file is a PDF; hand in the .ipynb notebook itself.",
    b"Rar!": "the file is a RAR archive; hand in the .ipynb file that is in it.",
    b"7z\xbc\xaf": "the file is a 7z archive; hand in the .ipynb file that is in it.",
}
"""How files begin that are no notebooks, whatever their names."""
CELL_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")


class Unusable(Exception):
    """These bytes are not a notebook that can be graded; says what is wrong and what to do."""


def upgraded(data: bytes) -> tuple[NotebookNode, tuple[str, ...]]:
    """The notebook in these bytes: nbformat 3 or 4, upgraded to the current 4, valid; and what was mended in it.

    Raises `Unusable`.
    """
    notebook = _parse(data)
    major = _version(notebook)
    _check_language(notebook)
    mended = []
    # nbformat trusts its input: what is missing or of another type can raise anything here.
    try:
        cells = _complete(notebook, major)
        if put_back_line_breaks(cells):
            mended.append(BREAKS_PUT_BACK)
        if major == 4:
            keep_sound_outputs(cells)
        try:
            return _current(copy.deepcopy(notebook), major), tuple(mended)
        except Exception:
            without_outputs(cells)
            return _current(notebook, major), tuple(mended)
    except Exception as error:
        raise Unusable(_invalid(error)) from error


def _current(notebook: dict[str, Any], major: int) -> NotebookNode:
    node = _to_current(notebook, major)
    _identify(node)
    _validate(node)
    return node


def _parse(data: bytes) -> dict[str, Any]:
    if not data.strip():
        raise Unusable("the file is empty; save the notebook again and hand in that file.")
    for start, what in OTHER_FILES.items():
        if data.startswith(start):
            raise Unusable(what)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        what = f"the file is not UTF-8 text (byte {error.start}); download it from Jupyter or Colab as .ipynb again."
        raise Unusable(what) from error
    try:
        value = json.loads(text, parse_float=finite, parse_constant=lambda _: None)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise Unusable(f"the file is not JSON ({error.msg}, {where}); {_advice(text)}") from error
    except ValueError as error:  # a number of too many digits
        raise Unusable("the file is not JSON that can be read; download the notebook as .ipynb again.") from error
    except (RecursionError, MemoryError) as error:
        raise Unusable(_TOO_DEEP) from error
    if _too_deep(value):
        raise Unusable(_TOO_DEEP)
    if not isinstance(value, dict) or "nbformat" not in value:
        raise Unusable("the file is JSON, but not a notebook; hand in the .ipynb file that Jupyter saves.")
    cleaned: dict[str, Any] = _without_surrogates(value)
    return cleaned


_TOO_DEEP = "the file is nested too deeply to be a notebook; hand in the .ipynb file that Jupyter saves."


def _advice(text: str) -> str:
    start = text.lstrip()[:200].lower()
    if start.startswith(("<!doctype", "<html")):
        return "it is a web page: download the notebook itself as .ipynb."
    if start.startswith(("import ", "from ", "#")):
        return "it looks like a script: hand in the .ipynb notebook."
    if "<<<<<<<" in text:
        return "it has merge conflict markers: resolve them and save again."
    return "it may be cut off: save the notebook again and hand in that file."


def _too_deep(value: object) -> bool:
    """Goes level by level: recursion is what this protects from."""
    level: list[object] = [value]
    for _ in range(MAX_DEPTH):
        level = [inner for item in level for inner in _children(item)]
        if not level:
            return False
    return True


def _children(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        yield from value.values()
    elif isinstance(value, list):
        yield from value


def _without_surrogates(value: Any) -> Any:
    r"""Half surrogates, which JSON can spell ("\ud800") but UTF-8 cannot, become the replacement character."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if _has_surrogate(value) else value
    if isinstance(value, list):
        return [_without_surrogates(item) for item in value]
    if isinstance(value, dict):
        return {_without_surrogates(key): _without_surrogates(item) for key, item in value.items()}
    return value


def _has_surrogate(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def _version(notebook: dict[str, Any]) -> int:
    major, minor = notebook["nbformat"], notebook.get("nbformat_minor", 0)
    if type(major) is not int or type(minor) is not int or minor < 0:
        raise Unusable("the notebook's format version is not a number; save it again with a current Jupyter.")
    if major not in (3, 4):
        raise Unusable(f"nbformat {major} cannot be read, only 3 and 4; open it in Jupyter and save it again.")
    if not isinstance(notebook.get("cells" if major == 4 else "worksheets"), list):
        raise Unusable("the file is JSON, but not a notebook: it has no cells; hand in the file that Jupyter saves.")
    return major


def _check_language(notebook: dict[str, Any]) -> None:
    metadata = notebook.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    info, spec = metadata.get("language_info"), metadata.get("kernelspec")
    candidates = [
        info.get("name") if isinstance(info, dict) else None,
        spec.get("language") if isinstance(spec, dict) else None,
    ]
    for name in candidates:
        if isinstance(name, str) and name.strip():
            if not PYTHON.match(name.strip().lower()):
                raise Unusable(_other_language(name))
            return
    # Without a language, the kernel's name is a hint: people call their Python kernels anything.
    name = spec.get("name") if isinstance(spec, dict) else None
    if not isinstance(name, str):
        return
    found = OTHER_LANGUAGES.match(name.strip().lower())
    if found is not None and not (_is_longer(name, found[0]) and _reads_as_python(notebook)):
        raise Unusable(_other_language(name))


def _is_longer(name: str, language: str) -> bool:
    """Whether a kernel's name goes on behind that of a language, with more than a version: as `r-tensorflow` does."""
    return any(letter.isalpha() for letter in name.strip()[len(language) :])


def _reads_as_python(notebook: dict[str, Any]) -> bool:
    """Whether the first cells of code are Python, and at least one of them could be nothing else."""
    cells = [cell for cell in _complete(notebook, 4 if "cells" in notebook else 3) if isinstance(cell, dict)]
    sources = [cell.get("source", cell.get("input", "")) for cell in cells if cell.get("cell_type") == "code"]
    texts = ["".join(map(str, source)) if isinstance(source, list) else str(source) for source in sources]
    trees = [parsed_with_magics(text) for text in texts[:MOST_READ] if text.strip()]
    read = [tree[0] for tree in trees if tree is not None]
    return 2 * len(read) > len(trees) and any(
        isinstance(node, ast.Import | ast.ImportFrom | ast.FunctionDef) for tree in read for node in tree.body
    )


def _other_language(name: str) -> str:
    return (
        f"the notebook's language is {name[:40]!r}; only Python can be graded: choose a Python kernel and save again."
    )


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
