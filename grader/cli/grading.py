"""What `grader grade` does, from the paths of a command to the results."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
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
    paths: list[Path],
    out: Path,
    pack: str | None,
    plan: Plan,
    roster: Path | None,
    *,
    fail_under: int | None = None,
    quiet: bool,
    wordings: Path | None = None,
) -> Graded:
    """Grade what the paths stand for, with progress on standard error. Ends the command where that cannot be done."""
    from grader.batch.peek import may_have_code
    from grader.result.names import BadRequest

    with _begun(plan, pack, may_have_code(paths), wordings) as begun:
        begun.fail_under = fail_under
        try:
            return _graded(begun, paths, out, plan, roster, quiet)
        except BadRequest as error:
            refuse(str(error))


def _graded(begun: _Begun, paths: list[Path], out: Path, plan: Plan, roster: Path | None, quiet: bool) -> Graded:
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

        return replace(begun.batch_done(submissions, place, plan, quiet, called), roll=None, told=told)
    place = prepare(out, class_roll.places_of(taken))
    begun.choose(taken.first() or taken.sources[0], plan.options.keras)
    begun.require_able(plan.sandbox)
    students = class_roll.drawn(taken, begun.count, plan.jobs)

    def called_class(done: Done) -> Roll | None:
        return class_roll.roll_of_class(taken, students, done, known, place, whole=roster is not None)

    submitted = [each.submission for each in students if each.submission]
    return begun.batch_done(submitted, place, plan, quiet, called_class)


@dataclass(slots=True)
class _Begun:
    """What is started before anything else, since it takes longest: it imports while this process does the rest."""

    home: Path
    scratch: Path
    """What archives hold is unpacked into it, and it is made then: a name that nobody can know."""
    workers: Workers | None = None
    program: Program | None = None
    batch: Batch | None = None
    fail_under: int | None = None

    def choose(self, first: Path, keras: str) -> None:
        """Have the Keras imported on which the first notebook will run."""
        generation = self._workers.guess(first, keras)
        if self.program is not None and generation is not None:
            self.program.choose(generation)

    def require_able(self, sandboxed: bool) -> None:
        """End the command where nothing holds code in, the assignment, or what reads explanations, is not there, or
        more points are wanted than it has."""
        from grader.worker.workers import HomeLost, Refused

        if sandboxed:
            _require_sandbox(self.home)
        try:
            most = self._workers.about()["max_score"]
        except (Refused, HomeLost) as error:
            refuse(str(error))
        if self.fail_under is not None and self.fail_under > most:
            refuse(f"--fail-under {self.fail_under}: the assignment has {most} points; give a number from 0 to {most}")

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

    def batch_done(
        self, submissions: list[Submission], out: Path, plan: Plan, quiet: bool, called: Callable[[Done], Roll | None]
    ) -> Graded:
        """Grade, and write the roll that is `called`; an interrupt ends it."""
        from grader.batch.batch import Batch
        from grader.batch.class_roll import write
        from grader.cli.under_way import progress

        self.require_able(plan.sandbox)
        with progress(len(submissions), quiet=quiet) as watch:
            made: list[Graded] = []

            def before_index(done: Done) -> None:
                roll = called(done)
                made.append(Graded(done, roll, None if roll is None else write(roll, out)))

            started = replace(plan, started=self.program)
            self.batch = Batch(submissions, out, self._workers, started, watch, before_index=before_index)
            done = self.batch.grade()
            return replace(made[0], done=done)

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
def _begun(plan: Plan, pack: str | None, code: bool, wordings: Path | None) -> Iterator[_Begun]:
    from grader.kernel.parents.program import CAN_BE_WARM, launch
    from grader.kernel.seal.offer import SEAL
    from grader.worker.workers import Workers

    try:
        home = folder.make()
        begun = _Begun(home, home.with_name(f"grader-{secrets.token_hex(8)}"))
        with on_interrupt(begun.stop, begun.said):
            try:
                if code and CAN_BE_WARM:
                    seal = SEAL if plan.sandbox else None
                    begun.program = launch(plan.options.seed, seal=seal, home=begun.home)
                begun.workers = Workers(pack or "default", plan.options.matcher, wordings=wordings)
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
