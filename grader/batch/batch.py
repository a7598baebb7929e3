"""Many submissions: grading them side by side, continuing where an earlier run ended."""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from grader.batch.earlier import current
from grader.batch.submissions import Submission
from grader.batch.watch import Watcher
from grader.grading.options import Options
from grader.kernel.interface import Kernels
from grader.kernel.parents.program import Program
from grader.kernel.pool import ABORTED_WITHIN_S, KernelPool
from grader.kernel.seal.offer import SEAL
from grader.result.model import AssignmentInfo, Result, without_grade
from grader.result.names import RESULT, Reader
from grader.result.proof import is_proven
from grader.text import neutral
from grader.worker.line import Message
from grader.worker.serve import KernelService
from grader.worker.workers import HomeLost, Job, Workers, WorkFailed

MOST_NAMED = 10


@dataclass(frozen=True, slots=True)
class Plan:
    """How a batch is graded.

    `jobs` notebooks side by side; `again` grades also what has a good result already; without `sandbox` student code
    runs with the rights of the grader. Reports are made for the `reader`. `started` is a program that forks kernels and
    has begun to import already.
    """

    options: Options
    jobs: int = os.cpu_count() or 1
    again: bool = False
    sandbox: bool = True
    reader: Reader = "student"
    started: Program | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What has become of a batch: its results, in the order of the submissions, and what is to be said besides.

    `unwritten` are the names of those that have no files, for which `results` has the reason; `unproven` of those with
    an earlier result that could not be told from a forged one. `index` says why there is no new index.
    """

    results: Sequence[Result]
    unwritten: frozenset[str] = frozenset()
    unproven: tuple[str, ...] = ()
    index: str | None = None
    kept: int = 0
    """How many of the results are from an earlier run."""


@dataclass(slots=True)
class Batch:
    """A batch under way: what it consists of, and what is complete. `out` is where the results are (`prepare`)."""

    submissions: Sequence[Submission]
    out: Path
    workers: Workers
    plan: Plan
    watch: Watcher
    results: dict[int, Result] = field(default_factory=dict)
    """By their places among the submissions, as they come."""
    unwritten: set[str] = field(default_factory=set)
    unproven: set[str] = field(default_factory=set)
    kept: set[int] = field(default_factory=set)
    """The places of those whose results are from an earlier run."""
    ended: bool = False
    """By an interrupt: what threads have to say from then on comes of that."""
    _pool: KernelPool | None = None

    def grade(self) -> Done:
        """Grade, and write each result as soon as it is there.

        A submission on which the grader itself fails has a result that says so; the others are graded all the same.
        """
        about = self.workers.about()
        desk = _Desk(self, AssignmentInfo(**about["assignment"]), about["max_score"])
        beside = max(1, min(self.plan.jobs, len(self.submissions)))
        with self._kernels(beside) as pool:
            self._in_threads(beside, lambda place: desk.grade(place, pool))
        results = [self.results[place] for place in range(len(self.submissions))]
        unproven = tuple(item.name for item in self.submissions if item.name in self.unproven)
        return Done(results, frozenset(self.unwritten), unproven, self._index_problem(results), len(self.kept))

    def _index_problem(self, results: Sequence[Result]) -> str | None:
        """Write the index of all that is there; why that cannot be done, which costs nobody a grade."""
        without = [item.model_dump(mode="json") for item in results if item.submission.name in self.unwritten]
        request = {"kind": "index", "folder": str(self.out), "also": without}
        try:
            problem: str | None = self.workers.do(Job(request))["problem"]
        except (WorkFailed, HomeLost) as error:
            return f"{self.out}: the index of the results cannot be made ({error})"
        return problem

    def finished(self, place: int, result: Result, *, kept: bool = False) -> None:
        """Keep a result, and show it; nothing once the batch is ended. Called by the thread that has it."""
        if not self.ended:
            self.results[place] = result
            if kept:
                self.kept.add(place)
            (self.watch.keep if kept else self.watch.finish)(self.submissions[place].name, result)

    def abort(self) -> None:
        """End all that is under way, now."""
        self.ended = True
        self.workers.end()
        if self._pool is not None:
            self._pool.abort()
        elif self.plan.started is not None:
            self.plan.started.end(ABORTED_WITHIN_S)

    def complete(self) -> str:
        """What is complete, as a sentence."""
        names = [self.submissions[place].name for place in sorted(self.results)]
        kept = [name for name in names if name not in self.unwritten]
        if not kept:
            return "no submission is complete"
        said = ", ".join(neutral(name, 60) for name in kept[:MOST_NAMED]) + (", ..." if len(kept) > MOST_NAMED else "")
        return f"{len(kept)} of {len(self.submissions)} are complete in {neutral(str(self.out))}: {said}"

    def _kernels(self, beside: int) -> KernelPool:
        seal = SEAL if self.plan.sandbox else None
        options = self.plan.options
        self._pool = KernelPool(seed=options.seed, seal=seal, started=self.plan.started, beside=beside)
        return self._pool

    def _in_threads(self, beside: int, work: Callable[[int], None]) -> None:
        """The work of each place, by threads that end with this process, whatever they wait for."""
        waiting: queue.SimpleQueue[int] = queue.SimpleQueue()
        done: queue.SimpleQueue[BaseException | None] = queue.SimpleQueue()
        for place in range(len(self.submissions)):
            waiting.put(place)

        def go() -> None:
            with suppress(queue.Empty):
                while not self.ended:
                    place = waiting.get_nowait()
                    try:
                        work(place)
                        done.put(None)
                    except BaseException as error:
                        done.put(error)

        for _ in range(beside):
            threading.Thread(target=go, daemon=True).start()
        for _ in self.submissions:
            error = done.get()
            if error is not None:
                raise error


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where one submission after the other is graded."""

    batch: Batch
    assignment: AssignmentInfo
    max_score: int

    def grade(self, place: int, kernels: Kernels) -> None:
        """Come to the result of one submission, which is written unless it was there already."""
        item = self.batch.submissions[place]
        self.batch.watch.start(item.name)
        kept = self._kept(item)
        self.batch.finished(place, kept or self._new(item, kernels), kept=kept is not None)

    def _kept(self, item: Submission) -> Result | None:
        plan, folder = self.batch.plan, self.batch.out / item.name
        if plan.again or item.problem is not None:
            return None
        found = current(item.path, folder, self.assignment, plan.options)
        if found is None or not _is_of(item, found.result):
            return None
        if not is_proven(folder, {RESULT: found.digest}):
            self.batch.unproven.add(item.name)
            return None
        return found.result

    def _new(self, item: Submission, kernels: Kernels) -> Result:
        request: Message = {"kind": "grade", "path": str(item.path), "name": item.name, "problem": item.problem}
        request |= {"folder": str(self.batch.out / item.name), "options": asdict(self.batch.plan.options)}
        request |= {"reader": self.batch.plan.reader, "chosen": item.chosen, "flags": list(item.flags)}
        service = KernelService(kernels, self.batch.plan.options.limits)

        def progress(done: int, total: int, text: str) -> None:
            self.batch.watch.update(item.name, done, total, text)

        try:
            done = self.batch.workers.do(Job(request, service.reply, progress))
            return Result.model_validate(done["result"])
        except WorkFailed as error:
            reason = str(error)
        except (HomeLost, ValueError) as error:
            reason = f"the grader itself failed: {error}"
        finally:
            service.close()
        self.batch.unwritten.add(item.name)
        return without_grade(self.assignment, self.max_score, item.path, item.name, "failed", reason)


def _is_of(item: Submission, result: Result) -> bool:
    """Whether a result says the same of how the notebook was handed in."""
    return result.submission.chosen == item.chosen and {*item.flags} <= {*result.flags}
