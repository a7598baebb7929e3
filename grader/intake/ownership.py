"""Whose a file is, as its name tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from grader.intake.handed import HandedIn
from grader.roll.roll import Person


@dataclass(frozen=True, slots=True)
class Whose:
    """What one name tells: of a folder, or of a file.

    `owner` is the same for all that one student has handed in, and for nothing else. `rest` is what the student called
    the file, where the LMS has put its own part before it. The greater `order` is, the newer. `typed` says that it is
    no file, but a text that was typed into the LMS.
    """

    owner: str
    person: Person
    rest: str | None = None
    at: datetime | None = None
    late: bool | None = None
    order: int = 0
    typed: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """A file, and whose it is. `name` is its place in what that student handed in."""

    file: HandedIn
    whose: Whose
    name: tuple[str, ...]


Reader = Callable[[str], Whose | None]


def by_names(items: Sequence[HandedIn], read: Reader) -> list[Claim]:
    """What the names of files, or of folders above them, tell; only where most of them do that, which the LMS made.

    What students call files within is theirs, and may look like anything.
    """
    found = [(item, _first(item.place, read)) for item in items]
    depths = Counter(depth for _, told in found if told is not None for depth in [told[0]])
    if not depths:
        return []
    usual = max(depths, key=lambda depth: (depths[depth], -depth))
    return [_claim(item, *told) for item, told in found if told is not None and told[0] == usual]


def in_folders(items: Sequence[HandedIn], whose: Callable[[tuple[str, ...]], tuple[Whose, int] | None]) -> list[Claim]:
    """The same where it takes all names together; with how many of them are not the student's."""
    found = ((item, whose(item.place)) for item in items)
    return [Claim(item, told[0], item.place[told[1] :] or item.place[-1:]) for item, told in found if told is not None]


def _first(place: tuple[str, ...], read: Reader) -> tuple[int, Whose] | None:
    return next(_told(place, read), None)


def _told(place: tuple[str, ...], read: Reader) -> Iterator[tuple[int, Whose]]:
    for depth, name in enumerate(place):
        whose = read(name)
        if whose is not None:
            yield depth, whose


def _claim(item: HandedIn, depth: int, whose: Whose) -> Claim:
    own = (whose.rest,) if whose.rest else ()
    return Claim(item, whose, (*own, *item.place[depth + 1 :]) or item.place[-1:])
