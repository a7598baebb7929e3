"""Gradescope: `assignment_123_export/submission_456/...`, and `submission_metadata.yml`, which tells whose each is.

The file maps a folder's name to `:submitters:`, each with `:name:`, `:sid:` and `:email:` (several in group work, where
each has what was handed in), and to `:created_at:`; so read by otter-grader and others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from grader.files.opened import read_bytes
from grader.intake.handed import HandedIn
from grader.intake.ownership import Claim, Whose
from grader.roll.roll import Person

METADATA = "submission_metadata.yml"
MOST_BYTES = 32 << 20
MOST_CHARACTERS = 300


def claims(items: Sequence[HandedIn]) -> list[Claim]:
    """Whose the files are. A file of that name deeper within is a student's, and tells nothing."""
    for item in items:
        if item.name == METADATA and len(item.place) <= 2:
            return list(_claims(item.place[:-1], _told(item), items))
    return []


def _claims(top: tuple[str, ...], told: Mapping[str, Any], items: Sequence[HandedIn]) -> Iterator[Claim]:
    owners = {folder: list(_whose(about)) for folder, about in told.items() if isinstance(about, dict)}
    depth = len(top)
    for item in items:
        if item.place[:depth] == top and len(item.place) > depth:
            own = item.place[depth + 1 :] or item.place[-1:]
            yield from (Claim(item, whose, own) for whose in owners.get(item.place[depth], ()))


def _whose(about: Mapping[str, Any]) -> Iterator[Whose]:
    at = _time(about.get(":created_at"))
    submitters = about.get(":submitters")
    for submitter in submitters if isinstance(submitters, list) else ():
        if isinstance(submitter, dict):
            name, sid, email = (_text(submitter.get(key)) for key in (":name", ":sid", ":email"))
            person = Person(name=name, id=sid, email=email)
            owner = sid or email or name
            if owner is not None:
                yield Whose(owner, person, at=at, order=int(at.timestamp()) if at is not None else 0)


def _time(value: object) -> datetime | None:
    """A time, which is that of Greenwich where no zone is told."""
    if not isinstance(value, datetime):
        return None
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value


def _told(item: HandedIn) -> Mapping[str, Any]:
    import yaml

    if item.path is None:
        return {}
    try:
        told = yaml.safe_load(read_bytes(item.path, MOST_BYTES))
    except (OSError, ValueError, yaml.YAMLError, RecursionError):
        return {}
    return {str(name): about for name, about in told.items()} if isinstance(told, dict) else {}


def _text(value: object) -> str | None:
    """A name or a number; YAML reads digits as a number."""
    text = str(value).strip() if isinstance(value, str | int) else ""
    return text[:MOST_CHARACTERS] or None
