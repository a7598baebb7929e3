"""The roll of a class, `roll.json` beside the results: a row for each student, whether or not anything was handed in.

Who hands in writes files, and an LMS wraps them; what comes of that is told here, so that what reads a class afterwards
(the gradebook, the exports, the page of the class) asks neither the files nor the LMS again. The grade itself stays in
the `result.json` of the folder that a row names.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from grader.files.folder_names import folder_name
from grader.files.links import placed
from grader.files.opened import read_bytes
from grader.files.whole import write_text

SCHEMA_NAME = "grader/roll/v1"

MOST_BYTES = 256 << 20
ROLL = "roll.json"
"""The name of the file in a folder of results."""

Lms = Literal[
    "canvas", "moodle", "brightspace", "blackboard", "google-classroom", "github-classroom", "nbgrader", "gradescope"
]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, defer_build=True, extra="forbid")


class Person(_Record):
    """A student as roster and LMS know them. Whatever is not known is `None`."""

    name: str | None = None
    id: str | None = Field(default=None, description="The number that the institution gave, or else the login.")
    login: str | None = Field(default=None, description="The name by which the student signs in, where it is another.")
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
    given: str | None = Field(
        default=None, description="Where that lay in what the LMS gave, under the name by which the LMS knows it again."
    )
    others: tuple[str, ...] = Field(default=(), description="What else was handed in, and was not graded.")
    submitted_at: AwareDatetime | None = Field(default=None, description="When, where the LMS or the archive tells.")
    late: bool | None = Field(default=None, description="Whether the LMS calls it late; `None` where it says nothing.")
    absent: str | None = Field(default=None, description="Why there is nothing to grade: in one sentence.")

    @model_validator(mode="after")
    def _lies_in_one_place(self) -> Row:
        if (self.folder is None) == (self.absent is None):
            raise ValueError(f"{self.key}: either the folder of a result or the reason why there is none")
        if self.folder is not None and self.folder != folder_name(self.folder):
            raise ValueError(f"{self.key}: {self.folder!r} is no name of a folder")
        return self


class Roll(_Record):
    """A class: its students in a fixed order, each once."""

    schema_name: Literal["grader/roll/v1"] = Field(default="grader/roll/v1", alias="schema")
    lms: Lms | None = Field(default=None, description="Whose naming scheme the files followed.")
    taken_at: datetime | None = Field(default=None, description="When the files were read.")
    rows: tuple[Row, ...] = ()

    model_config = ConfigDict(frozen=True, defer_build=True, extra="forbid", populate_by_name=True)

    @model_validator(mode="after")
    def _each_once(self) -> Roll:
        keys = [row.key for row in self.rows]
        if len(set(keys)) < len(keys):
            raise ValueError(f"{max(keys, key=keys.count)} is there more than once")
        folders = [row.folder for row in self.rows if row.folder is not None]
        if len(set(folders)) < len(folders):
            raise ValueError(f"{max(folders, key=folders.count)} is the folder of more than one")
        return self


def read_roll(folder: Path) -> Roll | None:
    """The roll in a folder of results; `None` where there is none.

    Raises `ValueError` on one that is not valid, and `OSError` where it is a link, or no file.
    """
    try:
        return Roll.model_validate_json(read_bytes(placed(folder / ROLL), MOST_BYTES))
    except FileNotFoundError:
        return None


def write_roll(roll: Roll, folder: Path) -> None:
    """Write the roll into a folder of results, whole or not at all. Raises `OSError`."""
    write_text(folder / ROLL, roll.model_dump_json(by_alias=True, indent=1) + "\n")
