"""What `grader grade` does, from the paths of a command to the results."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from grader.cli.ends import on_interrupt
from grader.cli.refuse import refuse
from grader.kernel.errors import LaunchError
from grader.kernel.process import folder

if TYPE_CHECKING:
    from grader.batch.batch import Batch, Done, Plan
    from grader.batch.submissions import Submission
    from grader.kernel.parents.program import Program
    from grader.roll.roll import Roll
    from grader.worker.workers import Workers

STOPS_WITHIN_S = 1.0


@dataclass(frozen=True, slots=True)
class Graded:
    """What has come of a command: the results, and the class, where it was one."""

    done: Done
    roll: Roll | None = None
    problem: str | None = None
    """Why the roll is not written."""


def digest_of(wordings: Path) -> str | None:
    """The digest of sentences that people decided; ends the command where the file has none that can be read."""
    from grader.language.prose.wordings import WordingsUnreadable, read_wordings

    try:
        return read_wordings(wordings).digest()
    except WordingsUnreadable as error:
        refuse(str(error))


def graded(
    paths: list[Path],
    out: Path,
    pack: str | None,
    plan: Plan,
    roster: Path | None,
    *,
    quiet: bool,
    wordings: Path | None = None,
) -> Graded:
    """Grade what the paths stand for, with progress on standard error. Ends the command where that cannot be done."""
    from grader.result.names import BadRequest

    with _begun(plan.sandbox, plan.options.seed, pack, plan.options.matcher, wordings) as begun:
        try:
            return _graded(begun, paths, out, plan, roster, quiet)
        except BadRequest as error:
            refuse(str(error))


def _graded(begun: _Begun, paths: list[Path], out: Path, plan: Plan, roster: Path | None, quiet: bool) -> Graded:
    from grader.batch import class_roll
    from grader.batch.submissions import find, prepare
    from grader.intake.taken_in import taken_in

    known = class_roll.known(out)
    taken = taken_in(paths, roster, begun.scratch, known)
    if taken is None:
        submissions = find(paths)
        place = prepare(out, submissions)
        begun.choose(submissions[0].path, plan.options.keras)
        done = begun.batch_done(submissions, place, plan, quiet)
        if len(submissions) < 2 and known is None:
            return Graded(done)
        roll = class_roll.roll_of(submissions, done, known, place)
        return Graded(done, None, class_roll.write(roll, place))
    place = prepare(out, class_roll.places_of(taken))
    begun.choose(taken.first() or taken.sources[0], plan.options.keras)
    begun.require_able(plan.sandbox)
    students = class_roll.drawn(taken, begun.count, plan.jobs)
    done = begun.batch_done([each.submission for each in students if each.submission], place, plan, quiet)
    roll = class_roll.roll_of_class(taken, students, done, known, place, whole=roster is not None)
    return Graded(done, roll, class_roll.write(roll, place))


@dataclass(slots=True)
class _Begun:
    """What is started before anything else, since it takes longest: it imports while this process does the rest."""

    home: Path
    scratch: Path
    """What archives hold is unpacked into it, and it is made then: a name that nobody can know."""
    workers: Workers | None = None
    program: Program | None = None
    batch: Batch | None = None

    def choose(self, first: Path, keras: str) -> None:
        """Have the Keras imported on which the first notebook will run."""
        generation = self._workers.guess(first, keras)
        if self.program is not None and generation is not None:
            self.program.choose(generation)

    def require_able(self, sandboxed: bool) -> None:
        """End the command where nothing holds code in, or the assignment, or what reads explanations, is not there."""
        from grader.worker.workers import HomeLost, Refused

        if sandboxed:
            _require_sandbox(self.home)
        try:
            self._workers.about()
        except (Refused, HomeLost) as error:
            refuse(str(error))

    def count(self, notebook: Path) -> int | None:
        """How many questions a notebook answers; None where it cannot be read."""
        from grader.worker.workers import HomeLost, Job, WorkFailed

        try:
            answered: int | None = self._workers.do(Job({"kind": "count", "path": str(notebook)}))["answered"]
        except WorkFailed:
            return None
        except HomeLost as error:
            refuse(str(error))
        return answered

    def batch_done(self, submissions: list[Submission], out: Path, plan: Plan, quiet: bool) -> Done:
        """Grade; an interrupt ends it."""
        from grader.batch.batch import Batch
        from grader.cli.under_way import progress

        self.require_able(plan.sandbox)
        with progress(len(submissions), quiet=quiet) as watch:
            self.batch = Batch(submissions, out, self._workers, replace(plan, started=self.program), watch)
            return self.batch.grade()

    def end(self) -> None:
        """End all that was started, and is not needed any more."""
        if self.workers is not None:
            self.workers.end()
        if self.program is not None:
            self.program.end()
        self._tidy()

    def _tidy(self) -> None:
        for made in (self.home, self.scratch):
            folder.remove(made)

    @property
    def _workers(self) -> Workers:
        if self.workers is None:
            raise RuntimeError("workers are started first")
        return self.workers

    def stop(self) -> None:
        """End all that was started, now; in whatever order it came to be, and may come to be still."""
        folder.remove(self.scratch)  # first, for a second interrupt waits for nothing
        if self.batch is not None:
            self.batch.abort()
        elif self.program is not None:
            self.program.end(STOPS_WITHIN_S)
        if self.workers is not None:
            self.workers.end()
        self._tidy()

    def said(self) -> str:
        """What is to be said of an interrupt."""
        done = "nothing was graded" if self.batch is None else self.batch.complete()
        return f"grader: interrupted; {done}. The same command goes on with the rest"


@contextmanager
def _begun(sandboxed: bool, seed: int, pack: str | None, matcher: str, wordings: Path | None) -> Iterator[_Begun]:
    from grader.kernel.parents.program import CAN_BE_WARM, launch
    from grader.kernel.seal.offer import SEAL
    from grader.worker.workers import Workers

    try:
        home = folder.make()
        begun = _Begun(home, home.with_name(f"grader-{secrets.token_hex(8)}"))
        with on_interrupt(begun.stop, begun.said):
            try:
                begun.program = launch(seed, seal=SEAL if sandboxed else None, home=begun.home) if CAN_BE_WARM else None
                begun.workers = Workers(pack or "default", matcher, wordings=wordings)
                yield begun
            finally:
                begun.end()
    except LaunchError as error:
        refuse(str(error))


def _require_sandbox(home: Path) -> None:
    from grader.kernel.seal.offer import offered

    offer = offered(within=home)
    if not offer.enough:
        refuse(
            "this machine offers neither Landlock nor user namespaces, so nothing would hold student code in "
            f"({offer.problem or 'no reason given'}). Grade on a Linux machine that has one of them (`grader doctor` "
            "tells), or give --sandbox none to run student code with your own rights"
        )
