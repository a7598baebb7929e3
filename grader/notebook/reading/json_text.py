"""From the bytes of a file to the JSON object in them, or what the file is instead."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from grader.notebook.reading.saved import finite

MAX_DEPTH = 60
"""How deep lists and objects may be nested. Notebooks have about ten levels; copying one recurses on each."""

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


class Unusable(Exception):
    """These bytes are not a notebook that can be graded; says what is wrong and what to do."""


def json_object(data: bytes) -> dict[str, Any]:
    """The object in these bytes, which says that it is a notebook. Raises `Unusable`."""
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
