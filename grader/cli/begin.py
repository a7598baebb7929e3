"""What grading starts before anything else, since it takes longest: it imports while this process does the rest.

The program that forks kernels imports TensorFlow, the one that forks workers the pack. So little is imported here
before they are started.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from grader.cli.ends import on_interrupt
from grader.cli.refuse import refuse
from grader.kernel.errors import LaunchError
from grader.kernel.process import folder

if TYPE_CHECKING:
    from grader.batch.batch import Batch, Done
    from grader.kernel.parents.program import Program
    from grader.worker.workers import Workers

STOPS_WITHIN_S = 1.0


@dataclass(slots=True)
class Begun:
    """What runs already, and the batch that will run on it."""

    home: Path
    scratch: Path
    """What archives hold is unpacked into it, and it is made then: a name that nobody can know."""
    workers: Workers | None = None
    program: Program | None = None
    batch: Batch | None = None
    fail_under: int | None = None

    def choose(self, first: Path, keras: str) -> None:
        """Have the Keras imported on which the first notebook will run."""
        generation = self.working.guess(first, keras)
        if self.program is not None and generation is not None:
            self.program.choose(generation)

    def require_able(self, sandboxed: bool) -> None:
        """End the command where nothing holds code in, the assignment, or what reads explanations, is not there, or
        more points are wanted than it has."""
        from grader.worker.workers import HomeLost, Refused

        if sandboxed:
            _require_sandbox(self.home)
        try:
            most = self.working.about()["max_score"]
        except (Refused, HomeLost) as error:
            refuse(str(error))
        if self.fail_under is not None and self.fail_under > most:
            refuse(f"--fail-under {self.fail_under}: the assignment has {most} points; give a number from 0 to {most}")

    def count(self, notebook: Path) -> int | None:
        """How many questions a notebook answers; None where it cannot be read."""
        from grader.worker.workers import HomeLost, Job, WorkFailed

        try:
            answered: int | None = self.working.do(Job({"kind": "count", "path": str(notebook)}))["answered"]
        except WorkFailed:
            return None
        except HomeLost as error:
            refuse(str(error))
        return answered

    def done(self, batch: Batch) -> Done:
        """Grade a batch; an interrupt ends it, and says what of it is complete."""
        self.batch = batch
        return batch.grade()

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
    def working(self) -> Workers:
        """The workers, which run whenever anybody but an interrupt asks."""
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
def begin(
    paths: Iterable[Path],
    *,
    seed: int,
    sandboxed: bool,
    pack: str | None = None,
    matcher: str = "patterns",
    wordings: Path | None = None,
) -> Iterator[Begun]:
    """Start what grading will need, before it is known what the paths stand for; all of it ends with the block."""
    from grader.batch.peek import may_have_code
    from grader.kernel.parents.program import CAN_BE_WARM, launch
    from grader.kernel.seal import offer
    from grader.worker.workers import Workers

    try:
        home = folder.place()
        begun = Begun(home, home.with_name(f"grader-{secrets.token_hex(8)}"))
        with on_interrupt(begun.stop, begun.said):
            folder.make(home)
            try:
                if CAN_BE_WARM and may_have_code(paths):
                    begun.program = launch(seed, seal=offer.SEAL if sandboxed else None, home=begun.home)
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
