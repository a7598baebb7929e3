"""The columns of a roster: those of our own, and what the big LMSs call them in what they export.

- Canvas's gradebook: `Student, ID, SIS User ID, SIS Login ID, Section`, then a row of the points possible, and at the
  end a test student.
- Moodle's participants and gradebook: `First name, Surname (or Last name), ID number, Email address`; its grading
  worksheet: `Identifier` (`Participant 12345`), `Full name, Email address`.
- Brightspace: `OrgDefinedId, Username`, with a `#` before each, `Last Name, First Name, Email`.
- Blackboard: `Last Name, First Name, Username, Student ID`. Gradescope: `Name, SID, Email, Role, Sections`.
- GitHub Classroom: `identifier, github_username, github_id, name`.
- nbgrader: `id, first_name, last_name, email, lms_user_id`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

Column = Literal["name", "first", "last", "id", "login", "email", "lms_id", "github", "section", "role", "identifier"]

NAMES: Mapping[str, Column] = {
    **dict.fromkeys(("name", "full name", "student", "student name", "display name", "sortable name"), "name"),
    **dict.fromkeys(
        ("first name", "first", "given name", "given names", "forename", "vorname", "prénom", "nombre", "nome"), "first"
    ),
    **dict.fromkeys(
        ("last name", "last", "surname", "family name", "nachname", "familienname", "nom", "apellidos", "cognome"),
        "last",
    ),
    **dict.fromkeys(("id", "id number", "sis user id", "sis id", "org defined id", "sid", "student id"), "id"),
    **dict.fromkeys(("student number", "university id", "matriculation number", "matrikelnummer"), "id"),
    **dict.fromkeys(("username", "user name", "login", "login id", "sis login id", "anmeldename"), "login"),
    **dict.fromkeys(("email", "e mail", "email address", "e mail address", "mail", "e mail adresse"), "email"),
    **dict.fromkeys(
        ("lms id", "canvas id", "canvas user id", "lms user id", "participant", "participant id"), "lms_id"
    ),
    **dict.fromkeys(("github", "github username", "github login", "github handle", "github user"), "github"),
    **dict.fromkeys(("section", "sections", "section name", "group", "groups"), "section"),
    "role": "role",
    "identifier": "identifier",
}
OURS = ("name", "id", "email", "lms_id", "github", "section")
CANVAS = frozenset({"sis user id", "sis login id", "student"})
"""Beside one of these, `ID` is the number that Canvas itself gave."""

_WORDS = re.compile(r"[^\W_]+")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


def columns_of(header: Sequence[str]) -> dict[int, Column]:
    """What the columns are, by their places; those that tell nothing of a student are left out.

    Where two mean the same, the first is taken.
    """
    names = [_plain(cell) for cell in header]
    found: dict[int, Column] = {}
    for place, name in enumerate(names):
        column = NAMES.get(name)
        if name == "id" and CANVAS & set(names):
            column = "lms_id"
        if column is not None and column not in found.values():
            found[place] = column
    return found


def _plain(cell: str) -> str:
    """A name in small letters, its words parted by a space: `OrgDefinedId` and `org_defined_id` are the same."""
    return " ".join(_WORDS.findall(_HUMP.sub(" ", cell))).casefold().replace("git hub", "github")
