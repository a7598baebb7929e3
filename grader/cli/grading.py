"""What `grader grade` does, from the paths of a command to the results."""

from __future__ import annotations

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
    from grader.batch.watch import Watcher
    from grader.kernel.parents.program import Program
    from grader.worker.workers import Workers

STOPS_WITHIN_S = 1.0


def graded(paths: list[Path], out: Path, pack: str | None, plan: Plan, *, quiet: bool) -> Done:
    """Grade what the paths stand for, with progress on standard error. Ends the command where that cannot be done."""
    from grader.cli.console import progress

    with _begun(plan.sandbox, plan.options.seed, pack, plan.options.matcher) as begun:
        submissions, place = _found(paths, out)
        begun.choose(submissions[0], plan.options.keras)
        if plan.sandbox:
            _require_sandbox(begun.home)
        begun.require_pack()
        with progress(quiet) as watch:
            return begun.batch_of(submissions, place, replace(plan, started=begun.program), watch).grade()


@dataclass(slots=True)
class _Begun:
    """What is started before anything else, since it takes longest: it imports while this process does the rest."""

    home: Path
    workers: Workers | None = None
    program: Program | None = None
    batch: Batch | None = None

    def choose(self, first: Submission, keras: str) -> None:
        """Have the Keras imported on which the first submission will run."""
        generation = self._workers.guess(first.path, keras)
        if self.program is not None and generation is not None:
            self.program.choose(generation)

    def require_pack(self) -> None:
        """End the command where the assignment, or what reads explanations, is not there."""
        from grader.worker.workers import HomeLost, Refused

        try:
            self._workers.about()
        except (Refused, HomeLost) as error:
            refuse(str(error))

    def batch_of(self, submissions: list[Submission], out: Path, plan: Plan, watch: Watcher) -> Batch:
        """The batch, which an interrupt will end."""
        from grader.batch.batch import Batch

        self.batch = Batch(submissions, out, self._workers, plan, watch)
        return self.batch

    def end(self) -> None:
        """End all that was started, and is not needed any more."""
        if self.workers is not None:
            self.workers.end()
        if self.program is not None:
            self.program.end()
        folder.remove(self.home)

    @property
    def _workers(self) -> Workers:
        if self.workers is None:
            raise RuntimeError("workers are started first")
        return self.workers

    def stop(self) -> None:
        """End all that was started, now; in whatever order it came to be, and may come to be still."""
        if self.batch is not None:
            self.batch.abort()
        elif self.program is not None:
            self.program.end(STOPS_WITHIN_S)
        if self.workers is not None:
            self.workers.end()
        folder.remove(self.home)

    def said(self) -> str:
        """What is to be said of an interrupt."""
        done = "nothing was graded" if self.batch is None else self.batch.complete()
        return f"grader: interrupted; {done}. The same command goes on with the rest"


@contextmanager
def _begun(sandboxed: bool, seed: int, pack: str | None, matcher: str) -> Iterator[_Begun]:
    from grader.kernel.parents.program import CAN_BE_WARM, launch
    from grader.kernel.seal.offer import SEAL
    from grader.worker.workers import Workers

    try:
        begun = _Begun(folder.make())
        with on_interrupt(begun.stop, begun.said):
            try:
                begun.program = launch(seed, seal=SEAL if sandboxed else None, home=begun.home) if CAN_BE_WARM else None
                begun.workers = Workers(pack or "default", matcher)
                yield begun
            finally:
                begun.end()
    except LaunchError as error:
        refuse(str(error))


def _found(paths: list[Path], out: Path) -> tuple[list[Submission], Path]:
    """What is to be graded, and the folder for the results."""
    from grader.batch.submissions import find, prepare
    from grader.result.names import BadRequest

    try:
        submissions = find(paths)
        return submissions, prepare(out, submissions)
    except BadRequest as error:
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
