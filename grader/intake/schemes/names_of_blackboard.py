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
    """The same with names and logins of students, where receipts tell them: a login may have an underscore."""
    told = {claim.file.name.removesuffix(RECEIPT): _person(claim.file) for claim in claims if claim.whose.typed}
    people = {front: person for front, person in told.items() if person is not None and _is_of(person, front)}
    owners = {claims_of.whose.owner: people[front] for claims_of in claims if (front := _front(claims_of)) in people}
    return [_known(claim, people.get(_front(claim)) or owners.get(claim.whose.owner)) for claim in claims]


def _front(claim: Claim) -> str:
    """What the name of a file has in common with that of its receipt."""
    name = next(part for part in claim.file.place if read(part) is not None)
    front, mark, back = name.rpartition(MARK) if name.endswith(RECEIPT) else name.partition(MARK)
    return front + mark + back[:LENGTH]


def _is_of(person: Person, front: str) -> bool:
    """Whether a receipt is that of the student after whom it is called."""
    return front.partition(MARK)[0].casefold().endswith(f"_{person.login}".casefold())


def _known(claim: Claim, person: Person | None) -> Claim:
    if person is None or person.login is None:
        return claim
    return replace(claim, whose=replace(claim.whose, owner=person.login, person=person))


def _person(receipt: HandedIn) -> Person | None:
    """The student of a receipt."""
    if receipt.path is None:
        return None
    try:
        with opened(receipt.path) as file:
            lines = file.read(SEEN).decode("utf-8-sig", errors="replace").splitlines()
    except OSError:
        return None
    told = next((line for line in lines if line.startswith("Name:")), "")
    name, _, login = told.removeprefix("Name:").rpartition("(")
    login = login.rpartition(")")[0].strip()
    return Person(name=name.strip() or None, id=login, login=login) if login else None
