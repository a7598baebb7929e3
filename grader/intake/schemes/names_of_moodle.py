"""Moodle: a folder `Ada Lovelace_12345_assignsubmission_file_` for each student, or all files in one, so prefixed.

`mod/assign/classes/downloader.php` joins the full name (underscores are spaces there) and the number that the student
has in this assignment, which its grading worksheet calls `Participant 12345`, with the kind of what was handed in:
`assignsubmission_file`, or `assignsubmission_onlinetext` for what was typed. Older versions end the folder's name with
an underscore. In blind marking the name is `Participant`; in group work name and number are those of the group.
"""

from __future__ import annotations

from grader.intake.ownership import Whose
from grader.roll.roll import Person

MARK = "_assignsubmission_"
NO_NAMES = ("participant", "teilnehmer/in", "teilnehmer in", "participante", "deelnemer")


def read(name: str) -> Whose | None:
    """Whose a folder is, or a file."""
    front, mark, back = name.partition(MARK)
    if not mark or not front:
        return None
    full, underscore, number = front.rpartition("_")
    if not (underscore and number.isascii() and number.isdecimal()):
        full, number = front, ""
    kind, _, rest = back.partition("_")
    # Some sites put the number of the institution between: there is no underscore in a name.
    full, _, idnumber = full.partition("_")
    known = None if full.casefold() in NO_NAMES else full.strip() or None
    person = Person(name=known, id=idnumber or None, lms_id=number or None)
    return Whose(number or full, person, rest or None, typed=kind == "onlinetext")
