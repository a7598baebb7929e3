"""nbgrader: `submitted/STUDENT/ASSIGNMENT/notebook.ipynb`, beside a `timestamp.txt`.

The layout is `CourseDirectory.directory_structure` of nbgrader, the time is what `nbgrader collect` writes: by default
`2015-02-02 15:58:23.948203 UTC`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from grader.files.opened import opened
from grader.intake.handed import HandedIn
from grader.intake.ownership import Claim, Whose, in_folders
from grader.roll.roll import Person

SUBMITTED, TIMESTAMP = "submitted", "timestamp.txt"
MOST_BYTES = 200


def claims(top: str, items: Sequence[HandedIn]) -> list[Claim]:
    """Whose the files are; `top` is the name of the folder in which they lie."""
    stamped = {item.place[:-1] for item in items if item.place[-1] == TIMESTAMP and len(item.place) == 3}
    times = {item.place[:-1]: _time(item) for item in items if item.place[-1] == TIMESTAMP}

    def whose(place: tuple[str, ...]) -> tuple[Whose, int] | None:
        start = 0 if top == SUBMITTED else place.index(SUBMITTED) + 1 if SUBMITTED in place[:-1] else None
        if start is None and place[:2] in stamped:
            start = 0
        if start is None or len(place) < start + 3:
            return None
        student, at = place[start], times.get(place[: start + 2])
        made = Whose(student, Person(id=student))
        return (made if at is None else replace(made, at=at, order=int(at.timestamp()))), start + 2

    return [claim for claim in in_folders(items, whose) if claim.file.name != TIMESTAMP]


def _time(item: HandedIn) -> datetime | None:
    """The time in such a file; none where it, or its zone, is not known."""
    if item.path is None:
        return None
    try:
        with opened(item.path) as file:
            day, hour, *zone = file.read(MOST_BYTES).decode("ascii").split()
        found = datetime.fromisoformat(f"{day} {hour}")
        return found if found.tzinfo is not None else found.replace(tzinfo=_zone(zone[0] if zone else "UTC"))
    except (OSError, ValueError, ZoneInfoNotFoundError):
        return None


def _zone(name: str) -> tzinfo:
    return UTC if name in ("UTC", "UCT", "GMT") else ZoneInfo(name)
