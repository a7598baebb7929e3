"""GitHub Classroom: clones in a folder `homework-3-submissions`, each called `homework-3-ada99`.

`gh classroom clone student-repos` clones into a folder named after the assignment's slug and `-submissions`; a
repository is the slug, a dash and the login (or the team). Where the folder has another name, the slug is what all
clones begin with.
"""

from __future__ import annotations

from collections.abc import Sequence

from grader.intake.handed import GIT, HandedIn
from grader.intake.ownership import Claim, Whose, in_folders
from grader.roll.roll import Person

ENDING = "-submissions"


def claims(top: str, items: Sequence[HandedIn]) -> list[Claim]:
    """Whose the files in clones are; `top` is the name of the folder in which they lie."""
    clones = {item.place[:-1] for item in items if item.place[-1] == GIT and len(item.place) > 1}

    def whose(place: tuple[str, ...]) -> tuple[Whose, int] | None:
        for depth, name in enumerate(place[:-1]):
            above = place[depth - 1] if depth else top
            slug = above.removesuffix(ENDING) if above.endswith(ENDING) else None
            if slug and name.startswith(f"{slug}-"):
                return _of(name, name.removeprefix(f"{slug}-")), depth + 1
            if place[: depth + 1] in clones:
                return _of(name, name.removeprefix(_slug(place[:depth], clones))), depth + 1
        return None

    return in_folders([item for item in items if item.place[-1] != GIT or len(item.place) > 1], whose)


def _of(repository: str, login: str) -> Whose:
    known = login != repository
    return Whose(repository, Person(name=None if known else repository, github=login if known else None))


def _slug(folder: tuple[str, ...], clones: set[tuple[str, ...]]) -> str:
    """What the clones in a folder begin with, to the last dash; nothing where there is only one."""
    beside = [clone[-1] for clone in clones if clone[:-1] == folder]
    if len(beside) < 2:
        return ""
    first, last = min(beside), max(beside)
    same = next((place for place, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    front, dash, _ = first[:same].rpartition("-")
    return front + dash
