"""The roll of a class, `roll.json` beside the results: a row for each student, whether or not anything was handed in.

Who hands in writes files, and an LMS wraps them; what comes of that is told here, so that what reads a class afterwards
(the gradebook, the exports, the page of the class) asks neither the files nor the LMS again. The grade itself stays in
the `result.json` of the folder that a row names.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

SCHEMA_NAME = "grader/roll/v1"

ROLL = "roll.json"
"""The name of the file in a folder of results."""

Lms = Literal[
    "canvas", "moodle", "brightspace", "blackboard", "google-classroom", "github-classroom", "nbgrader", "gradescope"
]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Person(_Record):
    """A student as roster and LMS know them. Whatever is not known is `None`."""

    name: str | None = None
    id: str | None = Field(default=None, description="The number or the login that the institution gave.")
    email: str | None = None
    lms_id: str | None = Field(default=None, description="The number by which the LMS knows the student.")
    github: str | None = None
    section: str | None = None


class Row(_Record):
    """A student, and what was handed in. Exactly one of `folder` and `absent` is set."""

    key: str = Field(description="What the student is called here: unique in the class, and the same every time.")
    person: Person
    on_roster: bool = Field(description="Whether a roster was given and names the student.")
    doubtful: str | None = Field(
        default=None, description="Why it may be another student: matched by a similar name alone, for instance."
    )
    folder: str | None = Field(default=None, description="The folder of the result, within the folder of the roll.")
    file: str | None = Field(default=None, description="The notebook that was graded, as it was handed in.")
    others: tuple[str, ...] = Field(default=(), description="What else was handed in, and was not graded.")
    submitted_at: AwareDatetime | None = Field(default=None, description="When, where the LMS or the archive tells.")
    late: bool | None = Field(default=None, description="Whether the LMS calls it late; `None` where it says nothing.")
    absent: str | None = Field(default=None, description="Why there is nothing to grade: in one sentence.")


class Roll(_Record):
    """A class: its students in a fixed order, each once."""

    schema_name: Literal["grader/roll/v1"] = Field(default="grader/roll/v1", alias="schema")
    lms: Lms | None = Field(default=None, description="Whose naming scheme the files followed.")
    taken_at: datetime | None = Field(default=None, description="When the files were read.")
    rows: tuple[Row, ...] = ()


def read_roll(folder: Path) -> Roll | None:
    """The roll in a folder of results; `None` where there is none. Raises `ValueError` on one that is not valid."""
    try:
        text = (folder / ROLL).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    return Roll.model_validate_json(text)
