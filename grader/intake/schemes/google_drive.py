"""Google Classroom: the assignment's folder in Drive, where copies that were made for students are called
`Ada Lovelace - Homework 3.ipynb`.

Classroom names a copy after the student and the document ("Make a copy for each student"); what a student uploads keeps
its own name, which tells nobody. Nothing marks such a folder, so several names must end in one title.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from grader.files.notebook_names import stem
from grader.intake.handed import HandedIn
from grader.intake.ownership import Claim, Whose, by_names
from grader.roll.roll import Person

DASH, COPY = " - ", "Copy of "
SEVERAL = 2


def claims(items: Sequence[HandedIn]) -> list[Claim]:
    """Whose the files are."""
    titles = Counter(title for item in items for _, title in [_parted(item.name)] if title)
    usual = [title for title, times in titles.most_common(1) if times >= SEVERAL]

    def read(name: str) -> Whose | None:
        student, title = _parted(name)
        if not student or title not in usual:
            return None
        return Whose(student, Person(name=student), name)

    return by_names(items, read)


def _parted(name: str) -> tuple[str, str]:
    student, _, title = stem(Path(name)).removeprefix(COPY).partition(DASH)
    return student.strip(), title.strip()
