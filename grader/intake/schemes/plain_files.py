"""No LMS: a folder for each student, a zip, or a file that is called after the student."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from grader.files.notebook_names import stem
from grader.intake.handed import GIT, HandedIn, is_zip
from grader.intake.ownership import Claim, Whose
from grader.roll.roll import Person

DOCUMENTS = frozenset(
    {
        *(".pdf", ".doc", ".docx", ".odt", ".rtf", ".pages", ".html", ".htm", ".py"),
        *(".rar", ".7z", ".gz", ".tar", ".tgz"),
    }
)
"""What somebody hands in where a notebook was asked for; other files beside the students' are nobody's."""


def claims(items: Sequence[HandedIn], *, zipped: bool = False) -> Iterator[Claim]:
    """Whose the files are: the first name that is not that of a folder around all.

    What was `zipped` often lies in one folder, whose notebooks are those of many; that of a student has one.
    """
    kept = [item for item in items if item.name != GIT and (len(item.place) > 1 or _counts(item))]
    around = _around(kept, zipped)
    for item in kept:
        name, *within = item.place[around:]
        if within or _counts(item):
            student = stem(Path(name)) if is_zip(name) or not (within or item.is_empty_folder) else name
            yield Claim(item, Whose(student, Person(name=student)), tuple(within) or (name,))


def _counts(item: HandedIn) -> bool:
    """Whether a file that lies among those of others may be what somebody has handed in."""
    name = item.name
    return item.is_empty_folder or item.is_notebook or is_zip(name) or Path(name).suffix.lower() in DOCUMENTS


def _around(items: Sequence[HandedIn], zipped: bool) -> int:
    """How many folders lie around all, in each of which is nothing that counts but the next one."""
    depth = 0
    while True:
        deeper = [item for item in items if len(item.place) > depth + 1]
        alone = [item for item in items if len(item.place) == depth + 1 and _counts(item)]
        if alone or len({item.place[depth] for item in deeper}) != 1:
            return depth
        within = [item for item in deeper if len(item.place) == depth + 2]
        notebooks = sum(item.is_notebook for item in within)
        if any(_counts(item) and not item.is_empty_folder for item in within) or len(within) == len(deeper):
            return depth + ((zipped and notebooks > 1) or all(item.is_empty_folder for item in within))
        depth += 1
