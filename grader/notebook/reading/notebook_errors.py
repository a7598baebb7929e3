"""What can be wrong with a notebook file.

UnreadableNotebook    the file cannot be graded as it is; the message is one line for whoever handed it in
"""

from __future__ import annotations

from pathlib import Path


class UnreadableNotebook(Exception):
    """A file that cannot be graded. Its text is one line: the file, what is wrong, and what to do."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(f"{printable(str(path))}: {printable(what)}")
        self.path = path
        self.what = what


def printable(text: str) -> str:
    """The text on one line, with every control, direction and other invisible character written as an escape.

    Names of files and pieces of JSON are the student's, and a terminal obeys control characters.
    """
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)
