"""What to say of a name that is not known: the nearest of those that are, and the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from grader.result.names import BadRequest
from grader.roll.roll import Row
from grader.text import neutral

NEAR, MOST_NAMED = 60, 40


def unknown(what: str, name: str, known: Iterable[str]) -> str:
    """A sentence that lists what is right: of names with a dot, those of the same group where that is known."""
    from rapidfuzz import fuzz, process

    names = list(known)
    group = [each for each in names if "." in name and each.startswith(name.partition(".")[0] + ".")]
    names = group or names
    found = process.extractOne(name, names, scorer=fuzz.WRatio, score_cutoff=NEAR)
    meant = f"did you mean {neutral(found[0], 80)}? " if found else ""
    shown = ", ".join(neutral(each, 80) for each in names[:MOST_NAMED])
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return f"there is no {what} {neutral(name, 80)}; {meant}There are: {shown or 'none'}{more}"


def student(rows: Sequence[Row], name: str) -> Row:
    """The student of that key, or else of that number, login, address or name, where it is one's alone.

    Raises `BadRequest` that names the nearest, or those who share it.
    """
    for row in rows:
        if row.key == name:
            return row
    wanted = name.strip().casefold()
    found = [row for row in rows if wanted in {each.casefold() for each in names(row)}]
    if len(found) == 1:
        return found[0]
    if found:
        raise BadRequest(f"{name} may be {' or '.join(neutral(row.key, 80) for row in found)}; give one of these")
    raise BadRequest(unknown("student", name, (row.key for row in rows)))


def names(row: Row) -> list[str]:
    """What a student is called."""
    who = row.person
    return [each for each in (row.key, who.id, who.login, who.lms_id, who.email, who.github, who.name) if each]
