"""What `grader grade` does, from the paths of a command to the results."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from grader.cli.refuse import refuse

if TYPE_CHECKING:
    from grader.batch.batch import Done, Plan
    from grader.batch.submissions import Submission
    from grader.cli.begin import Begun
    from grader.roll.roll import Roll


@dataclass(frozen=True, slots=True)
class Graded:
    """What has come of a command: the results, and the class, where it was one."""

    done: Done
    roll: Roll | None = None
    problem: str | None = None
    """Why the roll is not written."""
    told: tuple[str, ...] = ()
    """Which results have taken another name than they would have, or the place of earlier ones."""


def digest_of(wordings: Path) -> str | None:
    """The digest of sentences that people decided; ends the command where the file has none that can be read."""
    from grader.language.prose.wordings import WordingsUnreadable, read_wordings

    try:
        return read_wordings(wordings).digest()
    except WordingsUnreadable as error:
        refuse(str(error))


def graded(
    begun: Begun,
    paths: list[Path],
    out: Path,
    plan: Plan,
    roster: Path | None = None,
    *,
    fail_under: int | None = None,
    quiet: bool,
) -> Graded:
    """Grade what the paths stand for on what has begun, with progress on standard error.

    Ends the command where that cannot be done, and then leaves no empty folder behind.
    """
    from grader.result.names import BadRequest

    begun.fail_under = fail_under
    with without_empty_folders(out):
        try:
            return _graded(begun, paths, out, plan, roster, quiet)
        except BadRequest as error:
            refuse(str(error))


def _graded(begun: Begun, paths: list[Path], out: Path, plan: Plan, roster: Path | None, quiet: bool) -> Graded:
    from grader.batch import class_roll
    from grader.batch.origins import apart
    from grader.batch.submissions import find, prepare
    from grader.files.links import resolved
    from grader.intake.taken_in import taken_in

    known = class_roll.known(out)
    taken = taken_in(paths, roster, begun.scratch, known)
    if taken is None:
        submissions, told = apart(find(paths), resolved(out))
        place = prepare(out, submissions)
        begun.choose(submissions[0].path, plan.options.keras)

        def called(done: Done) -> Roll | None:
            alone = len(submissions) < 2 and known is None
            return None if alone else class_roll.roll_of(submissions, done, known, place)

        return replace(_done(begun, submissions, place, plan, quiet, called), roll=None, told=told)
    place = prepare(out, class_roll.places_of(taken))
    begun.choose(taken.first() or taken.sources[0], plan.options.keras)
    begun.require_able(plan.sandbox)
    students = class_roll.drawn(taken, begun.count, plan.jobs)

    def called_class(done: Done) -> Roll | None:
        return class_roll.roll_of_class(taken, students, done, known, place, whole=roster is not None)

    submitted = [each.submission for each in students if each.submission]
    return _done(begun, submitted, place, plan, quiet, called_class)


def _done(
    begun: Begun,
    submissions: list[Submission],
    out: Path,
    plan: Plan,
    quiet: bool,
    called: Callable[[Done], Roll | None],
) -> Graded:
    """Grade, and write the roll that is `called`."""
    from grader.batch.batch import Batch
    from grader.batch.class_roll import write
    from grader.cli.under_way import progress

    made: list[Graded] = []

    def before_index(done: Done) -> None:
        roll = called(done)
        made.append(Graded(done, roll, None if roll is None else write(roll, out)))

    begun.require_able(plan.sandbox)
    with progress(len(submissions), quiet=quiet) as watch:
        started = replace(plan, started=begun.program)
        batch = Batch(submissions, out, begun.working, started, watch, before_index=before_index)
        done = begun.done(batch)
        return replace(made[0], done=done)


@contextmanager
def without_empty_folders(out: Path) -> Iterator[None]:
    """Where the block ends the command, take away the folders that it has made for `out` and left empty."""
    missing = [folder for folder in (out, *out.parents) if not os.path.lexists(folder)]
    try:
        yield
    except BaseException:
        for folder in missing:
            with suppress(OSError):
                folder.rmdir()
        raise
