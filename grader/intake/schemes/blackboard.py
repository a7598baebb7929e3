"""Blackboard Learn: `HW 3_ada99_attempt_2024-09-24-21-26-05_hw3.ipynb`, and a receipt of the same name, `.txt`.

The parts are the assignment, the login, the time of the attempt on the server's clock (taken for that of this machine)
and the name of the file; so read by the scripts that instructors publish. A receipt begins with lines `Name: Ada
Lovelace (ada99)`, `Assignment:`, `Date Submitted:`, and is there too where nothing but a text was handed in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from grader.files.opened import opened
from grader.intake.handed import HandedIn
from grader.intake.ownership import Claim, Whose
from grader.roll.roll import Person

MARK, RECEIPT = "_attempt_", ".txt"
TIME, LENGTH = "%Y-%m-%d-%H-%M-%S", 19
SEEN = 4_096
"""Bytes of a receipt in which its first lines are; what follows is the student's."""


def read(name: str) -> Whose | None:
    """Whose a file is. A receipt has no name of its own."""
    front, mark, back = name.rpartition(MARK) if name.endswith(RECEIPT) else name.partition(MARK)
    login = front.rpartition("_")[2]
    try:
        at = datetime.strptime(back[:LENGTH], TIME).astimezone()
    except (ValueError, OverflowError):
        return None
    rest = back[LENGTH:]
    if not mark or not login or not (rest == RECEIPT or rest.startswith("_")):
        return None
    person = Person(id=login, login=login)
    return Whose(
        login, person, rest[1:] if rest != RECEIPT else None, at, order=int(at.timestamp()), typed=rest == RECEIPT
    )


def with_receipts(claims: Sequence[Claim]) -> list[Claim]:
    """The same with the names of students, where receipts tell them."""
    names = {claim.whose.owner: name for claim in claims if claim.whose.typed and (name := _name(claim.file))}
    return [_named(claim, names.get(claim.whose.owner)) for claim in claims]


def _named(claim: Claim, name: str | None) -> Claim:
    if name is None:
        return claim
    person = claim.whose.person.model_copy(update={"name": name})
    return replace(claim, whose=replace(claim.whose, person=person))


def _name(receipt: HandedIn) -> str | None:
    """The name on a receipt."""
    if receipt.path is None:
        return None
    try:
        with opened(receipt.path) as file:
            lines = file.read(SEEN).decode("utf-8-sig", errors="replace").splitlines()
    except OSError:
        return None
    told = next((line for line in lines if line.startswith("Name:")), "")
    return told.removeprefix("Name:").rpartition("(")[0].strip() or None
