"""Files that are brought into the working folder: those that lie beside the notebook, and an instructor's."""

from __future__ import annotations

import base64
from pathlib import Path, PurePosixPath


def write_part(path: str, content: str) -> None:
    """Add a part of a file, below the working folder, or the home where it begins with `~`.

    Raises `ValueError` for other places.
    """
    parts = PurePosixPath(path)
    if parts.is_absolute() or ".." in parts.parts or not parts.parts:
        raise ValueError("a file is brought to a place below the working folder")
    at_home = parts.parts[0] == "~"
    target = (Path.home() if at_home else Path()).joinpath(*parts.parts[at_home:])
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("ab") as file:
        file.write(base64.b64decode(content))
