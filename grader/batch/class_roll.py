"""From a class to the notebooks that are graded, and from their results to the roll."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from grader.batch.batch import Done
from grader.batch.submissions import Submission
from grader.files.links import is_file
from grader.intake.choosing import Chosen, Count, shown
from grader.intake.taken_in import Seat, TakenIn
from grader.result.names import RESULT
from grader.roll.roll import Person, Roll, Row, read_roll, write_roll


@dataclass(frozen=True, slots=True)
class Drawn:
    """A student, what was chosen of their files, and the submission that comes of it, if one does."""

    seat: Seat
    chosen: Chosen
    submission: Submission | None


def places_of(taken: TakenIn) -> list[Submission]:
    """Where the files of a class lie, and under which names results will: for `submissions.prepare` to look at."""
    given = [Submission(taken.sources[place % len(taken.sources)], seat.key) for place, seat in enumerate(taken.seats)]
    handed_in = [
        Submission(claim.file.path, seat.key)
        for seat in taken.seats
        for claim in seat.student.claims
        if claim.file.path is not None and not claim.file.path.is_relative_to(taken.scratch)
    ]
    return [*given, *handed_in]


def drawn(taken: TakenIn, count: Count, beside: int) -> list[Drawn]:
    """Choose a notebook of each student, and lay it ready. Raises `BadRequest` where there is no room for that."""
    with ThreadPoolExecutor(beside) as executor:
        found = list(executor.map(lambda seat: taken.chosen(seat, count), taken.seats))
    return [Drawn(seat, each, _submission(taken, seat, each)) for seat, each in zip(taken.seats, found, strict=True)]


def _submission(taken: TakenIn, seat: Seat, each: Chosen) -> Submission | None:
    if each.claim is None:
        return None
    if each.problem is not None:
        return Submission(Path(each.claim.name[-1]), seat.key, each.problem, flags=each.flags)
    try:
        return Submission(taken.stage(seat, each.claim), seat.key, None, each.told, each.flags)
    except OSError as error:
        problem = f"{shown(each.claim)}: cannot be read ({error.strerror or error}); see who may read it"
        return Submission(Path(each.claim.name[-1]), seat.key, problem, flags=each.flags)


def known(out: Path) -> Roll | None:
    """The roll of an earlier run; one that cannot be read is not known."""
    try:
        return read_roll(out)
    except (OSError, ValueError):
        return None


def roll_of_class(
    taken: TakenIn, students: Sequence[Drawn], done: Done, earlier: Roll | None, out: Path, *, whole: bool
) -> Roll:
    """Who is in a class, and what came of each. Who has a result from an earlier time keeps it, and the row.

    Where the `whole` class was told, by a roster, who is not on it is there with a result alone.
    """
    reasons = {result.submission.name: result.reason for result in done.results}
    rows = {each.seat.key: _row(each, done, reasons) for each in students}
    return Roll(lms=taken.lms, taken_at=taken.taken_at, rows=_with_earlier(rows, earlier, out, whole))


def roll_of(submissions: Sequence[Submission], done: Done, earlier: Roll | None, out: Path) -> Roll:
    """The same of notebooks and folders that no LMS has named."""
    reasons = {result.submission.name: result.reason for result in done.results}
    before = {row.key: row for row in earlier.rows} if earlier is not None else {}
    rows = {}
    for item in submissions:
        row = Row(key=item.name, person=Person(name=item.name), on_roster=False, file=item.path.name, folder=item.name)
        if item.name in before:
            row = row.model_copy(update={name: getattr(before[item.name], name) for name in ("person", "on_roster")})
        rows[item.name] = _without_folder(row, reasons) if item.name in done.unwritten else row
    lms = None if earlier is None else earlier.lms
    return Roll(lms=lms, taken_at=datetime.now(UTC), rows=_with_earlier(rows, earlier, out, False))


def write(roll: Roll, out: Path) -> str | None:
    """Write the roll of a folder; why that cannot be done, which costs nobody a grade."""
    try:
        write_roll(roll, out)
    except OSError as error:
        return f"{out}: the roll of the class cannot be written ({error.strerror or error})"
    return None


def _row(each: Drawn, done: Done, reasons: Mapping[str, str | None]) -> Row:
    student, key, claim = each.seat.student, each.seat.key, each.chosen.claim
    times = [own.whose.at for own in ([claim] if claim is not None else student.claims) if own.whose.at is not None]
    row = Row(
        key=key,
        person=student.person,
        on_roster=student.on_roster,
        doubtful=student.doubtful,
        file=None if claim is None else shown(claim),
        given=None if claim is None else "/".join(claim.file.place),
        others=each.chosen.others,
        submitted_at=max(times, default=None),
        late=None if claim is None else claim.whose.late,
        folder=None if claim is None else key,
        absent=each.chosen.absent if claim is None else None,
    )
    return _without_folder(row, reasons) if key in done.unwritten else row


def _without_folder(row: Row, reasons: Mapping[str, str | None]) -> Row:
    """A row whose result could not be written."""
    reason = reasons.get(row.key) or "the result could not be written"
    return Row.model_validate({**row.model_dump(), "folder": None, "absent": reason})


def _with_earlier(rows: Mapping[str, Row], earlier: Roll | None, out: Path, whole: bool) -> tuple[Row, ...]:
    """The rows of this run, and of an earlier one what this one does not tell anew."""
    before = {row.key: row for row in earlier.rows} if earlier is not None else {}
    graded = {key for key, row in before.items() if row.folder is not None and is_file(out / row.folder / RESULT)}
    told = (before[key] if row.absent is not None and key in graded else row for key, row in rows.items())
    return (*told, *(row for key, row in before.items() if key not in rows and (key in graded or not whole)))
