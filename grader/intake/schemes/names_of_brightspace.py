"""Brightspace (D2L): a folder `397063-2557369 - Mary-Ann Smith - Sep 24, 2024 926 PM` for each time something was
handed in, beside an `index.html`.

The numbers are the user's and that of the assignment's folder; the time is that of the server, without a colon. Older
versions give one folder of files whose names begin so, and leave out the space before a dash. Read off the scripts that
instructors publish for these folders; the time zone is nowhere told, and taken for that of this machine.
"""

from __future__ import annotations

import re
from datetime import datetime

from grader.intake.ownership import Whose
from grader.roll.roll import Person

MOST_CHARACTERS = 400
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBERS = re.compile(r"[0-9]+-[0-9]+")
_TIME = re.compile(
    r"(?:(?P<month>[^\W\d_]{3,12})\.? (?P<day>[0-9]{1,2})|"
    r"(?P<day_first>[0-9]{1,2}) (?P<month_last>[^\W\d_]{3,12})\.?),? "
    r"(?P<year>[0-9]{4}) (?P<hour>[0-9]{1,2})[ :._h]?(?P<minute>[0-9]{2})(?: ?(?P<half>[AaPp])\.?[Mm]\.?)?"
)


def read(name: str) -> Whose | None:
    """Whose a folder is, or a file."""
    if len(name) > MOST_CHARACTERS:
        return None
    raw = name.split("- ")
    numbers, *pieces = (piece.strip() for piece in raw)
    if len(pieces) < 2 or not _NUMBERS.fullmatch(numbers):
        return None
    place = next((place for place, piece in enumerate(pieces) if place and _TIME.fullmatch(piece)), len(pieces))
    at = _at(pieces[place]) if place < len(pieces) else None
    full = " - ".join(pieces[:place])
    rest = "- ".join(raw[place + 2 :]) or None
    person = Person(name=full, lms_id=numbers.partition("-")[0])
    return Whose(f"{numbers} {full}", person, rest, at, order=int(at.timestamp()) if at is not None else 0)


def _at(text: str) -> datetime | None:
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    month = (found["month"] or found["month_last"])[:3].lower()
    hour, half = int(found["hour"]), (found["half"] or "").lower()
    if half:
        hour = hour % 12 + 12 * (half == "p")
    try:
        day = int(found["day"] or found["day_first"])
        return datetime(int(found["year"]), MONTHS.index(month) + 1, day, hour, int(found["minute"])).astimezone()
    except (ValueError, OverflowError):
        return None
