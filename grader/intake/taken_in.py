"""A class from what a command names: its students, what each has handed in, and which notebook is graded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from grader.files.folder_names import unique
from grader.files.links import is_folder
from grader.intake.allowance import Scratch
from grader.intake.choosing import Chosen, Count, chosen, is_candidate, shown
from grader.intake.gathering import Given, gathered, require_there
from grader.intake.handed import is_zip
from grader.intake.matching import HandIn, Student, students_of
from grader.intake.ownership import Claim
from grader.intake.roster import read_roster
from grader.intake.schemes.recognising import Recognised, recognise
from grader.intake.staging import staged
from grader.result.names import BadRequest
from grader.roll.roll import Lms, Roll

STAGED = "notebooks"


@dataclass(frozen=True, slots=True)
class Seat:
    """A student, and the name that the folder of their result has."""

    key: str
    student: Student


@dataclass(frozen=True, slots=True)
class TakenIn:
    """The students of a class in their order, and where their files came from."""

    seats: tuple[Seat, ...]
    sources: tuple[Path, ...]
    scratch: Path
    lms: Lms | None = None
    taken_at: datetime = field(default_factory=lambda: datetime.now(UTC))

    def first(self) -> Path | None:
        """A notebook of the class, if there is one."""
        return next(
            (claim.file.path for seat in self.seats for claim in seat.student.claims if is_candidate(claim)), None
        )

    def chosen(self, seat: Seat, count: Count) -> Chosen:
        """What is graded of a student."""
        return chosen(seat.student.claims, count)

    def stage(self, seat: Seat, claim: Claim) -> Path:
        """Lay the notebook of a student into a folder of its own; where it is. Raises `BadRequest`."""
        return staged(claim, seat.student.claims, self.scratch / STAGED / seat.key, self.scratch)


def taken_in(paths: Sequence[Path], roster: Path | None, scratch: Path, known: Roll | None = None) -> TakenIn | None:
    """The class that the paths hold; None where they are notebooks, or folders that no LMS has named, and no roster is.

    Without a roster it is that of the roll that is `known` from an earlier run, if that had one.
    Raises `BadRequest` for a path that is not there, an archive that is refused, a roster that is none, and where there
    is no notebook at all.
    """
    require_there(paths)
    people = None if roster is None else read_roster(roster)
    if people is None and not any(is_zip(path.name) or is_folder(path) for path in paths):
        return None
    try:
        given = gathered(paths, Scratch.within(scratch))
    except BadRequest:
        if people is None and not any(is_zip(path.name) for path in paths):
            return None  # a folder among others of which there is no need to look at all
        raise
    found = [recognise(each.top, each.items, zipped=each.zipped) for each in given]
    if people is None and not any(map(_is_of_a_class, given, found)):
        return None
    called = [] if known is None else [(row.person, row.key) for row in known.rows if row.on_roster]
    if people is None and called:
        students = students_of(list(_hand_ins(found)), [person for person, _ in called], [key for _, key in called])
    else:
        students = students_of(list(_hand_ins(found)), people)
    keys = unique(student.label for student in students)
    seats = tuple(Seat(key, student) for key, student in zip(keys, students, strict=True))
    made = TakenIn(seats, tuple(each.path for each in given), scratch, _lms(found))
    if not any(claim.file.is_notebook for seat in seats for claim in seat.student.claims):
        named = ", ".join(map(str, paths))
        raise BadRequest(f"{named}: there is no notebook (.ipynb) in it, {_instead(seats)}")
    return made


def _is_of_a_class(given: Given, found: Recognised) -> bool:
    """Whether it is more than a notebook, or a folder of them as they are graded without an LMS."""
    packed = (item for item in given.items if any(map(is_zip, item.place)))
    return given.zipped or found.lms is not None or any(item.is_notebook or item.problem for item in packed)


def _hand_ins(found: Sequence[Recognised]) -> Iterator[HandIn]:
    """What each student has handed in, in whatever of the paths of a command."""
    owners: dict[tuple[Lms | None, str], list[Claim]] = {}
    for each in found:
        for claim in each.claims:
            owners.setdefault((each.lms, claim.whose.owner), []).append(claim)
        for claim in each.loose:
            owners.setdefault((None, claim.whose.owner), []).append(claim)
    for (lms, _), claims in owners.items():
        yield HandIn(claims[0].whose.person, tuple(claims), lms)


def _lms(found: Sequence[Recognised]) -> Lms | None:
    """The LMS that named most of the files."""
    counts = Counter[Lms]()
    for each in found:
        if each.lms is not None:
            counts[each.lms] += len(each.claims)
    return next((lms for lms, _ in counts.most_common(1)), None)


def _instead(seats: Sequence[Seat]) -> str:
    names = [shown(claim) for seat in seats for claim in seat.student.claims]
    if not names:
        return "and nothing else that a student could have handed in"
    return f"but {', '.join(names[:3])}{', ...' if len(names) > 3 else ''}"
